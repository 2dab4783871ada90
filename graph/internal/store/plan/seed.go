package plan

import (
	"errors"
	"slices"
	"strconv"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
)

// frontier is where a recursion stands: the nodes it goes on from.
type frontier struct {
	plan *seed
	slot int // of the number of the node that a row went on from
	*frontierNodes
}

// frontierNodes are the nodes of a frontier. Foreign parts of a step have plans of
// their own on them.
type frontierNodes struct {
	nodes []term.ID // all that were reached or begun with, each once
	lo    int       // the first that is to go on from
	hi    int
	gen   int // grows whenever it moves
}

// seed stands in the plan of a step for the nodes to go on from.
type seed struct{ _ byte } // not empty, so that two seeds have two addresses

// tagged, because the row must show which node it went on from.
func (*seed) tagged() bool { return true }

// seeds are those that the rows of a plan hang on.
type seeds []*frontier

// moved returns a number that grows with every step of theirs: buffered rows of the plan
// are then stale.
func (s seeds) moved() int {
	gen := 1
	for _, f := range s {
		gen += f.gen
	}
	return gen
}

// seedFrame is where the slots and the used seeds of a plan begin.
type seedFrame struct{ slots, used int }

func (r *run) frame() seedFrame { return seedFrame{len(r.slots), len(r.used)} }

// around is the store as seen by a foreign part of a recursion's step: a plan in that
// part may begin at the seed.
type around struct {
	graph.QuadStore
	seeds seeds
}

// within makes the seeds of the run around it those of a run.
func (s seeds) within(r *run) {
	for i, f := range s {
		slot := r.slot(tag{name: seedName(i), kind: depthTag})
		r.seeds = append(r.seeds, &frontier{plan: f.plan, slot: slot, frontierNodes: f.frontierNodes})
	}
}

// take reads from the tags of a foreign part's row which nodes it went on from.
func (s seeds) take(r *run, tags map[string]refs.Ref) {
	for i, f := range s {
		name := seedName(i)
		if n, ok := tags[name].(refs.PreFetchedValue); ok {
			at, _ := n.NameOf().(quad.Int)
			r.slots[f.slot] = term.ID(at)
			delete(tags, name)
		}
	}
}

func seedName(i int) string { return Hidden + "seed" + strconv.Itoa(i) }

type seedOp struct {
	run    *run
	from   *frontier
	at     int
	probed term.ID
}

func (n *seed) open(r *run) op {
	for _, f := range slices.Backward(r.seeds) { // a recursion may be opened twice
		if f.plan == n {
			r.used = append(r.used, f)
			return &seedOp{run: r, from: f}
		}
	}
	panic(errSeed)
}

// errSeed cannot happen: a seed is only in the step of its own recursion,
// which opens it.
var errSeed = errors.New("the seed of a recursion outside of it")

func (o *seedOp) scan() { o.at, o.probed = o.from.lo, term.None }

func (o *seedOp) probe(id term.ID) { o.at, o.probed = o.from.lo, id }

func (o *seedOp) next() term.ID {
	for o.at < o.from.hi {
		o.run.step()
		id := o.from.nodes[o.at]
		o.at++
		if o.probed == term.None || o.probed == id {
			o.run.slots[o.from.slot] = term.ID(o.at)
			return id
		}
	}
	return term.None
}

func (o *seedOp) multiplicity(id term.ID) uint64 {
	for nodes := range slices.Chunk(o.from.nodes[o.from.lo:o.from.hi], ticksPerCheck) {
		o.run.pass(len(nodes))
		if slices.Contains(nodes, id) {
			return 1
		}
	}
	return 0
}

func (o *seedOp) size() uint64 { return 1 }

func (o *seedOp) total(*int) (uint64, bool) { return 0, false }
