package queries

import (
	"context"
	"slices"

	"kg/graph"
)

// selection are the first of some answers, in order; all of them if limit is 0. Of
// the others not even a name is read beyond the columns that decide.
type selection struct {
	limit, columns int
	first          []*fold
	all            int
	err            error // of a comparison
}

func newSelection(limit, columns int) *selection {
	return &selection{limit: limit, columns: columns}
}

// add takes an answer in. Of two that compare equal the earlier one stands first.
func (s *selection) add(ctx context.Context, f *fold) error {
	s.all++
	if s.limit == 0 {
		s.first = append(s.first, f)
		return ctx.Err()
	}
	full := len(s.first) == s.limit
	if full && s.compare(ctx, f, s.first[s.limit-1]) >= 0 {
		return s.failed(ctx)
	}
	at, _ := slices.BinarySearchFunc(s.first, f, func(have, f *fold) int {
		if s.compare(ctx, have, f) <= 0 {
			return -1
		}
		return 1
	})
	if full {
		s.first = s.first[:s.limit-1]
	}
	s.first = slices.Insert(s.first, at, f)
	return s.failed(ctx)
}

func (s *selection) failed(ctx context.Context) error {
	if s.err != nil {
		return s.err
	}
	return ctx.Err()
}

// compare orders answers by their cells, from left to right.
func (s *selection) compare(ctx context.Context, a, b *fold) int {
	for i := range s.columns {
		x, y := s.cell(ctx, a, i), s.cell(ctx, b, i)
		if d := x.Compare(y); d != 0 {
			return d
		}
	}
	return 0
}

func (s *selection) cell(ctx context.Context, f *fold, i int) graph.Cell {
	cell, err := f.cell(ctx, i)
	if err != nil && s.err == nil {
		s.err = err
	}
	return cell
}

// rows explains the answers.
func (s *selection) rows(ctx context.Context) ([]Row, error) {
	rows := make([]Row, 0, len(s.first))
	for _, f := range s.first {
		row, err := f.finish(ctx)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	if s.limit == 0 {
		return rows, sortRows(ctx, rows)
	}
	return rows, ctx.Err()
}
