package evidence

import (
	"slices"

	"github.com/cayleygraph/quad"
)

// allColumns returns the columns of an answer; an answer without columns has one without
// a name, which all its edges bear on.
func (a *Answer) allColumns() []string {
	if len(a.Columns) == 0 {
		return []string{""}
	}
	return a.Columns
}

// columnsOf returns the columns that show a value.
func (a *Answer) columnsOf(value quad.Value) []string {
	if len(a.Columns) == 0 {
		return a.allColumns()
	}
	var list []string
	for i, v := range a.Values {
		if v != nil && a.node(v) == a.node(value) {
			list = append(list, a.Columns[i])
		}
	}
	return list
}

// covered returns the columns that each edge of a witness bears on: that of its far end,
// seen from the first cell (or the beginning of a walk), or else that of its near end;
// between two nodes without a column, those of the next nodes beyond or else before it.
func covered(a *Answer, quads []quad.Quad) map[triple][]string {
	out := map[triple][]string{}
	if len(a.Columns) == 0 {
		for _, q := range quads {
			out[tripleOf(q)] = a.allColumns()
		}
		return out
	}
	w := outward{a: a, depth: map[quad.Value]int{}, before: map[quad.Value]quad.Value{}}
	w.walk(quads)
	for _, q := range quads {
		near, far := a.node(q.Subject), a.node(q.Object)
		if w.depth[near] > w.depth[far] {
			near, far = far, near
		}
		columns := firstOf(a.columnsOf(far), firstOf(a.columnsOf(near), w.beyond(far)))
		for _, column := range a.columnsOf(q.Predicate) {
			if !slices.Contains(columns, column) {
				columns = append(slices.Clip(columns), column)
			}
		}
		for at := near; len(columns) == 0; {
			columns = a.columnsOf(at)
			next, ok := w.before[at]
			if !ok {
				break
			}
			at = next
		}
		out[tripleOf(q)] = firstOf(columns, a.allColumns())
	}
	return out
}

// outward is a walk over the edges of a witness from the first cell that is an end of one.
type outward struct {
	a      *Answer
	depth  map[quad.Value]int
	before map[quad.Value]quad.Value
	order  []quad.Value
}

func (w *outward) walk(quads []quad.Quad) {
	start := func(v quad.Value) {
		if _, ok := w.depth[v]; !ok && v != nil {
			w.depth[v] = len(w.order) // a part that is not connected begins farther out
			w.order = append(w.order, v)
			w.spread(quads, len(w.order)-1)
		}
	}
	ends := func(v quad.Value) bool {
		return slices.ContainsFunc(quads, func(q quad.Quad) bool { return w.a.node(q.Subject) == v || w.a.node(q.Object) == v })
	}
	if len(quads) > 0 && w.a.Walked {
		start(w.a.node(beginning(quads)))
	}
	for _, v := range w.a.Values {
		if v != nil && ends(w.a.node(v)) {
			start(w.a.node(v))
		}
	}
	for _, q := range quads {
		start(w.a.node(q.Subject))
	}
}

// beginning returns the node where a walk over quads starts: the end of the first quad
// that the next one does not have.
func beginning(quads []quad.Quad) quad.Value {
	first := quads[0]
	for _, q := range quads[1:] {
		if tripleOf(q) == tripleOf(first) {
			continue
		}
		if q.Subject == first.Subject || q.Object == first.Subject {
			return first.Object
		}
		break
	}
	return first.Subject
}

// spread visits the neighbours of the nodes from order[i] on, breadth first.
func (w *outward) spread(quads []quad.Quad, i int) {
	for ; i < len(w.order); i++ {
		at := w.order[i]
		for _, q := range quads {
			s, o := w.a.node(q.Subject), w.a.node(q.Object)
			for _, pair := range [][2]quad.Value{{s, o}, {o, s}} {
				if _, seen := w.depth[pair[1]]; pair[0] == at && !seen {
					w.depth[pair[1]], w.before[pair[1]] = w.depth[at]+1, at
					w.order = append(w.order, pair[1])
				}
			}
		}
	}
}

// beyond returns the columns of a node, or of the first nodes behind it that have some.
func (w *outward) beyond(node quad.Value) []string {
	if columns := w.a.columnsOf(node); len(columns) > 0 {
		return columns
	}
	var list []string
	for _, v := range w.order {
		if b, ok := w.before[v]; ok && b == node {
			list = union(list, w.beyond(v))
		}
	}
	return list
}

func firstOf(a, b []string) []string {
	if len(a) > 0 {
		return a
	}
	return b
}

// union returns the texts of both lists, each once, sorted.
func union(a, b []string) []string {
	out := slices.Clone(a)
	for _, s := range b {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	slices.Sort(out)
	return out
}
