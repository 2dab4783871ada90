package ftm

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
)

// provenance adds the provenance of the claims that state an entity. An entity has one
// provenance for all its values: differences between the claims are lost.
func (w *Writer) provenance(g *gathered, quads []quad.Quad) error {
	var claims []map[string]string
	done := map[quad.Value]bool{}
	for _, q := range quads {
		if done[q.Label] {
			continue
		}
		done[q.Label] = true
		c, err := w.graph.Claim(q.Label)
		if err != nil {
			return err
		}
		if c.Denied || c.Retracted {
			continue
		}
		members, err := w.ofClaim(g, q.Label)
		if err != nil {
			return err
		}
		if len(members) > 0 { // else it is of a source that is none of FollowTheMoney's
			claims = append(claims, members)
		}
	}
	if w.table == nil {
		w.merge(g, claims)
	}
	return nil
}

// ofClaim adds the values that stand with a claim, and returns its members.
func (w *Writer) ofClaim(g *gathered, claim quad.Value) (map[string]string, error) {
	g.claim = claim
	about, err := w.graph.Quads(quad.Quad{Subject: claim})
	members := map[string]string{}
	for _, a := range about {
		predicate, _ := a.Predicate.(quad.IRI)
		if name, ok := strings.CutPrefix(string(predicate), memberTerm); ok {
			name, _ = unescape(name)
			members[name] = textOf(a.Object)
		}
		for _, p := range g.schema.props {
			if iri, ok := a.Object.(quad.IRI); ok && p.how == onClaim && p.term == predicate {
				if p.Type == "entity" {
					g.add(p.Name, idOf(w.base, iri))
				} else {
					g.add(p.Name, string(iri))
				}
			}
		}
	}
	return members, err
}

// merge merges the provenances of several claims: all datasets, the first day seen and
// the last. Properties of a single value, such as its origin, its language and its
// original text, are kept where all claims agree.
func (w *Writer) merge(g *gathered, claims []map[string]string) {
	values := map[string][]string{}
	for _, members := range claims {
		for name, value := range members {
			values[name] = append(values[name], value)
		}
	}
	if list := values["dataset"]; slices.Max(append(list, "")) != "" && !alike(list) {
		delete(values, "dataset")
		for _, one := range list {
			values["datasets"] = append(values["datasets"], "["+one+"]")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		list := values[name]
		switch {
		case name == "datasets":
			g.members[name] = union(list)
		case strings.HasPrefix(name, "last_"):
			g.members[name] = slices.Max(list)
		case name == "first_seen":
			g.members[name] = slices.Min(list)
		case alike(list) && (name == "dataset" || len(list) == len(claims)):
			g.members[name] = list[0]
			continue
		default:
			w.Losses[Lost{g.iri, "the " + strings.ReplaceAll(name, "_", " ") + " of single values"}] += len(list)
			continue
		}
		if !alike(list) {
			w.Losses[Lost{g.iri, "the " + strings.ReplaceAll(name, "_", " ") + " of single values"}] += len(list)
		}
	}
}

func alike(list []string) bool {
	return !slices.ContainsFunc(list, func(s string) bool { return s != list[0] })
}

// union is a list in JSON of all that are in some lists.
func union(lists []string) string {
	if alike(lists) {
		return lists[0]
	}
	var all []string
	for _, list := range lists {
		var some []string
		if json.Unmarshal([]byte(list), &some) != nil {
			return slices.Min(lists)
		}
		all = append(all, some...)
	}
	slices.Sort(all)
	text, _ := json.Marshal(slices.Compact(all)) // strings can always be spelt
	return string(text)
}
