package graph_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/internal/testsize"
)

func differ(t *testing.T, a, b *graph.Store, sources ...quad.IRI) []graph.Difference {
	t.Helper()
	list, err := a.Diff(t.Context(), b, base, sources...)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestDiffFields: a change of each thing that a claims file can say is told once, at
// its field.
func TestDiffFields(t *testing.T) {
	t.Parallel()
	before := scratch(t, ferry)
	const claims = "kg:source/ferry/claim/"
	for _, c := range []struct{ old, new, want string }{
		{"says: Ann Lee met somebody.", "says: She met somebody.", "changed " + claims + "talks says: Ann Lee met somebody. > She met somebody."},
		{"stance: alleges, hedge: some", "stance: estimates, hedge: some", "changed " + claims + "price stance: alleges > estimates"},
		{"hedge: some,", "", "changed " + claims + "price hedge: some > "},
		{"via: [port-report, ministry]", "via: [ministry]", "changed " + claims + "price via: kg:document/port-report, kg:government/ministry > kg:government/ministry"},
		{"note: Two ships.", "note: Two.", "changed " + claims + "a-ship note: Two ships. > Two."},
		{"speaker: ann-lee", "speaker: clerk", "changed " + claims + "no-talks speaker: kg:person/ann-lee > kg:source/ferry/person/clerk"},
		{"buyer: north-shore", "buyer: blue-line", "changed " + claims + "sold edges: firm-sale buyer: kg:company/north-shore > kg:company/blue-line"},
		{"participant: [ann-lee, north-shore]", "participant: [ann-lee]", "changed " + claims + "no-talks edges: talks participant: kg:company/north-shore > "},
		{"price: {min: 2, max: 3,", "price: {min: 2, max: 4,", "changed " + claims + "price edges: firm-sale price: about 2000000 to 3000000 EUR (some two to three million) > about 2000000 to 4000000 EUR (some two to three million)"},
		{"date: {edtf: 2020-06,", "date: {edtf: 2020-07,", "changed " + claims + "sold edges: firm-sale date: 2020-06 (next month) > 2020-07 (next month)"},
		{"name: Blue Line,", "name: The Blue Line,", "changed kg:company/blue-line rdfs:label: Blue Line > The Blue Line"},
		{"also: [Blue Line Ferries, The Line]", "also: [The Line]", "changed kg:company/blue-line skos:altLabel: Blue Line Ferries > "},
		{"title: The Herald on ferry", "title: Ferries", "changed kg:source/ferry dcterms:title: The Herald on ferry > Ferries"},
	} {
		file := strings.Replace(ferry, c.old, c.new, 1)
		if file == ferry {
			t.Errorf("nothing says %q", c.old)
			continue
		}
		after := scratch(t, file)
		var got []string
		for _, d := range differ(t, before, after) {
			got = append(got, fmt.Sprintf("%s %s %s: %s > %s", d.Change, base.Short(d.About), d.Field, d.Before, d.After))
		}
		equal(t, c.old, got, []string{c.want})
	}
}

// TestDiffLaw: graphs differ when their hashes do, and back it is the mirror image;
// what is added and removed is what the sets of quads say.
func TestDiffLaw(t *testing.T) {
	t.Parallel()
	files := append(bundled(t), ferry, loans()[0])
	r := rand.New(rand.NewPCG(5, 6))
	for range testsize.Of(1, 6) {
		var some [2]*graph.Store
		var lines [2][]string
		for i := range some {
			var own []string
			for _, file := range files {
				if r.IntN(2) == 0 {
					own = append(own, file)
				}
			}
			some[i] = scratch(t, own...)
			lines[i] = strings.Split(export(t, some[i]), "\n")
		}
		there, back := differ(t, some[0], some[1]), differ(t, some[1], some[0])
		if (len(there) == 0) != (hash(t, some[0]) == hash(t, some[1])) {
			t.Errorf("%d differences, and the hashes say otherwise", len(there))
		}
		mirror := map[string]string{"added": "removed", "removed": "added", "changed": "changed"}
		for i, d := range there {
			there[i].Change, there[i].Before, there[i].After = mirror[d.Change], d.After, d.Before
		}
		equal(t, "back", sorted(back), sorted(there))
		for _, d := range back { // what a whole source has that the other graph lacks
			prefix := "> <" + string(d.Label)
			has := func(i int) bool {
				return slices.ContainsFunc(lines[i], func(line string) bool { return strings.Contains(line, prefix) })
			}
			if d.Change == "added" && !has(0) || d.Change == "removed" && !has(1) {
				t.Errorf("%+v of a graph that has nothing under that label", d)
			}
		}
	}
}

func sorted(list []graph.Difference) []graph.Difference {
	return slices.SortedFunc(slices.Values(list), func(a, b graph.Difference) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
}

// TestDiffSets: of another graph's quads the differences are those of the two sets.
func TestDiffSets(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 8))
	for range 20 {
		var sides [2]*graph.Store
		var sets [2]map[string]bool
		for i := range sides {
			sets[i] = map[string]bool{}
			for range r.IntN(30) {
				sets[i][fmt.Sprintf("<a:s%d> <a:p%d> \"%d\" <a:g%d> .\n", r.IntN(3), r.IntN(2), r.IntN(4), r.IntN(2))] = true
			}
			var all strings.Builder
			for line := range sets[i] {
				all.WriteString(line)
			}
			store, err := scratchOfQuads(t.Context(), []graph.QuadsFile{text("a.nq", all.String())}, graph.LoadOptions{Base: base})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { store.Close() })
			sides[i] = store
		}
		want := map[string]bool{}
		for line := range sets[0] {
			if !sets[1][line] {
				want["-"+line] = true
			}
		}
		for line := range sets[1] {
			if !sets[0][line] {
				want["+"+line] = true
			}
		}
		for _, d := range differ(t, sides[0], sides[1]) {
			for sign, values := range map[string]string{"-": d.Before, "+": d.After} {
				for value := range strings.SplitSeq(values, ", ") {
					line := fmt.Sprintf("%s%s <%s> %q %s .\n", sign, d.About, d.Field, value, d.Label)
					if value != "" && !want[line] {
						t.Errorf("%s is no difference", line)
					}
					delete(want, line)
				}
			}
		}
		if len(want) > 0 {
			t.Errorf("not told: %v", want)
		}
	}
}
