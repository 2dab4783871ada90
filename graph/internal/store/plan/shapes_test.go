package plan

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
)

// opaque hides a shape from the optimizer, as shapes of other packages do.
type opaque struct{ shape.Shape }

func (o opaque) Optimize(context.Context, shape.Optimizer) (shape.Shape, bool) { return o, false }

func (o opaque) BuildIterator(qs graph.QuadStore) iterator.Shape {
	s := qs.(*store)
	sh := planned(s, o.Shape)
	if _, ok := sh.(*Plan); !ok { // Cayley's Fixed, when asked, has each node once
		b := nodeBuilder{ix: s.memory}
		sh = &Plan{ix: s.memory, node: b.part(sh)}
	}
	return sh.BuildIterator(qs)
}

// planned goes by the first and the third of Cayley's passes. Without the
// second, which paths go by, shapes mean what they say.
func planned(s *store, sh shape.Shape) shape.Shape {
	for _, r := range []shape.Optimizer{lookups{s.memory}, s} {
		if sh, _ = sh.Optimize(context.Background(), r); sh == nil {
			return shape.Null{}
		}
	}
	return sh
}

func (g *pathMaker) direction() quad.Direction {
	return []quad.Direction{quad.Subject, quad.Predicate, quad.Object, quad.Label}[g.IntN(4)]
}

func (g *pathMaker) value() quad.Value {
	return g.one(g.node(), g.node(), quad.IRI("p"), quad.IRI("q"), quad.IRI("x"), quad.IRI("y"))
}

func (g *pathMaker) ref() refs.Ref {
	if g.IntN(8) == 0 {
		return refs.PreFetched(quad.Int(g.IntN(4)))
	}
	return TermRef{g.qs.live[g.IntN(len(g.qs.live))], g.qs.Numbering()}
}

func (g *pathMaker) shapes(n, depth int) []shape.Shape {
	out := make([]shape.Shape, n)
	for i := range out {
		out[i] = g.shape(depth)
	}
	return out
}

// shape makes any shape of nodes.
func (g *pathMaker) shape(depth int) shape.Shape {
	if depth == 0 || g.IntN(5) == 0 {
		switch g.IntN(3) {
		case 0:
			return shape.AllNodes{}
		case 1:
			return shape.Lookup{g.value(), g.value()}
		}
		var f shape.Fixed
		for range 1 + g.IntN(12)*g.IntN(2) {
			f = append(f, TermRef{g.qs.live[g.IntN(len(g.qs.live))], g.qs.Numbering()})
		}
		return f
	}
	depth--
	switch g.IntN(17) {
	case 0:
		return shape.Intersect(g.shapes(1+g.IntN(3), depth))
	case 1:
		return shape.IntersectOpt{Sub: g.shapes(g.IntN(3), depth), Opt: g.shapes(1+g.IntN(2), depth)}
	case 2:
		return shape.Union(g.shapes(g.IntN(4), depth))
	case 3:
		e := shape.Except{Exclude: g.shape(depth)}
		if g.IntN(2) == 0 {
			e.From = opaque{g.shape(depth)} // others may become nil, and that is all nodes to Except
		}
		return e
	case 4:
		return shape.Filter{From: g.shape(depth), Filters: []shape.ValueFilter{g.comparison(), g.comparison()}[g.IntN(2):]}
	case 5:
		return shape.Save{From: g.shape(depth), Tags: []string{g.tag(), g.tag()}}
	case 6:
		return shape.FixedTags{On: g.shape(depth), Tags: map[string]refs.Ref{g.tag(): g.ref(), g.tag(): g.ref()}}
	case 7:
		return shape.Unique{From: g.shape(depth)}
	case 8:
		return shape.Page{From: g.shape(depth), Limit: 1 << 40}
	case 9:
		return shape.Materialize{Values: g.shape(depth)}
	case 10:
		return shape.Sort{From: g.shape(depth)}
	case 11:
		return opaque{g.shape(depth)}
	case 12:
		return g.action()
	}
	return shape.NodesFrom{Dir: g.direction(), Quads: g.quadsShape(depth)}
}

func (g *pathMaker) quadsShape(depth int) shape.Shape {
	if g.IntN(8) == 0 {
		return shape.Union{g.quadsShape(depth), g.quadsShape(depth)}
	}
	if g.IntN(4) == 0 {
		return shape.Save{From: g.quadsShape(depth), Tags: []string{g.tag(), g.tag()}[g.IntN(2):]}
	}
	q := make(shape.Quads, g.IntN(5))
	for i := range q {
		q[i].Dir = g.direction()
		switch g.IntN(5) {
		case 0:
			q[i].Values = shape.Save{From: shape.AllNodes{}, Tags: []string{g.tag()}}
		case 1:
			q[i].Values = shape.Filter{From: shape.AllNodes{}, Filters: []shape.ValueFilter{g.comparison()}}
		case 2:
			q[i].Values = shape.Lookup{g.value()}
		default:
			q[i].Values = g.shape(depth)
		}
	}
	return q
}

func (g *pathMaker) action() shape.Shape {
	a := shape.QuadsAction{Result: g.direction()}
	for range g.IntN(3) {
		a.SetFilter(g.direction(), TermRef{g.qs.live[g.IntN(len(g.qs.live))], g.qs.Numbering()})
	}
	a.Save = map[quad.Direction][]string{}
	for range g.IntN(3) {
		a.Save[g.direction()] = []string{g.tag()}
	}
	return a
}

// TestRandomShapes compares shapes of all kinds, each within each, with the naive
// evaluator, scanned and asked.
func TestRandomShapes(t *testing.T) {
	r := rand.New(rand.NewPCG(9, *seedFlag))
	var done, full int
	for done < cases()/2 {
		s := randomStore(r)
		for range 20 {
			g := &pathMaker{Rand: r, qs: s}
			switch compareShape(t, s, g.shape(3)) {
			case comparedSome:
				full++
				fallthrough
			case compared:
				done++
			}
			if t.Failed() {
				return
			}
		}
	}
	t.Logf("%d shapes compared, %d with rows", done, full)
}

func compareShape(t *testing.T, s *store, sh shape.Shape) (res outcome) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case tooMany:
			res = skipped
		default:
			t.Errorf("%#v\npanic: %v", sh, e)
			panic(e)
		}
	}()
	o := &oracle{store: s}
	want := o.rows(sh)
	it := planned(s, sh).BuildIterator(s)
	got := scanned(t, s, it)
	if d := diff(o, want, got); d != "" {
		t.Errorf("%#v\n%s", sh, d)
		return compared
	}
	if _, ok := it.(*iterators); ok {
		if d := diff(o, want, askedFor(t, s, it)); d != "" {
			t.Errorf("%#v\nasked node by node: %s", sh, d)
		}
	}
	if len(want) == 0 {
		return compared
	}
	return comparedSome
}

// scanned are all rows of an iterator.
func scanned(t *testing.T, s *store, it iterator.Shape) []answer {
	ctx := context.Background()
	scan := it.Iterate()
	defer scan.Close()
	var out []answer
	add := func() {
		m := map[string]refs.Ref{}
		scan.TagResults(m)
		a := s.answer(scan.Result())
		for k, v := range m {
			a = with(a, map[string]string{k: s.name(s.answer(v))})
		}
		out = append(out, a)
	}
	for scan.Next(ctx) {
		for add(); scan.NextPath(ctx); {
			add()
		}
		// the tags of the row must be there still: an And asks for them now
		before := out[len(out)-1]
		add()
		if o := (&oracle{store: s}); diff(o, []answer{before}, out[len(out)-1:]) != "" {
			t.Errorf("a row has changed: %v, %v", before, out[len(out)-1])
		}
		out = out[:len(out)-1]
	}
	if err := scan.Err(); err != nil {
		t.Error(err)
	}
	st, err := it.Stats(ctx)
	if err != nil || st.Size.Exact && int(st.Size.Value) != len(out) {
		t.Errorf("%d rows, size %+v; %v", len(out), st.Size, err)
	}
	return out
}
