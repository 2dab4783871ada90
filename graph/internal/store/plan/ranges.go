package plan

import (
	"slices"

	"kg/graph/internal/store/term"
)

// within reports whether an id is in one of the ranges, which ascend.
func within(rs []Range, id term.ID) bool {
	if len(rs) == 1 {
		return rs[0].From <= id && id < rs[0].To
	}
	i, found := slices.BinarySearchFunc(rs, id, func(r Range, id term.ID) int {
		switch {
		case id < r.From:
			return 1
		case id >= r.To:
			return -1
		}
		return 0
	})
	return found && i < len(rs)
}

// overlap returns the intersection of two lists of ranges.
func overlap(a, b []Range) []Range {
	out := make([]Range, 0, max(len(a), len(b)))
	for len(a) > 0 && len(b) > 0 {
		r := Range{max(a[0].From, b[0].From), min(a[0].To, b[0].To)}
		if r.From < r.To {
			out = append(out, r)
		}
		if a[0].To < b[0].To {
			a = a[1:]
		} else {
			b = b[1:]
		}
	}
	return out
}

// width is the number of ids in the ranges.
func width(rs []Range) uint64 {
	var n uint64
	for _, r := range rs {
		n += uint64(r.To - r.From)
	}
	return n
}
