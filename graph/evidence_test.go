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
func oracle(quads []quad.Quad, values []quad.Value) (claims, doubts []string) {
	isClaim := func(v quad.Value) bool {
		return slices.Contains(quads, quad.Quad{Subject: v, Predicate: schema.Type, Object: schema.ClaimClass, Label: sourceOf(quads, v)})
	}
	among := func(v quad.Value) bool { return slices.Contains(values, v) }
	found, doubted := map[string]bool{}, map[string]bool{}
	for _, v := range values {
		if isClaim(v) {
			found[graph.Text(v)] = true
		}
	}
	for _, q := range quads {
		if !among(q.Subject) {
			continue
		}
		switch {
		case q.Predicate == iri("kgo:approximate") && q.Object == quad.Bool(true):
			doubted["approximate"] = true
		case q.Predicate == iri("kgo:status") && slices.Contains([]quad.Value{iri("kgo:planned"), iri("kgo:promised"), iri("kgo:attempted")}, q.Object):
			doubted[graph.LastPart(q.Object.(quad.IRI))] = true
		}
		if !among(q.Object) || q.Label == nil || !isClaim(q.Label) {
			continue
		}
		restricted := slices.ContainsFunc(quads, func(o quad.Quad) bool {
			return o.Subject == q.Subject && o.Object == q.Object && among(o.Predicate)
		})
		if !restricted || among(q.Predicate) {
			found[graph.Text(q.Label)] = true
		}
	}
	// A derived claim brings those it follows from.
	for more := true; more; {
		more = false
		for _, q := range quads {
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

// someValues are values as a row of an answer may have them: ends of a few
// quads, now and then with their predicates, labels, or something unrelated.
func someValues(r *rand.Rand, quads []quad.Quad) []quad.Value {
	var values []quad.Value
	for range 1 + r.IntN(3) {
		q := quads[r.IntN(len(quads))]
		values = append(values, q.Subject, q.Object)
		if r.IntN(3) == 0 {
			values = append(values, q.Predicate)
		}
		if r.IntN(6) == 0 {
			values = append(values, q.Label)
		}
		if r.IntN(6) == 0 {
			values = append(values, quads[r.IntN(len(quads))].Predicate)
		}
	}
	return values
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
				values := someValues(r, asserted)
				e, err := v.Evidence(context.Background(), values)
				if err != nil {
					t.Fatal(err)
				}
				var claims []string
				for _, c := range e.Claims {
					claims = append(claims, string(c.IRI))
				}
				wantClaims, wantDoubts := oracle(asserted, values)
				if !slices.Equal(claims, wantClaims) || !slices.Equal(e.Doubts, wantDoubts) {
					t.Fatalf("evidence of %v:\ngot  %v %v\nwant %v %v", values, claims, e.Doubts, wantClaims, wantDoubts)
				}
				if len(claims) > 0 {
					with++
				}
			}
			if with < 30 {
				t.Errorf("only %d of 300 sets of values had evidence", with)
			}
		})
	}
}

// saidOf is the evidence that joins values of the ferry's graph.
func saidOf(t *testing.T, v *graph.View, values ...quad.Value) (graph.Evidence, []string) {
	t.Helper()
	e, err := v.Evidence(context.Background(), values)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, c := range e.Claims {
		ids = append(ids, graph.LastPart(c.IRI))
	}
	return e, ids
}

func TestEvidence(t *testing.T) {
	t.Parallel()
	ann, line := iri("kg:person/ann-lee"), iri("kg:company/blue-line")
	v := whole(scratch(t, herald("jobs", "ann-lee: {kind: Person, name: Ann Lee}\nblue-line: {kind: Company, name: Blue Line}", `
		works: {says: She works there., at: §, edges: {ann-lee: {works-for: blue-line}}}
		member: {says: She is a member., at: §, edges: {ann-lee: {member-of: blue-line}}}
	`)))
	works, member := iri("kgo:works-for"), iri("kgo:member-of")
	for _, c := range []struct {
		values []quad.Value
		want   []string
	}{
		{[]quad.Value{ann, line}, []string{"member", "works"}},
		{[]quad.Value{line, ann, ann}, []string{"member", "works"}},
		{[]quad.Value{ann, line, works}, []string{"works"}},
		{[]quad.Value{ann, line, works, member}, []string{"member", "works"}},
		{[]quad.Value{ann, line, iri("kgo:trade")}, []string{"member", "works"}}, // which joins neither
		{[]quad.Value{ann}, nil},
		{[]quad.Value{ann, iri("kg:person/nobody"), nil, quad.String("Ann Lee")}, nil}, // a name is no claim
		{[]quad.Value{iri("kg:source/jobs/claim/works")}, []string{"works"}},
		{nil, nil},
	} {
		_, got := saidOf(t, v, c.values...)
		equal(t, fmt.Sprint(c.values), got, c.want)
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
	e, _ := saidOf(t, whole(open(t, storeOf(t, quads))), about)
	equal(t, "doubts", e.Doubts, nil)
}

func TestEvidenceOfSale(t *testing.T) {
	t.Parallel()
	v := whole(scratch(t, ferry))
	sale, buyer := iri("kg:source/ferry/sale/firm-sale"), iri("kg:company/north-shore")
	price := iri("kg:source/ferry/claim/price/firm-sale/price")
	aShip := iri("kg:source/ferry/claim/a-ship/firm-sale/price")
	for _, c := range []struct {
		values       []quad.Value
		sure, saidBy string
	}{
		{[]quad.Value{sale, buyer}, `asserts, planned`, `The Herald`},
		{[]quad.Value{sale, price}, `alleges, "some", approximate, planned`, `A clerk of the port via Port report via Ministry of Transport`},
		{[]quad.Value{sale, aShip}, `derived, alleges, "some", planned`, // no surer than the claim it follows from
			`A clerk of the port via Port report via Ministry of Transport; Jane Doe (derived)`},
		{[]quad.Value{sale, buyer, price, aShip}, `derived, alleges, "some", approximate, planned`,
			`A clerk of the port via Port report via Ministry of Transport; Jane Doe (derived); The Herald`},
		{[]quad.Value{sale}, `planned`, ``},
	} {
		e, _ := saidOf(t, v, c.values...)
		said, err := v.SaidBy(context.Background(), e)
		if err != nil || e.Sure() != c.sure || said != c.saidBy {
			t.Errorf("%v:\ngot  %s / %s (%v)\nwant %s / %s", c.values, e.Sure(), said, err, c.sure, c.saidBy)
		}
	}
	one, _ := saidOf(t, v, sale, buyer)
	other, _ := saidOf(t, v, sale, price)
	both, _ := saidOf(t, v, sale, buyer, price)
	if got := one.And(other).And(one); fmt.Sprint(got) != fmt.Sprint(both) {
		t.Errorf("two answers as one: got %v, want %v", got, both)
	}
}
