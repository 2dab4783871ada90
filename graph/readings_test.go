package graph_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/internal/testsize"
)

// readAgain is a claims file as another annotator's reading of its text.
func readAgain(file, id, of string) string {
	file = strings.Replace(file, "source: {id: "+of+",", "source: {id: "+id+", of: kg:source/"+of+",", 1)
	file = strings.Replace(file, "annotator: jane-doe", "annotator: second-reader", 1)
	return strings.Replace(file, "entities:\n", "entities:\n  second-reader: {kind: Person, name: Second Reader}\n", 1)
}

// spotted gives each passage of a file a place of its own.
func spotted(file string) string {
	parts := strings.Split(file, "start: 0, end: 5,")
	var b strings.Builder
	for i, part := range parts {
		b.WriteString(part)
		if i+1 < len(parts) {
			fmt.Fprintf(&b, "start: %d, end: %d,", 10*i, 10*i+9)
		}
	}
	return b.String()
}

// TestReadingIsNoOrigin: an equal reading of a text, and one of that, are no further
// origins, and no further speakers, whatever the order of loading.
func TestReadingIsNoOrigin(t *testing.T) {
	t.Parallel()
	files := loans()
	for i := range files {
		files[i] = spotted(files[i])
	}
	second := readAgain(files[0], "one-again", "one")
	second = strings.ReplaceAll(second, "title: The Herald on one-again", "title: The Herald on one")
	third := strings.Replace(strings.Replace(second, "id: one-again, of: kg:source/one", "id: a-third, of: kg:source/one-again", 1), "title: The Herald on a-third", "title: The Herald on one", 1)
	origins := func(files ...string) (list []string) {
		w := explain(t, scratch(t, files...).View(base), "kg:company/firm", "kg:bank/bank", graph.PathOptions{})
		for _, h := range w.Stories[0].Hops {
			list = append(list, h.Origins.String(), h.Evidence.SaidBy(), h.Evidence.Sure())
		}
		return list
	}
	want := origins(files...)
	for _, more := range [][]string{{second}, {second, third}, {third, second}} {
		equal(t, "after", origins(append(slices.Clone(files), more...)...), want)
		equal(t, "before", origins(append(slices.Clone(more), files...)...), want)
	}
	path, other := storePath(t), storePath(t)
	for _, file := range append(files, second, third) {
		load(t, path, graph.LoadOptions{}, file)
	}
	for _, file := range append([]string{third, second}, files...) {
		load(t, other, graph.LoadOptions{}, file)
	}
	if hash(t, open(t, path)) != hash(t, open(t, other)) {
		t.Error("the order of loading matters")
	}
}

// TestReadingOfAnotherText: whichever of the two comes second is refused.
func TestReadingOfAnotherText(t *testing.T) {
	t.Parallel()
	first := herald("one", "", `c: {at: §, edges: herald publishes-nothing jane-doe}`)
	first = strings.Replace(first, "herald publishes-nothing jane-doe", "jane-doe works-for herald", 1)
	second := strings.Replace(readAgain(first, "two", "one"), strings.Repeat("0", 64), strings.Repeat("2", 64), 1)
	second = strings.Replace(second, "on two", "on one", 1)
	for _, order := range [][]string{{first, second}, {second, first}} {
		path := storePath(t)
		load(t, path, graph.LoadOptions{}, order[0])
		for _, files := range [][]string{order, {order[1]}} {
			_, err := loadAt(context.Background(), path, ontology(), docs(t, files...), graph.LoadOptions{Base: base})
			var conflict *graph.ConflictError
			if !errors.As(err, &conflict) || !strings.Contains(err.Error(), "kg:source/two is another reading of kg:source/one, and the texts differ") {
				t.Errorf("refused with %v", err)
			}
		}
	}
}

// A ring of readings is found, and stands in nobody's way.
func TestReadingsInARing(t *testing.T) {
	t.Parallel()
	const entities, claims = "", `c: {at: §, edges: jane-doe works-for herald}`
	one := strings.Replace(herald("one", entities, claims), "id: one,", "id: one, of: kg:source/two,", 1)
	two := strings.Replace(herald("two", entities, claims), "id: two,", "id: two, of: kg:source/one,", 1)
	store, err := scratchOf(t.Context(), ontology(), docs(t, one, two), graph.LoadOptions{Base: base})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if found := findings(t, whole(store)); len(found) != 2 || !strings.Contains(fmt.Sprint(found), "readings in a ring") {
		t.Errorf("found %v", found)
	}
	if root, err := store.View(base).Root(t.Context(), iri("kg:source/two")); root != iri("kg:source/one") || err != nil {
		t.Errorf("the first is %s, %v", root, err)
	}
}

// randomReading is a reading of a text with few words, so that two have much in common.
func randomReading(r *rand.Rand, id string) string {
	people := []string{"a", "b", "c"}
	var claims strings.Builder
	seen := map[string]bool{}
	for i := range 1 + r.IntN(6) {
		from, to := people[r.IntN(3)], people[r.IntN(3)]
		edge := fmt.Sprintf("{%s: {%s: %s}}", from, []string{"family-of", "lives-near", "member-of"}[r.IntN(3)], to)
		if from == to || seen[edge] {
			continue
		}
		seen[edge] = true
		start := r.IntN(5)
		fmt.Fprintf(&claims, "c%d: {speaker: %s, stance: %s, at: {paragraph: 1, start: %d, end: %d, sha256: %s}, edges: %s}\n",
			i, people[r.IntN(2)], []string{"asserts", "alleges"}[r.IntN(2)], start, start+1+r.IntN(3), strings.Repeat("1", 64), edge)
	}
	if claims.Len() == 0 {
		return randomReading(r, id)
	}
	file := herald(id, "a: {kind: Person, name: A}\nb: {kind: Person, name: B}\nc: {kind: Person, name: C}", claims.String())
	return strings.Replace(file, "on "+id, "on it", 1)
}

// statementOf is a statement without the name of its reading.
func statementOf(s graph.Edge) string {
	return fmt.Sprint(base.ShortTerm(s.Quad.Subject), " ", base.ShortTerm(s.Quad.Predicate), " ", base.ShortTerm(s.Quad.Object), " ", base.Short(s.Claim.Speaker), " ", s.Claim.Stance, " ", s.Claim.Start, "-", s.Claim.End)
}

// TestCompareReadingsAgainstOracle: in random readings every statement is told once;
// what both have is what a count of edges says; the other way round differs in the
// sides alone; what one alone has overlaps no statement of the other's that has two of
// its parts; and what is said to differ does.
func TestCompareReadingsAgainstOracle(t *testing.T) {
	t.Parallel()
	for seed := range testsize.Of[uint64](2, 60) {
		r := rand.New(rand.NewPCG(seed, 16))
		first := randomReading(r, "one")
		second := strings.Replace(randomReading(r, "two"), "id: two,", "id: two, of: kg:source/one,", 1)
		v := scratch(t, first, second).View(base)
		one, two := iri("kg:source/one"), iri("kg:source/two")
		gotSame, got, err := v.CompareReadings(t.Context(), one, two)
		if err != nil {
			t.Fatal(err)
		}
		backSame, back, err := v.CompareReadings(t.Context(), two, one)
		if err != nil {
			t.Fatal(err)
		}
		if gotSame != backSame || lines(got) != lines(back) {
			t.Errorf("seed %d: %d the same and %d others, the other way round %d and %d", seed, gotSame, lines(got), backSame, lines(back))
		}
		edges := [2]map[string]*graph.Claim{statements(t, v, one), statements(t, v, two)}
		both, same := 0, 0
		for edge, a := range edges[0] {
			if b := edges[1][edge]; b != nil {
				both++
				if a.Speaker == b.Speaker && a.Stance == b.Stance && max(a.Start, b.Start) < min(a.End, b.End) {
					same++
				}
			}
		}
		told, alone, paired := [2]int{}, [2][]graph.Edge{}, 0
		for _, d := range got {
			has := [2][]graph.Edge{d.Said, d.Other}
			for i, list := range has {
				told[i] += len(list)
				if len(has[1-i]) == 0 {
					alone[i] = append(alone[i], list...)
				}
			}
			if one := len(d.Said) == 0 || len(d.Other) == 0; one != (d.Verdict == "one reading") || !one && d.Verdict != "read otherwise" {
				t.Errorf("seed %d: %s of %d and %d statements", seed, d.Verdict, len(d.Said), len(d.Other))
			}
			for i := range min(len(d.Said), len(d.Other)) {
				if commonParts(d.Said[i], d.Other[i]) == 3 {
					paired++
				}
				holdDiffers(t, seed, d.Differs, d.Said[i], d.Other[i])
			}
		}
		if gotSame != same || paired != both-same || told[0]+same != len(edges[0]) || told[1]+same != len(edges[1]) {
			t.Errorf("seed %d: %d the same, want %d; %d in both, want %d; told %v of %d and %d", seed, gotSame, same, paired, both-same, told, len(edges[0]), len(edges[1]))
		}
		for _, a := range alone[0] {
			for _, b := range alone[1] {
				if n := commonParts(a, b); n > 1 && max(a.Claim.Start, b.Claim.Start) < min(a.Claim.End, b.Claim.End) {
					t.Errorf("seed %d: %s and %s are not set side by side", seed, statementOf(a), statementOf(b))
				}
			}
		}
	}
}

// lines counts the statements told, those that both have once.
func lines(list []graph.Comparison) (n int) {
	for _, d := range list {
		n += max(len(d.Said), len(d.Other))
	}
	return n
}

func commonParts(a, b graph.Edge) (n int) {
	for _, same := range []bool{a.Quad.Subject == b.Quad.Subject, a.Quad.Predicate == b.Quad.Predicate, a.Quad.Object == b.Quad.Object} {
		if same {
			n++
		}
	}
	return n
}

// holdDiffers holds that what is said to differ does, and nothing else.
func holdDiffers(t *testing.T, seed uint64, said []string, a, b graph.Edge) {
	t.Helper()
	for word, differs := range map[string]bool{
		"subject": a.Quad.Subject != b.Quad.Subject, "relation": a.Quad.Predicate != b.Quad.Predicate, "object": a.Quad.Object != b.Quad.Object,
		"speaker": a.Claim.Speaker != b.Claim.Speaker, "stance": a.Claim.Stance != b.Claim.Stance, "hedge": false,
		"passage": max(a.Claim.Start, b.Claim.Start) >= min(a.Claim.End, b.Claim.End),
	} {
		if slices.Contains(said, word) != differs {
			t.Errorf("seed %d: %s and %s differ in %v; of %s %v", seed, statementOf(a), statementOf(b), said, word, differs)
		}
	}
}

// statements are the edges of a source, each with its claim.
func statements(t *testing.T, v *graph.View, source quad.IRI) map[string]*graph.Claim {
	t.Helper()
	list := map[string]*graph.Claim{}
	claims, err := v.SourceClaims(t.Context(), source)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range claims {
		quads, err := v.Asserted(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range quads {
			list[fmt.Sprint(q.Subject, q.Predicate, q.Object)] = c
		}
	}
	return list
}

// TestEqualReadings: the article read again by somebody who reads it so too.
func TestEqualReadings(t *testing.T) {
	t.Parallel()
	article := bundled(t)[0]
	again := strings.Replace(article, "  id: donga-2008-04-04\n", "  id: a-second-look\n  of: kg:source/donga-2008-04-04\n", 1)
	again = strings.Replace(again, "annotator: kg-project", "annotator: second-reader", 1)
	again = strings.Replace(again, "entities:\n", "entities:\n  second-reader: Person Second Reader\n", 1)
	v := scratch(t, article, again).View(base)
	same, got, err := v.CompareReadings(t.Context(), iri("kg:source/donga-2008-04-04"), iri("kg:source/a-second-look"))
	if err != nil {
		t.Fatal(err)
	}
	if len(got) > 0 || same < 300 {
		t.Errorf("%d the same, %d not", same, len(got))
	}
	for _, d := range got[:min(5, len(got))] {
		t.Log(d.Differs, d.Said, d.Other)
	}
}
