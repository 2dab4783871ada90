package plan

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"

	"kg/graph/internal/store/term"
	"kg/internal/testsize"
)

var casesFlag = flag.Int("cases", 24000, "how many random paths to test, and half as many shapes")
var seedFlag = flag.Uint64("seed", 2, "of the random paths and shapes")

func cases() int {
	return *casesFlag / testsize.Of(60, 1)
}

// TestRandomPaths compares plans with the naive evaluator, and with Cayley's
// own iterators over the same Index where these are right.
func TestRandomPaths(t *testing.T) {
	r := rand.New(rand.NewPCG(1, *seedFlag))
	var done, few, cayleys, full int
	for n := 0; done < cases(); n++ {
		s := randomStore(r)
		for range 20 {
			g := &pathMaker{Rand: r, qs: s, plain: r.IntN(4) == 0}
			p := g.sub(3)
			switch comparePath(t, s, p, g.names) {
			case compared:
				done++
			case comparedSome:
				done++
				full++
			case skipped:
				few++
			case cayleysOwn:
				cayleys++
			}
			if t.Failed() {
				return
			}
		}
	}
	t.Logf("%d paths compared, %d with rows; %d too large or not determined; %d changed by Cayley before they came to us", done, full, few, cayleys)
}

type outcome int

const (
	compared     outcome = iota
	comparedSome         // and there were rows
	skipped
	cayleysOwn // its generic passes change the meaning
)

func comparePath(t *testing.T, s *store, p *path.Path, names []string) (res outcome) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case tooMany:
			res = skipped
		default:
			t.Errorf("%s\npanic: %v", strings.Join(names, ", "), e)
			panic(e)
		}
	}()
	o := &oracle{store: s}
	want := o.rows(p.Shape())
	if o.vague {
		return skipped
	}
	if panics(s, p) {
		return cayleysOwn
	}
	got := listed(t, s, p)
	if diff(o, want, got) == "" {
		if asked, ok := asked(t, s, p); ok && diff(o, want, asked) != "" {
			t.Errorf("%s\n%#v\nasked node by node: %s", strings.Join(names, ", "), p.Shape(), diff(o, want, asked))
		}
		if len(got) > 0 {
			return comparedSome
		}
		return compared
	}
	// Cayley's own first passes may have changed it
	o2 := &oracle{store: s}
	sh, _ := shape.Optimize(context.Background(), p.Shape(), &store{memory: s.memory, stock: true})
	want2 := o2.rows(sh)
	if diff(o2, want2, got) == "" {
		return cayleysOwn
	}
	t.Errorf("%s\n%#v\n%s", strings.Join(names, ", "), p.Shape(), diff(o, want, got))
	return compared
}

// panics tells whether Cayley's passes panic by themselves: the second does for
// an Except of what the first found to be nothing.
func panics(s *store, p *path.Path) (yes bool) {
	defer func() { yes = recover() != nil }()
	shape.Optimize(context.Background(), p.Shape(), &store{memory: s.memory, stock: true})
	return false
}

func diff(o *oracle, want, got []answer) string {
	w, g := o.show(want, !o.loose), o.show(got, !o.loose)
	if slices.Equal(w, g) {
		return ""
	}
	return fmt.Sprintf("want %d: %q\ngot  %d: %q", len(w), w, len(g), g)
}

// asked are the rows of a path found by asking it for every node.
func asked(t *testing.T, s *store, p *path.Path) ([]answer, bool) {
	it, ok := p.BuildIterator(context.Background()).(*iterators)
	if !ok {
		return nil, false
	}
	return askedFor(t, s, it), true
}

func askedFor(t *testing.T, s *store, it iterator.Shape) []answer {
	ctx := context.Background()
	var out []answer
	index := it.Lookup()
	for id := range s.values {
		for ok := index.Contains(ctx, TermRef{term.ID(id), s.Numbering()}); ok; ok = index.NextPath(ctx) {
			a := s.answer(index.Result())
			m := map[string]refs.Ref{}
			index.TagResults(m)
			for k, v := range m {
				a = with(a, map[string]string{k: s.name(s.answer(v))})
			}
			out = append(out, a)
		}
	}
	if err := index.Err(); err != nil {
		t.Error(err)
	}
	if err := index.Close(); err != nil {
		t.Error(err)
	}
	return out
}

// listed are all rows of a path, by way of Cayley.
func listed(t *testing.T, s *store, p *path.Path) []answer {
	var out []answer
	ctx := context.Background()
	n := 0
	err := p.Iterate(ctx).Each(func(r refs.Ref) error {
		n++
		out = append(out, s.answer(r))
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	i := 0
	err = p.Iterate(ctx).TagEach(func(m map[string]refs.Ref) error {
		if i < len(out) {
			out[i].tags = map[string]string{}
			for k, v := range m {
				out[i].tags[k] = s.name(s.answer(v))
			}
		}
		i++
		return nil
	})
	if err != nil || i != n {
		t.Errorf("%d rows with tags, %d without; %v", i, n, err)
	}
	if c, err := p.Iterate(ctx).Count(); err != nil || int(c) != n {
		t.Errorf("counted %d of %d; %v", c, n, err)
	}
	return out
}

func (s *store) answer(r refs.Ref) answer {
	switch r := r.(type) {
	case TermRef:
		return answer{id: r.ID}
	case refs.PreFetchedValue:
		return answer{value: r.NameOf()}
	case QuadRef:
		return quadAnswer(r.Quad)
	}
	panic(fmt.Sprintf("a result %v", r))
}

func (s *store) name(a answer) string { return (&oracle{store: s}).name(a) }
