package pg

import (
	"bytes"
	"crypto/sha256"
	"maps"
	"slices"

	"kg/graph/internal/store/term"
)

// idRow is a quad, or a pattern in which 0 is any term, by the server's ids.
type idRow [4]int64

// mask returns which terms a pattern has, by bits from the subject's, the least.
func (r idRow) mask() (m int) {
	for i, id := range r {
		if id != 0 {
			m |= 1 << i
		}
	}
	return m
}

// only is a pattern with those of its terms that a mask has.
func (r idRow) only(mask int) (out idRow) {
	for i := range r {
		if mask&(1<<i) != 0 {
			out[i] = r[i]
		}
	}
	return out
}

const (
	withSubject = 1 << iota
	withPredicate
	withObject
	withLabel
)

// headLen is how much of a key is compared by the server: its indices hold no more
// than some 2,700 bytes.
const headLen = 1000

// split returns a key as stored in kg_terms.
func split(key []byte) (head, rest, digest []byte) {
	if len(key) <= headLen {
		return key, []byte{}, []byte{}
	}
	sum := sha256.Sum256(key[headLen:])
	return key[:headLen], key[headLen:], sum[:]
}

// wants is the patterns that a run has missed: they are read from the server together.
type wants struct {
	keys      map[string]bool
	ranges    []term.KeyRange
	rows      map[idRow]bool // patterns, all of whose quads are wanted
	some      map[idRow]bool // patterns, whose quads are wanted if they are few, and else their number
	of        map[idRow]bool // patterns with a subject: all quads of the subject are wanted, if the subjects are few
	counts    map[idRow]bool
	live      map[alive]bool
	walks     map[string][]stage // by their text
	begun     map[idRow]bool     // patterns of which the walks have all quads
	rowCounts map[string]idCount // by their text
	all       bool
}

// alive asks for quads of a term under other labels than the hidden ones.
type alive struct {
	id     int64
	hidden string
}

func newWants() wants {
	return wants{keys: map[string]bool{}, rows: map[idRow]bool{}, some: map[idRow]bool{}, of: map[idRow]bool{}, counts: map[idRow]bool{}, live: map[alive]bool{}, walks: map[string][]stage{}, begun: map[idRow]bool{}, rowCounts: map[string]idCount{}}
}

func (w *wants) none() bool {
	return !w.all && len(w.keys)+len(w.ranges)+len(w.rows)+len(w.some)+len(w.of)+len(w.counts)+len(w.live)+len(w.walks)+len(w.rowCounts) == 0
}

// fewSubjects is of how many subjects all is read, of which a part was asked for: as a
// rule more is asked of the same. More subjects than that are the nodes of a step, and
// the next step is another one.
const fewSubjects = 100

// choose decides how much of the subjects is read.
func (w *wants) choose() {
	subjects := map[idRow]bool{}
	for r := range w.of {
		subjects[r.only(withSubject)] = true
	}
	for r := range w.of {
		if len(subjects) <= fewSubjects {
			w.some[r.only(withSubject)] = true
		} else {
			w.some[r] = true
		}
	}
	clear(w.of)
}

// byMask groups patterns by which terms they have, in order.
func byMask(patterns map[idRow]bool) map[int][]idRow {
	groups := map[int][]idRow{}
	for r := range patterns {
		groups[r.mask()] = append(groups[r.mask()], r)
	}
	for m := range maps.Keys(groups) {
		slices.SortFunc(groups[m], func(a, b idRow) int { return slices.Compare(a[:], b[:]) })
	}
	return groups
}

// covers reports whether ranges that were read hold one.
func covers(list []term.KeyRange, r term.KeyRange) bool {
	return slices.ContainsFunc(list, func(have term.KeyRange) bool {
		return bytes.Compare(have.From, r.From) <= 0 && bytes.Compare(r.To, have.To) <= 0
	})
}
