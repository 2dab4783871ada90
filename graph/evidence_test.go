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

// oracle finds evidence by walking all quads, with none of the code it
// judges.
func oracle(all, through []quad.Quad, values []quad.Value) (claims, doubts []string) {
	isClaim := func(v quad.Value) bool {
		return v != nil && slices.Contains(all, quad.Quad{Subject: v, Predicate: schema.Type, Object: schema.ClaimClass, Label: sourceOf(all, v)})
	}
	nodes := slices.Clone(values)
	found, doubted := map[string]bool{}, map[string]bool{}
	for _, q := range through {
		nodes = append(nodes, q.Subject, q.Object)
		if isClaim(q.Label) {
			found[graph.Text(q.Label)] = true
		}
	}
	for _, v := range nodes {
		if isClaim(v) {
			found[graph.Text(v)] = true
		}
	}
	for _, q := range all {
		if !slices.Contains(nodes, q.Subject) {
			continue
		}
		switch {
		case q.Predicate == iri("kgo:approximate") && q.Object == quad.Bool(true):
			doubted["approximate"] = true
		case q.Predicate == iri("kgo:status") && slices.Contains([]quad.Value{iri("kgo:planned"), iri("kgo:promised"), iri("kgo:attempted")}, q.Object):
			doubted[graph.LastPart(q.Object.(quad.IRI))] = true
		}
	}
	// A derived claim brings those it follows from.
	for more := true; more; {
		more = false
		for _, q := range all {
			if q.Predicate == iri("prov:wasDerivedFrom") && found[graph.Text(q.Subject)] && !found[graph.Text(q.Object)] {
				found[graph.Text(q.Object)], more = true, true
			}
		}
	}
	return slices.Sorted(maps.Keys(found)), slices.Sorted(maps.Keys(doubted))
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
				var values []quad.Value
				for range r.IntN(4) {
					through = append(through, asserted[r.IntN(len(asserted))])
				}
				for range r.IntN(3) {
					q := asserted[r.IntN(len(asserted))]
					values = append(values, []quad.Value{q.Subject, q.Object, q.Label}[r.IntN(3)])
				}
				e, err := v.Evidence(context.Background(), through, values...)
				if err != nil {
					t.Fatal(err)
				}
				var claims []string
				for _, c := range e.Claims {
					claims = append(claims, string(c.IRI))
				}
				wantClaims, wantDoubts := oracle(asserted, through, values)
				if !slices.Equal(claims, wantClaims) || !slices.Equal(e.Doubts, wantDoubts) {
					t.Fatalf("evidence of %v and %v:\ngot  %v %v\nwant %v %v", through, values, claims, e.Doubts, wantClaims, wantDoubts)
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

// A quantity that is said not to be approximate gives no doubt.
func TestEvidenceExact(t *testing.T) {
	t.Parallel()
	about := iri("kg:source/ferry/claim/price/firm-sale/price")
	quads := quadsOf(t, scratch(t, ferry))
	for i, q := range quads {
		if q.Predicate == iri("kgo:approximate") {
			quads[i].Object = quad.Bool(false)
		}
	}
	e, err := whole(open(t, storeOf(t, quads))).Evidence(context.Background(), nil, about)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "doubts", e.Doubts, nil)
}

func TestEvidenceOfSale(t *testing.T) {
	t.Parallel()
	store := scratch(t, ferry)
	v := whole(store)
	sale := iri("kg:source/ferry/sale/firm-sale")
	edge := func(relation, claim string) quad.Quad {
		for _, q := range quadsOf(t, store) {
			if q.Subject == sale && q.Predicate == iri(relation) && q.Label == iri("kg:source/ferry/claim/"+claim) {
				return q
			}
		}
		t.Fatalf("claim %s has no %s", claim, relation)
		return quad.Quad{}
	}
	buyer, price, aShip := edge("kgo:buyer", "sold"), edge("kgo:price", "price"), edge("kgo:price", "a-ship")
	of := func(quads ...quad.Quad) graph.Evidence {
		e, err := v.Evidence(context.Background(), quads, sale)
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	for _, c := range []struct {
		quads        []quad.Quad
		sure, saidBy string
	}{
		{[]quad.Quad{buyer}, `asserts, planned`, `The Herald`},
		{[]quad.Quad{price}, `alleges, "some", approximate, planned`, `A clerk of the port via Port report via Ministry of Transport`},
		{[]quad.Quad{aShip}, `derived, alleges, "some", planned`, // no surer than the claim it follows from
			`A clerk of the port via Port report via Ministry of Transport; Jane Doe (derived)`},
		{[]quad.Quad{buyer, price, aShip}, `derived, alleges, "some", approximate, planned`,
			`A clerk of the port via Port report via Ministry of Transport; Jane Doe (derived); The Herald`},
		{nil, `planned`, ``},
	} {
		e := of(c.quads...)
		said, err := v.SaidBy(context.Background(), e)
		if err != nil || e.Sure() != c.sure || said != c.saidBy {
			t.Errorf("%v:\ngot  %s / %s (%v)\nwant %s / %s", c.quads, e.Sure(), said, err, c.sure, c.saidBy)
		}
	}
	one, other, both := of(buyer), of(price), of(buyer, price)
	if got := one.And(other).And(one); fmt.Sprint(got) != fmt.Sprint(both) {
		t.Errorf("two answers as one: got %v, want %v", got, both)
	}
}
