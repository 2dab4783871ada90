package snapshot

import (
	"bytes"
	"slices"
)

// keySorter sorts the keys of a table, as rows of eight bytes of a key and its number.
type keySorter struct {
	*keyNumbers
	scratch []row
}

func (k *keySorter) of(it row) []byte { return k.key(uint32(it.b)) }

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
	for k.load(items, depth) { // all begin alike, as IRIs do
		items = items[k.finished(items, depth+8):]
		if len(items) < 2 {
			return
		}
		depth += 8 + k.common(items, depth+8)
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

// load puts the eight bytes after depth into the items, and reports whether they
// are the same in all.
func (k *keySorter) load(items []row, depth int) (same bool) {
	diff := uint64(0)
	for i := range items {
		items[i].a = wordAt(k.of(items[i]), depth)
		diff |= items[i].a ^ items[0].a
	}
	return diff == 0
}

// common returns how many bytes after depth all keys have in common.
func (k *keySorter) common(items []row, depth int) int {
	first := k.of(items[0])[depth:]
	for _, it := range items[1:] {
		first = first[:commonPrefix(first, k.of(it)[depth:])]
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
		if len(k.of(items[i])) <= depth {
			items[i], items[n] = items[n], items[i]
			n++
		}
	}
	slices.SortFunc(items[:n], func(x, y row) int { return len(k.of(x)) - len(k.of(y)) })
	return n
}

func (k *keySorter) sortFew(items []row, depth int) {
	k.load(items, depth)
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
	return bytes.Compare(k.of(x)[depth:], k.of(y)[depth:]) < 0
}
