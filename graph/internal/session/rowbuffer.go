package session

import (
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/term"
)

// RowBuffer holds rows of a query in few bytes each: their terms and ways as ids, decoded
// on demand. The zero RowBuffer is empty.
type RowBuffer struct {
	runs []bufferedRun
	ways plan.Packed
}

// bufferedRun are rows, one after the other, that have all but terms and ways in common.
type bufferedRun struct {
	from     int // the number of the first
	names    []string
	in       *plan.Numbering
	s        *session
	untraced bool
	ids      [][]term.ID    // rows, by the chunk; nil of rows without numbers
	values   [][]quad.Value // per row: values without an id; nil if none has any
}

// keptRows are the rows of a chunk.
const keptRows = 256

// Len returns the number of rows.
func (k *RowBuffer) Len() int { return k.ways.Len() }

// Add adds a row. Its number is that of the rows before it.
func (k *RowBuffer) Add(row Row) {
	n := k.Len()
	if len(k.runs) == 0 || !k.runs[len(k.runs)-1].goesOn(row) {
		k.runs = append(k.runs, bufferedRun{from: n, names: row.names, in: row.in, s: row.s, untraced: row.Untraced})
		if row.ids != nil {
			k.runs[len(k.runs)-1].ids = [][]term.ID{{}}
		}
	}
	k.runs[len(k.runs)-1].add(n, row)
	k.ways.Add(row.waysTo())
}

func (r *bufferedRun) goesOn(row Row) bool {
	return r.in == row.in && r.s == row.s && r.untraced == row.Untraced && (r.ids == nil) == (row.ids == nil) &&
		slices.Equal(r.names, row.names)
}

func (r *bufferedRun) add(n int, row Row) {
	if row.ids != nil {
		last := &r.ids[len(r.ids)-1]
		if full := keptRows * len(row.ids); len(*last) == full && full > 0 {
			r.ids = append(r.ids, make([]term.ID, 0, full))
			last = &r.ids[len(r.ids)-1]
		}
		*last = append(*last, row.ids...)
	}
	values := row.values
	if row.byNumber() {
		values = nil
	}
	if r.values == nil && values != nil {
		r.values = make([][]quad.Value, n-r.from)
	}
	if r.values != nil {
		r.values = append(r.values, values)
	}
}

// byNumber reports whether all values of a row are read by their numbers.
func (r Row) byNumber() bool {
	if r.ids == nil || !r.s.opts.Unread {
		return false
	}
	for i, v := range r.values {
		if v != nil && r.ids[i] == term.None {
			return false
		}
	}
	return true
}

// Row is a row by its number.
func (k *RowBuffer) Row(n int) Row {
	i, found := slices.BinarySearchFunc(k.runs, n, func(r bufferedRun, n int) int { return r.from - n })
	if !found {
		i--
	}
	r := &k.runs[i]
	row := Row{names: r.names, in: r.in, s: r.s, Untraced: r.untraced, packed: &k.ways, number: n, MoreWays: k.ways.More(n)}
	at := n - r.from
	if r.ids != nil {
		width, chunk := len(r.names), r.ids[at/keptRows]
		from := at % keptRows * width
		row.ids = chunk[from : from+width : from+width]
	}
	if r.values != nil {
		row.values = r.values[at]
	}
	return row
}
