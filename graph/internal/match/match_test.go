package match

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"kg/internal/testsize"
)

// Kinds of the tests: 0 is unknown and goes with all, others with themselves.
func oneKind(a, b int) bool { return a == b || a == 0 || b == 0 }

func search(t testing.TB, records []Record, least int) (*Search, []Pair) {
	t.Helper()
	s, err := New(context.Background(), records, Options{OneKind: oneKind, Least: least})
	if err != nil {
		t.Fatal(err)
	}
	pairs, err := s.Pairs(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return s, pairs
}

var (
	given    = strings.Fields("Chol Nam Yong Jong Il Chun Sik Ho Sergei Sergey Yuriy Iurii Anna Ann Q. S.")
	families = strings.Fields("Kim Gim Ri Lee Darkin Dar'kin Weberling Weberlinq Хрущёв Khrushchev 김 Choe")
	firms    = strings.Fields("Rungrado Neungra Daedong Taedong River Credit Bank Trading Ltd Korea Harbour Harbor Seafood")
	dates    = []DateRange{{First: "1954-01-01", Last: "1954-12-31"}, {First: "1954-10-12", Last: "1954-10-12"},
		{First: "1962-02-18", Last: "1962-02-18"}, {First: "1953-01-01", Last: "1955-12-31", Loose: true}, {First: "1900-01-01", Last: "1999-12-31"}}
)

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// some picks up to n of a list, perhaps none.
func some[T any](r *rand.Rand, n int, list []T) (out []T) {
	for range r.IntN(n + 1) {
		out = append(out, pick(r, list))
	}
	return out
}

func made(r *rand.Rand, i int) Record {
	m := Record{IRI: fmt.Sprintf("e:%05d", i), Kind: r.IntN(4)}
	switch m.Kind {
	case 1:
		m.Person = true
		for range 1 + r.IntN(2) {
			m.Names = append(m.Names, strings.Join(append(some(r, 1, given), pick(r, families), pick(r, given)), " "))
		}
		m.Births = some(r, 1, dates)
	case 3:
		m.Event = true
		for range 1 + r.IntN(2) {
			k := pick(r, given)
			m.Parts = append(m.Parts, Part{Role: pick(r, []string{"payer", "recipient"}), Name: k, Keys: []string{k}})
		}
		m.Dates = some(r, 1, dates)
		for range r.IntN(2) {
			n := float64(r.IntN(3))
			m.Amounts = append(m.Amounts, Amount{n, n + float64(r.IntN(2)), "EUR", "a sum"})
		}
	default:
		for range 1 + r.IntN(2) {
			m.Names = append(m.Names, strings.Join(append(some(r, 2, firms), pick(r, firms)), " "))
		}
	}
	m.Countries = some(r, 1, []string{"north korea", "russia"})
	if r.IntN(4) == 0 {
		m.IDs = []Identifier{{"imo", "IMO number", fmt.Sprint(r.IntN(9)), true}, {"passport", "passport", fmt.Sprint(r.IntN(30)), false}}[:1+r.IntN(2)]
	}
	return m
}

// The search finds what judging all pairs finds, names that many bear among them.
func TestBlocksLoseNothing(t *testing.T) {
	t.Parallel()
	for seed := range testsize.Of[uint64](3, 5) {
		r := rand.New(rand.NewPCG(seed, 17))
		var records []Record
		for i := range 30 + 30*int(seed) {
			records = append(records, made(r, i))
		}
		for i := range 18 * int(seed) { // a name that many bear
			records = append(records, Record{IRI: fmt.Sprintf("e:many-%05d", i), Kind: 1, Person: true, Names: []string{"Kim Chol"}, Births: some(r, 1, dates)})
		}
		s, found := search(t, records, 1)
		if seed == 4 && len(s.common) == 0 {
			t.Error("nothing is common: the test tries too little")
		}
		var all []string
		for a := range records {
			for b := range a {
				if p := s.Judge(a, b); p.Score >= 1 {
					all = append(all, show(records, p))
				}
			}
		}
		var got []string
		for _, p := range found {
			got = append(got, show(records, p))
		}
		slices.Sort(all)
		slices.Sort(got)
		if !slices.Equal(all, got) {
			for _, line := range all {
				if !slices.Contains(got, line) {
					t.Errorf("seed %d: lost %s", seed, line)
				}
			}
			t.Errorf("seed %d: %d pairs, and %d by judging all", seed, len(got), len(all))
		}
	}
}

func show(records []Record, p Pair) string {
	return fmt.Sprintf("%s %s %d %v", records[p.A].IRI, records[p.B].IRI, p.Score, p.Reasons)
}

// A pair is judged alike from either side, and in whatever order records come.
func TestOrderOfRecords(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	var records []Record
	for i := range 120 {
		records = append(records, made(r, i))
	}
	_, first := search(t, records, Least)
	other := slices.Clone(records)
	r.Shuffle(len(other), func(i, j int) { other[i], other[j] = other[j], other[i] })
	_, second := search(t, other, Least)
	if len(first) == 0 || len(first) != len(second) {
		t.Fatalf("%d pairs, and %d in another order", len(first), len(second))
	}
	for i := range first {
		if a, b := show(records, first[i]), show(other, second[i]); a != b {
			t.Errorf("%s\nand in another order\n%s", a, b)
		}
	}
}

// The result of the rules for two records: the rules that apply, and whether it is a
// pair.
func TestRules(t *testing.T) {
	t.Parallel()
	person := func(names string, births ...DateRange) Record {
		return Record{Kind: 1, Person: true, Names: strings.Split(names, "/"), Births: births}
	}
	firm := func(names string) Record { return Record{Kind: 2, Names: strings.Split(names, "/")} }
	korean := func(r Record) Record { r.Countries = []string{"north korea"}; return r }
	born := func(day string) DateRange { return DateRange{First: day, Last: day} }
	ship := func(name, imo string) Record {
		return Record{Kind: 2, Names: []string{name}, IDs: []Identifier{{"imo", "IMO number", imo, true}}}
	}
	for _, test := range []struct {
		a, b Record
		want string
	}{
		{person("Zoë Weber-Stein"), person("zoe weber stein"), "same name"},
		{person("Darkin, Sergei"), person("Sergei Darkin"), "word order"},
		{person("Сергей Дарькин"), person("Sergey Darkin"), "same sound"},
		{person("김정일"), person("Kim Jong Il"), "same sound"},
		{person("Jong-il Kim"), person("Kim Jongil"), "same sound"},
		{person("Yun Ho-jin"), person("Yun Ho Chin"), "same sound"},
		{person("J. Bart"), person("J. Pard"), ""},
		{person("Jane Bart"), person("Jane Bard"), "one slip"},
		{person("Anna Weber"), person("Anna Wener"), "one slip"},
		{person("Kim Yong Chol"), person("Kim Pyong Chol"), ""},
		{person("S. Darkin"), person("Sergei Darkin"), "initials"},
		{person("Sergei M. Darkin"), person("Sergei Darkin"), "name within"},
		{person("Kim Yong Chol", born("1962-02-18")), person("Kim Yong-Chol", born("1961-01-01")), "same name, other birth: out"},
		{person("Kim Yong Chol", born("1962-02-18")), person("Kim Yong-Chol", DateRange{First: "1962-01-01", Last: "1962-12-31"}), "same name, birth overlaps"},
		{person("Kim Yong Chol"), firm("Kim Yong Chol"), "same name, other kind: out"},
		{firm("Coal Ltd"), firm("The Coal Company"), "main words"},
		{korean(firm("Neungra")), korean(firm("Korea Rungrado General Trading Corporation")), "begins alike, same country"},
		{korean(firm("Daedong River")), korean(firm("Daedong Credit Bank (DCB)/Taedong Credit Bank")), "other words, same country: none"},
		{firm("Dongbang Seafood"), firm("Bank of East Land/Dongbang Bank"), "other words: none"},
		{ship("SAM JONG 1", "1"), ship("SAM JONG 2", "2"), "other words, other number: out"},
		{ship("SAM JONG 1", "1"), ship("PAEK MA", "1"), "same id"},
	} {
		records := []Record{test.a, test.b}
		records[0].IRI, records[1].IRI = "e:a", "e:b"
		s, found := search(t, records, 1)
		p := s.Judge(1, 0)
		var rules []string
		for _, r := range p.Reasons {
			rules = append(rules, r.Rule)
		}
		got := strings.Join(rules, ", ")
		switch {
		case p.Out:
			got += ": out"
		case p.Score == 0 && got != "":
			got += ": none"
		}
		want := test.want
		if strings.HasPrefix(want, "same id") && strings.HasPrefix(got, "same id") {
			got = "same id"
		}
		if got != want {
			t.Errorf("%v and %v: %s, not %s (%v)", test.a.Names, test.b.Names, got, want, p.Reasons)
		}
		if (len(found) == 1) != (p.Score > 0) {
			t.Errorf("%v and %v: the search finds %d pairs", test.a.Names, test.b.Names, len(found))
		}
	}
}

// million makes records with invented names, some of which are one thing twice.
func million(n int) []Record {
	r := rand.New(rand.NewPCG(17, 17))
	syllable := func() string { return pick(r, strings.Fields("ka ro min tel sa vu ne li dor bi zan pe gu tho wer")) }
	word := func() string {
		w := syllable() + syllable()
		for range r.IntN(3) {
			w += syllable()
		}
		return w
	}
	var words []string
	for range 40_000 {
		words = append(words, word())
	}
	records := make([]Record, n)
	for i := range records {
		m := Record{IRI: fmt.Sprintf("e:%07d", i), Kind: 1 + i%2, Person: i%2 == 0}
		m.Names = []string{pick(r, words) + " " + pick(r, words)}
		if !m.Person {
			m.Names[0] += " " + pick(r, words) + " Trading Ltd"
		}
		if i%3 == 0 {
			day := fmt.Sprintf("19%02d-%02d-%02d", r.IntN(100), 1+r.IntN(12), 1+r.IntN(28))
			m.Births = []DateRange{{First: day, Last: day}}
		}
		if i%100 == 99 {
			m.Names = records[i-20].Names
		}
		records[i] = m
	}
	return records
}

func BenchmarkSearch(b *testing.B) {
	for _, n := range []int{10_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			if n > 10_000 && testing.Short() {
				b.Skip("a million names take a while")
			}
			records := million(n)
			for b.Loop() {
				s, pairs := search(b, records, Least)
				b.ReportMetric(float64(len(s.pairs)), "judged")
				b.ReportMetric(float64(len(pairs)), "pairs")
			}
		})
	}
}
