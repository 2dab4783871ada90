package graph_test

import (
	"context"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/schema"
)

// stances lists how the edges from talks by participant are meant, by other
// end.
func stances(t *testing.T, v *graph.View) map[quad.Value][]schema.Stance {
	t.Helper()
	edges, err := v.Edges(context.Background(), iri("kg:source/ferry/meeting/talks"))
	if err != nil {
		t.Fatal(err)
	}
	list := map[quad.Value][]schema.Stance{}
	for _, e := range edges {
		if e.Relation() != iri("kgo:participant") {
			continue
		}
		if e.Claim == nil || !e.Out || e.Quad.Label != e.Claim.IRI {
			t.Errorf("a claimed edge reads %+v", e)
			continue
		}
		list[e.Other()] = append(list[e.Other()], e.Claim.Stance)
	}
	return list
}

func TestDenied(t *testing.T) {
	t.Parallel()
	store := scratch(t, ferry)
	shown, all := store.View(base), whole(store)
	ann, buyer := iri("kg:person/ann-lee"), iri("kg:company/north-shore")

	// That the buyer took part is only denied; that Ann Lee did is denied by
	// her and asserted by the clerk.
	got := stances(t, shown)
	equal(t, "the buyer, without what is denied", got[buyer], nil)
	equal(t, "Ann Lee, without what is denied", got[ann], []schema.Stance{schema.Asserts})
	got = stances(t, all)
	equal(t, "the buyer, with what is denied", got[buyer], []schema.Stance{schema.Denies})
	equal(t, "Ann Lee, with what is denied", got[ann], []schema.Stance{schema.Denies, schema.Asserts})

	for v, want := range map[*graph.View]int{shown: 1, all: 3} {
		rows, err := answers(v, `g.V("<https://kg.example/source/ferry/meeting/talks>").out("<https://kg.example/ontology#participant>").all()`)
		if err != nil || len(rows) != want {
			t.Errorf("a query walks %d edges, want %d: %v", len(rows), want, err)
		}
	}

	// The claim itself is known either way: that she denies it is a fact.
	c, err := shown.Claim(context.Background(), iri("kg:source/ferry/claim/no-talks"))
	if err != nil || c == nil || c.Stance != schema.Denies || c.Speaker != ann {
		t.Errorf("the denying claim reads %+v, %v", c, err)
	}
}

// Where nothing is denied, one graph serves both.
func TestNothingDenied(t *testing.T) {
	t.Parallel()
	if store := scratch(t, port); store.View(base).Cayley() != store.WholeView(base).Cayley() {
		t.Error("nothing is hidden by a handle of its own")
	}
	if store := scratch(t, crew); store.View(base).Cayley() == store.WholeView(base).Cayley() {
		t.Error("what is denied is in the graph of what is asserted")
	}
}

// What is hidden is exactly what claims that deny assert.
func TestDeniedIsAllThatIsHidden(t *testing.T) {
	t.Parallel()
	for _, files := range [][]string{{ferry}, {port, crew}, bundled(t)} {
		store := scratch(t, files...)
		quads := quadsOf(t, store)
		denied := 0
		for _, q := range quads {
			for _, c := range quads {
				if c.Subject == q.Label && c.Predicate == schema.StanceTerm && c.Object == schema.Denies.IRI() {
					denied++
				}
			}
		}
		for v, want := range map[*graph.View]int{
			store.View(base): len(quads) - denied,
			whole(store):     len(quads),
		} {
			checked, err := v.Check(context.Background(), nil)
			if err != nil || checked.Quads != want {
				t.Errorf("%v: a view has %+v quads, want %d", err, checked.Quads, want)
			}
		}
	}
}

func TestEdges(t *testing.T) {
	t.Parallel()
	edges, err := whole(scratch(t, ferry)).Edges(context.Background(), iri("kg:person/ann-lee"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range edges {
		line, dir := "", " <- "
		if e.Out {
			dir = " -> "
		}
		if e.Claim != nil {
			line = schema.IRI(e.Claim.IRI).LastPart() + ": "
		}
		got = append(got, line+base.Short(e.Relation())+dir+base.ShortTerm(e.Other()))
	}
	equal(t, "edges of Ann Lee", got, []string{
		`rdf:type -> schema:Person`,
		`rdfs:label -> "Ann Lee"`,
		`no-talks: kgo:participant <- kg:source/ferry/meeting/talks`,
		`talks: kgo:participant <- kg:source/ferry/meeting/talks`,
		`kgo:speaker <- kg:source/ferry/claim/no-talks`,
	})
}

// What claims assert comes before what else points to an entity, such as the
// sources it publishes, whatever the relations are called.
func TestEdgesInOrder(t *testing.T) {
	t.Parallel()
	v := whole(scratch(t, herald("self", "work: {kind: Activity, description: Its work}",
		"self: {says: The Herald works., at: §, edges: {work: {actor: herald, status: ongoing}}}")))
	edges, err := v.Edges(context.Background(), iri("kg:news-media/herald"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range edges {
		got = append(got, base.Short(e.Relation()))
	}
	equal(t, "relations", got, []string{"rdf:type", "rdfs:label", "kgo:actor", "dcterms:publisher", "kgo:speaker"})
}
