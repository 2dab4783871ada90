package graph_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/schema"
)

// oracle finds the claims behind an answer by walking all quads, with none of the
// code it judges: those that label an edge, unless they deny what another label
// states, those that an edge names, and what derived ones follow from.
func oracle(all, through []quad.Quad) []string {
	isClaim := func(v quad.Value) bool {
		return v != nil && slices.Contains(all, quad.Quad{Subject: v, Predicate: schema.Type, Object: schema.ClaimClass, Label: sourceOf(all, v)})
	}
	denying := func(v quad.Value) bool {
		return slices.ContainsFunc(all, func(q quad.Quad) bool {
			return q.Subject == v && q.Predicate == schema.StanceTerm && q.Object == schema.Denies.IRI()
		})
	}
	found := map[string]bool{}
	for _, q := range through {
		stated := slices.ContainsFunc(through, func(other quad.Quad) bool {
			return other.Subject == q.Subject && other.Predicate == q.Predicate && other.Object == q.Object && !denying(other.Label)
		})
		if isClaim(q.Label) && (!denying(q.Label) || !stated) {
			found[graph.Text(q.Label)] = true
		}
		for _, v := range []quad.Value{q.Subject, q.Object} {
			if isClaim(v) {
				found[graph.Text(v)] = true
			}
		}
	}
	for more := true; more; {
		more = false
		for _, q := range all {
			if q.Predicate == iri("prov:wasDerivedFrom") && found[graph.Text(q.Subject)] && !found[graph.Text(q.Object)] {
				found[graph.Text(q.Object)], more = true, true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

func sourceOf(quads []quad.Quad, claim quad.Value) quad.Value {
	for _, q := range quads {
		if q.Subject == claim && q.Predicate == schema.FromSource {
			return q.Object
		}
	}
	return nil
}

func TestEvidenceAgainstOracle(t *testing.T) {
	t.Parallel()
	twice := herald("twice", `
		ann-lee: {kind: Person, name: Ann Lee}
		blue-line: {kind: Company, name: Blue Line}
	`, `
		works: {says: She works there., at: §, edges: {ann-lee: {works-for: blue-line, member-of: blue-line}}}
		member: {says: She is a member., stance: estimates, at: §, edges: {ann-lee: {member-of: blue-line}}}
		denied: {says: She does not work there., stance: denies, at: §, edges: {ann-lee: {works-for: blue-line}}}
	`)
	for name, files := range map[string][]string{"ferry": {ferry}, "twice": {twice, port, crew}, "article": bundled(t)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store := scratch(t, files...)
			asserted := slices.DeleteFunc(quadsOf(t, store), func(q quad.Quad) bool { return q.Label == schema.OntologyIRI })
			v, r, with := whole(store), rand.New(rand.NewPCG(1, 2)), 0
			for range 300 {
				var through []quad.Quad
				for range r.IntN(4) {
					through = append(through, asserted[r.IntN(len(asserted))])
				}
				e, err := v.Evidence(context.Background(), answer(through))
				if err != nil {
					t.Fatal(err)
				}
				var claims []string
				for _, c := range e.Claims {
					claims = append(claims, string(c.IRI))
				}
				if want := oracle(asserted, through); !slices.Equal(claims, want) {
					t.Fatalf("evidence of %v:\ngot  %v\nwant %v", through, claims, want)
				}
				if len(claims) > 0 {
					with++
				}
			}
			if with < 30 {
				t.Errorf("only %d of 300 answers had evidence", with)
			}
		})
	}
}

func same(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %s, want %s", what, got, want)
	}
}

// answer is one that came by ways, without columns.
func answer(ways ...[]quad.Quad) *graph.Answer {
	a := &graph.Answer{}
	for _, way := range ways {
		a.Add(way)
	}
	return a
}

// A quantity that is said not to be approximate gives no doubt.
func TestEvidenceExact(t *testing.T) {
	t.Parallel()
	quads := quadsOf(t, scratch(t, ferry))
	for i, q := range quads {
		if q.Predicate == iri("kgo:approximate") {
			quads[i].Object = quad.Bool(false)
		}
	}
	v := whole(open(t, storeOf(t, quads)))
	e, err := v.EdgeEvidence(context.Background(), edgeOf(t, quads, "kg:source/ferry/sale/firm-sale", "kgo:price", "kg:source/ferry/claim/price"))
	if err != nil {
		t.Fatal(err)
	}
	same(t, "sure", e.Sure(), `alleges, "some", planned`)
}

func edgeOf(t *testing.T, quads []quad.Quad, subject, relation, label string) quad.Quad {
	t.Helper()
	for _, q := range quads {
		if q.Subject == iri(subject) && q.Predicate == iri(relation) && q.Label == iri(label) {
			return q
		}
	}
	t.Fatalf("%s has no %s under %s", subject, relation, label)
	return quad.Quad{}
}

func TestEvidenceOfSale(t *testing.T) {
	t.Parallel()
	store := scratch(t, ferry)
	edge := func(relation, claim string) quad.Quad {
		return edgeOf(t, quadsOf(t, store), "kg:source/ferry/sale/firm-sale", relation, "kg:source/ferry/claim/"+claim)
	}
	buyer, price, aShip := edge("kgo:buyer", "sold"), edge("kgo:price", "price"), edge("kgo:price", "a-ship")
	const clerk = `A clerk of the port via Port report via Ministry of Transport`
	for _, c := range []struct {
		ways         [][]quad.Quad
		columns      []string
		values       []quad.Value
		sure, saidBy string
	}{
		{ways: [][]quad.Quad{{buyer}}, sure: `asserts, planned`, saidBy: `The Herald`},
		{ways: [][]quad.Quad{{price}}, sure: `alleges, "some", planned, approximate`, saidBy: clerk},
		{ways: [][]quad.Quad{{aShip}}, sure: `derived, alleges, "some", planned`, // no surer than the claim it follows from
			saidBy: `Jane Doe, from: ` + clerk},
		{ways: [][]quad.Quad{{buyer, price}}, columns: []string{"sale", "buyer", "price"}, values: []quad.Value{buyer.Subject, buyer.Object, price.Object},
			sure: `asserts, planned; price: alleges, "some", planned, approximate`, saidBy: clerk + `; The Herald`},
		{ways: [][]quad.Quad{{buyer, aShip}}, columns: []string{"sale", "buyer", "price"}, values: []quad.Value{buyer.Subject, buyer.Object, aShip.Object},
			sure: `asserts, planned; price: derived, alleges, "some", planned`, saidBy: `The Herald; Jane Doe, from: ` + clerk},
		{ways: [][]quad.Quad{{buyer, price}, {buyer}}, sure: `asserts, planned`, saidBy: `The Herald`}, // the longer way is no witness
		{ways: [][]quad.Quad{{buyer}, {price}}, // either suffices
			sure: clerk + `: alleges, "some", planned, approximate; The Herald: asserts, planned`, saidBy: clerk + `; The Herald`},
		{},
	} {
		a := answer(c.ways...)
		a.Columns, a.Values = c.columns, c.values
		e, err := whole(store).Evidence(context.Background(), a)
		if err != nil || e.Sure() != c.sure || e.SaidBy() != c.saidBy {
			t.Errorf("%v:\ngot  %s / %s (%v)\nwant %s / %s", c.ways, e.Sure(), e.SaidBy(), err, c.sure, c.saidBy)
		}
	}
}

// What cannot be traced says so, and lists nobody.
func TestUntraced(t *testing.T) {
	t.Parallel()
	e, err := whole(scratch(t, ferry)).Evidence(context.Background(), &graph.Answer{Untraced: true})
	if err != nil || e.SaidBy() != "not traced" || e.Sure() != "not traced" || e.DeniedBy() != "" || len(e.Claims) > 0 {
		t.Errorf("got %s, %s, %v, %v", e.SaidBy(), e.Sure(), e.Claims, err)
	}
}

// The order in which quads and ways were found changes nothing.
func TestEvidenceInAnyOrder(t *testing.T) {
	t.Parallel()
	store := scratch(t, ferry)
	quads := quadsOf(t, store)
	var ways [][]quad.Quad
	for i := range len(quads) - 2 {
		ways = append(ways, quads[i:i+2])
	}
	words := func() string {
		e, err := whole(store).Evidence(context.Background(), answer(ways[:40]...))
		if err != nil {
			t.Fatal(err)
		}
		var claims []quad.IRI
		for _, w := range e.Witnesses {
			for _, c := range w.Claims {
				claims = append(claims, c.IRI)
			}
		}
		return fmt.Sprint(e.SaidBy(), e.Sure(), claims)
	}
	there := words()
	slices.Reverse(ways[:40])
	for _, way := range ways[:40] {
		slices.Reverse(way)
	}
	same(t, "evidence", words(), there)
}

// Whose decisions join several things is named once; two speakers of one name are two.
func TestSaidBy(t *testing.T) {
	clerk, eve := graph.Speaker{Name: "A clerk"}, graph.Speaker{Name: "Eve", Joins: true}
	e := graph.Evidence{Speakers: []graph.Speaker{clerk, clerk, eve, eve, {Name: "Eve"}}}
	if got, want := e.SaidBy(), "A clerk; A clerk; joined by Eve; Eve"; got != want {
		t.Errorf("said by %q, not %q", got, want)
	}
}
