package web_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"kg/cmd/kg/web"
	"kg/graph"
	"kg/internal/js"
)

// crowd is a handler that asks, and tells how many of each class it answers at
// once, and of each address; a request ends when its gate is opened.
type crowd struct {
	mu     sync.Mutex
	now    map[string]int
	most   map[string]int
	answer func(from string) // waits as long as an answer takes
}

func (c *crowd) count(by int, keys ...string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, key := range keys {
		c.now[key] += by
		c.most[key] = max(c.most[key], c.now[key])
	}
}

func (c *crowd) running(key string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now[key]
}

func (c *crowd) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	keys := []string{"all", r.URL.Path, r.URL.Path + " " + r.FormValue("from")}
	c.count(1, keys...)
	c.answer(r.FormValue("from"))
	c.count(-1, keys...)
}

// crowded is a server of so many places whose mounts /ask and /long are a crowd.
func crowded(t *testing.T, places int, answer func(from string)) (*web.Server, *crowd) {
	return crowdedWaiting(t, places, 1000, answer)
}

func crowdedWaiting(t *testing.T, places, waiting int, answer func(from string)) (*web.Server, *crowd) {
	c := &crowd{now: map[string]int{}, most: map[string]int{}, answer: answer}
	return exampleServer(t, func(o *web.Options) {
		o.Limits.Asking, o.Limits.Waiting = places, waiting
		o.Limits.Time, o.Limits.Wait = time.Hour, time.Hour
		o.Mounts = []web.Mount{
			{Path: "/ask", Handler: c, Class: func(*http.Request) web.Class { return web.Ask }},
			{Path: "/long", Handler: c, Class: func(*http.Request) web.Class { return web.Long }},
		}
	}), c
}

// from makes a request that of an address.
func from(address string) func(*http.Request) {
	return func(r *http.Request) { r.RemoteAddr = address }
}

// TestPlaces sends many requests of both classes from many addresses: all are
// answered, and never do more run at once than may, of a class, of an address,
// of all.
func TestPlaces(t *testing.T) {
	t.Parallel()
	addresses := []string{"127.0.0.1:5", "[::1]:5", "192.0.2.1:5", "192.0.2.2:5", "[2001:db8::1]:5", "[2001:db8::2]:5", "[::ffff:192.0.2.1]:5", "a pipe"}
	names := []string{"here", "here", "1", "2", "net", "net", "1", "here"}
	for _, places := range []int{2, 4, 5, 8} {
		s, c := crowded(t, places, func(string) { time.Sleep(time.Duration(rand.IntN(2000)) * time.Microsecond) })
		synctest.Test(t, func(t *testing.T) { // in which nothing but sleep takes time: all places are wanted at once
			var all sync.WaitGroup
			for i := range 300 {
				all.Go(func() {
					time.Sleep(time.Duration(rand.IntN(20)) * time.Millisecond)
					n := rand.IntN(len(addresses))
					path := fmt.Sprintf("/%s?from=%s", []string{"ask", "long"}[i%2], names[n])
					if res := ask(s, "GET", path, from(addresses[n])); res.StatusCode != 200 {
						t.Errorf("%s is answered with %d", path, res.StatusCode)
					}
				})
			}
			all.Wait()
		})
		half := max(1, places/2)
		for key, most := range c.most {
			bound := map[string]int{"all": places, "/ask": places, "/long": half, "/ask here": places, "/long here": half}[key]
			switch {
			case bound > 0:
			case key[1] == 'a':
				bound = places - 1
			default:
				bound = max(1, half-1)
			}
			if most > bound || most == 0 {
				t.Errorf("of %d places %d were taken by %q, not %d at most", places, most, key, bound)
			}
		}
		if c.most["all"] != places {
			t.Errorf("%d of %d places were ever taken", c.most["all"], places)
		}
		if n := c.now["all"]; n != 0 {
			t.Errorf("%d places are never given back", n)
		}
		has(t, get(t, s, "/metrics", 200), "kg_queries_running 0\n", fmt.Sprintf("kg_queries_limit %d\n", places))
	}
}

// TestWaiting: those who wait for a long answer fill no queue but their own.
func TestWaiting(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	s, c := crowded(t, 2, func(string) { <-release })
	var all sync.WaitGroup
	for range 1100 { // of which 1000 wait, and the rest is refused
		all.Go(func() { ask(s, "GET", "/long", nil) })
	}
	eventually(t, func() bool { return c.running("/long") == 1 && s.Waiting() == 1000 })
	for range 3 {
		get(t, s, "/query/companies", 200)
	}
	all.Go(func() { ask(s, "GET", "/ask", nil) })
	eventually(t, func() bool { return c.running("/ask") == 1 })
	all.Go(func() { // one that is not kept: it has to wait, and may
		if code := ask(s, "GET", "/query/embassies", nil).StatusCode; code != 200 {
			t.Errorf("a page is answered with %d", code)
		}
	})
	eventually(t, func() bool { return s.Waiting() == 1001 || t.Failed() })
	close(release)
	all.Wait()
}

// TestFairShare: an address that asks without end leaves others room to wait, and they
// go before it.
func TestFairShare(t *testing.T) {
	t.Parallel()
	release := map[string]chan struct{}{"1": make(chan struct{}), "2": make(chan struct{})}
	s, c := crowdedWaiting(t, 4, 8, func(from string) { <-release[from] })
	var hostile, nice sync.WaitGroup
	var refused atomic.Int64
	for range 20 { // 3 run, 4 wait
		hostile.Go(func() {
			if ask(s, "GET", "/ask?from=1", from("192.0.2.1:5")).StatusCode == http.StatusTooManyRequests {
				refused.Add(1)
			}
		})
	}
	eventually(t, func() bool { return refused.Load() == 13 })
	for n := range 5 { // 1 runs, 4 wait
		nice.Go(func() {
			if res := ask(s, "GET", "/ask?from=2", from(fmt.Sprintf("192.0.2.2:%d", n+1))); res.StatusCode != 200 {
				t.Errorf("another address is answered with %d", res.StatusCode)
			}
		})
	}
	eventually(t, func() bool { return c.running("/ask 2") == 1 && s.Waiting() == 8 })
	for i, who := range []string{"1", "2", "2", "1"} { // 1 has 3 places at first, and 2 each later on
		release[who] <- struct{}{}
		eventually(t, func() bool { return c.running("all") == 4 && s.Waiting() == 7-i })
		if n := c.running("/ask 1"); n != 2 {
			t.Errorf("the one that asks without end has %d of 4 places, and another one waits", n)
		}
	}
	close(release["1"])
	close(release["2"])
	nice.Wait()
	hostile.Wait()
}

// TestMemoryShort: when the queries that run have taken half of the memory,
// fewer begin beside them, and each class still has a place.
func TestMemoryShort(t *testing.T) { // alone, for memory is that of the process
	release := make(chan struct{})
	s, c := crowded(t, 8, func(string) { <-release })
	v := views(t, exampleFile)(false)
	v.Bounds = graph.Bounds{Memory: 256 << 20}
	runtime.GC() // of which the first only finds what to finalize
	runtime.GC()
	full, stop, ended := make(chan bool), make(chan bool), make(chan bool)
	go func() { // a query that nobody reads on from runs, and takes no time
		defer close(ended)
		hog := v.Gizmo(t.Context(), `var a = []; for (var i = 0; i < 190; i++) a.push('x'.repeat((1 << 20) - i)); g.emit(a.length)`, nil, false)
		for _, err := range hog.Rows() {
			if err != nil {
				t.Error(err)
				return
			}
			close(full)
			<-stop
		}
	}()
	select {
	case <-full:
	case <-ended:
		t.Fatal("the query ends without a row")
	}
	short := func() bool {
		runtime.GC() // what is alive is known after a collection
		return js.Short()
	}
	eventually(t, short)
	var all sync.WaitGroup
	for _, path := range []string{"/ask", "/long"} {
		for range 9 {
			all.Go(func() { ask(s, "GET", path, nil) })
		}
	}
	// All have come, and have been looked at since.
	eventually(t, func() bool { return c.running("/ask") == 2 && c.running("/long") == 2 && s.Waiting() == 14 })
	for range 10 {
		if n := c.running("all"); n != 4 || !short() {
			t.Errorf("%d of 8 places are taken, though memory is short", n)
		}
	}
	close(stop)
	<-ended
	eventually(t, func() bool { return !short() && c.running("all") == 8 })
	close(release)
	all.Wait()
}

// eventually waits for what must come.
func eventually(t *testing.T, is func() bool) {
	t.Helper()
	for began := time.Now(); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Since(began) > time.Minute {
			t.Fatal("it does not come")
		}
	}
}
