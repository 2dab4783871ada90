package store

import (
	"slices"

	"kg/graph/internal/store/memtable"
	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/term"
)

// ranges gives the IDs in a table of the terms whose keys are in the given ranges, which
// ascend and do not overlap; so do the ranges it gives.
func ranges(t *memtable.Table, keys []term.KeyRange) []plan.Range {
	var ids []plan.Range
	var fresh []term.ID
	for _, k := range keys {
		if base := t.Base(); base != nil {
			if from, to := base.Seek(k.From), base.Seek(k.To); from < to {
				ids = extend(ids, plan.Range{From: from, To: to})
			}
		}
		fresh = t.FreshIn(fresh, k)
	}
	slices.Sort(fresh)
	for _, id := range fresh {
		ids = extend(ids, plan.Range{From: id, To: id + 1})
	}
	return ids
}

// extend appends a range that lies behind the others, to the last if it
// touches that.
func extend(list []plan.Range, r plan.Range) []plan.Range {
	if n := len(list); n > 0 && list[n-1].To == r.From {
		list[n-1].To = r.To
		return list
	}
	return append(list, r)
}

// within reports whether an ID is in one of ascending ranges.
func within(list []plan.Range, id term.ID) bool {
	_, found := slices.BinarySearchFunc(list, id, func(r plan.Range, id term.ID) int {
		switch {
		case r.To <= id:
			return -1
		case r.From > id:
			return 1
		}
		return 0
	})
	return found
}
