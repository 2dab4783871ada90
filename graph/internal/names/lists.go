package names

import (
	"cmp"
	"encoding/binary"
	"errors"
	"slices"
)

// Lists holds for each gram the numbers of the names that have it.
type Lists struct {
	all   []*list
	plain []*list        // for grams of small Latin letters, digits and spaces: see plainIndex
	other map[Gram]*list // of all others
	grams []Gram         // for the moment
}

type list struct {
	gram  Gram
	last  int64
	count int64
	steps []byte
}

// NewLists makes lists of nothing.
func NewLists() *Lists {
	return &Lists{plain: make([]*list, plainLetters*plainLetters*plainLetters), other: map[Gram]*list{}}
}

// plainLetters is how many letters most grams have, with that which stands for none.
const plainLetters = 1 + 1 + 10 + 26

// plainIndex returns the index of a gram of plain letters, -1 for another one. Most are plain,
// and a map takes five times as long.
func plainIndex(g Gram) (at int) {
	for shift := 2 * letterBits; shift >= 0; shift -= letterBits {
		at *= plainLetters
		switch c := g >> shift & (1<<letterBits - 1); {
		case c == 0:
		case c == ' ':
			at++
		case '0' <= c && c <= '9':
			at += int(c-'0') + 2
		case 'a' <= c && c <= 'z':
			at += int(c-'a') + 12
		default:
			return -1
		}
	}
	return at
}

// Add adds the folded name of a number. Numbers come in ascending order.
func (l *Lists) Add(number int64, name string) {
	l.grams = AppendGrams(l.grams[:0], name)
	for _, g := range l.grams {
		l.Note(number, g)
	}
}

// Note notes that a number has a gram.
func (l *Lists) Note(number int64, g Gram) {
	var have *list
	at := plainIndex(g)
	if at >= 0 {
		have = l.plain[at]
	} else {
		have = l.other[g]
	}
	if have == nil {
		have = &list{gram: g}
		l.all = append(l.all, have)
		if at >= 0 {
			l.plain[at] = have
		} else {
			l.other[g] = have
		}
	}
	if number == have.last {
		return
	}
	have.steps = binary.AppendUvarint(have.steps, uint64(number-have.last))
	have.last = number
	have.count++
}

// Each calls do with each gram, in order, the number of names that have it, and these as
// deltas, which Numbers reads.
func (l *Lists) Each(do func(g Gram, count int64, steps []byte) error) error {
	slices.SortFunc(l.all, func(a, b *list) int { return cmp.Compare(a.gram, b.gram) })
	for _, one := range l.all {
		if err := do(one.gram, one.count, one.steps); err != nil {
			return err
		}
	}
	return nil
}

// Len is how many grams there are.
func (l *Lists) Len() int { return len(l.all) }

// Numbers appends the numbers that steps lead to.
func Numbers(dst []int64, steps []byte) ([]int64, error) {
	number := int64(0)
	for len(steps) > 0 {
		step, size := binary.Uvarint(steps)
		if number += int64(step); size <= 0 || step == 0 || number < 0 {
			return dst, errors.New("a list of the terms that have a part of a name is damaged")
		}
		dst, steps = append(dst, number), steps[size:]
	}
	return dst, nil
}
