package queries

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// selection are the answers from one place in their order up to another; up to the
// end if that is 0. Of the others not even a name is read beyond the columns that
// decide.
type selection struct {
	from, to, columns int
	whole             int     // all are explained if that takes no more than so many
	most              int     // of first: those up to to, or whole
	first             []*fold // up to most, once they are sorted
	sorted            int     // how many of them are, if to is not 0
	all               int
	ways              int             // rows by which all were found
	lost              map[uint64]bool // terms of the first column, by their numbers, whose answers all come behind the first
	err               error           // of a comparison
}

func newSelection(from, to, whole, columns int) *selection {
	return &selection{from: from, to: to, whole: whole, most: max(to, whole), columns: columns}
}

// waysOfRow is how many ways a row has, on the whole, that is explained beside those that
// are shown.
const waysOfRow = 8

// add takes an answer in.
func (s *selection) add(ctx context.Context, f *fold) error {
	s.all++
	if f.behind {
		return nil
	}
	s.ways += int(f.rested().rows)
	if s.to > 0 && s.sorted == s.most && s.behind(ctx, f) {
		f.forget()
		return s.failed(ctx)
	}
	s.first = append(s.first, f)
	if s.to > 0 && len(s.first)-s.most >= s.most { // so that each is moved but a few times
		s.sort(ctx)
	}
	return s.failed(ctx)
}

// mostLost bounds the terms that are kept for it: where there are more, most come once.
const mostLost = 1 << 16

// behind reports whether an answer comes behind the last that is wanted so far. What the
// first column of it alone decides is not asked again for another answer with the same
// term there: the last only moves to the front.
func (s *selection) behind(ctx context.Context, f *fold) bool {
	first := f.firstTerm()
	if s.lost[first] {
		return true
	}
	column, d := s.decide(ctx, f, s.first[s.most-1])
	if d > 0 && column == 0 && first != 0 && !f.varies && len(s.lost) < mostLost {
		if s.lost == nil {
			s.lost = map[uint64]bool{}
		}
		s.lost[first] = true
	}
	return d >= 0
}

// sort puts the answers in order, and drops those after the last that is wanted.
func (s *selection) sort(ctx context.Context) {
	slices.SortStableFunc(s.first, func(a, b *fold) int {
		if s.failed(ctx) != nil {
			return 0 // the rest of the sort takes a moment
		}
		return s.compare(ctx, a, b)
	})
	s.sorted = min(len(s.first), s.most)
	for _, f := range s.first[s.sorted:] {
		f.forget()
	}
	clear(s.first[s.sorted:])
	s.first = s.first[:s.sorted]
}

func (s *selection) failed(ctx context.Context) error {
	if s.err != nil {
		return s.err
	}
	return ctx.Err()
}

// compare orders answers as compareRows does their rows. What people read is looked at
// only where cells are equal in all else.
func (s *selection) compare(ctx context.Context, a, b *fold) int {
	_, d := s.decide(ctx, a, b)
	return d
}

// decide is compare, with the column that decides.
func (s *selection) decide(ctx context.Context, a, b *fold) (column, d int) {
	for i := range s.columns {
		if d, known := s.byKeys(ctx, a, b, i); d != 0 || s.err != nil {
			return i, d
		} else if known {
			continue
		}
		x, err := a.order(ctx, i)
		s.note(err)
		y, err := b.order(ctx, i)
		s.note(err)
		if d := x.Compare(y); d != 0 || s.err != nil {
			return i, d
		}
		p, err := a.cell(ctx, i)
		s.note(err)
		q, err := b.cell(ctx, i)
		s.note(err)
		if d := strings.Compare(p.Text, q.Text); d != 0 || s.err != nil {
			return i, d
		}
	}
	x, err := a.shown(ctx)
	s.note(err)
	y, err := b.shown(ctx)
	s.note(err)
	return s.columns, slices.CompareFunc(x, y, compareTerms)
}

// byKeys compares a column of answers by the sort keys of their cells, if these are known.
func (s *selection) byKeys(ctx context.Context, a, b *fold, i int) (d int, known bool) {
	if a.of.in != b.of.in {
		return 0, false
	}
	x, err := a.sortKey(ctx, i)
	s.note(err)
	if x == 0 || err != nil {
		return 0, false
	}
	y, err := b.sortKey(ctx, i)
	s.note(err)
	if y == 0 || err != nil {
		return 0, false
	}
	return cmp.Compare(x, y), true
}

func (s *selection) note(err error) { s.err = cmp.Or(s.err, err) }

// rows explains the answers.
func (s *selection) rows(ctx context.Context) ([]Row, error) {
	wanted := s.first
	if s.to > 0 {
		if s.sort(ctx); s.failed(ctx) != nil {
			return nil, s.failed(ctx)
		}
		if s.whole > 0 && s.all <= s.whole && s.ways <= waysOfRow*s.whole {
			s.from, s.to = 0, s.whole
		}
		wanted = s.first[min(s.from, len(s.first)):min(s.to, len(s.first))]
	}
	rows := make([]Row, 0, len(wanted))
	for _, f := range wanted {
		row, err := f.finish(ctx)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	if s.to > 0 {
		return rows, ctx.Err()
	}
	err := sortRows(ctx, rows)
	return rows[min(s.from, len(rows)):], err
}
