package propose

import (
	"slices"
	"sort"
)

// spanIndex finds the items in a span of a text, in the order in which they were added.
type spanIndex[T any] struct {
	list   []placedAt[T]
	ends   []int // the greatest end of the list up to each, once it is in order
	sorted bool
}

type placedAt[T any] struct {
	of         T
	number     int
	start, end int
}

func (x *spanIndex[T]) add(of T, at TextRange) {
	x.list = append(x.list, placedAt[T]{of, len(x.list), at.Start, at.End})
	x.sorted = false
}

// in returns the items that have a character in the span from start to end.
func (x *spanIndex[T]) in(start, end int) (found []T) {
	if !x.sorted {
		x.order()
	}
	var hits []placedAt[T]
	for i := sort.SearchInts(x.ends, start+1); i < len(x.list) && x.list[i].start < end; i++ {
		if x.list[i].end > start {
			hits = append(hits, x.list[i])
		}
	}
	slices.SortFunc(hits, func(a, b placedAt[T]) int { return a.number - b.number })
	for _, h := range hits {
		found = append(found, h.of)
	}
	return found
}

func (x *spanIndex[T]) order() {
	slices.SortStableFunc(x.list, func(a, b placedAt[T]) int { return a.start - b.start })
	x.ends = x.ends[:0]
	last := 0
	for _, at := range x.list {
		last = max(last, at.end)
		x.ends = append(x.ends, last)
	}
	x.sorted = true
}

// occurrence is an occurrence of a name.
type occurrence struct {
	name *Mention
	at   TextRange
}

// occurrences returns the occurrences of names, name by name.
func occurrences(names []*Mention) *spanIndex[occurrence] {
	x := &spanIndex[occurrence]{}
	for _, n := range names {
		for _, at := range n.Ranges {
			x.add(occurrence{n, at}, at)
		}
	}
	return x
}

// spokenBy returns the speeches whose speakers are known, or of them the quoted ones.
func (p *Proposal) spokenBy(quoted bool) *spanIndex[Speech] {
	x := &spanIndex[Speech]{}
	for _, s := range p.Speeches {
		if len(s.Speakers) > 0 && (s.Quoted || !quoted) {
			x.add(s, s.TextRange)
		}
	}
	return x
}

// valuesAt returns values by position.
func valuesAt(list []Value) *spanIndex[Value] {
	x := &spanIndex[Value]{}
	for _, v := range list {
		x.add(v, v.TextRange)
	}
	return x
}
