package snapshot

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"slices"

	"kg/graph/internal/store/term"
)

// OpenDamaged is Open for Salvage alone. A damaged checksum root or table is recomputed
// from the pages, and verified by the digest in the header. It is an error if the header
// is damaged, if the file was truncated, or if root and pages are damaged both.
func OpenDamaged(path string) (*Reader, error) {
	return openAs(path, func(path string, data []byte) (r *Reader, err error) {
		if r, err = newUnchecked(path, data); err != nil || r.mendTable() {
			return r, err
		}
		defer Catch(&err)
		r.checkRoot()
		return r, nil
	})
}

// mendTable makes the table of checksums right if it can be proved to be, and
// reports whether it was.
func (r *Reader) mendTable() bool {
	table := &r.sec[secChecksums]
	if sha256.Sum256(table.data) != r.h.digest {
		sums := make([]byte, len(table.data))
		for page := uint64(1); page < table.off>>pageBits; page++ {
			sum, err := r.checksum(page)
			if err != nil {
				return false
			}
			binary.LittleEndian.PutUint32(sums[4*page:], sum)
		}
		if sha256.Sum256(sums) != r.h.digest {
			return false
		}
		table.data = sums
	}
	for page := range pages(uint64(len(table.data))) {
		table.seen.set(page)
	}
	return true
}

// Salvage gives add the keys of all quads that are whole, some of them twice: by
// subject and, if that meets damage, by object, since every quad stands in the
// file in both orders. It returns the damage it met. A quad is lost if both its
// rows are, or the key of one of its terms.
func (r *Reader) Salvage(ctx context.Context, add func(subject, predicate, object, label []byte) error) ([]*DamageError, error) {
	s := &salvage{Reader: r, add: add, met: map[int64]*DamageError{}}
	err := s.pass(ctx, &r.subjects, &r.bySubject, r.h.subjectFrom, r.h.objectFrom, term.Subject, term.Object)
	if err == nil && len(s.met) > 0 {
		err = s.pass(ctx, &r.objects, &r.byObject, r.h.objectFrom, r.h.subjectFrom, term.Object, term.Subject)
	}
	met := slices.SortedFunc(maps.Values(s.met), func(a, b *DamageError) int { return cmp.Compare(a.Offset, b.Offset) })
	return met, err
}

type salvage struct {
	*Reader
	add  func(subject, predicate, object, label []byte) error
	met  map[int64]*DamageError // by offset
	ids  term.Quad
	keys [4][]byte
}

// pass gives the quads of one order: leads are the first rows of each term that
// stands in position lead, from a first one on; rows have the other.
func (s *salvage) pass(ctx context.Context, leads *frames, rows *packed, first, others uint32, lead, other int) (err error) {
	for i := uint64(0); i+1 < leads.n; i++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		var from, to uint64
		s.try(func() { from, to = leads.pair(i, rows.n) })
		for at := from; at < to && err == nil; at++ {
			s.try(func() {
				a, b, c := rows.get(at)
				var q term.Quad
				q[lead], q[other] = term.ID(first)+term.ID(i), term.ID(others)+term.ID(b)
				q[term.Predicate], q[term.Label] = s.predicates.id(a), s.labels.id(c)
				if s.find(q) {
					err = s.add(s.keys[0], s.keys[1], s.keys[2], s.keys[3])
				}
			})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// find finds the keys of a quad; it is false if a term is none.
func (s *salvage) find(q term.Quad) bool {
	for position, id := range q {
		if id == s.ids[position] {
			continue
		}
		s.ids[position], s.keys[position] = term.None, s.keys[position][:0] // should the key be damaged
		s.keys[position] = s.AppendKey(s.keys[position], id)
		s.ids[position] = id
	}
	for _, key := range s.keys[:term.Label] {
		if len(key) == 0 {
			return false
		}
	}
	return true
}

// try does something, and notes the damage it meets.
func (s *salvage) try(do func()) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case *DamageError:
			s.met[e.Offset] = e
		default:
			panic(e)
		}
	}()
	do()
}
