package pg

import (
	"fmt"
	"strings"
)

// countSQL writes the statements of row counts. A relation in them has nodes, as id, each
// once, and their multiplicity, as n. The nodes of one are looked up in order: so an
// index is read page by page.
type countSQL struct {
	hidden []int64 // labels
	spread bool    // some partitions are foreign tables: see amid
	args   []any
}

func (b *countSQL) arg(v any, kind string) string {
	b.args = append(b.args, v)
	return fmt.Sprintf("$%d::%s", len(b.args), kind)
}

func (b *countSQL) begin(nodes []int64) string {
	return "SELECT k.id, count(*) AS n FROM unnest(" + b.arg(nodes, "bigint[]") + ") AS k(id) GROUP BY k.id ORDER BY k.id"
}

// mostRows bounds a number of rows.
const mostRows = "9223372036854775807"

// count is a statement for the number of rows.
func (b *countSQL) count(nodes []int64, steps []countStep) string {
	from := b.begin(nodes)
	for i := range steps[:len(steps)-1] {
		from = b.grouped(from, &steps[i], b.single(nodes, i))
	}
	from = b.step(from, &steps[len(steps)-1], b.single(nodes, len(steps)-1))
	return "SELECT LEAST(COALESCE(sum(k.n), 0), " + mostRows + ")::bigint FROM (" + from + ") AS k"
}

// single reports whether a step has one node, which is in one partition.
func (b *countSQL) single(nodes []int64, step int) bool { return step == 0 && len(nodes) == 1 }

// grouped is a relation after a step.
func (b *countSQL) grouped(from string, st *countStep, single bool) string {
	text := b.step(from, st, single)
	if st.Unique || st.Not || st.Once {
		return text
	}
	return "SELECT k.id, LEAST(sum(k.n), " + mostRows + ")::bigint AS n FROM (" + text + ") AS k GROUP BY 1 ORDER BY 1"
}

// step returns the result of a step, with each node as often as it occurs.
func (b *countSQL) step(from string, st *countStep, single bool) string {
	if st.Unique {
		return "SELECT k.id, 1::bigint AS n FROM (" + from + ") AS k"
	}
	if b.spread {
		return b.arrayStep(from, st, single)
	}
	table, on := b.quads(st)
	equal := fmt.Sprintf("q.%s = k.id", columns[st.From])
	if st.Not || st.Once {
		exists := "EXISTS (SELECT FROM " + table + " q WHERE " + equal + on + ")"
		if st.Not {
			exists = "NOT " + exists
		}
		return "SELECT k.id, k.n FROM (" + from + ") AS k WHERE " + exists
	}
	return fmt.Sprintf("SELECT q.%s AS id, k.n FROM (%s) AS k JOIN %s q ON %s%s", columns[st.To], from, table, equal, on)
}

// arrayStep is a step without a join. The multiplicity of a node has the index in its
// array that the node has in the other one, where width_bucket does a binary search.
func (b *countSQL) arrayStep(from string, st *countStep, single bool) string {
	const ids = "SELECT id FROM k ORDER BY id"
	with := "WITH k AS MATERIALIZED (" + from + ") "
	table, on := b.quads(st)
	column := columns[st.From]
	nodes := amid(column, ids)
	if single {
		nodes = "q." + column + " = (SELECT id FROM k)"
	}
	on = nodes + on
	if st.Not || st.Once {
		in := fmt.Sprintf("(k.id IN (SELECT q.%s FROM %s q WHERE %s))", column, table, on)
		return with + "SELECT k.id, k.n FROM k WHERE " + in + fmt.Sprintf(" IS %t", st.Once)
	}
	return with + fmt.Sprintf("SELECT q.%s AS id, (ARRAY(SELECT n FROM k ORDER BY id))[width_bucket(q.%s, ARRAY(%s))] AS n FROM %s q WHERE %s", columns[st.To], column, ids, table, on)
}

// fewAmong bounds the terms that an index looks up one by one.
const fewAmong = 8

// quads returns the table of a step's quads, as q, and the conditions on them other than
// their nodes. Many terms are kept from the index, which would look each of them up for
// each node; so are hidden labels.
func (b *countSQL) quads(st *countStep) (table, on string) {
	mask := 1 << st.From
	for i, column := range columns {
		switch ids := st.among[i]; {
		case st.pattern[i] != 0:
			mask |= 1 << i
			on += fmt.Sprintf(" AND q.%s = %s", column, b.arg(st.pattern[i], "bigint"))
		case ids != nil && len(ids) <= fewAmong:
			on += fmt.Sprintf(" AND q.%s = ANY(%s)", column, b.arg(ids, "bigint[]"))
		case ids != nil:
			on += fmt.Sprintf(" AND (q.%s IN (SELECT unnest(%s))) IS TRUE", column, b.arg(ids, "bigint[]"))
		}
	}
	if len(b.hidden) > 0 {
		on += fmt.Sprintf(" AND NOT q.l IN (SELECT unnest(%s))", b.arg(b.hidden, "bigint[]"))
	}
	return tableOf(mask), on
}

// levels is a statement for the nodes that so many rounds of a recursion lead to, each
// with its level.
func (b *countSQL) levels(nodes []int64, steps []countStep, n int) string {
	var with, all []string
	from := b.begin(nodes)
	for level := range n {
		for i := range steps {
			from = b.grouped(from, &steps[i], b.single(nodes, level+i))
		}
		with = append(with, fmt.Sprintf("c%d AS MATERIALIZED (%s)", level, from))
		all = append(all, fmt.Sprintf("SELECT id, %d::bigint FROM c%[1]d", level))
		from = fmt.Sprintf("SELECT id, 1::bigint AS n FROM c%d", level)
	}
	return "WITH " + strings.Join(with, ", ") + " " + strings.Join(all, " UNION ALL ")
}
