package answers

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// selection is the answers from one position in their order up to another, 0 being the
// end. It reads of the others only the columns that decide.
type selection struct {
	from, to, columns int
	few               int      // up to so many answers are returned whole: see Question.Find
	most              int      // length of first once it is sorted: to or few
	first             []*group // the first answers
	sorted            int      // how many of first are sorted, if to is not 0
	all               int
	ways              int             // rows of all answers
	beyond            map[uint64]bool // terms of the first column, by number, whose answers all come after first
	err               error           // of a comparison
}

func newSelection(from, to, few, columns int) *selection {
	return &selection{from: from, to: to, few: few, most: max(to, few), columns: columns}
}

// waysPerRow bounds the ways to an answer that is returned whole though only a part was
// asked for: its rows have so many ways, on average.
const waysPerRow = 8

func (s *selection) add(ctx context.Context, g *group) error {
	s.all++
	if g.beyond {
		return nil
	}
	s.ways += int(g.effective().rows)
	if s.to > 0 && s.sorted == s.most && s.isBeyond(ctx, g) {
		g.evict()
		return s.failed(ctx)
	}
	s.first = append(s.first, g)
	if s.to > 0 && len(s.first)-s.most >= s.most { // so that each is moved only a few times
		s.sort(ctx)
	}
	return s.failed(ctx)
}

// mostBeyond bounds selection.beyond: where there are more terms, most come once.
const mostBeyond = 1 << 16

// isBeyond reports whether a group comes after the last that is wanted so far. If its first
// cell alone decides, that holds for every group with this term: the last only moves
// forward.
func (s *selection) isBeyond(ctx context.Context, g *group) bool {
	first := g.firstID()
	if s.beyond[first] {
		return true
	}
	column, d := s.decide(ctx, g, s.first[s.most-1])
	if d > 0 && column == 0 && first != 0 && !g.varies && len(s.beyond) < mostBeyond {
		if s.beyond == nil {
			s.beyond = map[uint64]bool{}
		}
		s.beyond[first] = true
	}
	return d >= 0
}

// sort sorts first, and drops the groups after the last that is wanted.
func (s *selection) sort(ctx context.Context) {
	slices.SortStableFunc(s.first, func(a, b *group) int {
		if s.failed(ctx) != nil {
			return 0 // the rest of the sort takes a moment
		}
		_, d := s.decide(ctx, a, b)
		return d
	})
	s.sorted = min(len(s.first), s.most)
	for _, g := range s.first[s.sorted:] {
		g.evict()
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

// decide compares groups as compareRows does their rows, and returns the column that
// decides. It reads a text only if cells are equal in all else.
func (s *selection) decide(ctx context.Context, a, b *group) (column, d int) {
	for i := range s.columns {
		if d, known := s.compareKeys(ctx, a, b, i); d != 0 || s.err != nil {
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

// compareKeys compares a column by the sort keys of the cells, if they are known.
func (s *selection) compareKeys(ctx context.Context, a, b *group, i int) (d int, known bool) {
	if a.in.numbering != b.in.numbering {
		return 0, false
	}
	x, err := a.keyOfCell(ctx, i)
	s.note(err)
	if x == 0 || err != nil {
		return 0, false
	}
	y, err := b.keyOfCell(ctx, i)
	s.note(err)
	if y == 0 || err != nil {
		return 0, false
	}
	return cmp.Compare(x, y), true
}

func (s *selection) note(err error) { s.err = cmp.Or(s.err, err) }

// rows explains the answers of the selection.
func (s *selection) rows(ctx context.Context) ([]Row, error) {
	wanted := s.first
	if s.to > 0 {
		if s.sort(ctx); s.failed(ctx) != nil {
			return nil, s.failed(ctx)
		}
		if s.few > 0 && s.all <= s.few && s.ways <= waysPerRow*s.few {
			s.from, s.to = 0, s.few
		}
		wanted = s.first[min(s.from, len(s.first)):min(s.to, len(s.first))]
	}
	rows := make([]Row, 0, len(wanted))
	for _, g := range wanted {
		row, err := g.explain(ctx)
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
