package pg

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"kg/schema"
)

// Check implements store.Source: both tables have the same quads, of terms that are
// there, and the counts are true.
func (s *Session) Check(ctx context.Context) error {
	if s.checked { // in an earlier round
		return nil
	}
	var found []string
	for _, rule := range []struct{ what, count string }{
		{"%d quads are found by subject and not by object", `SELECT count(*) FROM kg_by_subject q WHERE NOT EXISTS (SELECT FROM kg_by_object r WHERE r.o = q.o AND r.p = q.p AND r.s = q.s AND r.l = q.l)`},
		{"%d quads are found by object and not by subject", `SELECT count(*) FROM kg_by_object q WHERE NOT EXISTS (SELECT FROM kg_by_subject r WHERE r.o = q.o AND r.p = q.p AND r.s = q.s AND r.l = q.l)`},
		{"%d quads have a term that is not there", `SELECT count(*) FROM kg_by_subject q WHERE NOT EXISTS (SELECT FROM kg_terms t WHERE t.id = q.s) OR NOT EXISTS (SELECT FROM kg_terms t WHERE t.id = q.p)
			OR NOT EXISTS (SELECT FROM kg_terms t WHERE t.id = q.o) OR NOT EXISTS (SELECT FROM kg_terms t WHERE t.id = q.l)`},
		{"the number of quads is wrong by %d", `SELECT (SELECT count(*) FROM kg_by_subject) - COALESCE((SELECT sum(n) FROM kg_counts WHERE kind = 'q'), 0)::bigint`},
		{"the number of terms is wrong by %d", `SELECT (SELECT count(*) FROM kg_terms) - COALESCE((SELECT sum(n) FROM kg_counts WHERE kind = 't'), 0)::bigint`},
		{"the numbers of quads of %d relations are wrong", `SELECT count(*) FROM (SELECT p AS id, count(*) AS n FROM kg_by_object GROUP BY p) a
			FULL JOIN (SELECT id, sum(n)::bigint AS n FROM kg_counts WHERE kind = 'p' GROUP BY id HAVING sum(n) <> 0) b ON a.id = b.id WHERE a.n IS DISTINCT FROM b.n`},
		{"the numbers of things of %d kinds are wrong", `SELECT count(*) FROM (SELECT o AS id, count(*) AS n FROM kg_by_object WHERE p = (SELECT id FROM kg_terms WHERE head = $1 AND digest = $2) GROUP BY o) a
			FULL JOIN (SELECT id, sum(n)::bigint AS n FROM kg_counts WHERE kind = 'k' GROUP BY id HAVING sum(n) <> 0) b ON a.id = b.id WHERE a.n IS DISTINCT FROM b.n`},
		{"of %d commits the record of changes is there in part", `SELECT count(*) FROM (SELECT c.id FROM kg_commits c JOIN kg_changes k ON k.commit_id = c.id GROUP BY c.id, c.parts HAVING count(*) <> c.parts) b`},
		{"%d rows of the record of changes are of no commit", `SELECT count(*) FROM kg_changes k WHERE NOT EXISTS (SELECT FROM kg_commits c WHERE c.id = k.commit_id)`},
		{"%d rows of the record of changes are not whole", `SELECT count(*) FROM kg_changes WHERE kind NOT IN ('q', 'l') OR kind = 'q' AND NOT (cardinality(s) = cardinality(l) AND cardinality(p) = cardinality(l) AND cardinality(o) = cardinality(l))`},
		{"%d terms in the record of changes are not there", `SELECT count(*) FROM (SELECT DISTINCT u.id FROM kg_changes k CROSS JOIN LATERAL unnest(k.s || k.p || k.o || k.l) AS u(id)) a WHERE NOT EXISTS (SELECT FROM kg_terms t WHERE t.id = a.id)`},
		{"%d commits left no record, or were not counted", `SELECT count(*) FROM (SELECT DISTINCT commit_id AS id FROM kg_counts WHERE commit_id <> 0) a FULL JOIN kg_commits c ON c.id = a.id WHERE a.id IS NULL OR c.id IS NULL`},
	} {
		var n int64
		s.Statements++
		var args []any
		if strings.Contains(rule.count, "$1") {
			head, _, digest := split([]byte(keyOf(schema.Type)))
			args = []any{head, digest}
		}
		if err := s.tx.QueryRow(ctx, rule.count, args...).Scan(&n); err != nil {
			return s.checking(ctx, err)
		}
		if n != 0 {
			found = append(found, fmt.Sprintf(rule.what, n))
		}
	}
	wrong, err := s.checkNames(ctx)
	if err != nil {
		return s.checking(ctx, err)
	}
	found = append(found, wrong...)
	if len(found) > 0 {
		return fmt.Errorf("checking %s: %w: %s: make a new database with kg db init, and load its sources, or what kg export gives, into it", s.Name(), errDamaged, strings.Join(found, "; "))
	}
	s.checked = true
	return nil
}

func (s *Session) checking(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return fmt.Errorf("checking %s: %w", s.Name(), err)
}

var errDamaged = errors.New("the tables do not agree")

// Degrees implements store.Source. The nodes are chosen by their ids.
func (s *Session) Degrees(ctx context.Context, stride int64) (list []int64, ok bool, err error) {
	if s.whole {
		return nil, false, nil
	}
	if stride <= 1 {
		s.All()
		return nil, false, nil
	}
	s.Statements++
	rows, err := s.tx.Query(ctx, someDegrees, stride)
	if err != nil {
		return nil, false, s.told(err)
	}
	defer rows.Close()
	for rows.Next() {
		var out, in int64
		if err := rows.Scan(&out, &in); err != nil {
			return nil, false, err
		}
		list = append(list, out+in)
	}
	return list, true, rows.Err()
}
