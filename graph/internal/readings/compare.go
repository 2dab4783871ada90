// Package readings implements what follows from several sources being readings of one
// text: which sources are (SharedTexts), which entities of two readings correspond, by
// the passages that mention them (Paired), which statements both have, have differently,
// or one alone has (Compare), and how many origins claims have at least, since a text is
// one (Fewest). All but SharedTexts work on plain values.
package readings

import (
	"cmp"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// EdgeStatement is an edge of a claim, by its parts as both readings know them.
type EdgeStatement struct {
	Claim   quad.IRI
	Passage Passage
	Heard   []quad.IRI // the speaker, and those between
	Stance  schema.Stance
	Hedge   string
	Parts   [3]string // subject, relation, object
}

// Mismatch is a difference between two readings: statements of the first and of the
// second, by their numbers.
type Mismatch struct {
	// Differs lists the fields that differ: relation, object, subject, and then speaker,
	// stance, hedge or passage. It is empty where one reading alone has the statements.
	Differs []string
	A, B    []int
}

// comparison is a comparison under way.
type comparison struct {
	of   [2][]EdgeStatement
	done [2][]bool
	list []Mismatch
}

// Compare pairs the statements of two readings, each in the order of the text: those that
// are the same first, then those of which two parts are. It returns how many are the
// same, and the mismatches, in the order of the text. A mismatch within one claim or
// without counterpart is reported for all of its statements together.
func Compare(a, b []EdgeStatement) (same int, list []Mismatch) {
	const subject, relation, object = 0, 1, 2
	c := &comparison{of: [2][]EdgeStatement{a, b}, done: [2][]bool{make([]bool, len(a)), make([]bool, len(b))}}
	for _, differs := range []int{-1, relation, object, subject} {
		for _, p := range c.pairs(differs) {
			if c.done[0][p[0]] || c.done[1][p[1]] {
				continue
			}
			c.done[0][p[0]], c.done[1][p[1]] = true, true
			words := howOtherwise(&a[p[0]], &b[p[1]])
			if differs >= 0 {
				words = slices.Insert(words, 0, []string{"subject", "relation", "object"}[differs])
			}
			if len(words) == 0 {
				same++
				continue
			}
			c.add(Mismatch{words, []int{p[0]}, []int{p[1]}}, differs < 0)
		}
	}
	for i, done := range c.done {
		for n, is := range done {
			if !is {
				d := Mismatch{A: []int{n}}
				if i == 1 {
					d.A, d.B = nil, d.A
				}
				c.add(d, true)
			}
		}
	}
	slices.SortStableFunc(c.list, func(x, y Mismatch) int { return cmp.Compare(c.start(x), c.start(y)) })
	return same, c.list
}

// start is where the first statement of a difference stands.
func (c *comparison) start(d Mismatch) int {
	if len(d.A) > 0 {
		return c.of[0][d.A[0]].Passage.Start
	}
	return c.of[1][d.B[0]].Passage.Start
}

// add adds a difference: to that of the same claims, if claims are what differs.
func (c *comparison) add(d Mismatch, ofClaims bool) {
	claim := func(i int, numbers []int) quad.IRI {
		if len(numbers) == 0 {
			return ""
		}
		return c.of[i][numbers[0]].Claim
	}
	i := slices.IndexFunc(c.list, func(other Mismatch) bool {
		return claim(0, other.A) == claim(0, d.A) && claim(1, other.B) == claim(1, d.B) && slices.Equal(other.Differs, d.Differs)
	})
	if i < 0 || !ofClaims {
		c.list = append(c.list, d)
		return
	}
	c.list[i].A = append(c.list[i].A, d.A...)
	c.list[i].B = append(c.list[i].B, d.B...)
}

// pairs are the statements of both that differ in one part alone, or in none for -1,
// those that differ least besides first.
func (c *comparison) pairs(differs int) (list [][2]int) {
	key := func(s *EdgeStatement) [3]string {
		parts := s.Parts
		if differs >= 0 {
			parts[differs] = ""
		}
		return parts
	}
	second := map[[3]string][]int{}
	for n := range c.of[1] {
		if s := &c.of[1][n]; !c.done[1][n] {
			second[key(s)] = append(second[key(s)], n)
		}
	}
	for n := range c.of[0] {
		a := &c.of[0][n]
		if c.done[0][n] {
			continue
		}
		for _, m := range second[key(a)] {
			if differs < 0 || a.meets(&c.of[1][m]) {
				list = append(list, [2]int{n, m})
			}
		}
	}
	differ := func(p [2]int) int { return len(howOtherwise(&c.of[0][p[0]], &c.of[1][p[1]])) }
	slices.SortStableFunc(list, func(x, y [2]int) int { return cmp.Compare(differ(x), differ(y)) })
	return list
}

// meets reports whether the passages of two statements overlap.
func (s *EdgeStatement) meets(t *EdgeStatement) bool {
	return max(s.Passage.Start, t.Passage.Start) < min(s.Passage.End, t.Passage.End)
}

// howOtherwise lists the fields in which two claims of one statement differ.
func howOtherwise(x, y *EdgeStatement) (words []string) {
	for _, d := range []struct {
		word    string
		differs bool
	}{
		{"speaker", !slices.Equal(x.Heard, y.Heard)},
		{"stance", x.Stance != y.Stance},
		{"hedge", x.Hedge != y.Hedge},
		{"passage", !x.meets(y) && x.Passage.End+y.Passage.End > 0},
	} {
		if d.differs {
			words = append(words, d.word)
		}
	}
	return words
}
