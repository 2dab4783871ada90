package session

import (
	"maps"
	"time"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/plan"
	"kg/internal/js"
)

// knowledge is the set of values that a script has read from the graph, and the quads
// through which: a value it emits rests on them.
type knowledge struct {
	counted bool          // results went into the script's variables, by count and its like
	read    map[any]bool  // values of rows whose callbacks have ended
	fixed   map[any]bool  // values that the query's text and its parameters name
	frames  []callbackRow // the rows of the callbacks it is in
}

// begin records what a query knows before it reads anything.
func (k *knowledge) begin(literals map[any]bool, params map[string]quad.Value) {
	k.fixed = maps.Clone(literals)
	for v := range literals {
		if digits, ok := v.(js.Whole); ok {
			k.fixed[shown(quad.TypedString{Value: quad.String(digits), Type: xsdInteger})] = true
		}
	}
	for _, v := range params {
		if v != nil {
			k.fixed[shown(v)] = true
		}
	}
}

// make records a value that the script made from some texts: a value made of texts in the
// query's text counts as one of it.
func (k *knowledge) make(v quad.Value, texts ...string) {
	for _, t := range texts {
		if !k.fixed[t] {
			return
		}
	}
	k.fixed[shown(v)] = true
}

// shown is a term as a script compares it.
func shown(v quad.Value) any {
	switch n := native(v).(type) {
	case int:
		return int64(n)
	default:
		return n
	}
}

// callbackRow is a row available to a callback.
type callbackRow struct {
	ways     *plan.Ways
	untraced bool
	values   map[any]bool
}

// within enters a callback with a result; the function it returns leaves it. A value that
// the callback stores in a variable outlives its row.
func (k *knowledge) within(r *rows, row Row, untraced bool) func() {
	if !r.b.evidence {
		return func() {}
	}
	f := callbackRow{ways: r.ways(), untraced: untraced, values: map[any]bool{}}
	for _, v := range row.All() {
		f.values[shown(v)] = true
	}
	k.frames = append(k.frames, f)
	return func() {
		k.frames = k.frames[:len(k.frames)-1]
		if k.read == nil {
			k.read = map[any]bool{}
		}
		for v := range f.values {
			k.read[v] = true
		}
	}
}

// stray reports whether a value that the script passes to a path comes from a row that is
// no longer current.
func (k *knowledge) stray(v quad.Value) bool {
	if k.read == nil {
		return false
	}
	n := shown(v)
	return k.read[n] && !k.fixed[n] && !k.held(n)
}

func (k *knowledge) held(v any) bool {
	for _, f := range k.frames {
		if f.values[v] {
			return true
		}
	}
	return false
}

// traceable reports whether every part of an emitted value is of a current row, or stands
// in the script's text.
func (k *knowledge) traceable(value any) bool {
	switch t := value.(type) {
	case nil:
		return true
	case []any:
		for _, v := range t {
			if !k.traceable(v) {
				return false
			}
		}
		return true
	case map[string]any:
		for _, v := range t {
			if !k.traceable(v) {
				return false
			}
		}
		return true
	case quad.Value:
		n := shown(t)
		return k.fixed[n] || k.held(n)
	case string, int64, float64, bool, time.Time:
		return k.fixed[t] || k.held(t)
	}
	return false
}

// free is the way of a value that holds without any quad.
var free = plan.OneWay(nil)

// prove sets a row's evidence: the ways to the rows of the callbacks it is made
// in and, with r, those of its own result.
func (s *session) prove(r *rows, untraced bool, row *Row) error {
	k := &s.known
	if !s.opts.Evidence {
		return nil
	}
	all := free
	for _, f := range k.frames {
		all, untraced = all.Then(f.ways), untraced || f.untraced
	}
	if row.Untraced = untraced || k.counted; row.Untraced {
		return nil
	}
	switch {
	case r != nil && all == free:
		all = r.ways() // as they are: most rows are made in no callback
	case r != nil:
		all = all.Then(r.ways())
	}
	row.MoreWays, row.ways, row.s = all.More, all, s
	return nil
}
