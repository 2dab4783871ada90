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
	"kg/schema"
)

// compared spells comparisons: verdict, thing and relation, and what is said.
func compared(t *testing.T, v *graph.View, sources []string, entity string) (list []string) {
	t.Helper()
	var of []quad.IRI
	for _, s := range sources {
		of = append(of, iri(s))
	}
	var about quad.IRI
	if entity != "" {
		about = iri(entity)
	}
	out, err := v.Compare(t.Context(), of, about)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range out.Comparisons {
		if c.Verdict == graph.OneSource {
			continue
		}
		var said []string
		for _, s := range c.Said {
			said = append(said, base.Short(s.Claim.Source)[len("kg:source/"):])
		}
		list = append(list, fmt.Sprintf("%s: %s %s: %s", c.Verdict, schema.IRI(c.About).LastPart(), schema.IRI(c.Relation).LastPart(), strings.Join(said, " ")))
	}
	return list
}

// loanOf is a source that says something of the loan.
func loanOf(id, date, edges string) string {
	file := herald(id, `
		bank: {kind: Bank, name: Coastal Bank}
		firm: {kind: Company, name: Tidewater}
		holding: {kind: Company, name: Weber Holding}
		loan: {kind: Payment, name: The loan of Coastal Bank}`,
		"lent: {says: It lent., at: §, edges: {loan: {"+edges+"}}}")
	return strings.Replace(file, "date: 2020-05-04", "date: "+date, 1)
}

// TestVerdicts: two sources on one loan, an example for each verdict.
func TestVerdicts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		one, two string
		want     []string
	}{
		{"payer: bank, status: done", "payer: bank, status: done", []string{
			"agreement: loan payer: one two", "agreement: loan status: one two"}},
		{"amount: {value: 3, unit: EUR}, status: planned", "amount: {value: 2, unit: EUR}, status: done", []string{
			"differs from plan: loan amount: one two", "evolved: loan status: one two"}},
		{"recipient: firm, status: planned", "recipient: holding, status: done", []string{
			"differs from plan: loan recipient: one two", "evolved: loan status: one two"}},
		{"recipient: firm, status: done", "recipient: [holding, firm], status: done", []string{ // one in common
			"agreement: loan recipient: one two two", "agreement: loan status: one two"}},
		{"recipient: firm, status: done", "recipient: holding, status: done", []string{
			"contradiction: loan recipient: one two", "agreement: loan status: one two"}},
		{"amount: {value: 3, unit: EUR}, status: done", "amount: {value: 2, unit: EUR}, status: done", []string{
			"contradiction: loan amount: one two", "agreement: loan status: one two"}},
		{"amount: {value: 30, approximate: true, unit: EUR}, status: done", "amount: {value: 28, unit: EUR}, status: done", []string{
			"differing precision: loan amount: one two", "agreement: loan status: one two"}},
		{"amount: {value: 30, unit: EUR}, status: done", "amount: {min: 20, max: 40, unit: EUR}, status: done", []string{
			"differing precision: loan amount: one two", "agreement: loan status: one two"}},
		{"amount: {value: 3, unit: EUR}, status: done", "amount: {value: 2, unit: USD}, status: done", []string{ // not compared
			"agreement: loan status: one two"}},
		{"date: 2008, status: done", "date: 2008-03, status: done", []string{
			"differing precision: loan date: one two", "agreement: loan status: one two"}},
		{"date: 2008-02, status: done", "date: 2008-03, status: done", []string{
			"contradiction: loan date: one two", "agreement: loan status: one two"}},
		{"date: 2008-03, status: done", "date: 2008-03, status: done", []string{
			"agreement: loan date: one two", "agreement: loan status: one two"}},
		{"status: done", "status: planned", []string{"contradiction: loan status: one two"}}, // told later
	} {
		files := []string{loanOf("one", "2019-04-08", c.one), loanOf("two", "2021-02-01", c.two)}
		equal(t, c.one+" / "+c.two, compared(t, scratch(t, files...).WholeView(base), nil, ""), c.want)
		// neither the order of loading nor a source about other things changes a word
		slices.Reverse(files)
		v := scratch(t, append(files, ferry)...).WholeView(base)
		equal(t, "of the loan", compared(t, v, nil, "kg:payment/loan"), c.want)
		equal(t, "of the two", compared(t, v, []string{"kg:source/one", "kg:source/two"}, ""), c.want)
		equal(t, "of one", compared(t, v, []string{"kg:source/one"}, ""), nil)
	}
}

// TestCompareDenied: a denial is told beside what it denies.
func TestCompareDenied(t *testing.T) {
	t.Parallel()
	equal(t, "ferry", compared(t, scratch(t, ferry).WholeView(base), nil, ""), []string{"denied: talks participant: ferry ferry ferry"})
}

// TestCompareArticle: the article alone tells of ventures that were active, dormant
// and resumed, and contradicts itself in nothing.
func TestCompareArticle(t *testing.T) {
	t.Parallel()
	got := compared(t, scratch(t, bundled(t)...).WholeView(base), nil, "")
	for _, line := range got {
		if !strings.HasPrefix(line, "evolved: ") {
			t.Error(line)
		}
	}
	for _, want := range []string{"evolved: joint-ventures changes: ", "evolved: joint-companies changes: ", "evolved: dongbang-seafood changes: "} {
		if !slices.ContainsFunc(got, func(line string) bool { return strings.HasPrefix(line, want) }) {
			t.Errorf("%s is not among %q", want, got)
		}
	}
}

// TestCompareFigures holds amounts against the sets of whole numbers they stand for.
func TestCompareFigures(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(9, 10))
	for range testsize.Of(2, 40) {
		var amounts [2]string
		var sets [2]map[int]bool
		for i := range amounts {
			low := 1 + r.IntN(12)
			high := low + r.IntN(3)*r.IntN(4)
			about := r.IntN(3) == 0
			amounts[i] = fmt.Sprintf("amount: {min: %d, max: %d, unit: EUR}", low*10, high*10)
			from, to := low*100, high*100 // in tenths of a euro
			if about {
				amounts[i] = strings.Replace(amounts[i], "}", ", approximate: true}", 1)
				from, to = low*90, high*110
			}
			sets[i] = map[int]bool{}
			for n := from; n <= to; n++ {
				sets[i][n] = true
			}
		}
		shared := 0
		for n := range sets[0] {
			if sets[1][n] {
				shared++
			}
		}
		want := "contradiction"
		switch {
		case amounts[0] == amounts[1]:
			want = "agreement"
		case shared > 0:
			want = "differing precision"
		}
		v := scratch(t, loanOf("one", "2019-04-08", amounts[0]+", status: done"), loanOf("two", "2021-02-01", amounts[1]+", status: done")).WholeView(base)
		if got := compared(t, v, nil, ""); !slices.Contains(got, want+": loan amount: one two") {
			t.Errorf("%s and %s: %q, want %s", amounts[0], amounts[1], got, want)
		}
	}
}

// TestCompareLosesNothing: whatever sources say of a thing that several of them speak
// of, and do not deny, is in a comparison; what one source alone says, at least there.
func TestCompareLosesNothing(t *testing.T) {
	t.Parallel()
	said := []string{"amount: {value: 3, unit: EUR}", "amount: {value: 3, unit: USD}", "amount: {value: 2, unit: EUR, per: month}",
		"manner: in cash", "manner: by wire", "located-in: town", "located-in: port", "evident-in: town", "identifier: x1", "date: 2008", "date: 2009-03"}
	r := rand.New(rand.NewPCG(11, 12))
	for range testsize.Of(2, 12) {
		var files []string
		for i, id := range []string{"one", "two", "three"} {
			edges := []string{"status: done"}
			for _, e := range said {
				relation, _, _ := strings.Cut(e, ":")
				if r.IntN(4) == 0 && !slices.ContainsFunc(edges, func(e string) bool { return strings.HasPrefix(e, relation+":") }) {
					edges = append(edges, e)
				}
			}
			file := loanOf(id, fmt.Sprintf("20%d-01-01", 10+i), strings.Join(edges, ", "))
			file = strings.Replace(file, "holding:", "town: {kind: City, name: Town}\n  port: {kind: City, name: Port}\n  holding:", 1)
			files = append(files, file)
		}
		v := scratch(t, files...).WholeView(base)
		out, err := v.Compare(t.Context(), nil, "")
		if err != nil {
			t.Fatal(err)
		}
		listed := map[quad.Quad]bool{}
		for _, c := range out.Comparisons {
			for _, s := range c.Said {
				listed[s.Quad] = true
			}
		}
		for _, id := range []string{"one", "two", "three"} {
			claims, err := v.SourceClaims(t.Context(), iri("kg:source/"+id))
			if err != nil {
				t.Fatal(err)
			}
			for _, claim := range claims {
				quads, err := v.Asserted(t.Context(), claim)
				if err != nil {
					t.Fatal(err)
				}
				for _, q := range quads {
					if about, _ := q.Subject.(quad.IRI); slices.Contains(out.Shared, about) && !listed[q] {
						t.Errorf("%s: no comparison has %v", id, q)
					}
				}
			}
		}
	}
}
