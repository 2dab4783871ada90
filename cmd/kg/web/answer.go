package web

import (
	"cmp"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/queries"
)

// answerRow is a row of an answer with its evidence.
type answerRow struct {
	Cells []answerCell
	said
	Claims []claimLine
	Joins  []sameLine
}

// answerCell is a cell under the name of its column, which a phone shows beside it.
type answerCell struct {
	term
	Column string
	Word   bool // one word, such as an exact day, which is not to be broken
}

// longWord is the maximum length in bytes of a word that is not broken at a hyphen.
const longWord = 14

// sameLine is a join of two nodes with its author.
type sameLine struct{ From, To, By term }

// keptValue is a part of the address that a form keeps.
type keptValue struct{ Name, Value string }

// narrow filters and sorts the answer, and fills in the page's facets.
func (p *queryPage) narrow(n *narrowing, res *queries.Result) {
	p.All = res.All
	if len(res.Rows) == res.All {
		p.Facets = n.facets(res.Rows)
	} else {
		p.First, p.Before = len(res.Rows), res.From
	}
	p.Narrows, p.Unnarrow, p.Filter = n.narrows(), n.all(), n.get(filterParam)
	res.Rows = n.rows(res.Rows)
	for name, values := range n.r.URL.Query() {
		for _, value := range values {
			if value != "" && !slices.Contains([]string{n.names[filterParam], n.names[sortParam], n.names[pageParam]}, name) {
				p.Kept = append(p.Kept, keptValue{name, value})
			}
		}
	}
	slices.SortFunc(p.Kept, func(a, b keptValue) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Value, b.Value))
	})
}

// filled reports for each column whether it has a value in any row.
func filled(columns []string, rows []queries.Row) []bool {
	list := make([]bool, len(columns)+len(queries.Words))
	for _, row := range rows {
		for i, cell := range row.Cells {
			list[i] = list[i] || cell.Text != ""
		}
		list[len(list)-1] = list[len(list)-1] || row.Evidence.DeniedBy() != ""
	}
	list[len(columns)], list[len(columns)+1] = true, true // who says so and how sure is always told
	return list
}

// fillAnswer fills in the rows that the page shows. A column that is empty in every row
// is left out and named.
func (a *asked) fillAnswer(p *queryPage, n *narrowing, res *queries.Result) error {
	shown := filled(res.Columns, res.Rows)
	for i, column := range n.columns {
		if shown[i] {
			p.Heads = append(p.Heads, n.head(column))
		} else {
			p.Left = append(p.Left, column)
		}
	}
	p.ShowsDenied = shown[len(shown)-1]
	for _, row := range res.Rows[max(0, p.Pager.From-1-res.From) : p.Pager.To-res.From] {
		line := answerRow{said: a.saidOf(row.Evidence)}
		for i, cell := range row.Cells {
			if !shown[i] {
				continue
			}
			t, err := a.cell(cell)
			if err != nil {
				return err
			}
			line.Cells = append(line.Cells, answerCell{t, res.Columns[i], len(t.Text) <= longWord && !strings.Contains(t.Text, " ")})
		}
		if err := a.behind(&line, row); err != nil {
			return err
		}
		p.Rows = append(p.Rows, line)
	}
	return nil
}

// behind fills in the claims behind a row.
func (a *asked) behind(line *answerRow, row queries.Row) error {
	for _, c := range slices.Concat(row.Evidence.Claims, row.Evidence.Denials) {
		claim, err := a.line(c)
		if err != nil {
			return err
		}
		line.Claims = append(line.Claims, claim)
	}
	for _, j := range row.Evidence.Joins {
		var join sameLine
		for _, t := range []struct {
			to    *term
			value quad.IRI
		}{{&join.From, j.From}, {&join.To, j.Node}, {&join.By, j.Annotator}} {
			var err error
			if *t.to, err = a.term(t.value); err != nil {
				return err
			}
		}
		if j.Decided() { // it has no page of its own
			join.By.Href = ""
		}
		line.Joins = append(line.Joins, join)
	}
	return nil
}
