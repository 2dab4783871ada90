package plan

import (
	"fmt"
	"math/rand/v2"

	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
)

const xsdInteger = "http://www.w3.org/2001/XMLSchema#integer"

// randomStore is a small graph in which nodes, predicates and labels mix,
// triples come under several labels, and literals have several spellings.
func randomStore(r *rand.Rand) *store {
	m := &memory{values: []quad.Value{nil}, ids: map[quad.Value]term.ID{}}
	values := []quad.Value{
		quad.Int(1), quad.Int(3), quad.TypedString{Value: "007", Type: xsdInteger}, quad.Float(2.5),
		quad.String("alpha"), quad.String("beta"), quad.LangString{Value: "alpha", Lang: "en"},
		quad.IRI("a"), quad.IRI("b"), quad.IRI("b/c"), quad.IRI("d"), quad.IRI("e"), quad.IRI("f"),
		quad.IRI("p"), quad.IRI("q"), quad.IRI("r"), quad.IRI("x"), quad.IRI("y"), quad.BNode("n"),
	}
	for _, v := range values {
		m.ids[v] = term.ID(len(m.values))
		m.values = append(m.values, v)
	}
	id := func(vs ...quad.Value) term.ID { return m.ids[vs[r.IntN(len(vs))]] }
	quads := make([]term.Quad, 0, 40)
	for range 6 + r.IntN(30) {
		q := term.Quad{
			id(values[7 : 13+r.IntN(2)]...), id(values[13:16]...), id(values[:15]...),
		}
		if r.IntN(3) > 0 {
			q[term.Object] = id(values[7:13]...)
		}
		if r.IntN(10) == 0 {
			q[term.Subject] = id(values[18])
		}
		if r.IntN(3) > 0 {
			q[term.Label] = id(values[15:18]...)
		}
		quads = append(quads, q)
		if r.IntN(4) == 0 {
			q[term.Label] = id(values[16:18]...)
			quads = append(quads, q)
		}
	}
	m.build(quads)
	for v, id := range m.ids { // a value that no quad has is unknown, as in a store
		if !m.Live(id) {
			delete(m.ids, v)
		}
	}
	return &store{memory: m}
}

// pathMaker makes random paths. The name of each step it takes is noted.
type pathMaker struct {
	*rand.Rand
	qs    *store
	names []string
	tags  int
	fixed bool // may be reversed: no steps that cannot
	plain bool // no tags
}

func (g *pathMaker) one(vs ...quad.Value) quad.Value { return vs[g.IntN(len(vs))] }

func (g *pathMaker) node() quad.Value {
	return g.one(quad.IRI("a"), quad.IRI("b"), quad.IRI("b/c"), quad.IRI("d"), quad.IRI("e"), quad.IRI("f"),
		quad.IRI("p"), quad.Int(3), quad.String("alpha"), quad.IRI("unknown"), quad.BNode("n"))
}

func (g *pathMaker) nodes() []quad.Value {
	out := make([]quad.Value, 1+g.IntN(3))
	for i := range out {
		out[i] = g.node()
	}
	return out
}

func (g *pathMaker) tag() string {
	g.tags++
	return fmt.Sprintf("t%d", g.tags)
}

// via is a predicate, some, any, or a path to some.
func (g *pathMaker) via() any {
	p := []quad.Value{quad.IRI("p"), quad.IRI("q"), quad.IRI("r")}
	switch g.IntN(10) {
	case 0:
		return nil
	case 1:
		return []quad.Value{g.one(p...), g.one(p...)}
	case 2:
		q := path.StartPath(g.qs, p[:2]...)
		if !g.plain && g.IntN(2) == 0 {
			q = q.Tag(g.tag())
		}
		return q
	case 3:
		return path.StartPath(g.qs).Filters(shape.Comparison{Op: iterator.CompareGTE, Val: quad.IRI("q")})
	}
	return g.one(p...)
}

func (g *pathMaker) comparison() shape.ValueFilter {
	op := []iterator.Operator{iterator.CompareLT, iterator.CompareLTE, iterator.CompareGT, iterator.CompareGTE}[g.IntN(4)]
	return shape.Comparison{Op: op, Val: g.one(quad.Int(2), quad.Int(3), quad.Float(2.5), quad.IRI("b"),
		quad.IRI("p"), quad.String("alpha"))}
}

// start is a path from some nodes, or from all.
func (g *pathMaker) start() *path.Path {
	if g.IntN(3) == 0 {
		return path.StartPath(g.qs)
	}
	return path.StartPath(g.qs, g.nodes()...)
}

// sub is a whole path for use in another.
func (g *pathMaker) sub(depth int) *path.Path { return g.steps(g.start(), depth-1) }

// reversible is a path that will be reversed.
func (g *pathMaker) reversible(p *path.Path, depth int) *path.Path {
	was := g.fixed
	g.fixed = true
	defer func() { g.fixed = was }()
	return g.steps(p, depth-1)
}

func (g *pathMaker) steps(p *path.Path, depth int) *path.Path {
	for range 1 + g.IntN(3) {
		s := steps[g.IntN(len(steps))]
		if depth < 1 && s.deep || g.fixed && s.final || g.plain && s.tags {
			continue
		}
		g.names = append(g.names, s.name)
		p = s.take(g, p, depth)
	}
	return p
}

type step struct {
	name              string
	deep, final, tags bool // has paths in it; cannot be reversed; sets tags
	take              func(g *pathMaker, p *path.Path, depth int) *path.Path
}
