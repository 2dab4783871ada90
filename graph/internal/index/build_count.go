package index

import (
	"bytes"
	"context"
	"errors"

	"kg/graph/internal/read"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
)

// counting counts the edges of nodes (see edgesOf), every quad at both ends, concurrently
// with do, which takes as long.
func (b *building) counting(ctx context.Context, do func(context.Context) error) (err error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	edges := make([]int32, len(b.nodes)) // do has those of the nodes
	counted := read.Aside(func() (err error) {
		defer snapshot.Catch(&err)
		return b.ids.Each(ctx, term.Pattern{}, func(q term.Quad) {
			for _, id := range [...]term.ID{q[term.Subject], q[term.Object]} {
				if id >= b.from && int(id-b.from) < len(edges) {
					edges[id-b.from]++
				}
			}
		})
	})
	defer func() { // in any case, since the store may be closed then
		if err != nil {
			stop()
			<-counted
			return
		}
		if err = <-counted; err == nil {
			for i := range b.nodes {
				b.nodes[i].edges += edges[i]
			}
		}
	}()
	return do(ctx)
}

// countAllStated replaces the edges of claims by the edges they state, on two goroutines.
func (b *building) countAllStated(ctx context.Context) (err error) {
	half := len(b.nodes) / 2
	other := read.Aside(func() (err error) {
		defer snapshot.Catch(&err)
		return b.countStated(ctx, half, len(b.nodes))
	})
	defer func() { err = errors.Join(err, <-other) }()
	return b.countStated(ctx, 0, half)
}

// countStated does that of some nodes.
func (b *building) countStated(ctx context.Context, from, to int) error {
	s := statedCount{building: b}
	for i := from; i < to; i++ {
		if n := &b.nodes[i]; n.rank == AClaim && n.named() {
			if err := s.count(ctx, n, b.from+term.ID(i)); err != nil {
				return err
			}
		}
	}
	return nil
}

// statedCount counts the edges that claims state, with buffers of its own.
type statedCount struct {
	*building
	claim, subject []byte
}

// count counts the quads that a claim states, without those of its own figures.
func (s *statedCount) count(ctx context.Context, n *built, id term.ID) error {
	s.claim, _ = s.ids.AppendText(s.claim[:0], id)
	s.claim = append(s.claim, '/') // see schema.IRI.Under
	n.edges = 0
	last, own := term.None, false
	var p term.Pattern
	p.Quad[term.Label] = id
	return s.ids.Each(ctx, p, func(q term.Quad) {
		if subject := q[term.Subject]; subject != last {
			s.subject, own = s.ids.AppendText(s.subject[:0], subject)
			last, own = subject, own && subject >= s.from && bytes.HasPrefix(s.subject, s.claim)
		}
		if !own {
			n.edges++
		}
	})
}
