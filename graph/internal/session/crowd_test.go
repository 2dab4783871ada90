package session

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"kg/graph/internal/store"
	"kg/internal/js"
)

// crowd are queries that were seen to end the process when a few of them ran
// side by side.
var crowd = map[string]string{
	"tagArray":  `g.V().both().both().both().tagArray()`,
	"tagArrays": `for (;;) g.V().both().both().both().tagArray()`,
	"closures":  `var f = function () {}; for (;;) f = (function (g) { return function () { return g } })(f)`,
	"texts":     `var a = []; for (;;) a.push('x'.repeat(1 << 20))`,
	"arrays":    `var a = []; for (;;) a.push([1, 2, 3])`,
	"objects":   `var o = {}; for (var i = 0; ; i++) o['k' + i] = { i: i }`,
	"like":      `for (;;) g.V().filter(like('%a_'.repeat(1 << 18))).all()`,
	"regex":     `for (;;) g.V().filter(regex('[a-z]{1000}'.repeat(300), true)).all()`,
	"ordered":   `g.V().both().both().both().both().both().order().all()`,
}

const crowdBound = 64 << 20

// TestCrowd runs each of them 1, 2, 4 and 8 times side by side, each crowd in a
// process of its own, whose greatest size is bounded whatever runs beside.
// Without KG_HOSTILE it is 8 and one of the others.
func TestCrowd(t *testing.T) {
	if underRace {
		t.Skip("the race detector takes time and memory that no bound knows of")
	}
	if testing.Short() {
		t.Skip("each crowd takes seconds")
	}
	if _, err := os.Stat("/proc/self/status"); err != nil {
		t.Skip("this system does not tell a process's greatest size")
	}
	for name := range crowd {
		sizes := []int{1, 2, 4, 8}
		if os.Getenv("KG_HOSTILE") == "" {
			sizes = []int{sizes[rand.IntN(3)], 8}
		}
		for _, n := range sizes {
			t.Run(fmt.Sprint(name, " ", n), func(t *testing.T) {
				cmd := exec.Command(os.Args[0], "-test.run=^TestCrowdRuns$", "-test.v")
				cmd.Env = append(os.Environ(), "KG_CROWD="+name, "KG_CROWD_SIZE="+strconv.Itoa(n), "GOMEMLIMIT=off", "GOGC=100") // as users have it
				out, err := cmd.CombinedOutput()
				if err != nil {
					t.Fatalf("%v\n%.2000s", err, out)
				}
				_, rest, _ := strings.Cut(string(out), "grown by ")
				number, _, _ := strings.Cut(rest, " ")
				grown, err := strconv.Atoi(number)
				if most := (3*crowdBound + 256<<20) >> 20; err != nil || grown > most {
					t.Errorf("the process grew by %d MiB, more than %d: %v\n%.2000s", grown, most, err, out)
				}
				t.Logf("grown by %d MiB", grown)
			})
		}
	}
}

// TestCrowdRuns is what the process of a crowd does: the crowd, and again when
// it has ended, for nothing may remain of it.
func TestCrowdRuns(t *testing.T) {
	text, ok := crowd[os.Getenv("KG_CROWD")]
	if !ok {
		t.Skip("it is run by TestCrowd")
	}
	n, _ := strconv.Atoi(os.Getenv("KG_CROWD_SIZE"))
	var stores []*store.QuadStore // one each: Cayley's is for one reader at a time
	for range n {
		stores = append(stores, scratch(mesh(60)...))
	}
	before := settled()
	base := status(t, "VmRSS:")
	for range 2 {
		var all sync.WaitGroup
		for i := range n {
			all.Go(func() {
				began := time.Now()
				opts := Options{Timeout: 700 * time.Millisecond, MaxMemory: crowdBound, Yields: i%2 == 0}
				for range Run(context.Background(), stores[i], text, opts).Rows() {
				}
				if took := time.Since(began); took > opts.Timeout+late {
					t.Errorf("%v", took)
				}
			})
		}
		all.Wait()
		if rest := settled(); rest > before+32<<20 {
			t.Errorf("%d bytes remain", rest-before)
		}
	}
	t.Logf("grown by %d MiB", (status(t, "VmHWM:")-base)>>10)
}

// status is a number of /proc/self/status, in KiB.
func status(t *testing.T, name string) int {
	t.Helper()
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), name)
	n, err := strconv.Atoi(strings.Fields(rest)[0])
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestYoungestEnds: a query that began long ago is not ended by one that comes
// and takes all there is.
func TestYoungestEnds(t *testing.T) {
	if testing.Short() {
		t.Skip("fills the memory")
	}
	ctx, opts := t.Context(), Options{Timeout: time.Hour, MaxMemory: crowdBound}
	old, began, goOn := make(chan error, 1), make(chan bool), make(chan bool)
	go func() { // a query whose rows are not read takes no time
		n := 0
		for _, err := range Run(ctx, scratch(mesh(12)...), "for (;;) g.emit(1)", opts).Rows() {
			if n++; n == 1 {
				close(began)
				<-goOn
				continue
			}
			old <- err
			return
		}
		old <- errors.New("no second row")
	}()
	<-began
	// Slow enough not to take far more before it ends.
	const young = `var a = []; for (;;) { a.push('x'.repeat(1 << 16)); for (var i = 0; i < 500; i++); }`
	for range 3 {
		var err error
		for _, err = range Run(ctx, scratch(mesh(12)...), young, opts).Rows() {
		}
		if err != js.ErrMemory {
			t.Errorf("the young one: %v", err)
		}
	}
	close(goOn)
	if err := <-old; err != nil {
		t.Errorf("the old one: %v", err)
	}
}
