package read

import (
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store"
	"kg/graph/internal/store/term"
)

// Columns reads the objects of many subjects for one predicate after another, by term
// ids.
type Columns struct {
	Ctx context.Context
	IDs *store.IDs
}

// Columns returns a reader by term ids of a store of kg's.
func (r *Quads) Columns(ctx context.Context) (Columns, error) {
	ids, err := r.QS.(*store.QuadStore).IDs()
	return Columns{ctx, ids}, err
}

// ObjectColumn is the object of each subject, term.None for one that has none; Several are
// the subjects that have more than one.
type ObjectColumn struct {
	Of      []term.ID
	Several []bool
}

// dearer is how many times as much finding a term costs as a row of a walk.
const dearer = 8

// Read reads the objects of subjects for a predicate. For many subjects the predicate's
// quads are scanned once, otherwise each subject is looked up.
func (c *Columns) Read(subjects []term.ID, predicate quad.IRI) (ObjectColumn, error) {
	out := ObjectColumn{make([]term.ID, len(subjects)), make([]bool, len(subjects))}
	var p term.Pattern
	var err error
	if p.Quad[term.Predicate], err = c.IDs.Find(predicate); err != nil || p.Quad[term.Predicate] == term.None {
		return out, err
	}
	if uint64(len(subjects))*dearer > c.IDs.Count(p) {
		return out, c.walk(subjects, p, &out)
	}
	for i, s := range subjects {
		if p.Quad[term.Subject] = s; s == term.None {
			continue
		}
		if err := c.IDs.Each(c.Ctx, p, func(q term.Quad) { out.set(i, q[term.Object]) }); err != nil {
			return out, err
		}
	}
	return out, nil
}

// set notes an object. The same one under two labels is one.
func (c *ObjectColumn) set(i int, object term.ID) {
	c.Several[i] = c.Several[i] || c.Of[i] != term.None && c.Of[i] != object
	c.Of[i] = object
}

// walk scans the quads of a predicate. They come by object, and the subjects of near
// objects are mostly near one another: so each is searched from the last.
func (c *Columns) walk(subjects []term.ID, p term.Pattern, out *ObjectColumn) error {
	order := make([]int32, len(subjects))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return int(subjects[a]) - int(subjects[b]) })
	sorted := make([]term.ID, len(subjects))
	for i, at := range order {
		sorted[i] = subjects[at]
	}
	at := 0
	return c.IDs.Each(c.Ctx, p, func(q term.Quad) {
		at = Seek(sorted, at, q[term.Subject])
		for i := at; i < len(sorted) && sorted[i] == q[term.Subject]; i++ {
			out.set(int(order[i]), q[term.Object])
		}
	})
}

// Seek is where the first of a sorted list stands that is no less than id: in
// steps that double, from at on or from the beginning.
func Seek(sorted []term.ID, at int, id term.ID) int {
	if at > 0 && (at > len(sorted) || sorted[at-1] >= id) {
		low := at
		for step := 1; low > 0 && sorted[low-1] >= id; step *= 2 {
			at, low = low, max(0, low-step)
		}
		i, _ := slices.BinarySearch(sorted[low:at], id)
		return low + i
	}
	high := at
	for step := 1; high < len(sorted) && sorted[high] < id; step *= 2 {
		at, high = high+1, min(len(sorted), high+step)
	}
	i, _ := slices.BinarySearch(sorted[at:high], id)
	return at + i
}

// Subjects are the subjects of a predicate and an object, in ascending order, each
// once.
func (c *Columns) Subjects(predicate quad.IRI, object quad.Value) (list []term.ID, err error) {
	var p term.Pattern
	if p.Quad[term.Predicate], err = c.IDs.Find(predicate); err != nil || p.Quad[term.Predicate] == term.None {
		return nil, err
	}
	if p.Quad[term.Object], err = c.IDs.Find(object); err != nil || p.Quad[term.Object] == term.None {
		return nil, err
	}
	list = make([]term.ID, 0, c.IDs.Count(p))
	err = c.IDs.Each(c.Ctx, p, func(q term.Quad) { list = append(list, q[term.Subject]) })
	slices.Sort(list)
	return slices.Compact(list), err
}

// IRIs reports which terms are IRIs. Each is read once.
type IRIs map[term.ID]bool

// Is reports whether a term is one.
func (x IRIs) Is(ids *store.IDs, id term.ID) (bool, error) {
	is, known := x[id]
	if !known && id != term.None {
		value, err := ids.Value(id)
		if err != nil {
			return false, err
		}
		is = IRI(value) != ""
		x[id] = is
	}
	return is, nil
}

// QuadOf reads a quad.
func QuadOf(ids *store.IDs, q term.Quad) (value quad.Quad, err error) {
	for i, id := range q {
		if id == term.None {
			continue
		}
		one, err := ids.Value(id)
		if err != nil {
			return value, err
		}
		value.Set(quad.Directions[i], one)
	}
	return value, nil
}

// IDSet are numbers, a bit each.
type IDSet []uint64

// Add puts a number in.
func (s IDSet) Add(node int) { s[node/64] |= 1 << (node % 64) }

// Has reports whether a number is in.
func (s IDSet) Has(node int) bool { return s[node/64]&(1<<(node%64)) != 0 }
