package evidence

import (
	"cmp"
	"slices"
	"strings"

	"kg/schema"
)

// Words of SaidBy and Sure that stand for no speaker.
const (
	notTraced = "not traced"
	nobody    = "nobody"
)

// SaidBy names the speakers, each with those who passed the words on; of a conclusion the
// annotator, with the speakers it follows from. Somebody who joined several nodes is named
// once.
func (e *Evidence) SaidBy() string {
	switch {
	case e.Untraced:
		return notTraced
	case e.Unasserted:
		return nobody
	}
	var names []string
	for _, s := range e.Speakers {
		// A decision has an author's name, and a node of its own.
		if name := s.String(); !s.Joins || !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, "; ")
}

// DeniedBy names those who deny a part of the answer.
func (e *Evidence) DeniedBy() string {
	var names []string
	for _, d := range e.Deniers {
		names = append(names, d.Name)
	}
	return strings.Join(names, "; ")
}

// Sure says in words how sure the speakers are: once where all cells are alike, followed
// by the cells that differ, and by speaker where speakers differ on one cell. Only what
// somebody plainly asserts, and is no plan, reads "asserts" alone.
func (e *Evidence) Sure() string {
	switch {
	case e.Untraced:
		return notTraced
	case e.Unasserted:
		return "denied"
	}
	if e.Counted {
		return allWords(e.Sureness)
	}
	if !e.disputed() {
		return inWords(e.Sureness, false)
	}
	var parts []string
	for i := 0; i < len(e.Sureness); {
		speaker := e.Sureness[i].Speaker
		n := i
		for n < len(e.Sureness) && compareSpeakers(e.Sureness[n].Speaker, speaker) == 0 {
			n++
		}
		name := speaker
		name.Derived = false // SaidBy says what it follows from
		parts = append(parts, name.String()+": "+inWords(e.Sureness[i:n], e.differInStatus()))
		i = n
	}
	return strings.Join(parts, "; ")
}

// allWords lists the words of all, each once: an answer that counts its ways rests on all
// of them.
func allWords(list []Sureness) string {
	var parts []string
	surestFirst := func(a, b Sureness) int {
		return cmp.Or(cmp.Compare(slices.Index(schema.Stances, a.Stance), slices.Index(schema.Stances, b.Stance)),
			slices.Compare(a.words(), b.words()))
	}
	for _, s := range slices.SortedFunc(slices.Values(list), surestFirst) {
		if text := strings.Join(s.words(), ", "); !slices.Contains(parts, text) {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, "; ")
}

// disputed reports whether two speakers are not equally sure of one cell.
func (e *Evidence) disputed() bool {
	return slices.ContainsFunc(e.Sureness, func(a Sureness) bool {
		return slices.ContainsFunc(e.Sureness, func(b Sureness) bool {
			return compareSpeakers(a.Speaker, b.Speaker) != 0 && sharesCell(a, b) && (!slices.Equal(a.words(), b.words()))
		})
	})
}

// differInStatus reports whether two speakers differ in the status of one cell.
func (e *Evidence) differInStatus() bool {
	return slices.ContainsFunc(e.Sureness, func(a Sureness) bool {
		return slices.ContainsFunc(e.Sureness, func(b Sureness) bool {
			return sharesCell(a, b) && len(a.Status) > 0 && len(b.Status) > 0 && !slices.Equal(a.Status, b.Status)
		})
	})
}

func sharesCell(a, b Sureness) bool {
	return len(a.Cells) == 0 && len(b.Cells) == 0 ||
		slices.ContainsFunc(a.Cells, func(c string) bool { return slices.Contains(b.Cells, c) })
}

// inWords begins with the words of most cells, and adds those of the others. With settle
// it says a settled status, too, as where another speaker's differs.
func inWords(list []Sureness, settle bool) string {
	var groups []group
	for _, s := range list {
		words := s.words()
		if settle && len(s.Status) > 0 && !slices.ContainsFunc(s.Status, func(status string) bool { return !Settled(status) }) {
			words = append(words, s.Status...)
		}
		i := slices.IndexFunc(groups, func(g group) bool { return slices.Equal(g.words, words) })
		if i < 0 {
			i = len(groups)
			groups = append(groups, group{words: words})
		}
		for _, cell := range s.Cells {
			if !slices.Contains(groups[i].cells, cell) {
				groups[i].cells = append(groups[i].cells, cell)
			}
		}
	}
	if len(groups) == 0 {
		return ""
	}
	base := 0
	for i, g := range groups {
		b := groups[base]
		if len(g.cells) > len(b.cells) || len(g.cells) == len(b.cells) && len(g.words) < len(b.words) {
			base = i
		}
	}
	text := strings.Join(groups[base].words, ", ")
	for i, g := range groups {
		if i != base {
			text += "; " + strings.Join(g.cells, ", ") + ": " + strings.Join(g.beside(groups[base].words), ", ")
		}
	}
	return text
}

// group is the cells that have the same words.
type group struct{ words, cells []string }

// beside returns the words that the group adds to base, the words of most cells, or all of
// its own where it lacks one of them.
func (g group) beside(base []string) []string {
	var more []string
	for _, w := range g.words {
		if !slices.Contains(base, w) {
			more = append(more, w)
		}
	}
	if len(more) == 0 || slices.ContainsFunc(base, func(w string) bool { return !slices.Contains(g.words, w) }) {
		return g.words
	}
	return more
}
