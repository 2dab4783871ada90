package db_test

import (
	"bufio"
	"bytes"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/bulk"
	"kg/graph/internal/store/db"
	"kg/graph/internal/store/storetest"
	"kg/internal/rdf/nquads"
)

var kills = flag.Int("kills", 24, "how often a child process is killed")

// A child process is this test's binary with these variables set.
const (
	childMode = "KG_STORE_TEST_CHILD"
	childPath = "KG_STORE_TEST_PATH"
)

func TestMain(m *testing.M) {
	if mode := os.Getenv(childMode); mode != "" {
		child(mode, os.Getenv(childPath))
		return
	}
	os.Exit(m.Run())
}

// A script is what a child does without an end. Each writer's step i leads from
// the state after i steps to that after i+1, and is acknowledged on standard
// output when it has returned.
type script struct {
	writers int
	limit   db.Thresholds
	step    func(qs *storetest.Store, writer, i int) error
	// quads are those of a writer after n steps.
	quads func(writer, n int) []quad.Quad
}

// of is the i-th quad of a writer.
func of(writer, i int) quad.Quad {
	q := numbered(i)
	q.Subject = quad.IRI(fmt.Sprint("a:w", writer))
	return q
}

func ofAll(writer, from, to int) (list []quad.Quad) {
	for i := from; i < to; i++ {
		list = append(list, of(writer, i))
	}
	return list
}

const perBatch = 40

var tiny = db.Thresholds{Floor: 600, Share: 1 << 30, Memory: 1 << 20, Beside: 20}

var scripts = map[string]script{
	// One quad at a time.
	"single": {1, db.Usual, func(qs *storetest.Store, w, i int) error {
		return qs.ApplyDeltas(add(of(w, i)), graph.IgnoreOpts{})
	}, func(w, n int) []quad.Quad { return ofAll(w, 0, n) }},
	// Several at once, which share syncs, while snapshots are written.
	"compact": {4, tiny, func(qs *storetest.Store, w, i int) error {
		return qs.ApplyDeltas(add(of(w, i)), graph.IgnoreOpts{})
	}, func(w, n int) []quad.Quad { return ofAll(w, 0, n) }},
	// Transactions that remove and add.
	"mixed": {2, tiny, func(qs *storetest.Store, w, i int) error {
		list := add(of(w, 2*i), of(w, 2*i+1))
		if i > 0 {
			list = append(del(of(w, 2*i-1)), list...)
		}
		return qs.ApplyDeltas(list, graph.IgnoreOpts{})
	}, func(w, n int) (list []quad.Quad) {
		for i := range n {
			list = append(list, of(w, 2*i))
		}
		if n > 0 {
			list = append(list, of(w, 2*n-1))
		}
		return list
	}},
	"batch": {1, db.Thresholds{Floor: 8 << 10, Share: 1 << 30, Memory: 1 << 20, Beside: 200}, func(qs *storetest.Store, w, i int) error {
		writer, err := qs.NewQuadWriter()
		if err != nil {
			return err
		}
		_, err = writer.WriteQuads(ofAll(w, perBatch*i, perBatch*(i+1)))
		return err
	}, func(w, n int) []quad.Quad { return ofAll(w, 0, perBatch*n) }},
	"import": {1, db.Thresholds{Floor: 1 << 20, Share: 1, Memory: 1 << 20}, func(qs *storetest.Store, w, i int) error {
		var lines []byte
		for _, q := range ofAll(w, perBatch*i, perBatch*(i+1)) {
			var err error
			if lines, err = nquads.AppendQuad(lines, q); err != nil {
				return err
			}
		}
		_, err := qs.Import(context.Background(), []bulk.Input{text("x.nq", string(lines))}, bulk.Options{Memory: 1 << 20})
		return err
	}, func(w, n int) []quad.Quad { return ofAll(w, 0, perBatch*n) }},
}

func init() {
	// The same again, through the journal.
	short := scripts["import"]
	short.limit = db.Usual
	scripts["short import"] = short
	// And these transactions again, loaded.
	loaded := scripts["mixed"]
	loaded.limit = db.Thresholds{Floor: 1 << 20, Share: 1, Memory: 1 << 20, Bulk: 1, Part: 1 << 20}
	scripts["loaded mixed"] = loaded
}

// child runs a script until it is killed.
func child(mode, path string) {
	if mode == stepping {
		childSteps(path)
		return
	}
	s := scripts[mode]
	qs, err := storetest.Open(path, db.Options{Create: true, Limits: &s.limit, Disk: db.OS{}})
	if err != nil {
		fmt.Println("failed:", err)
		return
	}
	var wg sync.WaitGroup
	for w := range s.writers {
		wg.Go(func() {
			for i := steps(s, w, held(qs)); ; i++ {
				if err := s.step(qs, w, i); err != nil {
					fmt.Println("failed:", err)
					return
				}
				fmt.Println("done", w, i)
			}
		})
	}
	wg.Wait()
}

// held is the set of quads in a store.
func held(qs *storetest.Store) map[string]bool {
	set := map[string]bool{}
	it := qs.QuadsAllIterator().Iterate()
	for it.Next(context.Background()) {
		q, err := qs.Quad(it.Result())
		if err != nil {
			panic(err)
		}
		set[fmt.Sprint(q)] = true
	}
	return set
}

// steps tells after how many steps of a writer a store has just these quads of
// its; -1 is after none.
func steps(s script, w int, set map[string]bool) int {
	own := 0
	for name := range set {
		if strings.Contains(name, fmt.Sprintf("<a:w%d>", w)) {
			own++
		}
	}
	for n := 0; ; n++ {
		quads := s.quads(w, n)
		if len(quads) > own {
			return -1
		}
		if len(quads) < own {
			continue
		}
		if !slices.ContainsFunc(quads, func(q quad.Quad) bool { return !set[fmt.Sprint(q)] }) {
			return n
		}
	}
}

// TestKill kills a process at a random moment of its work, again and again on
// the same store: what it said was done is there, at most one step more of each
// writer, and that as a whole.
func TestKill(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("kills processes")
	}
	for mode, s := range scripts {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 0))
			path := newPath(t)
			before := make([]int, s.writers)
			total := 0
			wait := 60 * time.Millisecond // and longer, until a busy machine gets something done
			for range (*kills + len(scripts) - 1) / len(scripts) {
				acked := run(t, mode, path, time.Duration(r.Int64N(int64(wait))))
				if total == 0 {
					wait = min(2*wait, 5*time.Second)
				}
				qs, err := storetest.Open(path, db.Options{Create: true})
				if err != nil {
					t.Fatal(err)
				}
				verify(t, qs)
				set := held(qs)
				for w := range s.writers {
					n, done := steps(s, w, set), max(acked[w], before[w])
					if n != done && n != done+1 {
						t.Fatalf("writer %d: %d steps are done, the store holds %d", w, done, n)
					}
					total += n - before[w]
					before[w] = n
				}
				if err := qs.Close(); err != nil {
					t.Fatal(err)
				}
				for _, name := range files(t, path) {
					torn := strings.HasPrefix(name, "kg.db.journal.old") // of a write that the kill cut
					if !slices.Contains([]string{"kg.db", "kg.db.journal", "kg.db.lock"}, name) && !torn {
						t.Fatalf("litter %s", name)
					}
				}
			}
			if total == 0 {
				t.Error("no child got anything done")
			}
			t.Logf("%d steps", total)
		})
	}
}

// run starts a child, kills it a while after it has begun, and gives how many
// steps of each writer it said were done.
func run(t *testing.T, mode, path string, after time.Duration) map[int]int {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childMode+"="+mode, childPath+"="+path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(5*time.Millisecond+after, func() { cmd.Process.Kill() })
	defer timer.Stop()
	acked := map[int]int{}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		var w, i int
		if _, err := fmt.Sscanf(lines.Text(), "done %d %d", &w, &i); err == nil {
			acked[w] = i + 1
		} else if strings.HasPrefix(lines.Text(), "failed") {
			t.Fatalf("the child: %s", lines.Text())
		}
	}
	cmd.Wait() // it was killed
	if stderr.Len() > 0 {
		t.Fatalf("the child: %s", stderr.String())
	}
	return acked
}
