package snapshot

import (
	"bytes"
	"slices"
)

// keySorter sorts keys that lie in one arena. A key is known by a number; what
// is sorted are rows of eight bytes of the key and that number.
type keySorter struct {
	arena   []byte
	ends    []uint32 // of each key in arena
	scratch []row
}

func (k *keySorter) key(i uint64) []byte {
	from := uint32(0)
	if i > 0 {
		from = k.ends[i-1]
	}
	return k.arena[from:k.ends[i]]
}

// sort sorts items, whose keys are distinct and equal in their first depth
// bytes.
func (k *keySorter) sort(items []row, depth int) {
	if len(items) < 2 {
		return
	}
	if len(items) <= smallSort {
		k.sortFew(items, depth)
		return
	}
	depth += k.common(items, depth)
	for i := range items {
		items[i].a = wordAt(k.key(items[i].b), depth)
	}
	if len(items) < 512 {
		slices.SortFunc(items, compareRows)
	} else {
		sortByDigits(items, k.scratch, ^uint64(0), 0)
	}
	for i := 0; i < len(items); {
		j := i + 1
		for j < len(items) && items[j].a == items[i].a {
			j++
		}
		if j-i > 1 {
			i += k.finished(items[i:j], depth+8)
			k.sort(items[i:j], depth+8)
		}
		i = j
	}
}

// common returns how many bytes after depth all keys have in common.
func (k *keySorter) common(items []row, depth int) int {
	first := k.key(items[0].b)[depth:]
	for _, it := range items[1:] {
		first = first[:commonPrefix(first, k.key(it.b)[depth:])]
		if len(first) == 0 {
			break
		}
	}
	return len(first)
}

// finished moves the keys of at most depth bytes to the front, shortest first:
// each is a beginning of all that are longer. It returns how many there are.
func (k *keySorter) finished(items []row, depth int) int {
	n := 0
	for i := range items {
		if len(k.key(items[i].b)) <= depth {
			items[i], items[n] = items[n], items[i]
			n++
		}
	}
	slices.SortFunc(items[:n], func(x, y row) int { return len(k.key(x.b)) - len(k.key(y.b)) })
	return n
}

func (k *keySorter) sortFew(items []row, depth int) {
	for i := range items {
		items[i].a = wordAt(k.key(items[i].b), depth)
	}
	for i := 1; i < len(items); i++ {
		it, j := items[i], i
		for ; j > 0 && k.less(it, items[j-1], depth); j-- {
			items[j] = items[j-1]
		}
		items[j] = it
	}
}

func (k *keySorter) less(x, y row, depth int) bool {
	if x.a != y.a {
		return x.a < y.a
	}
	return bytes.Compare(k.key(x.b)[depth:], k.key(y.b)[depth:]) < 0
}
