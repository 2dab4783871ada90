package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"

	"kg/internal/claimsfile"
	"kg/internal/document"
	"kg/internal/lookup"
	"kg/internal/propose"
	"kg/internal/sourcetext"
	"kg/schema"
)

// offer is a completion, with the entity to add for it if the file does not have it.
type offer struct {
	Word string `json:"word"`
	Says string `json:"says"`
	Adds string `json:"adds,omitempty"`
}

// complete sends the completions of a field, on the page of a file or in the form that
// creates one.
func (d *Desk) complete(w http.ResponseWriter, r *http.Request) error {
	c := &completer{d: d, before: r.PostFormValue("before"), after: r.PostFormValue("after"), added: r.PostFormValue("entities")}
	if err := c.open(r); err != nil {
		return err
	}
	c.typed = c.before[strings.LastIndexAny(c.before, " ,\n")+1:]
	if err := c.fromStore(r.Context()); err != nil {
		return err
	}
	list := []offer{}
	switch field := r.PostFormValue("field"); field {
	case "edges":
		if !strings.Contains(c.before, "{") {
			list = c.known(lookup.Offers(c.d.Ontology, strings.TrimSuffix(c.before, c.typed), c.typed, c.after, c.entities(nil)))
		}
	case "entities", "publisher", "annotator":
		list = c.lines()
	case "via": // a report, say
		list = c.known(lookup.Offers(d.Ontology, "", c.typed, "", c.entities(nil)))
	case "speaker":
		list = c.known(lookup.Offers(d.Ontology, "", c.typed, "", c.entities(d.Ontology.Kind("Agent"))))
	default:
		return &refusal{http.StatusBadRequest, "there is nothing to complete in this field"}
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	return json.NewEncoder(w).Encode(map[string]any{"typed": c.typed, "offers": append([]offer{}, list...)})
}

// completer completes a field.
type completer struct {
	d                           *Desk
	o                           *opened
	text                        *sourcetext.Text // nil if it is not at hand
	names                       []*propose.Mention
	before, after, added, typed string
}

// open finds the text and the file.
func (c *completer) open(r *http.Request) error {
	if name := r.FormValue("text"); name != "" {
		t, err := c.d.textCalled(name)
		if err != nil {
			return err
		}
		c.o, c.text = &opened{}, t
	} else {
		a, err := c.d.ask(r, &form{})
		if err != nil {
			return err
		}
		if c.o = a.o; a.v != nil {
			c.text = a.v.Text.Text
		}
	}
	c.names = c.d.names(r.Context(), c.text)
	return nil
}

// fromStore adds names of the store to those of the text, so that files use the ids that
// the store has.
func (c *completer) fromStore(ctx context.Context) error {
	if c.d.Begins == nil || len(c.typed) < 2 {
		return nil
	}
	list, err := c.d.Begins(ctx, c.typed)
	for _, n := range list {
		if begins(n.Name, c.typed) && !slices.ContainsFunc(c.names, func(o *propose.Mention) bool { return o.ID == n.ID && o.Kind != "" }) {
			c.names = append(slices.Clip(c.names), &propose.Mention{ID: n.ID, Kind: n.Kind, Name: n.Name, Known: true})
		}
	}
	return err
}

// from returns where a name is from.
func from(n *propose.Mention) string {
	if n.Known {
		return "in the graph"
	}
	return "in the text"
}

// has returns the entities of the file, and those that the form adds.
func (c *completer) has() (all []claimsfile.EntityText) {
	if c.o.edited != nil {
		all = c.o.edited.Entities()
	}
	for line := range strings.SplitSeq(c.added, "\n") {
		if n := claimsfile.ParseEntityText(line); n.ID != "" {
			all = append(all, n)
		}
	}
	return all
}

// proposed returns the names of the text, of a known kind, that no entity has.
func (c *completer) proposed() (list []*propose.Mention) {
	has := c.has()
	for _, n := range c.names {
		if n.Kind != "" && n.Kind != blank && !slices.ContainsFunc(has, func(o claimsfile.EntityText) bool { return o.ID == n.ID && o.Entity().Kind.Text != blank }) {
			list = append(list, n)
		}
	}
	return list
}

// entities returns the entities for a sentence, of a kind if one is given: those of the
// file, and names of the text.
func (c *completer) entities(within *schema.Kind) (list []lookup.KnownEntity) {
	add := func(id string, e document.Entity) {
		k := lookup.KnownEntity{ID: id, Name: cmp.Or(e.Name.Text, e.Description.Text), Kind: c.d.Ontology.Kind(e.Kind.Text)}
		if within == nil || k.Kind == nil || k.Kind.Within(within) {
			list = append(list, k)
		}
	}
	proposed := c.proposed()
	for _, n := range c.has() {
		if !slices.ContainsFunc(proposed, func(p *propose.Mention) bool { return p.ID == n.ID }) {
			add(n.ID, n.Entity())
		}
	}
	for _, n := range proposed {
		add(n.ID, claimsfile.ParseEntityText(n.Line()).Entity())
	}
	return list
}

// known returns offers, each with the entity to add for it.
func (c *completer) known(offers []lookup.Offer) (list []offer) {
	proposed := c.proposed()
	for _, o := range offers {
		is := offer{Word: o.Word, Says: o.Says}
		for _, n := range proposed {
			if n.ID == o.Word {
				is.Adds, is.Says = n.Line(), is.Says+", "+from(n)
			}
		}
		list = append(list, is)
	}
	return list
}

// lines returns the completions of an entity's line: at its beginning kinds, and whole
// lines for names of the text; after a kind, names of the text.
func (c *completer) lines() (list []offer) {
	rest := strings.TrimLeft(c.before[strings.LastIndex(c.before, ": ")+1:], " ")
	kind, typed, found := strings.Cut(rest, " ")
	if c.typed = typed; found {
		return c.namesFrom(typed)
	}
	c.typed = kind
	for _, n := range c.proposed() {
		if kind != "" && rest == strings.TrimLeft(c.before, " ") && begins(n.Name+" "+n.Description, kind) && len(list) < mostNames {
			list = append(list, offer{Word: n.Line(), Says: from(n)})
		}
	}
	for _, o := range lookup.Kinds(c.d.Ontology, kind) {
		list = append(list, offer{Word: o.Word, Says: o.Says})
	}
	return list
}

// begins reports whether a word of a text begins with the typed letters.
func begins(text, typed string) bool {
	return strings.Contains(" "+strings.ToLower(text), " "+strings.ToLower(typed))
}

// names are runs of words with a capital.
var names = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\p{Lu}[\pL\pN’'-]*(?: \p{Lu}[\pL\pN’'-]*)*`)
})

// mostNames is the maximum number of offered names of a text.
const mostNames = 12

// namesFrom returns names of the text that begin with the letters typed after a kind, or
// with their last word, since a description may contain a name.
func (c *completer) namesFrom(typed string) (list []offer) {
	if c.text == nil || typed == "" {
		return nil
	}
	text, _ := c.text.Passage(0, c.text.Len(), "")
	last := typed[strings.LastIndexAny(typed, " (")+1:]
	close := ""
	if strings.Contains(typed, "(") {
		close = ")"
	}
	var ends []offer
	for _, found := range names().FindAllString(text, -1) {
		found = strings.TrimSuffix(strings.TrimSuffix(found, "'s"), "’s")
		switch {
		case strings.HasPrefix(strings.ToLower(found), strings.ToLower(typed)) && found != typed:
			list = addOffer(list, found)
		case len(last) > 1 && strings.HasPrefix(found, last) && found != last:
			ends = addOffer(ends, found+close)
		}
	}
	if len(list) == 0 && len(ends) > 0 {
		c.typed = last
		return ends
	}
	return list
}

// addOffer adds a name of the text unless the list has it.
func addOffer(list []offer, word string) []offer {
	if len(list) >= mostNames || slices.ContainsFunc(list, func(o offer) bool { return o.Word == word }) {
		return list
	}
	return append(list, offer{Word: word, Says: "in the text"})
}
