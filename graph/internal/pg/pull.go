package pg

import (
	"context"
	"encoding/binary"
	"fmt"

	"github.com/jackc/pgx/v5"

	"kg/graph/internal/store/db"
)

// pull copies the whole graph into the store, by COPY: for questions that read all, or
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
	return s.load(s.fillAll)
}

// load puts the whole graph into a store that has nothing.
func (s *Session) load(fill func(context.Context, db.Target) error) error {
	_, err := s.db.Load(s.ctx, db.Load{Size: 1 + s.total[0]*64, Fill: fill})
	s.whole = err == nil
	return err
}

// pullBeside adds all quads to a store that is being read.
func (s *Session) pullBeside() error {
	f := &fetched{Session: s}
	err := s.allTerms(func(id int64, key []byte) { s.learn(id, key) })
	if err == nil {
		err = s.allQuads(func(r idRow) error {
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
	var terms dictionary
	if err := s.allTerms(terms.add); err != nil {
		return err
	}
	return terms.fill(to, s.allQuads)
}

// dictionary has the keys of terms by their ids. These come in order and have few gaps: a
// list of keys is less than a map.
type dictionary struct {
	arena []byte
	ends  []uint64 // of the key of each id, from 0
}

func (d *dictionary) add(id int64, key []byte) {
	for int64(len(d.ends)) <= id {
		d.ends = append(d.ends, uint64(len(d.arena)))
	}
	d.arena = append(d.arena, key...)
	d.ends[id] = uint64(len(d.arena))
}

func (d *dictionary) key(id int64) []byte {
	if id <= 0 || id >= int64(len(d.ends)) {
		return nil
	}
	return d.arena[d.ends[id-1]:d.ends[id]]
}

// fill gives quads to a load.
func (d *dictionary) fill(to db.Target, quads func(func(idRow) error) error) error {
	sink := to.NewSink()
	err := quads(func(r idRow) error {
		var keys [4][]byte
		for i, id := range r {
			if keys[i] = d.key(id); len(keys[i]) == 0 {
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

// pullSmall is pull for a graph that is small, in one round trip: to begin a COPY takes
// one of its own.
func (s *Session) pullSmall() error {
	var terms dictionary
	var key []byte
	rows := make([]idRow, 0, max(s.total[0], 0))
	s.Statements += 2
	err := s.wire.send(s.ctx, []wireStatement{
		{text: everyTerm, row: func(v [][]byte) error {
			key = append(append(key[:0], v[1]...), v[2]...)
			terms.add(integer(v[0]), key)
			return nil
		}},
		{text: everyQuad, row: func(v [][]byte) error {
			rows = append(rows, idRow{integer(v[0]), integer(v[1]), integer(v[2]), integer(v[3])})
			return nil
		}},
	})
	if err != nil {
		return err
	}
	return s.load(func(_ context.Context, to db.Target) error {
		return terms.fill(to, func(do func(idRow) error) error {
			for _, r := range rows {
				if err := do(r); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// The statements for all of the graph.
const (
	everyTerm = "SELECT id, head, rest FROM kg_terms ORDER BY id"
	everyQuad = "SELECT s, p, o, l FROM kg_by_subject"
)

// allTerms calls do with each term, by its id.
func (s *Session) allTerms(do func(id int64, key []byte)) error { return eachTerm(s.ctx, s.conn, do) }

func eachTerm(ctx context.Context, conn *pgx.Conn, do func(id int64, key []byte)) error {
	var key []byte
	return copyOut(ctx, conn, everyTerm, 3, func(f [][]byte) error {
		key = append(append(make([]byte, 0, len(f[1])+len(f[2])), f[1]...), f[2]...)
		do(int64(binary.BigEndian.Uint64(f[0])), key)
		return nil
	})
}

// allQuads calls do with each quad.
func (s *Session) allQuads(do func(idRow) error) error {
	return copyOut(s.ctx, s.conn, everyQuad, 4, func(f [][]byte) error {
		var r idRow
		for i := range r {
			r[i] = int64(binary.BigEndian.Uint64(f[i]))
		}
		return do(r)
	})
}
