package pg

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"kg/schema"
)

// rule is something that holds in the tables of each state: count gives 0.
type rule struct {
	what, count string
	args        []any
}

// typeKey returns the key of the predicate rdf:type, as in kg_terms.
func typeKey() []any {
	head, _, digest := split([]byte(keyOf(schema.Type)))
	return []any{head, digest}
}

func rules() []rule {
	return []rule{
		{what: "%d quads are found by subject and not by object", count: `SELECT count(*) FROM kg_by_subject q WHERE NOT EXISTS (SELECT FROM kg_by_object r WHERE r.o = q.o AND r.p = q.p AND r.s = q.s AND r.l = q.l)`},
		{what: "%d quads are found by object and not by subject", count: `SELECT count(*) FROM kg_by_object q WHERE NOT EXISTS (SELECT FROM kg_by_subject r WHERE r.o = q.o AND r.p = q.p AND r.s = q.s AND r.l = q.l)`},
		{what: "%d quads have a term that is not there", count: `SELECT count(*) FROM kg_by_subject q WHERE NOT EXISTS (SELECT FROM kg_terms t WHERE t.id = q.s) OR NOT EXISTS (SELECT FROM kg_terms t WHERE t.id = q.p)
			OR NOT EXISTS (SELECT FROM kg_terms t WHERE t.id = q.o) OR NOT EXISTS (SELECT FROM kg_terms t WHERE t.id = q.l)`},
		{what: "the number of quads is wrong by %d", count: `SELECT (SELECT count(*) FROM kg_by_subject) - COALESCE((SELECT sum(n) FROM kg_counts WHERE kind = 'q'), 0)::bigint`},
		{what: "the number of terms is wrong by %d", count: `SELECT (SELECT count(*) FROM kg_terms) - COALESCE((SELECT sum(n) FROM kg_counts WHERE kind = 't'), 0)::bigint`},
		{what: "the numbers of quads of %d relations are wrong", count: `SELECT count(*) FROM (SELECT p AS id, count(*) AS n FROM kg_by_object GROUP BY p) a
			FULL JOIN (SELECT id, sum(n)::bigint AS n FROM kg_counts WHERE kind = 'p' GROUP BY id HAVING sum(n) <> 0) b ON a.id = b.id WHERE a.n IS DISTINCT FROM b.n`},
		{"the numbers of things of %d kinds are wrong", `SELECT count(*) FROM (SELECT o AS id, count(*) AS n FROM kg_by_object WHERE p = (SELECT id FROM kg_terms WHERE head = $1 AND digest = $2) GROUP BY o) a
			FULL JOIN (SELECT id, sum(n)::bigint AS n FROM kg_counts WHERE kind = 'k' GROUP BY id HAVING sum(n) <> 0) b ON a.id = b.id WHERE a.n IS DISTINCT FROM b.n`, typeKey()},
		{what: "of %d commits the record of changes is not whole", count: `SELECT count(*) FROM (SELECT c.id FROM kg_commits c LEFT JOIN kg_changes k ON k.commit_id = c.id GROUP BY c.id, c.parts HAVING count(k.part) <> c.parts) b`},
		{what: "%d rows of the record of changes are of no commit", count: `SELECT count(*) FROM kg_changes k WHERE NOT EXISTS (SELECT FROM kg_commits c WHERE c.id = k.commit_id)`},
		{what: "%d rows of the record of changes are not whole", count: `SELECT count(*) FROM kg_changes WHERE kind NOT IN ('q', 'l') OR kind = 'q' AND NOT (cardinality(s) = cardinality(l) AND cardinality(p) = cardinality(l) AND cardinality(o) = cardinality(l))`},
		{what: "%d terms in the record of changes are not there", count: `SELECT count(*) FROM (SELECT DISTINCT u.id FROM kg_changes k CROSS JOIN LATERAL unnest(k.s || k.p || k.o || k.l) AS u(id)) a WHERE NOT EXISTS (SELECT FROM kg_terms t WHERE t.id = a.id)`},
		{what: "%d commits were counted, and left no record", count: `SELECT count(*) FROM (SELECT DISTINCT commit_id AS id FROM kg_counts WHERE commit_id <> 0) a WHERE NOT EXISTS (SELECT FROM kg_commits c WHERE c.id = a.id)`},
		{what: "the number of commits is wrong by %d", count: `SELECT (SELECT count(*) FROM kg_commits) + (SELECT COALESCE(sum(commits), 0)::bigint FROM kg_trimmed)
			- (SELECT count(DISTINCT commit_id) FROM kg_counts WHERE commit_id <> 0) - (SELECT COALESCE(sum(n), 0)::bigint FROM kg_counts WHERE kind = 'c')`},
		{what: "%d commits are there, and noted as trimmed", count: `SELECT count(*) FROM kg_commits c, kg_trimmed t WHERE c.id <= t.last AND NOT EXISTS (SELECT FROM unnest(t.gaps_from, t.gaps_to) AS g(a, b) WHERE c.id BETWEEN g.a AND g.b)`},
		{what: "what is noted of the commits that were trimmed is wrong by %d", count: `SELECT 1 - count(*) FROM kg_trimmed t WHERE t.commits = t.last - (SELECT COALESCE(sum(b - a + 1), 0) FROM unnest(t.gaps_from, t.gaps_to) AS g(a, b))`},
	}
}

// Check implements store.Feed: both tables have the same quads, of terms that are
// there, and the counts are true.
func (s *Session) Check(ctx context.Context) error {
	if s.checked { // in an earlier round
		return nil
	}
	s.Statements += len(rules())
	found, err := broken(ctx, s.tx)
	if err != nil {
		return s.checking(ctx, err)
	}
	wrong, err := s.checkNames(ctx)
	if err != nil {
		return s.checking(ctx, err)
	}
	found = append(found, wrong...)
	if len(found) > 0 {
		err := damaged(found)
		if len(s.spread) > 0 {
			err = fmt.Errorf("%w; if a server ended while somebody wrote, kg db check --repair makes them agree", err)
		}
		return s.checking(ctx, err)
	}
	s.checked = true
	return nil
}

// broken are the rules that do not hold.
func broken(ctx context.Context, tx pgx.Tx) (found []string, err error) {
	for _, rule := range rules() {
		var n int64
		if err := tx.QueryRow(ctx, rule.count, rule.args...).Scan(&n); err != nil {
			return nil, err
		}
		if n != 0 {
			found = append(found, fmt.Sprintf(rule.what, n))
		}
	}
	return found, nil
}

func damaged(found []string) error {
	return fmt.Errorf("%w: %s: make a new database with kg db init, and load its sources, or what kg export gives, into it", errDamaged, strings.Join(found, "; "))
}

func (s *Session) checking(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return fmt.Errorf("checking %s: %w", s.Name(), err)
}

var errDamaged = errors.New("the tables do not agree")

// Degrees implements store.Feed. The nodes are chosen by their ids.
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
		return nil, false, s.readError(err)
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
