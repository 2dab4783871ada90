package compare

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"kg/graph/internal/figures"
)

// between is a figure of workers, with a claim of its own in a source of its own.
func between(source string, lowest, highest int64) Statement {
	f := figures.Interval{Lowest: big.NewRat(lowest, 1), Highest: big.NewRat(highest, 1), Unit: "workers"}
	f.Exact = f.Lowest.RatString() + " to " + f.Highest.RatString()
	return Statement{Source: source, Claim: source + "/claim/1", Object: f.Exact, Figure: &f}
}

func party(source, name string) Statement {
	return Statement{Source: source, Claim: source + "/claim/1", Object: name, Party: name}
}

func status(source, day, word string, settled bool) Statement {
	return Statement{Source: source, Claim: source + "/claim/1", Day: day, Object: word, Settled: settled}
}

func planned(s Statement) Statement { s.Planned = true; return s }
func denied(s Statement) Statement  { s.Denies = true; return s }

func TestJudge(t *testing.T) {
	t.Parallel()
	role, of := Respect{Role: true, Shared: true}, Respect{Status: true, Shared: true}
	for name, c := range map[string]struct {
		list []Statement
		in   Respect
		want Verdict
	}{
		"apart":            {[]Statement{between("a", 10, 20), between("b", 30, 40)}, Respect{}, Contradiction},
		"apart, one plan":  {[]Statement{planned(between("a", 10, 20)), between("b", 30, 40)}, Respect{}, FromPlan},
		"overlapping":      {[]Statement{between("a", 10, 20), between("b", 15, 40)}, Respect{}, Precision},
		"the same":         {[]Statement{between("a", 10, 20), between("b", 10, 20)}, Respect{}, Agreement},
		"denied":           {[]Statement{between("a", 10, 20), denied(between("b", 10, 20))}, Respect{}, Denied},
		"another denied":   {[]Statement{between("a", 10, 20), denied(between("b", 30, 40))}, Respect{}, ""},
		"other parties":    {[]Statement{party("a", "ann"), party("b", "bob")}, role, Contradiction},
		"no role":          {[]Statement{party("a", "ann"), party("b", "bob")}, Respect{Shared: true}, OneSource},
		"one in common":    {[]Statement{party("a", "ann"), party("b", "ann"), party("b", "bob")}, role, Agreement},
		"done, then plan":  {[]Statement{status("a", "2008-01-01", "done", true), status("b", "2008-02-01", "planned", false)}, of, Contradiction},
		"plan, then done":  {[]Statement{status("a", "2008-01-01", "planned", false), status("b", "2008-02-01", "done", true)}, of, Evolved},
		"one of several":   {[]Statement{party("a", "ann")}, role, OneSource},
		"one of one alone": {[]Statement{party("a", "ann")}, Respect{Role: true}, ""},
	} {
		if got := Judge(c.list, c.in); got != c.want {
			t.Errorf("%s: %q, not %q", name, got, c.want)
		}
		slices.Reverse(c.list)
		if got := Judge(c.list, c.in); !c.in.Status && got != c.want {
			t.Errorf("%s, the other way round: %q, not %q", name, got, c.want)
		}
	}
}

// Every item follows all items that came before it, and is there once.
func TestCourse(t *testing.T) {
	t.Parallel()
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		n := r.IntN(9)
		came, known := r.Perm(n), r.IntN(4)
		before := func(i, j int) bool { return came[i] < came[j] && (i*7+j*3)%4 >= known }
		order := Course(n, before)
		if sorted := slices.Sorted(slices.Values(order)); len(sorted) != n || len(slices.Compact(sorted)) != n {
			t.Fatalf("seed %d: %v of %d", seed, order, n)
		}
		for at, j := range order {
			for _, i := range order[at+1:] {
				if before(i, j) {
					t.Errorf("seed %d: %d came before %d, in %v", seed, i, j, order)
				}
			}
		}
	}
	if got := Course(3, func(i, j int) bool { return true }); !slices.Equal(got, []int{0, 1, 2}) {
		t.Errorf("a ring is put in the order %v", got)
	}
}
