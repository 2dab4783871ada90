package pg

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/names"
	"kg/graph/internal/store/term"
	"kg/internal/fold"
)

// read reads the terms that have the grams which were chosen.
func (f *finding) read(words [][]names.AllOf) error {
	grams := map[int64]bool{int64(oddNames): true}
	for _, word := range words {
		for _, way := range word {
			for _, r := range way {
				for _, g := range f.within[r] {
					grams[int64(g)] = true
				}
			}
		}
	}
	f.Statements++
	rows, err := f.tx.Query(f.ctx, gramTerms, slices.Collect(maps.Keys(grams)))
	if err != nil {
		return err
	}
	defer rows.Close()
	f.lists = map[names.Gram][]int64{}
	for rows.Next() {
		v := rows.RawValues()
		g := names.Gram(binary.BigEndian.Uint64(v[0]))
		if f.lists[g], err = names.Numbers(f.lists[g], v[1]); err != nil {
			return fmt.Errorf("reading kg_names: %w: kg db check", err)
		}
	}
	for g := range f.lists { // of several loads
		slices.Sort(f.lists[g])
		f.lists[g] = slices.Compact(f.lists[g])
	}
	return rows.Err()
}

// terms returns the terms that have the chosen grams of each word.
func (f *finding) terms(words [][]names.AllOf) []int64 {
	var all []int64
	for i, word := range words {
		var any []int64
		for _, way := range word {
			var of []int64
			for n, r := range way {
				var union []int64
				for _, g := range f.within[r] {
					union = append(union, f.lists[g]...)
				}
				if len(f.within[r]) > 1 {
					slices.Sort(union)
					union = slices.Compact(union)
				}
				if of = both(of, union); n == 0 {
					of = union
				}
			}
			any = append(any, of...)
		}
		slices.Sort(any)
		any = slices.Compact(any)
		if all = both(all, any); i == 0 {
			all = any
		}
	}
	return all
}

// both are the numbers of two lists in order that are in both.
func both(a, b []int64) (list []int64) {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			list, a, b = append(list, a[0]), a[1:], b[1:]
		}
	}
	return list
}

// see reads the texts of terms, and keeps the matching ones: IRIs, and the ids of others.
func (f *finding) see(terms, odd []int64) (found map[quad.IRI]bool, literals []int64, err error) {
	found = map[quad.IRI]bool{}
	err = f.keysByID(terms, func(id int64, key []byte) error {
		if !f.keep(string(foundBy(key))) {
			return nil
		}
		if !term.IsIRI(key) {
			literals = append(literals, id)
			return nil
		}
		return add(found, key)
	})
	if err != nil {
		return nil, nil, err
	}
	return found, literals, f.keysByID(odd, func(id int64, key []byte) error {
		value, err := term.Value(key)
		if err == nil && f.keep(fold.Words(term.TextOf(value))) {
			literals = append(literals, id)
		}
		return err
	})
}

// add adds the IRI of a key, if it is that of one.
func add(found map[quad.IRI]bool, key []byte) error {
	value, err := term.Value(key)
	if iri, is := value.(quad.IRI); is {
		found[iri] = true
	}
	return err
}

// called adds the nodes that literals name.
func (f *finding) called(literals []int64, found map[quad.IRI]bool) error {
	for chunk := range slices.Chunk(literals, perStatement) {
		err := f.eachKey(func(_ int64, key []byte) error { return add(found, key) }, termsCalled, chunk, f.by)
		if err != nil {
			return err
		}
	}
	return nil
}
