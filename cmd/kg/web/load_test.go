package web_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kg/cmd/kg/web"
)

// TestLoad holds a server under load: 64 clients of mixed pages, pictures and
// queries, one of them hostile, for as long as KG_LOAD says (1m). It fails for
// any answer but 200 and 429, and what the hostile one deserves, and for memory
// that grows; it logs requests per second and the slowest of a hundred.
func TestLoad(t *testing.T) {
	long, err := time.ParseDuration(os.Getenv("KG_LOAD"))
	if err != nil {
		t.Skip("KG_LOAD does not say for how long, such as 1m")
	}
	s := articleServer(t)
	var paths []string
	for _, p := range pages {
		if p != "/entity?id=nobody" && !strings.Contains(p, "country=nobody") {
			paths = append(paths, p)
		}
	}
	paths = append(paths, "/query/bribes?format=csv", "/query/timeline", "/query/workers?format=json", "/query/companies?format=svg",
		"/entity?id=kg:country/north-korea&format=jsonld", "/suggest?q=nor", "/healthz", "/metrics", "/path?from=kg:country/russia&to=kg:country/united-states")
	slices.Sort(paths)
	l := &load{client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 128}, Timeout: 30 * time.Second}, at: s.URL, codes: map[int]int{}}
	until := time.Now().Add(long)
	var heaps []uint64
	var wait sync.WaitGroup
	for n := range 63 {
		wait.Go(func() {
			r := rand.New(rand.NewPCG(1, uint64(n)))
			for time.Now().Before(until) {
				l.get(t, paths[r.IntN(len(paths))])
			}
		})
	}
	wait.Go(func() { l.attack(until) })
	for time.Now().Before(until) { // the heap after each tenth
		time.Sleep(long / 10)
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		heaps = append(heaps, m.HeapAlloc>>20)
	}
	wait.Wait()
	l.report(t, long, heaps)
}

type load struct {
	client *http.Client
	at     string
	mu     sync.Mutex
	codes  map[int]int
	took   []time.Duration
}

func (l *load) get(t *testing.T, path string) {
	began := time.Now()
	res, err := l.client.Get(l.at + path)
	if err != nil {
		t.Error(err)
		return
	}
	body, err := io.ReadAll(res.Body)
	res.Body.Close()
	if err != nil || res.StatusCode != 200 && res.StatusCode != 429 {
		t.Errorf("%s is answered with %d, %v: %.200s", path, res.StatusCode, err, body)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.codes[res.StatusCode]++
	l.took = append(l.took, time.Since(began))
	if res.StatusCode == 429 { // as its Retry-After asks, though sooner
		defer time.Sleep(50 * time.Millisecond)
	}
}

// attack sends what nobody should: addresses too long, bodies too large, other
// hosts, answers that are not read to the end, and the most costly pages with
// parameters that nothing remembers.
func (l *load) attack(until time.Time) {
	for n := 0; time.Now().Before(until); n++ {
		for _, r := range []struct{ method, path, host, body string }{
			{"GET", "/search?q=" + strings.Repeat("%F0%9F%92%A3", 700), "", ""},
			{"GET", "/search?q=" + strings.Repeat("a", 100000), "", ""},
			{"POST", "/query/bribes", "", strings.Repeat("x", 2<<20)},
			{"GET", "/", "evil.example", ""},
			{"GET", fmt.Sprintf("/query/neighbours?entity=kg:country/north-korea&limit=%d", n+1), "", ""},
			{"GET", fmt.Sprintf("/entity?id=kg:news-media/dong-a-ilbo&limit=%d&format=svg", n+1), "", ""},
			{"DELETE", "/entity?id=kg:country/russia", "", ""},
			{"GET", "/entity?id=%00%ff", "", ""},
		} {
			request, err := http.NewRequest(r.method, l.at+r.path, strings.NewReader(r.body))
			if err != nil {
				continue
			}
			request.Host = r.host
			if res, err := l.client.Do(request); err == nil {
				res.Body.Close() // unread
			}
		}
	}
}

func (l *load) report(t *testing.T, long time.Duration, heaps []uint64) {
	slices.Sort(l.took)
	n := len(l.took)
	t.Logf("%d requests in %s: %.0f a second; half within %s, 99 of 100 within %s, all within %s; by status %v; heap in MiB %v",
		n, long, float64(n)/long.Seconds(), l.took[n/2], l.took[n*99/100], l.took[n-1], l.codes, heaps)
	if l.codes[200] < n/2 {
		t.Errorf("only %d of %d were answered", l.codes[200], n)
	}
	if first, last := slices.Max(heaps[:3]), slices.Min(heaps[len(heaps)-3:]); last > 2*first+32 {
		t.Errorf("the heap has grown from %d to %d MiB", first, last)
	}
}

// BenchmarkPages answers one page of each sort, without a network.
func BenchmarkPages(b *testing.B) {
	s := web.New(options(b, views(b, articleFile)))
	for name, path := range pages {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if res := ask(s, "GET", path, nil); res.StatusCode >= 500 {
					b.Fatal(res.Status)
				}
			}
		})
	}
}
