package graph_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/schema"
)

func stats(t *testing.T, v *graph.View) []graph.Count {
	t.Helper()
	counts, err := v.Stats(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return counts
}

// countNaively counts by walking all quads once for each thing to count.
func countNaively(quads []quad.Quad) map[string]int {
	has := func(s quad.Value, p, o string) bool {
		return slices.ContainsFunc(quads, func(q quad.Quad) bool { return q.Subject == s && q.Predicate == iri(p) && q.Object == iri(o) })
	}
	records := []quad.Value{iri("kgo:Claim"), iri("kgo:Source"), iri("kgo:Attribution"), iri("oa:SpecificResource"), iri("oa:TextPositionSelector")}
	n := map[string]int{}
	seen := map[quad.Value]bool{}
	for _, q := range quads {
		claimed := q.Label != nil && has(q.Label, "rdf:type", "kgo:Claim")
		figure := strings.HasPrefix(graph.Text(q.Subject), graph.Text(q.Label)+"/")
		switch q.Predicate {
		case iri("dcterms:source"):
			n["source "+graph.Text(q.Object)]++
		case iri("prov:wasAttributedTo"): // of a claim that follows from others
			if slices.ContainsFunc(quads, func(d quad.Quad) bool { return d.Subject == q.Subject && d.Predicate == iri("prov:wasDerivedFrom") }) {
				n["author "+graph.Text(q.Object)]++
			}
		case iri("kgo:speaker"):
			n["speaker "+graph.Text(q.Object)]++
		case iri("rdf:type"):
			if has(q.Label, "rdf:type", "kgo:Source") && !slices.Contains(records, q.Object) && !seen[q.Subject] {
				n["kind "+graph.Text(q.Object)]++
				seen[q.Subject] = true
			}
		}
		if claimed && !figure {
			n["relation "+graph.Text(q.Predicate)]++
		}
	}
	return n
}

func TestStatsAgainstNaiveCount(t *testing.T) {
	t.Parallel()
	for _, files := range [][]string{{ferry}, {port, crew, town, ferry}, bundled(t)} {
		store := scratch(t, files...)
		got := map[string]int{}
		for _, c := range stats(t, whole(store)) {
			key := c.Of + " " + graph.Text(c.Value)
			if got[key] != 0 {
				t.Errorf("%s is counted twice", key)
			}
			got[key] = c.N
		}
		if want := countNaively(quadsOf(t, store)); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("got  %v\nwant %v", got, want)
		}
	}
}

// Counted by hand, largest first.
func TestStats(t *testing.T) {
	t.Parallel()
	var got []string
	for _, c := range stats(t, whole(scratch(t, port, crew))) {
		got = append(got, fmt.Sprint(c.Of, " ", base.ShortTerm(c.Value), " ", c.N))
	}
	equal(t, "counts", got, []string{
		"kind schema:Person 3", // the annotator, and two clerks
		"kind kgo:Company 1",
		"kind schema:City 1",
		"kind schema:NewsMediaOrganization 1",
		"relation kgo:works-for 2",
		"relation kgo:located-in 1",
		"source kg:source/port 2",
		"source kg:source/crew 1",
		"speaker kg:news-media/herald 3",
	})
	if got := stats(t, whole(open(t, storeOf(t, nil)))); len(got) != 0 {
		t.Errorf("the empty store has %v", got)
	}
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := whole(scratch(t, port)).Stats(cancelled); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v", err)
	}
}

// Quads of other graphs are counted by label, predicate and class, beside claims.
func TestStatsOfForeign(t *testing.T) {
	t.Parallel()
	ours := quadsOf(t, scratch(t, ferry))
	want := countNaively(ours)
	quads := slices.Clone(ours)
	add := func(s string, p quad.IRI, o quad.Value, labels ...quad.Value) {
		for _, label := range labels {
			quads = append(quads, quad.Quad{Subject: quad.IRI("https://ex.org/" + s), Predicate: p, Object: o, Label: label})
			want["graph "+graph.Text(label)]++
			want["relation "+string(p)]++
		}
	}
	g, h := quad.IRI("https://ex.org/g"), quad.IRI("https://ex.org/h")
	add("a", iri("rdf:type"), quad.IRI("https://ex.org/Ship"), g, h)
	add("b", iri("rdf:type"), quad.IRI("https://ex.org/Ship"), h)
	add("b", iri("rdf:type"), iri("kgo:Company"), h)
	add("a", "https://ex.org/p", quad.String("x"), g, h, nil)
	add("a", iri("kgo:located-in"), iri("kg:city/harbourtown"), g)
	want["kind https://ex.org/Ship"] = 2
	want["kind "+string(iri("kgo:Company"))]++
	got := map[string]int{}
	for _, c := range stats(t, whole(open(t, storeOf(t, quads)))) {
		got[c.Of+" "+graph.Text(c.Value)] = c.N
	}
	if !maps.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

// By numbers as much is counted as by reading the quads, of claims and of other
// graphs, with what is retracted and without.
func TestStatsByNumbers(t *testing.T) {
	t.Parallel()
	s := scratch(t, bundled(t)...)
	var deltas []cayley.Delta
	r := rand.New(rand.NewPCG(4, 2))
	for _, q := range someClaims(r) {
		deltas = append(deltas, cayley.Delta{Quad: q, Action: cayley.Add})
	}
	for n := range 60 {
		of := func(what string, n int) quad.IRI { return quad.IRI(fmt.Sprintf("https://f.x/%s%d", what, r.IntN(n))) }
		q := quad.Quad{Subject: of("s", 20), Predicate: of("p", 3), Object: of("s", 20), Label: of("g", 3)}
		if n%3 == 0 {
			q.Predicate, q.Object = schema.Type, of("kind", 3)
		}
		deltas = append(deltas, cayley.Delta{Quad: q, Action: cayley.Add})
	}
	if err := s.Apply(deltas, cayley.IgnoreOpts{IgnoreDup: true}); err != nil {
		t.Fatal(err)
	}
	sorted := func(v *graph.View) (list []string) {
		for _, c := range stats(t, v) {
			list = append(list, fmt.Sprint(c))
		}
		slices.Sort(list)
		return list
	}
	for _, v := range []*graph.View{s.View(base), whole(s), s.View(base).WithRetracted()} {
		if got, want := sorted(v), sorted(graph.NewView(plainStore{v.Cayley()}, base)); !slices.Equal(got, want) {
			t.Errorf("got  %v\nwant %v", got, want)
		}
	}
}
