package plan

import (
	"context"

	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
)

// Prepared is a path that was planned and opened once, for one state, and is asked
// again from one node after another, as a recursion asks its step. It is for one
// goroutine.
type Prepared struct {
	run   run
	front frontier
	step  lister
	ids   [1]term.ID
	empty bool // the path leads nowhere from any node
}

// Prepare plans a path that does not say where it begins (path.StartMorphism).
func Prepare(ctx context.Context, ix Index, via *path.Path) (p *Prepared, err error) {
	defer guard(&err)
	start := &Seed{}
	b := nodeBuilder{ctx: ctx, ix: ix}
	n := b.recursion(allNodes, Recursion{Seed: start, Step: via.ShapeFrom(start), MaxDepth: 1})
	if b.err != nil {
		return nil, b.err
	}
	p = &Prepared{run: run{ix: ix, qs: ix.Store(), ctx: ctx}}
	r, ok := n.(*recursion)
	if p.empty = !ok; p.empty {
		return p, nil
	}
	p.front = frontier{plan: r.seed, slot: p.run.slot(tag{kind: hiddenTag}), frontierNodes: &frontierNodes{}}
	p.run.seeds = append(p.run.seeds, &p.front)
	p.step = list(&p.run, r.step)
	return p, nil
}

// Index is the state that the path was prepared for.
func (p *Prepared) Index() Index { return p.run.ix }

// Ask calls f with the end of each row from a node, until it returns false.
func (p *Prepared) Ask(ctx context.Context, from quad.Value, f func(TermRef) bool) (err error) {
	defer guard(&err)
	id, err := p.run.ix.Resolve(refs.PreFetched(from))
	if err != nil || id == term.None || p.empty || !p.run.ix.Live(id) {
		return err
	}
	p.run.ctx, p.ids[0] = ctx, id
	p.front.nodes, p.front.lo, p.front.hi = p.ids[:], 0, 1
	p.front.gen++
	p.run.slots[p.front.slot] = 0
	in := p.run.ix.Numbering()
	for p.step.scan(); ; {
		end := p.step.next()
		if end == term.None || !f(TermRef{end, in}) {
			return ctx.Err()
		}
	}
}

// Close closes Cayley's own iterators, if there are any in the plan.
func (p *Prepared) Close() error { return p.run.close() }
