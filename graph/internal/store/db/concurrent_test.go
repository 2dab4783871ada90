package db_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"kg/graph/internal/store"
	"kg/graph/internal/store/bulk"
	"kg/graph/internal/store/db"
	"kg/graph/internal/store/storetest"

	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/quad"
)

// pair is two quads that are always written together.
func pair(i int) []quad.Quad {
	a, b := numbered(i), numbered(i)
	a.Predicate, b.Predicate = quad.IRI("a:left"), quad.IRI("a:right")
	return []quad.Quad{a, b}
}

// TestReadersAndWriter lets readers ask all the time while a writer commits,
// compacts and imports. Each walk sees one state: as many left quads as right
// ones, and names that fit.
func TestReadersAndWriter(t *testing.T) {
	t.Parallel()
	qs, err := storetest.Open(newPath(t), db.Options{Create: true, Limits: &db.Thresholds{Floor: 2000, Share: 1 << 30, Memory: 1 << 20}})
	if err != nil {
		t.Fatal(err)
	}
	hidden, err := qs.Hide([]quad.Value{quad.IRI("a:none")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	mustApply(t, qs, add(pair(0)...))
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	walks := make([]int, 4)
	for r := range walks {
		wg.Go(func() {
			for ctx.Err() == nil && !t.Failed() {
				from := []*store.QuadStore{qs.QuadStore, hidden}[r%2]
				if r < 2 {
					walkPairs(t, from)
				} else {
					countPairs(t, from)
				}
				walks[r]++
			}
		})
	}
	for i := 1; i < 150; i++ {
		deltas := add(pair(i)...)
		if i%3 == 0 {
			deltas = append(deltas, del(pair(i-1)...)...)
		}
		mustApply(t, qs, deltas)
		switch i % 30 {
		case 10:
			if err := qs.Compact(ctx); err != nil {
				t.Error(err)
			}
		case 20:
			mustImport(t, qs, bulk.Options{Memory: 1 << 20}, text("x.nq", canonical(t, pair(1000+i))))
		}
	}
	cancel()
	wg.Wait()
	verify(t, qs)
	if err := qs.Close(); err != nil {
		t.Error(err)
	}
	for r, n := range walks {
		if n == 0 {
			t.Errorf("reader %d got nowhere", r)
		}
	}
}

// walkPairs reads all quads and their names.
func walkPairs(t *testing.T, qs *store.QuadStore) {
	count := map[quad.Value]int{}
	it := qs.QuadsAllIterator().Iterate()
	defer it.Close()
	for it.Next(context.Background()) {
		q, err := qs.Quad(it.Result())
		if err != nil {
			t.Error(err)
			return
		}
		if q.Subject != quad.IRI("a:s") || q.Label != quad.IRI("a:g") {
			t.Errorf("read %v", q)
		}
		count[q.Predicate]++
	}
	if l, r := count[quad.IRI("a:left")], count[quad.IRI("a:right")]; l != r || l == 0 || len(count) != 2 || it.Err() != nil {
		t.Errorf("%d left, %d right, %v", l, r, it.Err())
	}
}

// countPairs asks through Cayley's paths, which look up, optimise and iterate.
func countPairs(t *testing.T, qs *store.QuadStore) {
	ctx := context.Background()
	p := path.StartPath(qs, quad.IRI("a:s")).Out(quad.IRI("a:left"), quad.IRI("a:right"))
	n := map[quad.Value]int{}
	err := p.Iterate(ctx).Paths(true).EachValue(qs, func(v quad.Value) error {
		n[v]++
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	for v, times := range n {
		if times != 2 {
			t.Errorf("%v came %d times", v, times)
		}
	}
}

// TestTwoProcesses reads in this process what another writes, compacts and
// imports: each opening shows a state that was, none older than the one before,
// and what was opened stays as it is.
func TestTwoProcesses(t *testing.T) {
	t.Parallel()
	for mode, s := range map[string]script{"compact": scripts["compact"], "import": scripts["import"], "mixed": scripts["mixed"]} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			file := newPath(t)
			cmd := exec.Command(os.Args[0])
			cmd.Env = append(os.Environ(), childMode+"="+mode, childPath+"="+file)
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			defer cmd.Wait()
			defer cmd.Process.Kill()
			lines := bufio.NewScanner(out)
			if !lines.Scan() || !strings.HasPrefix(lines.Text(), "done") {
				t.Fatalf("the child says %q", lines.Text())
			}
			go func() { // or the child would wait
				for lines.Scan() {
				}
			}()
			before, first := make([]int, s.writers), (*storetest.Store)(nil)
			var held0 map[string]bool
			opened := 0
			for end := time.Now().Add(600 * time.Millisecond); opened == 0 || time.Now().Before(end); opened++ {
				qs, err := storetest.Open(file, db.Options{ReadOnly: true, Limits: &db.Usual})
				if err != nil {
					t.Fatal(err)
				}
				set := held(qs)
				for w := range s.writers {
					n := steps(s, w, set)
					if n < before[w] {
						t.Fatalf("writer %d: %d steps after %d", w, n, before[w])
					}
					before[w] = n
				}
				verify(t, qs)
				if first == nil {
					first, held0 = qs, set
					defer qs.Close()
				} else if err := qs.Close(); err != nil {
					t.Fatal(err)
				}
			}
			if got := held(first); fmt.Sprint(got) != fmt.Sprint(held0) {
				t.Errorf("what was opened first changed from %d quads to %d", len(held0), len(got))
			}
			if _, err := storetest.Open(file, db.Options{}); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("pid %d on", cmd.Process.Pid)) {
				t.Errorf("opened for writing beside the child: %v", err)
			}
			t.Logf("opened %d times, %v steps", opened, before)
		})
	}
}
