package plan

import (
	"github.com/cayleygraph/cayley/graph/refs"

	"kg/graph/internal/store/term"
)

// joinedPlan is Joined over a plan.
type joinedPlan struct {
	from    node
	classes map[term.ID][]term.ID // of a node, the others
}

// join makes a node of a Joined. Nodes that are known are joined here.
func (b *nodeBuilder) join(s Joined) node {
	from := b.rows(s.From)
	if from == nil {
		return nil
	}
	classes := b.classes(s.Classes)
	ids, ok := from.(fixed)
	if !ok {
		return &joinedPlan{from, classes}
	}
	var all fixed
	for _, id := range ids {
		all = append(append(all, id), classes[id]...)
	}
	return all
}

// classes are those by id, in the state that is planned for.
func (b *nodeBuilder) classes(of *Classes) map[term.ID][]term.ID {
	if of.in == b.ix.Numbering() && of.version == b.ix.Version() {
		return of.byID
	}
	of.in, of.version = b.ix.Numbering(), b.ix.Version()
	of.byID = make(map[term.ID][]term.ID, len(of.Others))
	for v, others := range of.Others {
		id := b.resolve(refs.PreFetched(v))
		if id == term.None {
			continue
		}
		for _, other := range others {
			if o := b.resolve(refs.PreFetched(other)); o != term.None {
				of.byID[id] = append(of.byID[id], o)
			}
		}
	}
	return of.byID
}

func (n *joinedPlan) tagged() bool { return n.from.tagged() }

type joinedOp struct {
	lister
	run    *run
	plan   *joinedPlan
	others []term.ID // in a scan: the nodes the row is still to be yielded as; in a probe: the nodes still to probe
	id     term.ID   // that is probed, term.None in a scan
}

func (n *joinedPlan) open(r *run) op { return &joinedOp{run: r, plan: n, lister: list(r, n.from)} }

func (o *joinedOp) scan() {
	o.id, o.others = term.None, nil
	o.lister.scan()
}

func (o *joinedOp) probe(id term.ID) {
	o.id, o.others = id, o.plan.classes[id]
	o.lister.probe(id)
}

func (o *joinedOp) next() term.ID {
	if o.id != term.None {
		return o.nextProbed()
	}
	if len(o.others) > 0 {
		id := o.others[0]
		o.others = o.others[1:]
		return id
	}
	id := o.lister.next()
	o.others = o.plan.classes[id]
	return id
}

func (o *joinedOp) nextProbed() term.ID {
	for o.lister.next() == term.None {
		if len(o.others) == 0 {
			return term.None
		}
		o.run.step()
		o.lister.probe(o.others[0])
		o.others = o.others[1:]
	}
	return o.id
}

func (o *joinedOp) multiplicity(id term.ID) uint64 {
	n := o.lister.multiplicity(id)
	for _, other := range o.plan.classes[id] {
		n += o.lister.multiplicity(other)
	}
	return n
}

func (o *joinedOp) size() uint64 { return 2 * min(o.lister.size(), 1<<40) }

func (o *joinedOp) total(*int) (uint64, bool) { return 0, false }
