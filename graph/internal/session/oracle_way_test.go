package session

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
)

// way is one way of a walk: where it ends, what it tagged, which quads it
// passed.
type way struct {
	node  quad.Value
	tags  map[string]quad.Value
	quads []quad.Quad
	bound map[string]quad.Value // by oneContext, under its tags
}

func (w way) with(names []string, v quad.Value) way {
	w.tags = maps.Clone(w.tags)
	if w.tags == nil {
		w.tags = map[string]quad.Value{}
	}
	for _, name := range names {
		w.tags[name] = v
	}
	return w
}

func (w way) over(q quad.Quad, to quad.Value) way {
	w.node, w.quads = to, append(slices.Clone(w.quads), q)
	return w
}

func meet(w way, others []way) (out []way) {
	for _, x := range others {
		if x.node == w.node && w.agrees(x.bound) {
			m := w.bind(x.bound).with(nil, nil)
			maps.Copy(m.tags, x.tags)
			m.quads = append(slices.Clone(w.quads), x.quads...)
			out = append(out, m)
		}
	}
	return out
}

// agrees tells whether a way is bound to nothing else.
func (w way) agrees(bound map[string]quad.Value) bool {
	for name, v := range bound {
		if other := w.bound[name]; other != nil && other != v {
			return false
		}
	}
	return true
}

func (w way) bind(bound map[string]quad.Value) way {
	if len(bound) > 0 {
		w.bound = maps.Clone(w.bound)
		if w.bound == nil {
			w.bound = map[string]quad.Value{}
		}
		maps.Copy(w.bound, bound)
	}
	return w
}

// merged keeps each node once for each of what it is bound to, with the quads of all
// ways.
func merged(in []way) (out []way) {
	for _, w := range in {
		i := slices.IndexFunc(out, func(x way) bool { return x.node == w.node && maps.Equal(x.bound, w.bound) })
		if i < 0 {
			out = append(out, w)
		} else {
			out[i].quads = append(slices.Clone(out[i].quads), w.quads...)
		}
	}
	return out
}

// render writes what is to be compared of a way.
func (w way) render(tags, quads bool) string {
	var b strings.Builder
	b.WriteString(w.node.String())
	if tags {
		for _, name := range slices.Sorted(maps.Keys(w.tags)) {
			fmt.Fprintf(&b, " %s=%v", name, w.tags[name])
		}
	}
	if quads {
		var lines []string
		for _, q := range w.quads {
			lines = append(lines, q.NQuad())
		}
		slices.Sort(lines)
		b.WriteString("\n    " + strings.Join(slices.Compact(lines), "\n    "))
	}
	return b.String()
}
