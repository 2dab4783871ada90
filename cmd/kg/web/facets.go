package web

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"kg/queries"
)

// facet is a column with its values, to filter rows.
type facet struct {
	Column string
	Values []facetValue
	More   int // values that are not listed
}

// facetValue is one value of a facet, with the number of rows that have it under the
// other filters.
type facetValue struct {
	Text   string // in words
	N      int
	Chosen bool
	Href   string // selects or deselects it
}

// mostValues is the maximum number of listed values of a column; fewestRows the least
// number of rows of an answer with facets.
const mostValues, fewestRows = 12, 4

// facets returns the columns to filter by: sure, said by, then the others in order.
// Columns whose values all differ, or are all equal, are left out.
func (n *narrowing) facets(all []queries.Row) (list []facet) {
	if len(all) < fewestRows {
		return nil
	}
	cells := len(n.columns) - len(queries.Words)
	order := slices.Concat([]string{n.columns[cells+1], n.columns[cells]}, n.columns[:cells], n.columns[cells+2:])
	for _, column := range order {
		counts, words := map[string]int{}, map[string]string{}
		different := map[string]bool{}
		most := 0
		for _, row := range all {
			here := n.matches(row, column)
			for _, value := range n.values(row, column) {
				different[value], words[value] = true, n.said(row, column, value)
				if here {
					counts[value]++
					most = max(most, counts[value])
				}
			}
		}
		if len(n.where[column]) == 0 && (len(different) < 2 || most < 2 && column != "sure") {
			continue
		}
		list = append(list, n.facet(column, counts, words))
	}
	return list
}

// facet lists the values of a column by their exact forms, which addresses hold, and
// shows each in words.
func (n *narrowing) facet(column string, counts map[string]int, words map[string]string) facet {
	f := facet{Column: column}
	for _, value := range n.where[column] {
		counts[value] += 0 // a selected value can be deselected
	}
	for value, count := range counts {
		f.Values = append(f.Values, facetValue{Text: value, N: count, Chosen: slices.Contains(n.where[column], value)})
	}
	slices.SortFunc(f.Values, func(a, b facetValue) int {
		if a.Chosen != b.Chosen {
			return map[bool]int{true: -1, false: 1}[a.Chosen]
		}
		return cmp.Or(cmp.Compare(b.N, a.N), strings.Compare(a.Text, b.Text))
	})
	if len(f.Values) > mostValues {
		f.More = len(f.Values) - mostValues
		f.Values = f.Values[:mostValues]
	}
	for i := range f.Values {
		value := f.Values[i].Text
		f.Values[i].Href = n.toggle(column, value)
		f.Values[i].Text = cmp.Or(words[value], value, "nothing")
	}
	return f
}

// toggle returns the address that selects or deselects a value.
func (n *narrowing) toggle(column, value string) string {
	choice, where := column+"="+value, n.names[whereParam]
	return n.href(func(v url.Values) {
		if i := slices.Index(v[where], choice); i >= 0 {
			v[where] = slices.Delete(slices.Clone(v[where]), i, i+1)
			return
		}
		v[where] = append(slices.Clone(v[where]), choice)
	})
}

// head is the heading of a column.
type head struct {
	Name  string
	Sort  string // the address that sorts by it, the other way round if it does
	Order string // ascending or descending; empty if it is not sorted by
}

func (n *narrowing) head(column string) head {
	h := head{Name: column}
	to := column
	if n.sort == column {
		h.Order = "ascending"
		if to = "-" + column; n.down {
			h.Order, to = "descending", column
		}
	}
	h.Sort = n.href(func(v url.Values) { v.Set(n.names[sortParam], to) })
	return h
}
