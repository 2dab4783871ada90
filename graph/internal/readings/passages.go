package readings

import (
	"cmp"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// Passage is a range of one text that two readings have in common, in code points.
type Passage struct{ Start, End int }

// shared is how many code points two lists of passages share, each in order and
// apart from each other.
func shared(a, b []Passage) (n int) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		n += max(0, min(a[i].End, b[j].End)-max(a[i].Start, b[j].Start))
		if a[i].End < b[j].End {
			i++
		} else {
			j++
		}
	}
	return n
}

// Spread are the code points of some passages, in order and apart.
func Spread(list []Passage) (merged []Passage) {
	slices.SortFunc(list, func(a, b Passage) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	for _, p := range list {
		if last := len(merged) - 1; last >= 0 && p.Start <= merged[last].End {
			merged[last].End = max(merged[last].End, p.End)
			continue
		}
		merged = append(merged, p)
	}
	return merged
}

func length(list []Passage) (n int) {
	for _, p := range list {
		n += p.End - p.Start
	}
	return n
}

// Speaking are the passages that speak of something without a name.
type Speaking struct {
	Who   quad.IRI
	Where []Passage
}

// Paired pairs entities that only one reading knows with those that only the other knows,
// by common passages: they share at least half of the shorter ones'. The most similar are
// paired first, and then those of one id, so that equal readings are paired whole.
func Paired(own, known []Speaking) map[quad.IRI]quad.IRI {
	type pair struct {
		of, to quad.IRI
		alike  float64
		named  bool
	}
	var pairs []pair
	for _, a := range own {
		for _, b := range known {
			n, named := shared(a.Where, b.Where), schema.IRI(a.Who).LastPart() == schema.IRI(b.Who).LastPart()
			switch {
			case n > 0 && 2*n >= min(length(a.Where), length(b.Where)):
				pairs = append(pairs, pair{a.Who, b.Who, float64(n) / float64(length(a.Where)+length(b.Where)-n), named})
			case named && len(a.Where)+len(b.Where) == 0: // of conclusions alone, which stand nowhere
				pairs = append(pairs, pair{a.Who, b.Who, 0, true})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int {
		if c := cmp.Compare(b.alike, a.alike); c != 0 || a.named == b.named {
			return c
		}
		if a.named {
			return -1
		}
		return 1
	})
	to, taken := map[quad.IRI]quad.IRI{}, map[quad.IRI]bool{}
	for _, p := range pairs {
		if to[p.of] == "" && !taken[p.to] {
			to[p.of], taken[p.to] = p.to, true
		}
	}
	return to
}
