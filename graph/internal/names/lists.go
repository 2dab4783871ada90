package names

import (
	"encoding/binary"
	"errors"
	"maps"
	"slices"
)

// Lists has for each gram the numbers that have it.
type Lists struct {
	lists map[Gram]*list
	grams []Gram // for the moment
}

type list struct {
	last  int64
	count int64
	steps []byte
}

// NewLists makes lists of nothing.
func NewLists() *Lists { return &Lists{lists: map[Gram]*list{}} }

// Add notes what a number is called, folded. Numbers come in order.
func (l *Lists) Add(number int64, name string) {
	l.grams = AppendGrams(l.grams[:0], name)
	for _, g := range l.grams {
		l.Note(number, g)
	}
}

// Note notes that a number has a gram.
func (l *Lists) Note(number int64, g Gram) {
	have := l.lists[g]
	if have == nil {
		have = &list{}
		l.lists[g] = have
	}
	if number == have.last {
		return
	}
	have.steps = binary.AppendUvarint(have.steps, uint64(number-have.last))
	have.last = number
	have.count++
}

// Each calls do with each gram, in order, how many numbers have it, and these as
// steps, which Numbers reads.
func (l *Lists) Each(do func(g Gram, count int64, steps []byte) error) error {
	for _, g := range slices.Sorted(maps.Keys(l.lists)) {
		if err := do(g, l.lists[g].count, l.lists[g].steps); err != nil {
			return err
		}
	}
	return nil
}

// Len is how many grams there are.
func (l *Lists) Len() int { return len(l.lists) }

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
