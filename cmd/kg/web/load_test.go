package web_test

import (
	"cmp"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kg/cmd/kg/web"
	"kg/graph"
	"kg/internal/cputime"
	"kg/schema"
)

// BenchmarkLoad asks a server what 64 clients do at once, over HTTP: mixed pages,
// pictures, paths and files, while one client more sends what nobody should. Any
// answer but 200 and 429 is an error. Clients and server share the processors: the
// clients have half of the time, most of it to unpack what they get.
func BenchmarkLoad(b *testing.B) {
	s := articleServer(b)
	var paths []string
	for _, p := range pages {
		if p != "/entity?id=nobody" && !strings.Contains(p, "country=nobody") {
			paths = append(paths, p)
		}
	}
	paths = append(paths, "/query/bribes?format=csv", "/query/timeline", "/query/workers?format=json", "/query/companies?format=svg",
		"/entity?id=kg:country/north-korea&format=jsonld", "/suggest?q=nor", "/healthz", "/metrics", "/path?from=kg:country/russia&to=kg:country/united-states")
	slices.Sort(paths)
	l := &load{client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 128}, Timeout: time.Minute}, at: s.URL, codes: map[int]int{}}
	for _, p := range paths { // the first answers start Graphviz
		l.get(b, p)
	}
	l.took, l.codes = nil, map[int]int{}
	var sent atomic.Int64
	var done atomic.Bool
	var clients, hostile sync.WaitGroup
	hostile.Go(func() { l.attack(&done) })
	before := processorTime(b)
	b.ResetTimer()
	for n := range 64 {
		clients.Go(func() {
			r := rand.New(rand.NewPCG(1, uint64(n)))
			for sent.Add(1) <= int64(b.N) {
				l.get(b, paths[r.IntN(len(paths))])
			}
		})
	}
	clients.Wait()
	b.StopTimer()
	b.ReportMetric((processorTime(b)-before)/float64(b.N), "cpu-ms/answer")
	done.Store(true)
	hostile.Wait()
	l.report(b)
}

// processorTime is that of the process, in milliseconds.
func processorTime(b *testing.B) float64 {
	b.Helper()
	used, err := cputime.Used()
	if err != nil {
		b.Fatal(err)
	}
	return used.Seconds() * 1e3
}

type load struct {
	client *http.Client
	at     string
	mu     sync.Mutex
	codes  map[int]int
	took   []time.Duration
}

func (l *load) get(t testing.TB, path string) {
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
func (l *load) attack(done *atomic.Bool) {
	for n := 0; !done.Load(); n++ {
		for _, r := range []struct{ method, path, host, body string }{
			{"GET", "/search?q=" + strings.Repeat("%F0%9F%92%A3", 700), "", ""},
			{"GET", "/search?q=" + strings.Repeat("a", 100000), "", ""},
			{"POST", "/query/bribes", "", strings.Repeat("x", 2<<20)},
			{"GET", "/", "evil.example", ""},
			{"GET", fmt.Sprintf("/query/neighbours?entity=kg:country/north-korea&limit=%d", n+1), "", ""},
			{"GET", fmt.Sprintf("/entity?id=kg:news-media/dong-a-ilbo&limit=%d&format=svg", n+1), "", ""},
			{"GET", fmt.Sprintf("/path?from=kg:country/russia&to=kg:country/united-states&limit=%d", n+1), "", ""},
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

func (l *load) report(b *testing.B) {
	slices.Sort(l.took)
	n := len(l.took)
	ms := func(of time.Duration) float64 { return float64(of.Microseconds()) / 1000 }
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "answers/s")
	b.ReportMetric(ms(l.took[n/2]), "half-ms")
	b.ReportMetric(ms(l.took[n*99/100]), "p99-ms")
	b.ReportMetric(float64(l.codes[http.StatusTooManyRequests]), "429")
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.HeapAlloc>>20), "heap-MiB")
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

// BenchmarkFirst answers the first page of a new server, or the one at the address in
// KG_BENCH_PAGE however long it takes: of the store that KG_BENCH names, or of the
// article.
func BenchmarkFirst(b *testing.B) {
	view := views(b, articleFile)
	if path := os.Getenv("KG_BENCH"); path != "" {
		store, err := graph.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { store.Close() })
		view = func(denied bool) *graph.View {
			if denied {
				return store.WholeView(schema.DefaultBase)
			}
			return store.View(schema.DefaultBase)
		}
	}
	o := options(b, view)
	o.Limits.Time = time.Hour
	before := processorTime(b)
	for b.Loop() {
		if res := ask(web.New(o), "GET", cmp.Or(os.Getenv("KG_BENCH_PAGE"), "/"), nil); res.StatusCode != 200 {
			b.Fatal(res.Status)
		}
	}
	b.ReportMetric((processorTime(b)-before)/float64(b.N), "cpu-ms/op")
}
