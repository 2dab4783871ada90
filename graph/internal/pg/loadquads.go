package pg

import (
	"errors"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"kg/graph/internal/store/term"
)

// quads puts the quads into both tables, those that are not there.
func (l *loading) quads() (added uint64, err error) {
	fresh, err := l.fresh()
	if err != nil {
		return 0, err
	}
	if fresh { // no quad can be there
		labels := map[int64]bool{}
		if err := l.each(func(r idRow) error {
			l.countQuad(r)
			labels[r[term.Label]] = true
			return nil
		}); err != nil {
			return 0, err
		}
		l.touched.labels = slices.Sorted(maps.Keys(labels))
		n, err := l.copyFresh()
		return uint64(n), err
	}
	l.touched.staged = true
	return l.stage()
}

// copyFresh puts quads into both tables, none of which is there. To a partition on
// another server COPY sends one row at a time, until PostgreSQL 16, and INSERT many.
func (l *loading) copyFresh() (n int64, err error) {
	if len(l.spread) > 0 {
		if n, err = l.copyToStage(); err == nil {
			err = l.insertStaged()
		}
		return n, err
	}
	if n, err = l.copyQuads("kg_by_subject", l.each); err == nil {
		_, err = l.copyQuads("kg_by_object", l.eachByObject)
	}
	return n, err
}

// fresh reports whether the server has no quad under a label of the load.
func (l *loading) fresh() (bool, error) {
	var old []int64
	seen := map[term.ID]bool{}
	err := l.from.Each(l.ctx, term.Pattern{}, func(q term.Quad) {
		if label := q[term.Label]; !seen[label] {
			seen[label] = true
			if l.old[label] {
				old = append(old, l.ids[label])
			}
		}
	})
	if err != nil || len(old) == 0 {
		return true, err
	}
	var there bool
	l.Statements++
	err = l.tx.QueryRow(l.ctx, "SELECT EXISTS (SELECT FROM kg_by_subject WHERE l = ANY($1::bigint[]))", old).Scan(&there)
	return !there, err
}

// each calls do with each quad, by subject.
func (l *loading) each(do func(idRow) error) error { return l.eachOf(term.Pattern{}, do) }

func (l *loading) eachOf(p term.Pattern, do func(idRow) error) error {
	var failed error
	err := l.from.Each(l.ctx, p, func(q term.Quad) {
		switch {
		case failed != nil:
		case q[term.Label] == term.None:
			failed = errors.New("a quad has no label, which every quad on a server needs")
		default:
			failed = do(idRow{l.ids[q[0]], l.ids[q[1]], l.ids[q[2]], l.ids[q[3]]})
		}
	})
	if failed != nil {
		return failed
	}
	return err
}

// eachByObject is each by object.
func (l *loading) eachByObject(do func(idRow) error) error {
	for id := term.ID(1); id <= l.from.Last(); id++ {
		if err := l.eachOf(term.Pattern{Quad: term.Quad{term.Object: id}}, do); err != nil {
			return err
		}
	}
	return nil
}

func (l *loading) copyQuads(table string, each func(func(idRow) error) error) (int64, error) {
	l.Statements++
	return copyIn(l.ctx, l.conn, table+" (s, p, o, l)", func(put func(...[]byte) error) error {
		var n [4][8]byte
		return each(func(r idRow) error {
			return put(number(&n[0], r[0]), number(&n[1], r[1]), number(&n[2], r[2]), number(&n[3], r[3]))
		})
	})
}

// copyToStage puts the quads into a table of the session's own.
func (l *loading) copyToStage() (n int64, err error) {
	l.Statements++
	if _, err = l.tx.Exec(l.ctx, `CREATE TEMPORARY TABLE kg_stage_quads (s bigint, p bigint, o bigint, l bigint) ON COMMIT DROP`); err != nil {
		return 0, err
	}
	return l.copyQuads("kg_stage_quads", l.each)
}

// insertStaged inserts the staged quads into both tables.
func (l *loading) insertStaged() error {
	for _, insert := range []string{
		"INSERT INTO kg_by_subject (s, p, o, l) SELECT s, p, o, l FROM kg_stage_quads ORDER BY s, p, o, l",
		"INSERT INTO kg_by_object (s, p, o, l) SELECT s, p, o, l FROM kg_stage_quads ORDER BY o, p, s, l",
	} {
		l.Statements++
		if _, err := l.tx.Exec(l.ctx, insert); err != nil {
			return err
		}
	}
	return nil
}

// stage puts the quads that are new into both tables.
func (l *loading) stage() (added uint64, err error) {
	n, err := l.copyToStage()
	if err != nil {
		return 0, err
	}
	l.Statements += 2
	if _, err := l.tx.Exec(l.ctx, "ANALYZE kg_stage_quads"); err != nil {
		return 0, err
	}
	gone, err := l.tx.Exec(l.ctx, "DELETE FROM kg_stage_quads k USING kg_by_subject q WHERE q.s = k.s AND q.p = k.p AND q.o = k.o AND q.l = k.l")
	if err != nil {
		return 0, err
	}
	if err := l.insertStaged(); err != nil {
		return 0, err
	}
	err = l.countBy("SELECT p, count(*) FROM kg_stage_quads GROUP BY p", l.sums.predicates)
	if err == nil {
		err = l.countBy("SELECT o, count(*) FROM kg_stage_quads WHERE p = $1 GROUP BY o", l.sums.kinds, l.kind)
	}
	return uint64(n - gone.RowsAffected()), err
}

// countBy reads ids and numbers.
func (l *loading) countBy(query string, into map[int64]int64, args ...any) error {
	l.Statements++
	rows, err := l.tx.Query(l.ctx, query, args...)
	if err != nil {
		return err
	}
	var id, n int64
	_, err = pgx.ForEachRow(rows, []any{&id, &n}, func() error {
		into[id] = n
		return nil
	})
	return err
}

// countQuad counts a quad that is new.
func (l *loading) countQuad(r idRow) {
	l.sums.predicates[r[term.Predicate]]++
	if r[term.Predicate] == l.kind {
		l.sums.kinds[r[term.Object]]++
	}
}

// countNew counts the quads that the server has not, in a session that only reads.
func (l *loading) countNew() (uint64, error) {
	var rows []idRow
	find := &pendingChange{Session: l.Session}
	var list []delta
	for id := term.ID(1); id <= l.from.Last(); id++ {
		var d delta
		d.Keys[0] = l.from.AppendKey(nil, id)
		for i := 1; i < len(d.Keys); i++ {
			d.Keys[i] = d.Keys[0]
		}
		list = append(list, d)
	}
	ids, err := find.find(list)
	if err != nil {
		return 0, err
	}
	for i := range list {
		l.ids[i+1] = ids[string(list[i].Keys[0])]
	}
	err = l.each(func(r idRow) error {
		rows = append(rows, r)
		return nil
	})
	if err != nil {
		return 0, err
	}
	there := map[idRow]bool{}
	if err := find.among(rows, there); err != nil {
		return 0, err
	}
	return uint64(len(rows) - len(there)), nil
}
