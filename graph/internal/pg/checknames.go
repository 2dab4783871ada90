package pg

import (
	"context"
	"encoding/binary"
	"fmt"

	"kg/graph/internal/names"
)

// checkNames compares kg_names with the grams of the terms, by a sum of the terms of each
// gram: both may be larger than the memory.
func (s *Session) checkNames(ctx context.Context) (found []string, err error) {
	s.Statements += 3
	c := namesCheck{sums: map[names.Gram]uint64{}}
	if err := c.terms(ctx, s); err != nil {
		return nil, err
	}
	if c.odd, err = oddOf(ctx, s.tx); err != nil {
		return nil, err
	}
	if err := copyOut(ctx, s.conn, "SELECT gram, n, terms FROM kg_names", 3, c.row); err != nil {
		return nil, err
	}
	wrong := 0
	for _, sum := range c.sums {
		if sum != 0 {
			wrong++
		}
	}
	for _, rule := range []struct {
		what  string
		count int
	}{
		{"%d parts of names do not lead to the terms that have them", wrong},
		{"%d terms name something and are not found by it", len(c.odd)},
		{"%d rows of kg_names cannot be read", c.damaged},
		{"%d rows of kg_names have other numbers of terms", c.miscounted},
	} {
		if rule.count > 0 {
			found = append(found, fmt.Sprintf(rule.what, rule.count))
		}
	}
	return found, nil
}

// namesCheck is the sums of checkNames.
type namesCheck struct {
	sums                map[names.Gram]uint64 // of the hashes of terms, minus those in kg_names
	odd                 map[int64]bool        // see oddNames, those that kg_names lacks
	damaged, miscounted int
	list                []int64
}

// terms adds the grams of the terms.
func (c *namesCheck) terms(ctx context.Context, s *Session) error {
	var grams []names.Gram
	seen := map[names.Gram]bool{}
	return eachTerm(ctx, s.conn, func(id int64, key []byte) {
		clear(seen)
		grams = names.AppendGrams(grams[:0], string(foundBy(key)))
		for _, g := range grams {
			if !seen[g] {
				seen[g] = true
				c.sums[g] += mark(id)
			}
		}
	})
}

// row subtracts a row of kg_names.
func (c *namesCheck) row(f [][]byte) error {
	var damage error
	if c.list, damage = names.Numbers(c.list[:0], f[2]); damage != nil {
		c.damaged++
	}
	if int64(len(c.list)) != int64(binary.BigEndian.Uint64(f[1])) {
		c.miscounted++
	}
	g := names.Gram(binary.BigEndian.Uint64(f[0]))
	for _, id := range c.list {
		if g == oddNames { // those that do not name anything any more are there, too
			delete(c.odd, id)
		} else {
			c.sums[g] -= mark(id)
		}
	}
	return nil
}

// mark returns the hash of a term in a sum: sums of different terms are hardly ever
// equal.
func mark(id int64) uint64 {
	x := uint64(id) * 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
