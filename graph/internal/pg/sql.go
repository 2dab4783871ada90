package pg

import (
	"fmt"
	"slices"
	"strings"

	"kg/graph/internal/store/term"
)

// The statements that read. Each is for a whole set: its arguments are arrays.
const (
	termsByKey = `SELECT t.id, t.head, t.rest FROM unnest($1::bytea[], $2::bytea[]) AS k(head, digest) JOIN kg_terms t ON t.head = k.head AND t.digest = k.digest`
	termsIn    = `SELECT id, head, rest FROM kg_terms WHERE head >= $1 AND head <= $2`
	quadsOfKey = `SELECT q.s, q.p, q.o, q.l, 0::bigint AS n FROM unnest($1::bytea[], $2::bytea[]) AS k(head, digest) JOIN kg_terms t ON t.head = k.head AND t.digest = k.digest
		CROSS JOIN LATERAL (SELECT s, p, o, l FROM kg_by_subject WHERE s = t.id LIMIT $3) AS q`
	liveTerms = `SELECT k.id, EXISTS (SELECT FROM kg_by_subject WHERE s = k.id AND NOT l = ANY($2::bigint[]))
		OR EXISTS (SELECT FROM kg_by_object WHERE o = k.id AND NOT l = ANY($2::bigint[]))
		OR EXISTS (SELECT FROM kg_by_object WHERE p = k.id AND NOT l = ANY($2::bigint[]))
		OR EXISTS (SELECT FROM kg_by_subject WHERE l = k.id AND NOT l = ANY($2::bigint[]))
		FROM unnest($1::bigint[]) AS k(id)`
	someDegrees = `SELECT (SELECT count(*) FROM kg_by_subject WHERE s = t.id), (SELECT count(*) FROM kg_by_object WHERE o = t.id) FROM kg_terms t WHERE t.id % $1 = 0`
)

// columns are those of a quad, in the order of its terms.
var columns = [4]string{"s", "p", "o", "l"}

// tableOf is the table that has an index for a pattern.
func tableOf(mask int) string {
	if mask&withSubject == 0 && mask&(withObject|withPredicate) != 0 && mask&withLabel == 0 || mask&withSubject == 0 && mask&withObject != 0 {
		return "kg_by_object"
	}
	return "kg_by_subject"
}

// withTerms is a statement that gives quads, as s, p, o, l and a number, and then their
// terms, with the number aTerm: so that both come in one round trip.
func withTerms(quads string) string {
	return `WITH q AS MATERIALIZED (` + quads + `)
		SELECT s, p, o, l, n, ''::bytea, ''::bytea FROM q
		UNION ALL SELECT t.id, 0, 0, 0, -1, t.head, t.rest FROM (SELECT DISTINCT id FROM (SELECT s FROM q UNION ALL SELECT p FROM q UNION ALL SELECT o FROM q UNION ALL SELECT l FROM q) AS v(id) ORDER BY id) AS u JOIN kg_terms t ON t.id = u.id`
}

// aTerm is the number of a term in the rows of withTerms.
const aTerm = -1

// amid returns the condition that a column is among the ids of a relation. They are an
// array, so that a server with foreign partitions gets them with the one statement that
// postgres_fdw sends it: a join asks it for each id. Here a join is quicker: it looks up
// an id in its partition alone.
func amid(column, ids string) string { return "q." + column + " = ANY(ARRAY(" + ids + "))" }

// given is the arrays of the terms that patterns have, as the relation k.
func given(mask int) (arrays, names, equal string) {
	var a, n, e []string
	for i, c := range columns {
		if mask&(1<<i) != 0 {
			a = append(a, fmt.Sprintf("$%d::bigint[]", len(a)+1))
			n = append(n, c)
			e = append(e, fmt.Sprintf("q.%s = k.%s", c, c))
		}
	}
	return strings.Join(a, ", "), strings.Join(n, ", "), strings.Join(e, " AND ")
}

// allQuads are the quads of patterns.
func allQuads(mask int) string {
	arrays, names, equal := given(mask)
	return fmt.Sprintf("SELECT q.s, q.p, q.o, q.l FROM unnest(%s) AS k(%s) JOIN %s q ON %s", arrays, names, tableOf(mask), equal)
}

// together is how many quads of patterns are asked for with an array, where those of one
// pattern are limited.
const together = 50_000

// leadOf is the column by which the table of patterns is cut into partitions.
func leadOf(mask int) int {
	if tableOf(mask) == "kg_by_object" {
		return term.Object
	}
	return term.Subject
}

// alike reports whether patterns differ by nothing but the column of partitions.
func alike(mask int, patterns []idRow) bool {
	rest := mask &^ (1 << leadOf(mask))
	return !slices.ContainsFunc(patterns, func(r idRow) bool { return r.only(rest) != patterns[0].only(rest) })
}

// quadsAlike are the quads of patterns that are alike, of a graph that is spread, each
// after the number of the pattern: see amid. Those of one pattern are in one partition.
func quadsAlike(mask int, one bool) string {
	lead := leadOf(mask)
	on, number := "", "1"
	n := 0
	for i, column := range columns {
		if mask&(1<<i) == 0 {
			continue
		}
		if n++; i == lead && !one {
			number = fmt.Sprintf("width_bucket(q.%s, $%d::bigint[])", column, n)
			on += fmt.Sprintf(" AND q.%s = ANY($%d::bigint[])", column, n)
		} else {
			on += fmt.Sprintf(" AND q.%s = ($%d::bigint[])[1]", column, n)
		}
	}
	return fmt.Sprintf("SELECT q.s, q.p, q.o, q.l, %s::bigint AS n FROM %s q WHERE %s", number, tableOf(mask), strings.TrimPrefix(on, " AND "))
}

// someAlike returns the rows of someQuads for similar patterns, and more of each, if all
// of them have few.
func someAlike(mask int) string {
	return fmt.Sprintf("WITH a AS MATERIALIZED (%s LIMIT %d) SELECT * FROM a WHERE (SELECT count(*) FROM a) <= %d UNION ALL SELECT * FROM (%s) AS b WHERE (SELECT count(*) FROM a) > %[3]d",
		quadsAlike(mask, false), together+1, together, someQuads(mask))
}

// someQuads are so many of the quads of each pattern, after the number of the pattern.
func someQuads(mask int) string {
	arrays, names, equal := given(mask)
	return fmt.Sprintf("SELECT q.s, q.p, q.o, q.l, k.n FROM unnest(%s) WITH ORDINALITY AS k(%s, n) CROSS JOIN LATERAL (SELECT q.s, q.p, q.o, q.l FROM %s q WHERE %s LIMIT %d) AS q",
		arrays, names, tableOf(mask), equal, few+1)
}

// countQuadsOf is the number of quads of each pattern, after the number of the pattern.
func countQuadsOf(mask int) string {
	arrays, names, equal := given(mask)
	return fmt.Sprintf("SELECT k.n, (SELECT count(*) FROM %s q WHERE %s) FROM unnest(%s) WITH ORDINALITY AS k(%s, n)", tableOf(mask), equal, arrays, names)
}

// arrays are the terms of patterns as the arguments of these.
func arrays(mask int, patterns []idRow) (args []any) {
	for i := range columns {
		if mask&(1<<i) == 0 {
			continue
		}
		list := make([]int64, len(patterns))
		for n, r := range patterns {
			list[n] = r[i]
		}
		args = append(args, list)
	}
	return args
}
