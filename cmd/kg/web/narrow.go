package web

import (
	"cmp"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"kg/graph"
	"kg/internal/fold"
	"kg/queries"
	"kg/schema"
)

// Parameters that filter, sort and page an answer.
const filterParam, whereParam, sortParam, pageParam = "filter", "where", "sort", "page"

// narrowing is the filter, order and page of an answer. All of it is in the address.
type narrowing struct {
	r       *http.Request
	columns []string            // of the answer, those on its evidence last
	names   map[string]string   // of the parameters, by what they are
	words   []string            // that a row has, in any cell
	where   map[string][]string // values that are chosen, by column
	sort    string              // the column; empty for the answer's own order
	down    bool
	page    int // from 1
}

// narrowed reads the narrowing of a request.
func narrowed(r *http.Request, params, columns []string) (*narrowing, error) {
	n := &narrowing{r: r, columns: slices.Concat(columns, queries.Words), names: map[string]string{}, where: map[string][]string{}, page: 1}
	for _, own := range []string{filterParam, whereParam, sortParam, pageParam, limitParam, formatParam, edgesParam} {
		n.names[own] = beside(params, own)
	}
	n.words = strings.Fields(fold.Words(n.get(filterParam)))
	for _, choice := range r.URL.Query()[n.names[whereParam]] {
		column, value, ok := strings.Cut(choice, "=")
		if !ok || !slices.Contains(n.columns, column) {
			return nil, refuse(http.StatusBadRequest, "%s takes a column and its value, such as sure=asserts, not %q; the columns are %s",
				n.names[whereParam], choice, strings.Join(n.columns, ", "))
		}
		n.where[column] = append(n.where[column], value)
	}
	if n.sort, n.down = strings.CutPrefix(n.get(sortParam), "-"); n.sort != "" && !slices.Contains(n.columns, n.sort) {
		return nil, refuse(http.StatusBadRequest, "%s takes a column, with - before it for descending order, not %q; the columns are %s",
			n.names[sortParam], n.sort, strings.Join(n.columns, ", "))
	}
	if word := n.get(pageParam); word != "" {
		var err error
		if n.page, err = strconv.Atoi(word); err != nil || n.page < 1 {
			return nil, refuse(http.StatusBadRequest, "%s takes the number of a page, from 1, not %q", n.names[pageParam], word)
		}
	}
	return n, nil
}

func (n *narrowing) get(own string) string { return strings.TrimSpace(n.r.FormValue(n.names[own])) }

// narrows reports whether rows are filtered out.
func (n *narrowing) narrows() bool { return len(n.words) > 0 || len(n.where) > 0 }

// mostExplained is the maximum number of rows of an answer that are all explained for a
// page: for its picture, its timeline and its facets. Of a longer answer, or one with many
// more claims behind it, only the rows shown are explained.
const mostExplained = 1000

// part returns the range of rows that a page of limit rows shows; to is 0 for all rows,
// which filters and orders need.
func (n *narrowing) part(limit int) (from, to int) {
	if limit == 0 || n.narrows() || n.sort != "" {
		return 0, 0
	}
	from = min(n.page-1, math.MaxInt32/limit) * limit
	return from, from + limit
}

// href returns the address with a change, back at the first page.
func (n *narrowing) href(change func(url.Values)) string {
	values := n.r.URL.Query()
	values.Del(n.names[pageParam])
	change(values)
	if len(values) == 0 {
		return n.r.URL.Path
	}
	return n.r.URL.Path + "?" + address(values)
}

// all returns the address without filters.
func (n *narrowing) all() string {
	return n.href(func(v url.Values) { v.Del(n.names[filterParam]); v.Del(n.names[whereParam]) })
}

// rows returns the filtered rows, sorted.
func (n *narrowing) rows(all []queries.Row) []queries.Row {
	rows := slices.DeleteFunc(slices.Clone(all), func(row queries.Row) bool { return !n.matches(row, "") })
	if n.sort != "" {
		slices.SortStableFunc(rows, n.compare)
	}
	return rows
}

// matches reports whether a row matches the filters, except that of the column whatever.
func (n *narrowing) matches(row queries.Row, whatever string) bool {
	for column, values := range n.where {
		if column != whatever && !slices.ContainsFunc(n.values(row, column), func(v string) bool { return slices.Contains(values, v) }) {
			return false
		}
	}
	if len(n.words) == 0 {
		return true
	}
	texts := row.Texts()
	for _, cell := range row.Cells {
		texts = append(texts, cell.Words()) // what the page shows can be looked for
	}
	text := fold.Words(strings.Join(texts, " \n "))
	return !slices.ContainsFunc(n.words, func(word string) bool { return !strings.Contains(text, word) })
}

// values returns the values of a row in a facet: its cell, its speakers, or the words on
// its sureness.
func (n *narrowing) values(row queries.Row, column string) []string {
	i := slices.Index(n.columns, column)
	switch i - len(row.Cells) {
	case 0:
		var names []string
		for _, s := range row.Evidence.Speakers {
			names = append(names, s.String())
		}
		if len(names) == 0 {
			names = []string{row.Evidence.SaidBy()}
		}
		return names
	case 1:
		return surely(row.Evidence)
	case 2:
		var names []string
		for _, d := range row.Evidence.Deniers {
			names = append(names, d.Name)
		}
		return names
	}
	return []string{row.Cells[i].Text}
}

// said returns a value of a row as its cell shows it.
func (n *narrowing) said(row queries.Row, column, value string) string {
	if i := slices.Index(n.columns, column); i < len(row.Cells) {
		return row.Cells[i].Words()
	}
	return value
}

// surely returns the words on the sureness of an answer.
func surely(e *graph.Evidence) (words []string) {
	add := func(word string) {
		if word != "" && !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	if e.Sure() == string(schema.Asserts) && len(e.Deniers) == 0 {
		add("plainly asserted")
	}
	for _, s := range e.Sureness {
		if s.Derived {
			add("derived")
		}
		if !s.Derived || s.Stance != schema.Asserts {
			add(string(s.Stance))
		}
		if len(s.Hedges) > 0 {
			add("hedged")
		}
		for _, status := range slices.Concat(s.Status, s.Doubts) {
			if status != schema.IRI(schema.Done).LastPart() && status != schema.IRI(schema.Ongoing).LastPart() {
				add(status)
			}
		}
		if len(s.Retracted) > 0 {
			add("retracted")
		}
	}
	if len(e.Deniers) > 0 {
		add("denied by somebody")
	}
	if len(words) == 0 {
		add(e.Sure())
	}
	return words
}

// compare orders rows by the chosen column. Empty cells come last in both directions.
func (n *narrowing) compare(a, b queries.Row) int {
	i := slices.Index(n.columns, n.sort)
	var d int
	if at := i - len(a.Cells); at < 0 {
		x, y := a.Cells[i], b.Cells[i]
		if x.Value == nil || y.Value == nil {
			return x.Compare(y)
		}
		d = x.Compare(y)
	} else {
		x, y := a.Texts()[i], b.Texts()[i]
		if x == "" || y == "" {
			return cmp.Compare(len(y), len(x))
		}
		if queries.Words[at] == "sure" {
			d = cmp.Compare(doubt(a.Evidence), doubt(b.Evidence))
		}
		d = cmp.Or(d, strings.Compare(x, y))
	}
	if n.down {
		return -d
	}
	return d
}

// doubt ranks how far an answer is from plainly asserted.
func doubt(e *graph.Evidence) (most int) {
	for _, s := range e.Sureness {
		most = max(most, slices.Index(schema.Stances, s.Stance)+1)
	}
	return most*len(schema.Stances)*2 + len(surely(e))
}
