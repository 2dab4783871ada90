package pg

import (
	"fmt"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"kg/graph/internal/store/db"
)

// fewChanges are quads that are read by the record of changes, however small the graph is.
const fewChanges = 1000

// The statements by which a reader learns how the quads of commits stand now.
const (
	quadsTouched = `SELECT k.s, k.p, k.o, k.l, q.s IS NOT NULL
		FROM (SELECT DISTINCT u.s, u.p, u.o, u.l FROM kg_changes c CROSS JOIN LATERAL unnest(c.s, c.p, c.o, c.l) AS u(s, p, o, l)
			WHERE c.commit_id = ANY($1::bigint[]) AND c.kind = 'q') k
		LEFT JOIN kg_by_subject q ON q.s = k.s AND q.p = k.p AND q.o = k.o AND q.l = k.l`
	quadsOfLabels = `SELECT q.s, q.p, q.o, q.l, true
		FROM (SELECT DISTINCT u.l FROM kg_changes c CROSS JOIN LATERAL unnest(c.l) AS u(l)
			WHERE c.commit_id = ANY($1::bigint[]) AND c.kind = 'l') k
		JOIN kg_by_subject q ON q.l = k.l`
)

// CopyDelta is the changes that a copy of the graph lacks.
type CopyDelta struct {
	*db.Transition           // nil if nothing was committed
	To             CopyState // which the copy has then
	Whole          string    // why all is copied; empty if it is not
}

// Since returns the changes that a copy with an earlier state lacks; one without a state
// lacks all. The error is ErrOtherGraph if it is a copy of another graph.
func (s *Session) Since(old CopyState) (c CopyDelta, err error) {
	now, commits, err := s.next(old)
	switch {
	case err == errPast, err == errDropped:
		return s.Everything(err)
	case err != nil:
		return c, err
	case old.Graph == "":
		return CopyDelta{&db.Transition{Fill: s.fillAll}, now, "there was none"}, nil
	case len(commits) == 0:
		return CopyDelta{To: now}, nil
	}
	if s.much(commits) {
		return CopyDelta{&db.Transition{Fill: s.fillAll}, now, "much has changed"}, nil
	}
	step, err := s.differences(commits)
	return CopyDelta{step, now, ""}, err
}

// Everything is a change that copies all.
func (s *Session) Everything(why error) (c CopyDelta, err error) {
	now, _, err := s.next(CopyState{})
	return CopyDelta{&db.Transition{Fill: s.fillAll}, now, why.Error()}, err
}

// much reports whether commits touched so much that to copy all takes less.
func (s *Session) much(commits []commit) bool {
	var quads int64
	for _, c := range commits {
		quads += c.quads
	}
	return quads > max(fewChanges, s.total[0]/2)
}

// differences reads the current state of the quads that commits touched.
func (s *Session) differences(commits []commit) (*db.Transition, error) {
	ids := make([]int64, len(commits))
	for i, c := range commits {
		ids[i] = c.id
	}
	there := map[idRow]bool{}
	for _, statement := range []string{quadsTouched, quadsOfLabels} {
		s.Statements++
		rows, err := s.tx.Query(s.ctx, statement, ids)
		if err != nil {
			return nil, err
		}
		var r idRow
		var is bool
		if _, err := pgx.ForEachRow(rows, []any{&r[0], &r[1], &r[2], &r[3], &is}, func() error {
			there[r] = is
			return nil
		}); err != nil {
			return nil, err
		}
	}
	keys, err := s.termKeys(there)
	if err != nil {
		return nil, err
	}
	change := &db.Transition{Quads: uint64(s.total[0])}
	for r, is := range there {
		var quad [4][]byte
		for i, id := range r {
			if quad[i] = keys[id]; len(quad[i]) == 0 {
				return nil, fmt.Errorf("a quad that changed has the term %d, which kg_terms has not: kg db check", id)
			}
		}
		if is {
			change.Add = append(change.Add, quad)
		} else {
			change.Remove = append(change.Remove, quad)
		}
	}
	return change, nil
}

// termKeys gives the keys of the terms of quads.
func (s *Session) termKeys(quads map[idRow]bool) (map[int64][]byte, error) {
	keys := map[int64][]byte{}
	for r := range quads {
		for _, id := range r {
			keys[id] = nil
		}
	}
	return keys, s.keysByID(slices.Sorted(maps.Keys(keys)), func(id int64, key []byte) error {
		keys[id] = key
		return nil
	})
}
