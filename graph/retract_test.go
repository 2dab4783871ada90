package graph_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
)

// lent and told are two sources about one loan: each says something of its own,
// both say one thing, and the second denies what the first says.
var (
	lent = herald("lent", `
		bank: {kind: Bank, name: Bank}
		firm: {kind: Company, name: Firm}
		anna: {kind: Person, name: Anna}
		loan: {kind: Payment, name: The loan}
		clerk: {kind: Person, description: A clerk}
	`, `
		paid: {says: The bank paid the firm., at: §, edges: {loan: {payer: bank, recipient: firm, amount: {value: 5, unit: EUR}, status: done}}}
		works: {says: Anna works there., speaker: clerk, at: §, edges: {anna: {works-for: firm}}}
		both: {says: The firm sells coal., at: §, edges: {firm: {trade: coal}}}
		half: {says: Half of it is two and a half., derived-from: [paid], edges: {firm: {trade: halves}}}
		quarter: {says: A quarter is less., derived-from: [half, both], edges: {firm: {trade: quarters}}}
	`)
	told = herald("told", `
		bank: {kind: Bank, name: Bank}
		firm: {kind: Company, name: Firm}
		anna: {kind: Person, name: Anna}
	`, `
		not: {says: Anna does not work there., speaker: anna, stance: denies, at: §, edges: {anna: {works-for: firm}}}
		both: {says: The firm sells coal., at: §, edges: {firm: {trade: coal}}}
	`)
)

func options(reason string) graph.DecisionOptions {
	return graph.DecisionOptions{Base: base, Reason: reason, By: "Ann Lee"}
}

// writable opens a store to be written.
func writable(t testing.TB, path string) *graph.Store {
	t.Helper()
	s, err := graph.OpenToWrite(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func retract(t *testing.T, s *graph.Store, on string) *graph.Effect {
	t.Helper()
	e, err := s.Retract(context.Background(), iri(on), options("withdrawn"))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func restore(t *testing.T, s *graph.Store, on string) *graph.Effect {
	t.Helper()
	e, err := s.Restore(context.Background(), iri(on), options("checked again"))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// shownOf lists the quads that a view shows, in order, without the ontology's.
func shownOf(t *testing.T, v *graph.View) []string {
	t.Helper()
	var list []string
	for q, err := range v.Each(context.Background(), quad.Quad{}) {
		if err != nil {
			t.Fatal(err)
		}
		if q.Label != iri("https://kg.example/ontology") {
			list = append(list, fmt.Sprint(q.Subject, q.Predicate, q.Object, q.Label))
		}
	}
	slices.Sort(list)
	return list
}

// A retracted source leaves the views that a store without it has, whichever of
// two it is; restored, it is there again, and no quad but the decisions is new.
func TestRetractedSourceIsAsNeverLoaded(t *testing.T) {
	t.Parallel()
	files := map[string]string{"lent": lent, "told": told}
	for id := range files {
		var other []string
		for name, file := range files {
			if name != id {
				other = append(other, file)
			}
		}
		path := storePath(t)
		load(t, path, graph.LoadOptions{}, lent, told)
		alone, s := scratch(t, other...), writable(t, path)
		before, first := shownOf(t, s.View(base)), bareHash(t, s)
		retract(t, s, "kg:source/"+id)
		for _, pair := range [][2]*graph.View{
			{s.View(base), alone.View(base)}, {s.WholeView(base), alone.WholeView(base)},
			{open(t, path).View(base), alone.View(base)}, // opened anew
		} {
			equal(t, id+" retracted", shownOf(t, pair[0]), shownOf(t, pair[1]))
		}
		if h := bareHash(t, s); h != first {
			t.Error("the hash without decisions knows of one")
		}
		if hash(t, s) == first {
			t.Error("the hash with decisions knows of none")
		}
		restore(t, s, "kg:source/"+id)
		equal(t, id+" restored", shownOf(t, s.View(base)), before)
		if bareHash(t, s) != first {
			t.Error("retracted and restored, the graph is another one")
		}
	}
}

func loadText(t *testing.T, path, quads string) {
	t.Helper()
	if _, err := loadQuadsAt(context.Background(), path, []graph.QuadsFile{text("text.nq", quads)}, graph.LoadOptions{Base: base}); err != nil {
		t.Fatal(err)
	}
}

func bareHash(t *testing.T, s *graph.Store) string {
	t.Helper()
	h, err := s.Hash(context.Background(), graph.ExportOptions{WithoutDecisions: true})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// A retracted claim takes its edges with it, and what is derived from it, however
// far. Its record stays, marked; with what is retracted, all is there, marked.
func TestRetractedClaim(t *testing.T) {
	t.Parallel()
	path := storePath(t)
	load(t, path, graph.LoadOptions{}, lent, told)
	s := writable(t, path)
	e := retract(t, s, "kg:source/lent/claim/paid")
	equal(t, "claims", irisOf(e.Claims), []string{"kg:source/lent/claim/paid"})
	equal(t, "derived", irisOf(e.Derived), []string{"kg:source/lent/claim/half", "kg:source/lent/claim/quarter"})
	if len(e.Edges) != 6 || e.Kind != "claim" {
		t.Errorf("%s: the edges are %v", e.Kind, e.Edges)
	}
	v := s.View(base)
	for _, view := range []*graph.View{v, s.WholeView(base)} {
		for _, gone := range []string{"paid", "half", "quarter"} {
			label := iri("kg:source/lent/claim/" + gone)
			if c, err := view.Claim(context.Background(), label); err != nil || c.Retracted == nil || c.Retracted.Reason != "withdrawn" || c.Retracted.On != iri("kg:source/lent/claim/paid") {
				t.Errorf("claim %s is %+v, %v", gone, c, err)
			}
			for q := range view.Each(context.Background(), quad.Quad{Label: label}) {
				t.Errorf("%v is there still", q)
			}
		}
	}
	if c, err := v.Claim(context.Background(), iri("kg:source/lent/claim/both")); err != nil || c.Retracted != nil {
		t.Errorf("the other claim is %+v, %v", c, err)
	}
	with := v.WithRetracted()
	evidence, err := with.EdgeEvidence(context.Background(), e.Edges[0])
	if err != nil || !strings.HasPrefix(evidence.Sure(), "retracted") {
		t.Errorf("a retracted edge is %q, %v", evidence.Sure(), err)
	}
	if !with.ShowsRetracted() || v.ShowsRetracted() {
		t.Error("a view does not know what it shows")
	}
}

// What another graph says of a claim makes it no derived one.
func TestForeignDerivationFellsNothing(t *testing.T) {
	t.Parallel()
	path := storePath(t)
	load(t, path, graph.LoadOptions{}, lent, told)
	loadText(t, path, fmt.Sprintf("%s %s %s <https://e.example/g> .\n", iri("kg:source/lent/claim/both"), iri("prov:wasDerivedFrom"), iri("kg:source/told/claim/both")))
	s := writable(t, path)
	if e := retract(t, s, "kg:source/told/claim/both"); len(e.Derived) != 0 {
		t.Errorf("what falls is %v", irisOf(e.Derived))
	}
}

func irisOf(claims []graph.Found) (list []string) {
	for _, c := range claims {
		list = append(list, base.Short(c.IRI))
	}
	return list
}

// An edge that another claim states does not fall, and a denial that falls denies
// no more.
func TestRetractionAndOthers(t *testing.T) {
	t.Parallel()
	path := storePath(t)
	load(t, path, graph.LoadOptions{}, lent, told)
	s := writable(t, path)
	works := quad.Quad{Subject: iri("kg:person/anna"), Predicate: iri("kgo:works-for"), Object: iri("kg:company/firm"), Label: iri("kg:source/lent/claim/works")}
	deniers := func() string {
		e, err := s.View(base).EdgeEvidence(context.Background(), works)
		if err != nil {
			t.Fatal(err)
		}
		return e.DeniedBy()
	}
	if got := deniers(); got != "Anna" {
		t.Errorf("it is denied by %q", got)
	}
	if e := retract(t, s, "kg:source/told"); len(e.Edges) != 0 || len(e.Claims) != 2 {
		t.Errorf("the edges are %v", e.Edges)
	}
	if got := deniers(); got != "" {
		t.Errorf("it is denied by %q, which is retracted", got)
	}
	e := retract(t, s, "kg:source/lent/claim/both") // which was in both, and is in none now
	if len(e.Edges) != 2 || len(e.Derived) != 1 {
		t.Errorf("the edges are %v", e.Edges)
	}
	e = restore(t, s, "kg:source/told")
	equal(t, "comes back", irisOf(e.Claims), []string{"kg:source/told/claim/both", "kg:source/told/claim/not"})
	if len(e.Edges) != 1 {
		t.Errorf("the edges are %v", e.Edges)
	}
}

// Background about what only a retracted source speaks of goes, and comes back.
func TestRetractedSourceNeedsNoBackground(t *testing.T) {
	t.Parallel()
	known := strings.Replace(atlas, "id: atlas", "id: background", 1)
	path, alone := storePath(t), storePath(t)
	opt := graph.LoadOptions{Background: docs(t, known)}
	load(t, path, opt, inTown, ofLand)
	load(t, alone, opt, ofLand)
	s := writable(t, path)
	before := shownOf(t, s.View(base))
	retract(t, s, "kg:source/in-town")
	equal(t, "shown", shownOf(t, s.View(base)), shownOf(t, open(t, alone).View(base)))
	restore(t, s, "kg:source/in-town")
	equal(t, "restored", shownOf(t, s.View(base)), before)
}

// A comparison of two stores is of all that is in them: what is retracted is no
// difference, and the decision is one.
func TestDiffSeesRetracted(t *testing.T) {
	t.Parallel()
	path := storePath(t)
	load(t, path, graph.LoadOptions{}, lent, told)
	s, other := writable(t, path), scratch(t, lent, told)
	retract(t, s, "kg:source/told")
	list, err := other.Diff(context.Background(), s, base)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range list {
		if d.Label != base.Decisions() || d.Change != "added" {
			t.Errorf("a difference is %+v", d)
		}
	}
	if len(list) == 0 {
		t.Error("the decision is no difference")
	}
}
