package session

import (
	"slices"
	"strconv"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/plan"
)

// reserved is the prefix of kg's own tags; a script cannot set one.
const reserved = plan.Hidden

// shapeBuilder turns a path into a shape. Where a quad is wanted for the result - as
// evidence, for its label, as a hop - it puts a Save around the quads of the
// hop, so that one tag holds the quad itself. Four tags on its directions would
// not do: one on the label loses the quads of the default graph.
type shapeBuilder struct {
	s        *session
	evidence bool // trace every hop
	quiet    bool // set no tags: the shape only filters nodes
	binding  bool // but these: they bind a row
	repeated bool // the shape is applied repeatedly
	tagged   bool // a tag was set, perhaps
	context  labels
	tracing  int  // trace, within a step whose hops are wanted
	hopping  bool // the hops of a walk within are wanted, too
	traces   []trace
	scope    int // the traces from here on are of the path that is being built
	labels   []labelTag
	walks    []walkTag
	err      error // of the store, looking up a value
}

// lookup are the nodes of values, each once: to name one twice adds no row. The store is asked here and not, as Cayley
// does it, in an optimiser's pass, which leaves holes that the next pass falls
// into.
func (b *shapeBuilder) lookup(values []quad.Value) shape.Shape {
	nodes := make(shape.Fixed, 0, len(values))
	seen := make(map[any]bool, len(values))
	for _, v := range values {
		ref, err := b.s.qs.ValueOf(v)
		if err != nil {
			b.err = err
		}
		if ref != nil && !seen[refs.ToKey(ref)] {
			seen[refs.ToKey(ref)] = true
			nodes = append(nodes, ref)
		}
	}
	if len(nodes) == 0 {
		return shape.Null{}
	}
	return nodes
}

// trace is a reserved tag that holds a quad, or a *plan.Bundle of many.
type trace struct {
	tag      string
	from, to quad.Direction // how the hop passed it; from is zero where it came either way
	covered  bool           // a later trace holds the ways through it
}

// labelTag are the tags that take the label of the quad in a trace.
type labelTag struct {
	trace string
	names []string
}

// walkTag is the tag that takes the hops of some traces.
type walkTag struct {
	name   string
	traces []trace
}

// path is p's shape, from all nodes; the context around it is not its own.
func (b *shapeBuilder) path(p *path) shape.Shape { return b.alone(p, labels{}) }

// alone is p's shape from all nodes, in a label context.
func (b *shapeBuilder) alone(p *path, context labels) shape.Shape {
	outer := b.scope
	b.scope = len(b.traces)
	defer func() { b.scope = outer }()
	return b.walk(shape.AllNodes{}, p, context)
}

// walk is the shape of p when it starts at the nodes of in, in a label context.
func (b *shapeBuilder) walk(in shape.Shape, p *path, context labels) shape.Shape {
	outer := b.context
	b.context = context
	defer func() { b.context = outer }()
	return b.from(in, p)
}

// within is the label context of a step: its own, or that around the path.
func (b *shapeBuilder) within(l labels) labels {
	if l.set {
		return l
	}
	return b.context
}

// from is the shape of p when it starts at the nodes of in.
func (b *shapeBuilder) from(in shape.Shape, p *path) shape.Shape {
	for _, s := range p.steps {
		in = s.apply(in, b)
	}
	return in
}

// save tags the nodes of a shape.
func (b *shapeBuilder) save(nodes shape.Shape, tags ...string) shape.Shape {
	if len(tags) == 0 || b.quiet && !b.binding {
		return nodes
	}
	b.tagged = true
	return shape.Save{From: nodes, Tags: tags}
}

// silenced returns a builder for a shape without traces and tags.
func (b *shapeBuilder) silenced() *shapeBuilder { return &shapeBuilder{s: b.s, quiet: true} }

// child builds a path that is run for itself, again and again, with traces of its own.
func (b *shapeBuilder) child(context labels) *shapeBuilder {
	return &shapeBuilder{s: b.s, evidence: b.wanted(), hopping: b.hopping || b.tracing > 0, quiet: b.quiet, context: context, repeated: true}
}

func (b *shapeBuilder) wanted() bool { return b.evidence || b.tracing > 0 }

// quads are the quads of a hop between two directions in a label context.
func (b *shapeBuilder) quads(quads shape.Quads, l labels, from, to quad.Direction) shape.Shape {
	l = b.within(l)
	if b.quiet {
		b.s.drops.note(quads)
	}
	if !l.only.all() {
		quads = where(quads, quad.Label, b.labelled(l))
	}
	if len(l.tags) == 0 || b.quiet {
		return b.traced(quads, from, to)
	}
	tag := b.newTrace(from, to)
	b.tagged = true
	b.labels = append(b.labels, labelTag{tag, l.tags})
	return shape.Save{From: quads, Tags: []string{tag}}
}

// traced puts a trace around quads if one is wanted.
func (b *shapeBuilder) traced(quads shape.Shape, from, to quad.Direction) shape.Shape {
	if !b.wanted() {
		return quads
	}
	return shape.Save{From: quads, Tags: []string{b.newTrace(from, to)}}
}

func (b *shapeBuilder) newTrace(from, to quad.Direction) string {
	b.s.serial++
	tag := reserved + strconv.Itoa(b.s.serial)
	b.traces = append(b.traces, trace{tag: tag, from: from, to: to})
	return tag
}

// cover returns the traces of the path built so far. A trace that holds the ways through
// all of them replaces them in a row's evidence.
func (b *shapeBuilder) cover() []trace {
	inner := slices.Clone(b.traces[b.scope:])
	for i := range b.traces[b.scope:] {
		b.traces[b.scope+i].covered = true
	}
	return inner
}

// unique keeps each node once. With evidence the node keeps all the ways that
// led to it, not only the first one.
func (b *shapeBuilder) unique(in shape.Shape) shape.Shape {
	if !b.evidence {
		return shape.Unique{From: in}
	}
	inner := uncovered(b.cover())
	return plan.Witnessed{From: in, Traces: inner, Tag: b.newTrace(0, 0)}
}

// uncovered are the tags of the traces that no later one holds.
func uncovered(traces []trace) []string {
	var tags []string
	for _, t := range traces {
		if !t.covered {
			tags = append(tags, t.tag)
		}
	}
	return tags
}

// meet intersects shapes, all nodes dropped.
func (b *shapeBuilder) meet(list ...shape.Shape) shape.Shape {
	var met shape.Intersect
	for _, sh := range list {
		switch sh := sh.(type) {
		case shape.AllNodes:
		case shape.Intersect:
			met = append(met, sh...)
		default:
			met = append(met, sh)
		}
	}
	if len(met) == 0 {
		return shape.AllNodes{}
	}
	return met
}

func (b *shapeBuilder) hops(in shape.Shape, s hopsStep) shape.Shape {
	n := len(b.traces)
	b.tagged = true
	b.tracing++
	out := s.of.apply(in, b)
	b.tracing--
	b.walks = append(b.walks, walkTag{s.tag, slices.Clone(b.traces[n:])})
	return out
}

// collector keeps quads in the order they come, each once.
type collector struct {
	list []plan.QuadRef
	seen map[any]bool // keys, of a list that is not short
}

func (c *collector) add(ref refs.Ref) {
	switch ref := ref.(type) {
	case *plan.Bundle:
		for _, h := range ref.Hops {
			for _, q := range h.Quads {
				c.link(q)
			}
		}
	case plan.QuadRef:
		c.link(ref)
	}
}

func (c *collector) link(q plan.QuadRef) {
	const short = 16
	if len(c.list) < short {
		c.list = plan.AddQuad(c.list, q)
		return
	}
	if c.seen == nil {
		c.seen = map[any]bool{}
		for _, q := range c.list {
			c.seen[q.Key()] = true
		}
	}
	if key := q.Key(); !c.seen[key] {
		c.seen[key] = true
		c.list = append(c.list, q)
	}
}

// resolve sets the tags of label contexts and of hops from the traces of a
// result. Where two label contexts set one tag, the later has it.
func (b *shapeBuilder) resolve(qs graph.QuadStore, tags map[string]refs.Ref) error {
	for _, l := range b.labels {
		q := tags[l.trace]
		if q == nil {
			continue
		}
		label, err := qs.QuadDirection(q, quad.Label)
		if err != nil {
			return err
		}
		if label == nil {
			continue
		}
		for _, name := range l.names {
			tags[name] = label
		}
	}
	for _, w := range b.walks {
		walk, err := w.walk(qs, tags)
		if err != nil {
			return err
		}
		if len(walk.Hops) > 0 {
			tags[w.name] = walk
		}
	}
	return nil
}

// walk are the hops of w's traces in a result.
func (w walkTag) walk(qs graph.QuadStore, tags map[string]refs.Ref) (*plan.Bundle, error) {
	walk := &plan.Bundle{}
	for _, t := range w.traces {
		switch ref := tags[t.tag].(type) {
		case nil:
		case *plan.Bundle:
			walk.Hops = append(walk.Hops, ref.Hops...)
		case plan.QuadRef:
			h := plan.Repetition{Quads: []plan.QuadRef{ref}}
			var err error
			if t.from != 0 {
				h.From, err = qs.QuadDirection(ref, t.from)
			}
			if err == nil {
				h.To, err = qs.QuadDirection(ref, t.to)
			}
			if err != nil {
				return nil, err
			}
			walk.Hops = append(walk.Hops, h)
		}
	}
	return walk, nil
}
