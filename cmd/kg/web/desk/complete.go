package desk

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"kg/data"
	"kg/schema"
)

// complete lists what may stand at the caret of a field.
func (d *Desk) complete(w http.ResponseWriter, r *http.Request) error {
	name := r.FormValue("name")
	file, version, err := d.files.read(name)
	if err != nil {
		return err
	}
	o := d.open(name, file, version)
	before, after := r.PostFormValue("before"), r.PostFormValue("after")
	typed := before[strings.LastIndexAny(before, " ,\n")+1:]
	var offers []schema.Offer
	switch field := r.PostFormValue("field"); field {
	case "edges":
		if m := strings.TrimSpace(before); !strings.Contains(m, "{") {
			offers = d.Ontology.Offers(strings.TrimSuffix(before, typed), typed, after, d.known(o, r.PostFormValue("entities")))
		}
	case "entities":
		typed, offers, err = d.entityOffers(r, name, file, version, before)
	case "speaker", "via":
		var agents []schema.Known
		for _, k := range d.known(o, r.PostFormValue("entities")) {
			if k.Kind == nil || k.Kind.Within(d.Ontology.Kind("Agent")) {
				agents = append(agents, k)
			}
		}
		offers = d.Ontology.Offers("", typed, "", agents)
	default:
		return &refusal{http.StatusBadRequest, "there is nothing to complete in this field"}
	}
	if err != nil {
		return err
	}
	type offer struct {
		Word string `json:"word"`
		Says string `json:"says"`
	}
	list := []offer{}
	for _, o := range offers {
		list = append(list, offer(o))
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	return json.NewEncoder(w).Encode(map[string]any{"typed": typed, "offers": list})
}

// known are the entities of a file, and those that a form adds.
func (d *Desk) known(o *opened, added string) (list []schema.Known) {
	var all []data.EntityText
	if o.edited != nil {
		all = o.edited.Entities()
	}
	for line := range strings.SplitSeq(added, "\n") {
		if n := data.ParseEntityText(line); n.ID != "" {
			all = append(all, n)
		}
	}
	for _, n := range all {
		e := n.Entity()
		k := schema.Known{ID: n.ID, Name: e.Name.Text, Kind: d.Ontology.Kind(e.Kind.Text)}
		if k.Name == "" {
			k.Name = e.Description.Text
		}
		list = append(list, k)
	}
	return list
}

// names are runs of words with a capital.
var names = regexp.MustCompile(`\p{Lu}[\pL\pN’'-]*(?: \p{Lu}[\pL\pN’'-]*)*`)

// mostNames is how many names of a text are offered.
const mostNames = 12

// entityOffers are kinds for the first word of a line, behind an id or not, and then
// names of the text that begin with what is typed.
func (d *Desk) entityOffers(r *http.Request, name string, file []byte, version, line string) (typed string, offers []schema.Offer, err error) {
	rest := line[strings.LastIndex(line, ": ")+1:]
	rest = strings.TrimLeft(rest, " ")
	kind, typed, found := strings.Cut(rest, " ")
	if !found {
		return kind, d.Ontology.OfferKinds(kind), nil
	}
	v, _, err := d.textOf(r.Context(), name, file, version)
	if err != nil || v == nil || typed == "" {
		return typed, nil, err
	}
	text, _ := v.Text.Passage(0, v.Text.Len(), "")
	for _, found := range names.FindAllString(text, -1) {
		found = strings.TrimSuffix(strings.TrimSuffix(found, "'s"), "’s")
		if strings.HasPrefix(strings.ToLower(found), strings.ToLower(typed)) && found != typed && len(offers) < mostNames &&
			!slices.ContainsFunc(offers, func(o schema.Offer) bool { return o.Word == found }) {
			offers = append(offers, schema.Offer{Word: found, Says: "in the text"})
		}
	}
	return typed, offers, nil
}
