package merge

import (
	"github.com/cayleygraph/quad"

	"kg/graph/internal/agree"
	"kg/graph/internal/decide"
	"kg/graph/internal/read"
	"kg/schema"
)

// joining is the state for judging which nodes a load joins.
type joining struct {
	*merge
	ends    map[quad.IRI][]quad.Quad // the joins that the load's own part has, by both ends
	parents map[quad.Value]quad.Value
}

func (m *merge) joining() *joining {
	j := &joining{m, map[quad.IRI][]quad.Quad{}, map[quad.Value]quad.Value{}}
	for _, q := range m.part.all() {
		switch node, other := read.IRI(q.Subject), read.IRI(q.Object); {
		case q.Label == schema.OntologyIRI:
			if q.Predicate == schema.SubClassOf {
				j.parents[q.Subject] = q.Object
			}
		case q.Predicate == schema.SameAs:
			j.ends[node], j.ends[other] = append(j.ends[node], q), append(j.ends[other], q)
		}
	}
	return j
}

// oneKindJoined checks that joined nodes can be one entity: of any two kinds of nodes
// that are joined, through others too, one is the other or a subkind of it. Only
// additions of the load can violate that.
func (j *joining) oneKindJoined() error {
	if there, err := j.anyJoins(); err != nil || !there {
		return err
	}
	seen := map[quad.IRI]bool{}
	for i, q := range j.part.all() {
		joins := q.Predicate == schema.SameAs || q.Predicate == schema.Type && !agree.IsRecord(q.Object)
		if j.part.marks[i]&was != 0 || !joins || !j.seen[read.IRI(q.Label)] || seen[read.IRI(q.Subject)] {
			continue
		}
		class, kinds, err := j.class(read.IRI(q.Subject), seen)
		if err != nil {
			return err
		}
		if a, b, ok := agree.Clash(kinds, j.parents); ok {
			short := j.opt.Base.ShortTerm
			j.refuse(j.position(append(class, b, a)...), "same-as joins %s, which is a %s in %s, and %s, which is a %s in %s: only things of one kind can be the same",
				short(a.Subject), short(a.Object), short(a.Label), short(b.Subject), short(b.Object), short(b.Label))
		}
	}
	return nil
}

// anyJoins reports whether there is a join at all, in the load or in the store.
func (j *joining) anyJoins() (bool, error) {
	if len(j.ends) > 0 {
		return true, nil
	}
	return j.store.Has(schema.SameAs)
}

// class lists the joins of a node and of those it is joined to, and the kinds
// that sources give to all of these.
func (j *joining) class(node quad.IRI, seen map[quad.IRI]bool) (joins, kinds []quad.Quad, err error) {
	seen[node] = true
	for todo := []quad.IRI{node}; len(todo) > 0; todo = todo[1:] {
		at := todo[0]
		own, err := j.kindsOf(at)
		if err != nil {
			return nil, nil, err
		}
		kinds = append(kinds, own...)
		err = j.joinsAt(at, func(q quad.Quad) {
			joins = append(joins, q)
			for _, end := range []quad.IRI{read.IRI(q.Subject), read.IRI(q.Object)} {
				if !seen[end] {
					seen[end] = true
					todo = append(todo, end)
				}
			}
		})
		if err != nil {
			return nil, nil, err
		}
	}
	return joins, kinds, nil
}

// missing lists the joins to nodes that the store will not have: those of the load, and
// those of other sources to nodes it removes.
func (j *joining) missing(report []Loaded) error {
	if there, err := j.anyJoins(); err != nil || !there {
		return err
	}
	nodes, asked := map[quad.Value]bool{}, map[quad.Value]bool{}
	for _, q := range j.part.all() {
		nodes[q.Subject] = true
	}
	for end := range j.ends {
		asked[end] = true
	}
	for i, gone := range j.part.quads {
		if j.part.marks[i]&was != 0 {
			asked[gone.Subject] = true
		}
	}
	j.subjects(nodes, asked)
	concerned, err := j.concerned(nodes)
	if err != nil {
		return err
	}
	for i := range report {
		l := &report[i]
		for _, join := range concerned[l.Source] {
			there, err := j.exists(nodes, join.Object)
			if err != nil {
				return err
			}
			if !there {
				l.Missing = append(l.Missing, join)
			}
		}
	}
	return nil
}

// concerned lists by source the joins that it says, and those that others say
// to nodes that it no longer has.
func (j *joining) concerned(nodes map[quad.Value]bool) (map[quad.IRI][]quad.Quad, error) {
	joins := map[quad.IRI][]quad.Quad{}
	for _, q := range j.part.all() {
		if q.Predicate == schema.SameAs {
			joins[read.IRI(q.Label)] = append(joins[read.IRI(q.Label)], q)
		}
	}
	for i, gone := range j.part.quads {
		if j.part.marks[i]&was == 0 || nodes[gone.Subject] || gone.Predicate != schema.Type || agree.IsRecord(gone.Object) {
			continue
		}
		src := read.IRI(gone.Label)
		err := j.joinsAt(read.IRI(gone.Subject), func(q quad.Quad) {
			if q.Object == gone.Subject && q.Label != src {
				joins[src] = append(joins[src], q)
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return joins, nil
}

// exists reports whether the store will have a statement about a node.
func (j *joining) exists(nodes map[quad.Value]bool, node quad.Value) (there bool, err error) {
	if nodes[node] {
		return true, nil
	}
	for q, err := range j.store.Each(j.ctx, quad.Quad{Subject: node}) {
		if err != nil || !j.owns(q.Label) {
			return err == nil, err
		}
	}
	return false, nil
}

// joinsAt calls do with the joins that have a node at one end.
func (j *joining) joinsAt(node quad.IRI, do func(quad.Quad)) error {
	for _, q := range j.ends[node] {
		do(q)
	}
	return (*decide.Decisions)(nil).Joined(j.ctx, j.store, node, func(q quad.Quad, _ quad.IRI) {
		if !j.owns(q.Label) {
			do(q)
		}
	})
}

// kindsOf lists the quads by which sources give a node its kind.
func (j *joining) kindsOf(node quad.IRI) ([]quad.Quad, error) {
	var kinds []quad.Quad
	for _, q := range j.part.kindsOf(node) {
		if q.Label != schema.OntologyIRI {
			kinds = append(kinds, q)
		}
	}
	elsewhere, err := j.kindsElsewhere(node)
	for _, q := range elsewhere {
		is, e := j.isSource(read.IRI(q.Label))
		if e != nil {
			return nil, e
		}
		if is {
			kinds = append(kinds, q)
		}
	}
	return kinds, err
}
