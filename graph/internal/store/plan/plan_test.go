package plan

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
)

// storeOf holds the quads of lines like "a p b" or "a p b label".
func storeOf(t testing.TB, lines ...string) *store {
	g := &growing{}
	for _, l := range lines {
		f := append(strings.Fields(l), "")
		v := func(i int) quad.Value {
			if f[i] == "" {
				return nil
			}
			if n, err := strconv.Atoi(f[i]); err == nil {
				return quad.Int(n)
			}
			return quad.IRI(f[i])
		}
		g.quads = append(g.quads, quad.Quad{Subject: v(0), Predicate: v(1), Object: v(2), Label: v(3)})
	}
	if err := g.ApplyDeltas(nil, graph.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
	return &g.store
}

// tagged lists a path's rows as "node tag=node …", in the order they come.
func tagged(t *testing.T, s *store, p *path.Path) []string {
	var ids []term.ID
	var out []string
	it := p.Iterate(context.Background())
	if err := it.Each(func(r refs.Ref) error { ids = append(ids, r.(TermRef).ID); return nil }); err != nil {
		t.Fatal(err)
	}
	err := p.Iterate(context.Background()).TagEach(func(m map[string]refs.Ref) error {
		row := text(s.values[ids[len(out)]])
		for _, k := range slices.Sorted(maps.Keys(m)) {
			row += " " + k + "=" + strings.NewReplacer("<", "", ">", "").Replace(s.name(s.answer(m[k])))
		}
		out = append(out, row)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTags(t *testing.T) {
	s := storeOf(t, "a p b", "a p c", "a p b l", "b p c", "c p d", "d p a", "b q x", "c q x", "a q y l", "a q z m")
	from := func(n string) *path.Path { return path.StartPath(s, quad.IRI(n)) }
	p, q := quad.IRI("p"), quad.IRI("q")
	step := func() *path.Path { return path.StartMorphism().Out(p) }
	for _, c := range []struct {
		name string
		path *path.Path
		want string
	}{
		{"the same triple twice", from("a").Out(p), "b; b; c"},
		{"product of ways", from("a").Out(p).Save(q, "v").Tag("n"), "b n=b v=x; b n=b v=x; c n=c v=x"},
		{"union clears tags", from("a").Tag("s").Out(p).Or(from("d").Out(p)), "b s=a; b s=a; c s=a; a"},
		{"optional multiplies", from("a").SaveOptional(q, "v").SaveOptional(quad.IRI("none"), "w"), "a v=y; a v=z"},
		{"optionals multiply", from("a").SaveOptional(q, "v").SaveOptional(p, "w"),
			"a v=y w=b; a v=y w=b; a v=y w=c; a v=z w=b; a v=z w=b; a v=z w=c"},
		{"unique takes the first", from("a").OutWithTags([]string{"by"}).Unique(), "b by=p; c by=p; y by=q; z by=q"},
		{"order", from("a").Out().Order().Tag("n"), "b n=b; b n=b; c n=c; y n=y; z n=z"},
		{"order stays before has", path.StartPath(s).Clone().Order().Has(p), "a; a; a; b; c; d"},
		{"the label is a tag", from("a").LabelContextWithTags([]string{"l"}, path.StartPath(s)).Out(q), "y l=l; z l=m"},
		{"page", path.StartPath(s).Has(q).Clone().Order().Skip(1).Limit(2), "a; b"},
		{"a page asked", from("b").And(path.StartPath(s).Has(q).Clone().Order().Skip(2).Limit(1)), "b"},
		{"not on the page", from("c").And(path.StartPath(s).Has(q).Clone().Order().Skip(2).Limit(1)), ""},
		{"tags of a page asked", from("b").And(path.StartPath(s).Clone().Limit(100).Save(q, "v").Clone().Limit(100)), "b v=x"},
		{"recursion", from("a").Filters(FollowRecursive(step(), -1, "depth")),
			`b depth="1"^^xsd:integer; c depth="1"^^xsd:integer; d depth="2"^^xsd:integer; a depth="3"^^xsd:integer`},
		{"recursion carries the tags of its start", from("a").Tag("s").Save(q, "v").Filters(FollowRecursive(step(), 1)),
			"b s=a v=y; b s=a v=z; c s=a v=y; c s=a v=z"},
		{"and of its last step", from("a").Filters(FollowRecursive(path.StartMorphism().Tag("from").Out(p), -1)),
			"b from=a; c from=a; d from=c; a from=d"},
		{"recursion asked", from("d").And(from("a").Tag("s").Filters(FollowRecursive(step(), -1, "depth"))),
			`d depth="2"^^xsd:integer s=a`},
		{"recursion not reached", from("x").And(from("a").Filters(FollowRecursive(step(), -1))), ""},
		{"recursion in a recursion", from("a").Filters(FollowRecursive(
			path.StartMorphism().Filters(FollowRecursive(step(), 2)).Has(q), -1)), "b; c; a"},
		{"recursion by a path that does not go on", from("a").Filters(FollowRecursive(
			path.StartMorphism().Out(quad.IRI("none")).Or(path.StartPath(s, quad.IRI("x"))), -1)), "x"},
		{"recursion from nothing", from("nothing").Filters(FollowRecursive(
			path.StartMorphism().Out(quad.IRI("none")).Or(path.StartPath(s, quad.IRI("x"))), -1)), ""},
		{"recursion over an exception of nothing", from("b").Filters(FollowRecursive(
			step().Except(path.StartPath(s, quad.IRI("a")).And(path.StartPath(s).And(path.StartPath(s)))), 1)), "c"},
		{"Cayley's recursion, joined", from("a").Tag("s").FollowRecursive(step(), -1, []string{"d"}).Has(q).Tag("n"),
			`b d="1"^^xsd:integer n=b s=a; c d="1"^^xsd:integer n=c s=a; a d="3"^^xsd:integer n=a s=a; a d="3"^^xsd:integer n=a s=a`},
		{"and kept on a page, asked", from("c").And(
			from("a").FollowRecursive(step(), -1, []string{"d"}).Has(q).Clone().Limit(100)), `c d="1"^^xsd:integer`},
		{"an iterator as a path", path.PathFromIterator(s, iterator.NewFixed(TermRef{s.ids[quad.IRI("b")], s.Numbering()})).Out(q), "x"},
		{"a prefix", path.StartPath(s).Filters(shape.Wildcard{Pattern: "a%"}, shape.Wildcard{Pattern: "?"}), "a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(tagged(t, s, c.path), "; "); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestDepthIsReported(t *testing.T) {
	var lines []string
	for i := range DefaultDepth + 1 {
		lines = append(lines, fmt.Sprintf("n%d p n%d", i, i+1))
	}
	s := storeOf(t, lines...)
	via := path.StartMorphism().Out(quad.IRI("p"))
	for _, c := range []struct{ from, depth, rows int }{{0, -1, 51}, {0, 50, 50}, {0, 51, 51}, {0, 0, 50}, {1, 0, 50}} {
		n := 0
		p := path.StartPath(s, quad.IRI(fmt.Sprintf("n%d", c.from))).Filters(FollowRecursive(via, c.depth))
		err := p.Iterate(context.Background()).Each(func(refs.Ref) error { n++; return nil })
		if cut := c.depth == 0 && c.from == 0; errors.Is(err, ErrDepth) != cut || !cut && n != c.rows {
			t.Errorf("%+v: %d rows, %v", c, n, err)
		}
	}
}

func TestCounts(t *testing.T) {
	s := storeOf(t, "a p b", "a p b l", "b p c", "a q c", "c q 3")
	for _, c := range []struct {
		path *path.Path
		want string
	}{
		{path.StartPath(s).Out(quad.IRI("p")).Count(), `"3"^^<xsd:integer>`},
		{path.StartPath(s, quad.IRI("a")).Out().Count(), `"3"^^<xsd:integer>`},
		{path.StartPath(s, quad.IRI("none")).Out().Count(), `"0"^^<xsd:integer>`},
		{path.StartPath(s).Out().Is(quad.IRI("a")).Count(), `"0"^^<xsd:integer>`},
		{path.StartPath(s).Out().Count().Tag("n").Unique().Limit(5), `"5"^^<xsd:integer>`},
		{path.StartPath(s).Out().Count().And(path.StartPath(s).In()), ``}, // 5 is no node
		{path.StartPath(s).Out().Count().Count(), `"1"^^<xsd:integer>`},
		{path.StartPath(s).Out().Count().Clone().Order().Filter(iterator.CompareGT, quad.Int(4)), `"5"^^<xsd:integer>`},
		{path.StartPath(s).Out().Count().Filter(iterator.CompareGT, quad.Int(5)), ``},
		{path.StartPath(s).Out().Count().Or(path.StartPath(s, quad.IRI("a"))), `"5"^^<xsd:integer> <a>`},
		{path.StartPath(s, quad.IRI("a")).Out().Count().And(path.StartPath(s).Out()), `"3"^^<xsd:integer>`},
	} {
		var out []string
		err := c.path.Iterate(context.Background()).EachValue(s, func(v quad.Value) error {
			out = append(out, v.String())
			return nil
		})
		if got := strings.Join(out, " "); err != nil || got != c.want {
			t.Errorf("got %s, want %s; %v", got, c.want, err)
		}
	}
	it := path.StartPath(s).Out().Count().BuildIterator(context.Background()).Lookup()
	for n, want := range map[quad.Value]bool{quad.Int(5): true, quad.Int(3): false} {
		if got := it.Contains(context.Background(), refs.PreFetched(n)); got != want {
			t.Errorf("count contains %v: %v", n, got)
		}
	}
	if it.Contains(context.Background(), TermRef{1, s.Numbering()}) || it.Err() != nil {
		t.Errorf("a node is a count; %v", it.Err())
	}
}

// TestCheapSizes holds that sizes the index knows are not found by listing.
func TestCheapSizes(t *testing.T) {
	s := bigStore(20_000)
	reads := 0
	s.damage = func() { reads++ }
	person := path.StartPath(s, iri("person", 7))
	ge := shape.Comparison{Op: iterator.CompareGTE, Val: quad.Int(2000)}
	for _, c := range []struct {
		name  string
		path  *path.Path
		reads int
	}{
		{"all", path.StartPath(s), 0},
		{"hop", path.StartPath(s, quad.IRI(example+"type/Person")).In(pred("type")), 1},
		{"whole predicate", path.StartPath(s).Out(pred("knows")), 1},
		{"range", path.StartPath(s).HasFilter(pred("amount"), false, ge), 1},
		{"union", person.Out(pred("knows")).Or(person.In(pred("knows"))), 2},
		{"sum", path.StartPath(s, iri("company", 0)).In(pred("worksAt")).Out(pred("knows")), 120},
		{"skip", path.StartPath(s).Out(pred("knows")).Clone().Skip(5), 1},
		{"page", path.StartPath(s).Out(pred("knows")).Clone().Skip(5).Limit(10), 1},
	} {
		want := 0
		if err := c.path.Iterate(context.Background()).Each(func(refs.Ref) error { want++; return nil }); err != nil {
			t.Fatal(err)
		}
		reads = 0
		st, err := c.path.BuildIterator(context.Background()).Stats(context.Background())
		if err != nil || !st.Size.Exact || int(st.Size.Value) != want || reads > c.reads {
			t.Errorf("%s: %+v of %d with %d reads; %v", c.name, st.Size, want, reads, err)
		}
	}
}

func TestQuadShapes(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		s := randomStore(r)
		g := &pathMaker{Rand: r, qs: s, plain: true}
		var q shape.Quads
		for _, d := range []quad.Direction{quad.Subject, quad.Predicate, quad.Object, quad.Label} {
			switch r.IntN(4) {
			case 0:
				q = append(q, shape.QuadFilter{Dir: d, Values: shape.Lookup(g.nodes())})
			case 1:
				q = append(q, shape.QuadFilter{Dir: d, Values: path.StartPath(s).Filters(g.comparison()).Shape()})
			}
		}
		o := &oracle{store: s}
		var want, got []string
		for _, q := range o.quads(q) {
			want = append(want, fmt.Sprint(q.quad))
		}
		it := shape.BuildIterator(context.Background(), s, q)
		err := iterator.Iterate(context.Background(), it).Each(func(r refs.Ref) error {
			got = append(got, fmt.Sprint(r.(QuadRef).Quad))
			return nil
		})
		slices.Sort(want)
		slices.Sort(got)
		if err != nil || !slices.Equal(want, got) {
			t.Fatalf("%#v\nwant %q\ngot  %q; %v", q, want, got, err)
		}
		index := it.Lookup()
		for _, q := range s.orders[0] {
			has := index.Contains(context.Background(), QuadRef{q, s.Numbering()})
			if want := slices.Contains(want, fmt.Sprint(q)); has != want {
				t.Fatalf("contains %v: %v, want %v", q, has, want)
			}
		}
	}
}

func TestCancelIsReported(t *testing.T) {
	s := bigStore(20_000)
	over := path.StartPath(s).Out().Filters(shape.Wildcard{Pattern: "%zzz"})
	done, cancel := context.WithCancel(context.Background())
	cancel()
	for name, p := range map[string]*path.Path{"scan": over, "count": over.Clone().Count(), "row": path.StartPath(s).Out()} {
		if err := p.Iterate(done).Each(func(refs.Ref) error { return nil }); !errors.Is(err, context.Canceled) {
			t.Errorf("%s, cancelled before: %v", name, err)
		}
	}
	if _, err := over.Iterate(done).Count(); !errors.Is(err, context.Canceled) {
		t.Errorf("counted, cancelled before: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	n := 0
	err := path.StartPath(s).Out().Iterate(ctx).Each(func(refs.Ref) error {
		if n++; n == 1000 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) || n != 1000 {
		t.Errorf("cancelled at %d: %v", n, err)
	}
}

// TestDamage has the index fail at its first read, at its second and so on.
func TestDamage(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	broken := errors.New("page 7 is damaged")
	var failed int
	for range 400 {
		s := randomStore(r)
		g := &pathMaker{Rand: r, qs: s}
		p := g.sub(2)
		if panics(s, p) {
			continue
		}
		for good := 0; ; good++ {
			left := good
			it := p.BuildIterator(context.Background())
			s.damage = func() {
				if left--; left < 0 {
					panic(broken)
				}
			}
			err := iterator.Iterate(context.Background(), it).Each(func(refs.Ref) error { return nil })
			if left < 0 && !errors.Is(err, broken) {
				t.Fatalf("%v: read %d is damaged: %v", g.names, good, err)
			}
			index := it.Lookup()
			index.Contains(context.Background(), TermRef{1, s.Numbering()})
			if left < 0 {
				failed++
			}
			s.damage = nil
			if left >= 0 || good > 20 {
				break
			}
		}
	}
	if failed < 1000 {
		t.Errorf("only %d failures were tried", failed)
	}
}

func TestMistakesAreNotDamage(t *testing.T) {
	s := storeOf(t, "a p b")
	it := path.StartPath(s).Out().BuildIterator(context.Background()).Iterate()
	s.damage = func() { _ = []int{}[len(s.nums)] }
	defer func() {
		if _, ok := recover().(runtime.Error); !ok {
			t.Error("a runtime error was taken for damage")
		}
	}()
	it.Next(context.Background())
}

// TestOnePlanManyTimes runs one plan by several goroutines at once.
func TestOnePlanManyTimes(t *testing.T) {
	s := bigStore(5_000)
	p := path.StartPath(s, iri("company", 0)).In(pred("worksAt")).Tag("p").Out(pred("knows")).
		Filters(FollowRecursive(path.StartMorphism().Out(pred("knows")), 3)).Has(pred("worksAt"))
	sh, _ := shape.Optimize(context.Background(), p.Shape(), s)
	it := sh.BuildIterator(s)
	want := -1
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			n := 0
			scan := it.Iterate()
			defer scan.Close()
			for scan.Next(context.Background()) {
				for n++; scan.NextPath(context.Background()); n++ {
				}
			}
			mu.Lock()
			defer mu.Unlock()
			if want < 0 {
				want = n
			}
			if n != want || n == 0 {
				t.Errorf("%d rows and %d", n, want)
			}
		})
	}
	wg.Wait()
}
