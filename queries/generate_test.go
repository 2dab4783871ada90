package queries_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"kg/schema"
)

// thing is an entity of a generated source.
type thing struct{ id, kind string }

// shared are what two generated sources both speak of, by name.
var shared = []thing{
	{"ann", "Person"}, {"bob", "Person"}, {"firm", "Company"}, {"bank", "Bank"}, {"north", "Country"},
	{"south", "Country"}, {"town", "City"}, {"port", "City"}, {"office", "Authority"}, {"cabinet", "Government"},
}

// generator writes a claims file at random.
type generator struct {
	r      *rand.Rand
	o      *schema.Ontology
	id     string
	things []thing // what can be spoken of
	own    []thing // those that no other source knows
	events []thing
	claims []string
}

// generate is a source about shared things, events and unnamed things of its own.
// Only where owns is set does it assert edges of the shared things themselves.
func generate(r *rand.Rand, o *schema.Ontology, id string, owns bool) string {
	g := &generator{r: r, o: o, id: id, things: append([]thing{}, shared...)}
	var entities strings.Builder
	for _, e := range shared {
		fmt.Fprintf(&entities, "  %s: {kind: %s, name: The %s}\n", e.id, e.kind, e.id)
	}
	add := func(e thing) thing {
		fmt.Fprintf(&entities, "  %s: {kind: %s, description: %s of %s}\n", e.id, e.kind, e.id, id)
		g.things = append(g.things, e)
		return e
	}
	for i, kind := range []string{"Person", "Workforce", "Vessel", "Account", "Goods", "Company", "Facility", "OfficialOccupation", "Post", "Embassy"} {
		if r.IntN(3) > 0 {
			g.own = append(g.own, add(thing{fmt.Sprintf("own-%d", i), kind}))
		}
	}
	kinds := g.eventKinds()
	for i := range 3 + r.IntN(4) {
		g.events = append(g.events, add(thing{fmt.Sprintf("event-%d", i), kinds[r.IntN(len(kinds))]}))
	}
	for _, e := range g.events {
		g.event(e)
	}
	subjects := g.own
	if owns {
		subjects = append(append([]thing{}, subjects...), shared...)
	}
	for _, e := range subjects {
		if edges := append(g.required(e), g.edges(e, 0.15)...); len(edges) > 0 {
			g.claim(e, edges, g.stance())
		}
	}
	return fmt.Sprintf(`source: {id: %[1]s, title: The %[1]s source, publisher: paper-%[1]s, annotator: author, date: 2020-05-04, language: en, characters: 100, sha256: %[2]s}
entities:
  paper-%[1]s: {kind: NewsMedia, name: The paper %[1]s}
  author: {kind: Person, name: The author}
%[3]sclaims:
%[4]s`, id, strings.Repeat("0", 64), entities.String(), strings.Join(g.claims, ""))
}

// eventKinds are those that saved questions ask for, and whose required
// relations can be met.
func (g *generator) eventKinds() []string {
	return slices.DeleteFunc([]string{"Bribe", "Payment", "Levy", "Spending", "Sale", "AssetFreeze", "Sanction", "Lobbying", "Movement", "Employment",
		"Interception", "Tenure", "Meeting", "PermitQuota", "Change", "Activity"}, func(kind string) bool {
		e := thing{"", kind}
		return len(g.required(e)) < len(g.demands(e))
	})
}

// event asserts an event, in one claim or in two, and may deny part of it.
func (g *generator) event(e thing) {
	status := "status: " + pick(g.r, []string{"planned", "promised", "attempted", "ongoing", "done"})
	edges := append(g.required(e), g.edges(e, 0.3)...)
	if len(edges) > 0 && g.r.IntN(8) == 0 {
		g.claim(e, edges, "denies") // and nobody asserts it
		return
	}
	if len(edges) > 2 && g.r.IntN(2) == 0 {
		half := len(edges) / 2
		g.claim(e, append([]string{status}, edges[:half]...), g.stance())
		g.claim(e, edges[half:], g.stance())
	} else {
		g.claim(e, append([]string{status}, edges...), g.stance())
	}
	if len(edges) > 0 && g.r.IntN(3) == 0 {
		g.claim(e, edges[:1], "denies")
	}
}

func (g *generator) stance() string {
	return pick(g.r, []string{"asserts", "asserts", "estimates", "predicts", "alleges"})
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// demands are the relations that an entity of that kind must have, other than the
// status.
func (g *generator) demands(e thing) (list []*schema.Relation) {
	for k := g.o.Kind(e.kind); k != nil; k = k.Parent {
		for _, rel := range k.Required {
			if rel.Name != "status" {
				list = append(list, rel)
			}
		}
	}
	return list
}

func (g *generator) required(e thing) (edges []string) {
	for _, rel := range g.demands(e) {
		if value := g.value(e, rel); value != "" {
			edges = append(edges, rel.Name+": "+value)
		}
	}
	return edges
}

// edges are some of the relations that an entity of that kind can have.
func (g *generator) edges(e thing, chance float64) (edges []string) {
	required := map[string]bool{"status": true}
	for _, rel := range g.demands(e) {
		required[rel.Name] = true
	}
	for _, rel := range g.o.Relations() {
		if rel.Serves(g.o.Kind(e.kind)) && !required[rel.Name] && g.r.Float64() < chance {
			if value := g.value(e, rel); value != "" {
				edges = append(edges, rel.Name+": "+value)
			}
		}
	}
	return edges
}

// value is something that a relation of e can lead to, or nothing.
func (g *generator) value(e thing, rel *schema.Relation) string {
	switch {
	case rel.Literal == "text":
		return pick(g.r, []string{"loudly", "at night"})
	case rel.Literal != "":
		return ""
	case rel.Range.Name == "Quantity":
		return fmt.Sprintf("{value: %d, unit: EUR, approximate: %t}", 1+g.r.IntN(3), g.r.IntN(3) == 0)
	case rel.Range.Name == "Date":
		return pick(g.r, []string{"2019", "2019-03", "2020-01-02"})
	case len(rel.Range.Codes) > 0:
		return rel.Range.Codes[g.r.IntN(len(rel.Range.Codes))].Name
	}
	var fits []string
	for _, o := range g.things {
		if o.id != e.id && g.o.Kind(o.kind).Within(rel.Range) {
			fits = append(fits, o.id)
		}
	}
	if len(fits) == 0 {
		return ""
	}
	return pick(g.r, fits)
}

func (g *generator) claim(e thing, edges []string, stance string) {
	speaker := pick(g.r, []string{"paper-" + g.id, "ann", "bob"})
	hedge := ""
	if g.r.IntN(4) == 0 {
		hedge = ", hedge: perhaps"
	}
	g.claims = append(g.claims, fmt.Sprintf("  c%d: {says: Something., speaker: %s, stance: %s%s, at: {paragraph: 1, start: 0, end: 5, sha256: %s}, edges: {%s: {%s}}}\n",
		len(g.claims), speaker, stance, hedge, strings.Repeat("1", 64), e.id, strings.Join(edges, ", ")))
}
