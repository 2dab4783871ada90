package store

import (
	"context"
	"runtime"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/snapshot"
)

// Prepared is a path that is planned once and run from many nodes. Making a path in
// Cayley, and walking its shape three times, is most of the time of a small query. It is
// for one goroutine.
type Prepared struct {
	qs   *QuadStore
	via  *path.Path
	plan *plan.Prepared
}

// Prepare makes ready a path that does not say where it begins: see
// path.StartMorphism. It is planned when it is first asked, and again when the store
// has changed since.
func (qs *QuadStore) Prepare(via *path.Path) *Prepared { return &Prepared{qs: qs, via: via} }

// Ask calls f with the end of each row from a node, in the state of now, until f
// returns false. A node comes once for each way to it.
func (p *Prepared) Ask(ctx context.Context, from quad.Value, f func(graph.Ref) bool) (err error) {
	defer snapshot.Catch(&err)
	v, err := p.qs.view()
	if err != nil {
		return err
	}
	if p.plan == nil || p.plan.Index() != plan.Index(v) {
		if err := p.Close(); err != nil {
			return err
		}
		if p.plan, err = plan.Prepare(ctx, v, p.via); err != nil {
			return err
		}
	}
	defer runtime.KeepAlive(v)
	return p.plan.Ask(ctx, from, func(n plan.TermRef) bool { return f(n) })
}

// Close releases the plan. The path can be run again.
func (p *Prepared) Close() error {
	if p.plan == nil {
		return nil
	}
	err := p.plan.Close()
	p.plan = nil
	return err
}
