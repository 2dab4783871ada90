package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/graph/why"
	"kg/schema"
)

// Three sources tell of one loan, and one of them of a post held for a while.
func loans() []string {
	const people = `
		anna: {kind: Person, name: Anna Weber}
		bank: {kind: Bank, name: Coastal Bank}
		firm: {kind: Company, name: Tidewater}
		police: {kind: Authority, name: Harbour Police}
		clerk: {kind: Person, description: A clerk}
		other-clerk: {kind: Person, description: Another clerk}
		loan: {kind: Payment, name: The loan of Coastal Bank}
	`
	return []string{
		herald("one", people+"ownership: {kind: Ownership, description: Weber owns Tidewater}\npost: {kind: Post, name: Harbour master}\ntenure: {kind: Tenure, description: Weber is harbour master}", `
			lent: {says: The bank lent to the firm., speaker: clerk, at: §, edges: {loan: {payer: bank, recipient: firm, date: 2019-03, status: done}}}
			lent-too: {says: It did., speaker: other-clerk, at: §, edges: {loan: {payer: bank}}}
			owned: {says: She owns it., speaker: police, stance: alleges, at: §, edges: {ownership: {owner: anna, owned: firm, date: 2010/2018, status: done}}}
			master: {says: She was harbour master., at: §, edges: {tenure: {incumbent: anna, post: post, date: 2012, status: done}}}`),
		herald("two", people+"ownership: {kind: Ownership, description: Weber has Tidewater}", `
			lent: {says: The bank lent to the firm., speaker: clerk, at: §, edges: {loan: {payer: bank, recipient: firm, status: done}}}
			owned: {says: She does not., speaker: anna, stance: denies, at: §, edges: {ownership: {owner: anna, owned: firm}}}`),
		herald("three", people, `lent: {says: The bank lent to the firm., speaker: police, via: [firm], at: §, edges: {loan: {payer: bank, recipient: firm, status: done}}}`),
	}
}

func explain(t *testing.T, v *graph.View, from, to string, o graph.PathOptions) *why.Connection {
	t.Helper()
	w, err := why.Find(t.Context(), v, iri(from), iri(to), o)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestWhy(t *testing.T) {
	t.Parallel()
	w := explain(t, scratch(t, loans()...).View(base), "kg:person/anna", "kg:bank/bank", graph.PathOptions{})
	if len(w.Stories) != 1 || w.OnlyDenied || w.Cut {
		t.Fatalf("%+v", w)
	}
	s := w.Stories[0]
	var origins, falls []string
	for _, h := range s.Hops {
		origins = append(origins, h.Origins.String())
	}
	equal(t, "origins", origins, []string{
		"1: Harbour Police", "1: Harbour Police", // of those that deny it another thing
		"2 to 3: Harbour Police; A clerk; A clerk", "3 to 4: Harbour Police; A clerk; A clerk; Another clerk"})
	if s.Weakest != 0 || s.Origins.String() != "1: Harbour Police" {
		t.Errorf("the weakest is %d, with %v", s.Weakest, s.Origins)
	}
	for _, f := range s.Falls {
		falls = append(falls, fmt.Sprintf("%s %d %v", base.Short(f.Source), f.Hop, f.Stands()))
	}
	equal(t, "falls", falls, []string{"kg:source/one 0 false", "kg:source/three -1 true", "kg:source/two -1 true"})
}

// TestWhyBounds: what the options leave out is not walked.
func TestWhyBounds(t *testing.T) {
	t.Parallel()
	v := scratch(t, loans()...).View(base)
	for _, c := range []struct {
		from, to string
		graph.PathOptions
		hops int // of the shortest; 0 for none
	}{
		{"kg:person/anna", "kg:bank/bank", graph.PathOptions{MaxHops: 3}, 0},
		{"kg:person/anna", "kg:bank/bank", graph.PathOptions{MaxHops: 4}, 4},
		{"kg:person/anna", "kg:bank/bank", graph.PathOptions{Through: iri("kgo:payer")}, 4},
		{"kg:person/anna", "kg:bank/bank", graph.PathOptions{Through: iri("kgo:post")}, 0},
		{"kg:person/anna", "kg:bank/bank", graph.PathOptions{NotThrough: []quad.IRI{iri("kg:company/firm")}}, 0},
		{"kg:person/anna", "kg:company/firm", graph.PathOptions{AsOf: "2015-06-01"}, 2},
		{"kg:person/anna", "kg:company/firm", graph.PathOptions{AsOf: "2009-12-31"}, 0}, // not yet
		{"kg:person/anna", "kg:company/firm", graph.PathOptions{AsOf: "2019-01-01"}, 0}, // no more
		{"kg:company/firm", "kg:bank/bank", graph.PathOptions{AsOf: "2019-03-15"}, 2},   // within the month
		{"kg:company/firm", "kg:bank/bank", graph.PathOptions{AsOf: "2019-02-28"}, 0},
		{"kg:company/firm", "kg:bank/bank", graph.PathOptions{AsOf: "2030-01-01"}, 2}, // it was done
		{"kg:person/anna", "kg:post/post", graph.PathOptions{AsOf: "2012-06-01"}, 2},  // a year excludes no day of it
		{"kg:person/anna", "kg:bank/bank", graph.PathOptions{InOrder: true}, 4},
		{"kg:bank/bank", "kg:person/anna", graph.PathOptions{InOrder: true}, 0}, // the loan came after
	} {
		w := explain(t, v, c.from, c.to, c.PathOptions)
		hops := 0
		if len(w.Stories) > 0 && !w.OnlyDenied {
			hops = len(w.Stories[0].Hops)
		}
		if hops != c.hops {
			t.Errorf("%s to %s, %+v: %d hops, want %d", c.from, c.to, c.PathOptions, hops, c.hops)
		}
	}
}

// What is joined only by what a source denies is said to be so.
func TestWhyOnlyDenied(t *testing.T) {
	t.Parallel()
	files := loans()
	w := explain(t, scratch(t, files[1]).View(base), "kg:person/anna", "kg:company/firm", graph.PathOptions{})
	if !w.OnlyDenied || len(w.Stories) != 1 || w.Stories[0].Evidence.Sure() != "denies" {
		t.Errorf("%+v", w)
	}
	w = explain(t, scratch(t, files[0]).View(base), "kg:person/anna", "kg:person/anna", graph.PathOptions{})
	if len(w.Stories) != 0 || w.From != w.To {
		t.Errorf("to itself: %+v", w)
	}
}

// TestWhyJoined: a path names what makes a thing on it one, also where one hop leads
// from the other of the two, and falls with that only if it needs it.
func TestWhyJoined(t *testing.T) {
	t.Parallel()
	file := func(id, sameAs string) string {
		return herald(id, "bribe: {kind: Bribe, description: The bribe of "+id+sameAs+"}\nfirm-"+id+": {kind: Company, name: Firm "+id+"}",
			"c: {says: It was paid., at: §, edges: {bribe: {payer: firm-"+id+", status: done}}}")
	}
	const a, b = "kg:source/one/bribe/bribe", "kg:source/two/bribe/bribe"
	told := scratch(t, file("one", ""), file("two", ", same-as: "+a))
	decided := scratch(t, file("one", ""), file("two", ""))
	if err := decide(t, decided, schema.Same, a, b); err != nil {
		t.Fatal(err)
	}
	for by, s := range map[quad.IRI]*graph.Store{base.Source("two"): told, base.Decisions(): decided} {
		for _, c := range []struct {
			from, to string
			needs    bool
		}{
			{a, "kg:company/firm-one", false}, {a, "kg:company/firm-two", true}, {"kg:company/firm-two", a, true},
			{"kg:company/firm-two", b, false}, {"kg:company/firm-one", "kg:company/firm-two", true},
		} {
			w := explain(t, s.View(base), c.from, c.to, graph.PathOptions{})
			if len(w.Stories) != 1 || len(w.Stories[0].Joined) != 1 || w.Stories[0].Joined[0].Source != by {
				t.Fatalf("%+v: %+v", c, w.Stories)
			}
			needs := slices.ContainsFunc(w.Stories[0].Falls, func(f why.Fall) bool { return f.Source == by && f.Joins })
			if needs != c.needs || (len(w.Stories[0].Evidence.Joins) == 1) != c.needs {
				t.Errorf("%+v, joined by %s: it needs that: %v, %v", c, by, needs, w.Stories[0].Evidence.Joins)
			}
		}
	}
}

// TestWhyLaw: another source about other things changes no story, and the order of
// loading none.
func TestWhyLaw(t *testing.T) {
	t.Parallel()
	files := loans()
	tell := func(files ...string) string {
		v := scratch(t, files...).View(base)
		var b strings.Builder
		for _, to := range []string{"kg:bank/bank", "kg:post/post", "kg:authority/police"} {
			for _, s := range explain(t, v, "kg:person/anna", to, graph.PathOptions{Paths: 5}).Stories {
				fmt.Fprintln(&b, len(s.Hops), s.Weakest, s.Origins, s.Falls, s.Evidence.SaidBy(), s.Evidence.Sure())
			}
		}
		return b.String()
	}
	want := tell(files...)
	if !strings.Contains(want, "Harbour Police") {
		t.Fatal(want)
	}
	for _, other := range [][]string{{files[2], files[0], files[1]}, {ferry, files[0], files[1], files[2]}} {
		if got := tell(other...); got != want {
			t.Errorf("got\n%s, want\n%s", got, want)
		}
	}
}
