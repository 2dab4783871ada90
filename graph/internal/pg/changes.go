package pg

import (
	"fmt"
	"math/rand/v2"
	"slices"
)

// The record of changes: kg_commits has a row for each commit that changed quads, and
// kg_changes, in a few rows, which quads it touched. A reader asks the server how these
// quads stand now. So the order of commits does not matter, and reading twice is
// harmless.
//
// The ids of commits come from a sequence, and writers do not wait for each other: one
// with a lower id may be seen later. A CopyState knows which ids it has not seen, so that
// none is missed; this needs nothing but a snapshot of the database and unique ids, which
// all databases that speak PostgreSQL's protocol have.
func changeTables() []string {
	return []string{
		`CREATE SEQUENCE kg_commit_ids AS bigint`,
		`CREATE TABLE kg_commits (
			id bigint NOT NULL DEFAULT nextval('kg_commit_ids') PRIMARY KEY,
			token bigint NOT NULL, -- drawn at random: a past that was another one has others
			parts bigint NOT NULL, -- rows of kg_changes
			quads bigint NOT NULL, -- touched
			at timestamptz NOT NULL DEFAULT now())`,
		// The quads are arrays of their terms. Of kind l there are only labels: all their
		// quads were new.
		`CREATE TABLE kg_changes (commit_id bigint NOT NULL, part bigint NOT NULL, kind "char" NOT NULL,
			s bigint[] NOT NULL, p bigint[] NOT NULL, o bigint[] NOT NULL, l bigint[] NOT NULL,
			PRIMARY KEY (commit_id, part))`,
		// To compress them takes 12 to 25 % of a load; without, the record takes 4.
		`ALTER TABLE kg_changes ALTER s SET STORAGE EXTERNAL, ALTER p SET STORAGE EXTERNAL, ALTER o SET STORAGE EXTERNAL, ALTER l SET STORAGE EXTERNAL`,
		fmt.Sprintf(`INSERT INTO kg_meta VALUES ('graph', '%016x%016x')`, rand.Uint64(), rand.Uint64()),
		// 0 is that of those before. There is no default, so that an older kg that has
		// begun to write cannot end it: it would leave no record.
		`ALTER TABLE kg_counts ADD COLUMN commit_id bigint NOT NULL DEFAULT 0`,
		`ALTER TABLE kg_counts ALTER COLUMN commit_id DROP DEFAULT`,
	}
}

// The kinds of rows in kg_changes.
const (
	changedQuads  = "q"
	changedLabels = "l"
)

// touched is the set of quads that a transaction changed.
type touched struct {
	quads  []idRow
	labels []int64 // all quads of these labels are new
	staged bool    // the quads are those in kg_stage_quads
	count  int64   // of quads
}

// tokens are less than this, so that the sum of those of millions is a bigint.
const tokens = 1 << 40

const (
	recordFirst = `WITH c AS (INSERT INTO kg_commits (token, parts, quads) VALUES ($1, $2, $3) RETURNING id)
		INSERT INTO kg_changes (commit_id, part, kind, s, p, o, l) SELECT id, 0, $4::text::"char", $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[] FROM c RETURNING commit_id`
	recordMore   = `INSERT INTO kg_changes (commit_id, part, kind, s, p, o, l) VALUES ($1, $2, $3::text::"char", $4, $5, $6, $7)`
	recordStaged = `WITH c AS (INSERT INTO kg_commits (token, parts, quads) VALUES ($1, $2, $3) RETURNING id)
		INSERT INTO kg_changes (commit_id, part, kind, s, p, o, l)
		SELECT c.id, k.part, 'q', array_agg(k.s), array_agg(k.p), array_agg(k.o), array_agg(k.l)
		FROM c CROSS JOIN (SELECT s, p, o, l, (row_number() OVER () - 1) / $4 AS part FROM kg_stage_quads) k GROUP BY c.id, k.part RETURNING commit_id`
)

// record records the changes of the transaction, and returns the id of its commit.
func (s *Session) record(t touched) (id int64, err error) {
	token := rand.Int64N(tokens)
	parts := (t.count + perStatement - 1) / perStatement
	if t.staged {
		s.Statements++
		err := s.tx.QueryRow(s.ctx, recordStaged, token, parts, t.count, int64(perStatement)).Scan(&id)
		return id, err
	}
	var list [][]any
	none := []int64{}
	for chunk := range slices.Chunk(t.quads, perStatement) {
		list = append(list, append([]any{changedQuads}, arrays(15, chunk)...))
	}
	for chunk := range slices.Chunk(t.labels, perStatement) {
		list = append(list, []any{changedLabels, none, none, none, chunk})
	}
	for part, args := range list {
		s.Statements++
		if part == 0 {
			err = s.tx.QueryRow(s.ctx, recordFirst, append([]any{token, int64(len(list)), t.count}, args...)...).Scan(&id)
		} else {
			_, err = s.tx.Exec(s.ctx, recordMore, append([]any{id, int64(part)}, args...)...)
		}
		if err != nil {
			return 0, err
		}
	}
	return id, nil
}
