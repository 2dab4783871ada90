package session

import (
	"cmp"

	"github.com/cayleygraph/cayley/query/shape"

	"kg/graph/internal/store/plan"
)

// recursiveStep walks a path again and again: all nodes it meets, each once, by
// the number of walks it takes and the first way there. Where that way starts at a
// node with several rows, the node comes once for each that differs in its tags.
type recursiveStep struct {
	by        *path
	depth     int      // walks at most; 0 is no bound
	depthTags []string // take the number of walks
	labels    labels
}

func (s recursiveStep) apply(in shape.Shape, b *shapeBuilder) shape.Shape {
	step := b.child(b.within(s.labels))
	seed := &plan.Seed{}
	r := plan.Recursion{From: in, Seed: seed, Step: step.from(seed, s.by), MaxDepth: cmp.Or(s.depth, -1), DepthTags: s.depthTags}
	b.err = cmp.Or(b.err, step.err)
	if b.wanted() || b.tagged || len(b.labels)+len(b.walks)+len(step.labels)+len(step.walks) > 0 {
		r.Lineage = b.lineage(step)
	} else {
		r.From = shape.Unique{From: in} // rows that are indistinguishable
	}
	b.tagged = true // as the path that is walked, and the depth, may be
	return r
}

// lineage returns the tags by which rows show a recursion of a step.
func (b *shapeBuilder) lineage(step *shapeBuilder) *plan.Lineage {
	l := &plan.Lineage{Step: uncovered(step.traces), MadeBefore: b.made(), MadeStep: step.made()}
	if b.wanted() {
		l.Before = uncovered(b.cover())
		l.First, l.Hops = b.tracing > 0, b.tracing > 0 || b.hopping
	}
	// the tags of the last walk are the row's, too
	b.labels = append(b.labels, step.labels...)
	b.walks = append(b.walks, step.walks...)
	if b.wanted() {
		l.Tag = b.newTrace(0, 0)
	}
	return l
}

// made are the tags that resolve makes of traces.
func (b *shapeBuilder) made() []plan.Made {
	var made []plan.Made
	for _, l := range b.labels {
		for _, name := range l.names {
			made = append(made, plan.Made{Name: name, Trace: l.trace})
		}
	}
	for _, w := range b.walks {
		for _, t := range w.traces {
			made = append(made, plan.Made{Name: w.name, Trace: t.tag, Walk: true})
		}
	}
	return made
}

func (s recursiveStep) reverse() pathStep {
	s.by = s.by.reversed()
	return s
}
