package pg

import (
	"context"
	"encoding/binary"
	"fmt"

	"kg/graph/internal/names"
)

// checkNames compares kg_names with what the terms are found by, by a sum of the terms
// of each gram: both may be larger than the memory.
func (s *Session) checkNames(ctx context.Context) (found []string, err error) {
	s.Statements += 3
	sums := map[names.Gram]uint64{}
	var grams []names.Gram
	seen := map[names.Gram]bool{}
	err = eachTerm(ctx, s.conn, func(id int64, key []byte) {
		clear(seen)
		grams = names.AppendGrams(grams[:0], string(foundBy(key)))
		for _, g := range grams {
			if !seen[g] {
				seen[g] = true
				sums[g] += mark(id)
			}
		}
	})
	if err != nil {
		return nil, err
	}
	odd, err := oddOf(ctx, s.tx)
	if err != nil {
		return nil, err
	}
	damaged, miscounted := 0, 0
	var list []int64
	err = copyOut(ctx, s.conn, "SELECT gram, n, terms FROM kg_names", 3, func(f [][]byte) error {
		var damage error
		if list, damage = names.Numbers(list[:0], f[2]); damage != nil {
			damaged++
		}
		if int64(len(list)) != int64(binary.BigEndian.Uint64(f[1])) {
			miscounted++
		}
		g := names.Gram(binary.BigEndian.Uint64(f[0]))
		for _, id := range list {
			if g == oddNames { // those that do not name anything any more are there, too
				delete(odd, id)
			} else {
				sums[g] -= mark(id)
			}
		}
		return nil
	})
	wrong := 0
	for _, sum := range sums {
		if sum != 0 {
			wrong++
		}
	}
	for _, rule := range []struct {
		what  string
		count int
	}{
		{"%d parts of names do not lead to the terms that have them", wrong},
		{"%d terms name something and are not found by it", len(odd)},
		{"%d rows of kg_names cannot be read", damaged},
		{"%d rows of kg_names have other numbers of terms", miscounted},
	} {
		if rule.count > 0 {
			found = append(found, fmt.Sprintf(rule.what, rule.count))
		}
	}
	return found, err
}

// mark is a number that stands for a term in a sum: sums of others hardly ever equal.
func mark(id int64) uint64 {
	x := uint64(id) * 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
