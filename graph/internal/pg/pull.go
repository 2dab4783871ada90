package pg

import (
	"context"
	"encoding/binary"
	"fmt"

	"github.com/jackc/pgx/v5"

	"kg/graph/internal/store/db"
)

// pull puts the whole graph into the store, by COPY: for questions that read all, or
// most, of it.
func (s *Session) pull() error {
	if s.asking && s.whole {
		return nil
	}
	s.Statements += 2
	if !s.asking { // terms keep their numbers
		if err := s.pullBeside(); err != nil {
			return err
		}
		s.whole = true
		return nil
	}
	if err := s.forget(); err != nil {
		return err
	}
	if _, err := s.db.Load(s.ctx, db.Load{Size: 1 + s.total[0]*64, Fill: s.fillAll}); err != nil {
		return err
	}
	s.whole = true
	return nil
}

// pullBeside adds all quads to a store that is being read.
func (s *Session) pullBeside() error {
	f := &fetched{Session: s}
	err := s.allTerms(func(id int64, key []byte) { s.learn(id, key) })
	if err == nil {
		err = s.allQuads(func(r row) error {
			f.rows = append(f.rows, r)
			return nil
		})
	}
	if err != nil {
		return err
	}
	return f.store()
}

// fillAll gives all quads to a load.
func (s *Session) fillAll(_ context.Context, to db.Target) error {
	// The ids have few gaps: a list of keys is less than a map.
	var arena []byte
	var ends []uint64 // of the key of each id, from 0
	err := s.allTerms(func(id int64, key []byte) {
		for int64(len(ends)) <= id {
			ends = append(ends, uint64(len(arena)))
		}
		arena = append(arena, key...)
		ends[id] = uint64(len(arena))
	})
	if err != nil {
		return err
	}
	keyOf := func(id int64) []byte {
		if id <= 0 || id >= int64(len(ends)) {
			return nil
		}
		return arena[ends[id-1]:ends[id]]
	}
	sink := to.NewSink()
	err = s.allQuads(func(r row) error {
		var keys [4][]byte
		for i, id := range r {
			if keys[i] = keyOf(id); len(keys[i]) == 0 {
				return fmt.Errorf("a quad has the term %d, which kg_terms has not: kg db check", id)
			}
		}
		return sink.Add(keys[0], keys[1], keys[2], keys[3])
	})
	if e := sink.Close(); err == nil {
		err = e
	}
	return err
}

// allTerms calls do with each term, by its id.
func (s *Session) allTerms(do func(id int64, key []byte)) error { return eachTerm(s.ctx, s.conn, do) }

func eachTerm(ctx context.Context, conn *pgx.Conn, do func(id int64, key []byte)) error {
	var key []byte
	return copyOut(ctx, conn, "SELECT id, head, rest FROM kg_terms ORDER BY id", 3, func(f [][]byte) error {
		key = append(append(make([]byte, 0, len(f[1])+len(f[2])), f[1]...), f[2]...)
		do(int64(binary.BigEndian.Uint64(f[0])), key)
		return nil
	})
}

// allQuads calls do with each quad.
func (s *Session) allQuads(do func(row) error) error {
	return copyOut(s.ctx, s.conn, "SELECT s, p, o, l FROM kg_by_subject", 4, func(f [][]byte) error {
		var r row
		for i := range r {
			r[i] = int64(binary.BigEndian.Uint64(f[i]))
		}
		return do(r)
	})
}
