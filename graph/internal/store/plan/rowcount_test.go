package plan

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/query/shape"

	"kg/graph/internal/store/term"
)

// remote is an index that keeps the graph on a server, for what a row count asks of it.
type remote struct{ *memory }

func (remote) Fetches() bool                      { return true }
func (remote) Fetch(Walk)                         {}
func (r remote) UpperBound(p term.Pattern) uint64 { return r.Count(p) }
func (r remote) CountRows(t RowCount) (n uint64, _ bool) {
	bag, ok := r.steps(r.begin(t.Nodes), t.Steps)
	for _, ways := range bag {
		n += ways
	}
	return n, ok
}

func (remote) begin(ids []term.ID) map[term.ID]uint64 {
	bag := map[term.ID]uint64{}
	for _, id := range ids {
		bag[id]++
	}
	return bag
}

// steps is what a RowCount says, word for word.
func (r remote) steps(bag map[term.ID]uint64, steps []CountStep) (map[term.ID]uint64, bool) {
	for _, s := range steps {
		next := map[term.ID]uint64{}
		switch {
		case s.Unique:
			for id := range bag {
				next[id] = 1
			}
		case s.Loop != nil:
			from, turn := bag, 0
			for ; len(from) > 0 && turn != s.Most; turn++ {
				to, _ := r.steps(from, s.Loop)
				from = map[term.ID]uint64{}
				for id := range to {
					if next[id] == 0 {
						next[id], from[id] = 1, 1
					}
				}
			}
			if s.Ends && len(from) > 0 {
				return nil, false
			}
		default:
			for id, ways := range bag {
				quads := r.quads(&s, id)
				switch {
				case s.Not || s.Once:
					if len(quads) > 0 == s.Once {
						next[id] = ways
					}
				default:
					for _, q := range quads {
						next[q[s.To]] += ways
					}
				}
			}
		}
		bag = next
	}
	return bag, true
}

func (r remote) quads(s *CountStep, id term.ID) (list []term.Quad) {
	for _, q := range r.orders[0] {
		fits := q[s.From] == id
		for i := range q {
			fits = fits && (s.Pattern[i] == term.None || s.Pattern[i] == q[i])
			fits = fits && (s.Among[i] == nil || slices.Contains(s.Among[i], q[i]))
		}
		if fits {
			list = append(list, q)
		}
	}
	return list
}

// TestRowCount holds the number of rows that a row count gives against the plan that it is of.
func TestRowCount(t *testing.T) {
	r := rand.New(rand.NewPCG(5, *seedFlag))
	done, rows := 0, uint64(0)
	kinds := map[string]int{}
	for done < cases()*2 {
		s := randomStore(r)
		labelled(s.memory, r)
		for range 20 {
			g := &pathMaker{Rand: r, qs: s, plain: r.IntN(4) == 0}
			p := g.sub(2)
			if panics(s, p) {
				continue
			}
			sh, _ := shape.Optimize(t.Context(), p.Shape(), s)
			plan, ok := sh.(*Plan)
			if !ok {
				continue
			}
			got, ok := countRows(remote{s.memory}, plan.node)
			if !ok {
				continue
			}
			c := rowTotal{base: base{from: plan.iterators(s)}}
			want := c.rows(context.Background())
			if got != want {
				t.Fatalf("%s\n%#v\na row count gives %d rows, want %d", strings.Join(g.names, ", "), p.Shape(), got, want)
			}
			for _, name := range g.names {
				kinds[name]++
			}
			done++
			rows += want
		}
	}
	t.Logf("%d row counts, %d rows; %v", done, rows, kinds)
	for _, name := range []string{"out", "and", "except", "has filter", "recursion", "unique"} {
		if kinds[name] == 0 {
			t.Errorf("no row count of a path with %s", name)
		}
	}
}

// labelled gives each quad a label, as all on a server have.
func labelled(m *memory, r *rand.Rand) {
	quads := slices.Clone(m.orders[0])
	for i := range quads {
		if quads[i][term.Label] == term.None {
			quads[i][term.Label] = quads[r.IntN(len(quads))][term.Subject]
		}
	}
	m.build(quads)
}
