package pg

import (
	"fmt"
	"strings"
)

// tallySQL writes the statements of tallies. A relation in them has nodes, as id, each
// once, and its multiplicity, as n. The nodes of one are looked up in their
// order: so an index is read page by page.
type tallySQL struct {
	hidden []int64 // labels
	args   []any
}

func (b *tallySQL) arg(v any, kind string) string {
	b.args = append(b.args, v)
	return fmt.Sprintf("$%d::%s", len(b.args), kind)
}

func (b *tallySQL) begin(nodes []int64) string {
	return "SELECT k.id, count(*) AS n FROM unnest(" + b.arg(nodes, "bigint[]") + ") AS k(id) GROUP BY k.id ORDER BY k.id"
}

// count is a statement for the number of rows.
func (b *tallySQL) count(nodes []int64, steps []tallyStep) string {
	last := steps[len(steps)-1]
	from := b.begin(nodes)
	for i := range steps[:len(steps)-1] {
		from = b.step(from, &steps[i])
	}
	from = "(" + from + ") AS k"
	if last.Not || last.Once {
		from += " WHERE " + b.exists(&last)
	} else if !last.Unique {
		from += " JOIN " + b.quads(&last)
	}
	n := "sum(k.n)"
	if last.Unique {
		n = "count(*)"
	}
	return "SELECT LEAST(COALESCE(" + n + ", 0), 9223372036854775807)::bigint FROM " + from
}

// step is a relation after a step.
func (b *tallySQL) step(from string, st *tallyStep) string {
	switch {
	case st.Unique:
		return "SELECT k.id, 1::bigint AS n FROM (" + from + ") AS k"
	case st.Not || st.Once:
		return "SELECT k.id, k.n FROM (" + from + ") AS k WHERE " + b.exists(st)
	}
	return fmt.Sprintf("SELECT q.%s AS id, sum(k.n) AS n FROM (%s) AS k JOIN %s GROUP BY 1 ORDER BY 1", columns[st.To], from, b.quads(st))
}

func (b *tallySQL) exists(st *tallyStep) string {
	text := "EXISTS (SELECT FROM " + strings.Replace(b.quads(st), " ON ", " WHERE ", 1) + ")"
	if st.Not {
		return "NOT " + text
	}
	return text
}

// fewAmong is among how many terms an index looks one up for each.
const fewAmong = 8

// quads are those of a step, and on what they are joined. Many terms are kept from the
// index, which would look each of them up for each node; so is what is hidden.
func (b *tallySQL) quads(st *tallyStep) string {
	on := []string{fmt.Sprintf("q.%s = k.id", columns[st.From])}
	mask := 1 << st.From
	for i, column := range columns {
		switch ids := st.among[i]; {
		case st.pattern[i] != 0:
			mask |= 1 << i
			on = append(on, fmt.Sprintf("q.%s = %s", column, b.arg(st.pattern[i], "bigint")))
		case ids != nil && len(ids) <= fewAmong:
			on = append(on, fmt.Sprintf("q.%s = ANY(%s)", column, b.arg(ids, "bigint[]")))
		case ids != nil:
			on = append(on, fmt.Sprintf("(q.%s IN (SELECT unnest(%s))) IS TRUE", column, b.arg(ids, "bigint[]")))
		}
	}
	if len(b.hidden) > 0 {
		on = append(on, fmt.Sprintf("NOT q.l IN (SELECT unnest(%s))", b.arg(b.hidden, "bigint[]")))
	}
	return tableOf(mask) + " q ON " + strings.Join(on, " AND ")
}

// levels is a statement for the nodes that so many rounds of a recursion lead to, each
// with its level.
func (b *tallySQL) levels(nodes []int64, steps []tallyStep, n int) string {
	var with, all []string
	from := b.begin(nodes)
	for level := range n {
		for i := range steps {
			from = b.step(from, &steps[i])
		}
		with = append(with, fmt.Sprintf("c%d AS MATERIALIZED (%s)", level, from))
		all = append(all, fmt.Sprintf("SELECT id, %d::bigint FROM c%[1]d", level))
		from = fmt.Sprintf("SELECT id, 1::bigint AS n FROM c%d", level)
	}
	return "WITH " + strings.Join(with, ", ") + " " + strings.Join(all, " UNION ALL ")
}
