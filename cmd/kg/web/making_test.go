package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"kg/cmd/kg/web"
	"kg/graph"
)

// heldServer is a server whose graph answers nobody until it is let go. Reached is
// closed when the first request asks it.
func heldServer(t *testing.T, change func(*web.Options)) (s *web.Server, asked *atomic.Int64, reached, let chan struct{}) {
	reached, let = make(chan struct{}), make(chan struct{})
	s, asked, _ = keptServer(t, func(o *web.Options) {
		view, first := o.View, atomic.Bool{}
		o.View = func(denied bool) *graph.View {
			v := view(denied)
			if first.CompareAndSwap(false, true) {
				close(reached)
			}
			<-let
			return v
		}
		if change != nil {
			change(o)
		}
	})
	return s, asked, reached, let
}

// at once sends equal requests, the first before the others, and returns when all run.
func atOnce(t *testing.T, s *web.Server, n int, path string, reached chan struct{}, first func(*http.Request)) (answers chan *http.Response, one chan *http.Response) {
	t.Helper()
	answers, one = make(chan *http.Response, n), make(chan *http.Response, 1)
	go func() { one <- ask(s, "GET", path, first) }()
	<-reached
	for range n {
		go func() { answers <- ask(s, "GET", path, nil) }()
	}
	for !strings.Contains(bodyOf(t, ask(s, "GET", "/metrics", nil)), fmt.Sprintf("kg_http_requests_running %d\n", n+2)) {
		time.Sleep(time.Millisecond)
	}
	return answers, one
}

const heldPage = "/entity?id=kg:company/blue-line"

// TestMadeOnce: who asks for what is being made gets it, and the graph is asked once.
func TestMadeOnce(t *testing.T) {
	t.Parallel()
	alone, askedAlone, _ := keptServer(t, nil)
	want := bodyOf(t, ask(alone, "GET", heldPage, nil))
	s, asked, reached, let := heldServer(t, func(o *web.Options) { o.Limits.Asking, o.Limits.Waiting = 1, 0 })
	answers, one := atOnce(t, s, 20, heldPage, reached, nil)
	close(let)
	for range 20 {
		if res := <-answers; res.StatusCode != 200 || bodyOf(t, res) != want {
			t.Errorf("%d, or another page", res.StatusCode)
		}
	}
	if res := <-one; res.StatusCode != 200 || bodyOf(t, res) != want {
		t.Errorf("who had it made: %d, or another page", res.StatusCode)
	}
	if asked.Load() != askedAlone.Load() {
		t.Errorf("the graph was asked %d times, and %d times for one", asked.Load(), askedAlone.Load())
	}
}

// TestMakerGoes: whoever waits for a page is answered, though who had it made went away.
func TestMakerGoes(t *testing.T) {
	t.Parallel()
	s, _, reached, let := heldServer(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	answers, one := atOnce(t, s, 10, heldPage, reached, func(r *http.Request) { *r = *r.WithContext(ctx) })
	cancel()
	close(let)
	<-one
	for range 10 {
		if res := <-answers; res.StatusCode != 200 {
			t.Errorf("%d: %s", res.StatusCode, bodyOf(t, res))
		}
	}
}

// TestWaiterGoes: who went away waits for no page.
func TestWaiterGoes(t *testing.T) {
	t.Parallel()
	s, _, reached, let := heldServer(t, nil)
	_, one := atOnce(t, s, 0, heldPage, reached, nil)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if res := ask(s, "GET", heldPage, func(r *http.Request) { *r = *r.WithContext(ctx) }); res.StatusCode != 503 {
		t.Errorf("%d", res.StatusCode)
	}
	close(let)
	if res := <-one; res.StatusCode != 200 {
		t.Errorf("%d", res.StatusCode)
	}
}

// TestNotForAll: what is not to be kept is made for each.
func TestNotForAll(t *testing.T) {
	t.Parallel()
	s, _, reached, let := heldServer(t, nil)
	answers, _ := atOnce(t, s, 10, "/entity?id=kg:company/nobody", reached, nil)
	close(let)
	for range 10 {
		if res := <-answers; res.StatusCode != 404 || !strings.Contains(bodyOf(t, res), "nobody") {
			t.Errorf("%d", res.StatusCode)
		}
	}
}

// TestMadeAfterWrite: who asked before a write, and waited, gets no page of before it.
func TestMadeAfterWrite(t *testing.T) {
	t.Parallel()
	var written atomic.Bool
	s, _, reached, let := heldServer(t, func(o *web.Options) {
		held, other := o.View, views(t, articleFile)
		o.View = func(denied bool) *graph.View {
			if written.Load() {
				return other(denied)
			}
			return held(denied)
		}
		o.Version = func() string { return fmt.Sprint(written.Load()) }
	})
	answers, _ := atOnce(t, s, 10, "/browse/sources", reached, nil)
	written.Store(true)
	close(let)
	for range 10 {
		if body := bodyOf(t, <-answers); strings.Contains(body, "Ferry firm changes hands") {
			t.Errorf("a page of before the write:\n%s", body)
		}
	}
}

// stuck is a client that takes nothing before it is let go.
type stuck struct {
	*httptest.ResponseRecorder
	writing, let chan struct{}
}

func (w *stuck) Write(b []byte) (int, error) {
	close(w.writing)
	<-w.let
	return w.ResponseRecorder.Write(b)
}

// TestSlowMaker: a client that takes nothing hinders nobody else, neither one who wants
// the same page nor one who wants another; of the metrics, too, which every request
// writes to.
func TestSlowMaker(t *testing.T) {
	t.Parallel()
	s, _, _ := keptServer(t, nil)
	for _, path := range []string{heldPage, "/metrics"} {
		w := &stuck{httptest.NewRecorder(), make(chan struct{}), make(chan struct{})}
		done := make(chan struct{})
		go func() {
			defer close(done)
			r := httptest.NewRequest("GET", path, nil)
			r.Host = "127.0.0.1:64210"
			s.ServeHTTP(w, r)
		}()
		<-w.writing
		for _, other := range []string{path, "/healthz"} {
			if res := ask(s, "GET", other, nil); res.StatusCode != 200 {
				t.Errorf("%s: %d", other, res.StatusCode)
			}
		}
		close(w.let)
		<-done
	}
}

// TestDossierOfToday: a dossier is kept for the day that it tells.
func TestDossierOfToday(t *testing.T) {
	t.Parallel()
	s, asked, _ := keptServer(t, nil)
	day := time.Date(2026, 11, 29, 23, 59, 59, 0, time.UTC)
	s.SetNow(func() time.Time { return day })
	for _, path := range []string{heldPage + "&format=dossier", "/query/companies?format=dossier"} {
		for range 2 {
			for range 2 {
				before := asked.Load()
				first := bodyOf(t, ask(s, "GET", path, nil))
				made := asked.Load()
				if again := bodyOf(t, ask(s, "GET", path, nil)); again != first || asked.Load() != made {
					t.Errorf("%s is made anew, or another one; asked %d and %d times", path, made-before, asked.Load()-made)
				}
				if want := day.Format("2 January 2006"); !strings.Contains(first, want) {
					t.Errorf("%s does not tell %s", path, want)
				}
			}
			day = day.Add(24 * time.Hour)
		}
	}
}

// TestKeptForBrowsers: browsers with other headers that come to the same share a page,
// and one who wants another form gets that.
func TestKeptForBrowsers(t *testing.T) {
	t.Parallel()
	s, asked, _ := keptServer(t, nil)
	get := func(accept, languages string) string {
		return bodyOf(t, ask(s, "GET", heldPage, with(http.Header{"Accept": {accept}, "Accept-Language": {languages}})))
	}
	want := get("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "de-AT,de;q=0.8,en;q=0.5")
	before := asked.Load()
	for _, accept := range []string{"", "*/*", "text/html", "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"} {
		for _, languages := range []string{"de-AT,de;q=0.8,en;q=0.5", "de-AT, de;q=0.9, en;q=0.7", "en;q=0.3,de-at,de;q=0.4"} {
			if get(accept, languages) != want {
				t.Errorf("%q, %q: another page", accept, languages)
			}
		}
	}
	if asked.Load() != before {
		t.Errorf("made anew: asked %d times", asked.Load()-before)
	}
	for _, accept := range []string{"text/turtle", "text/html;q=0.5,text/turtle", "*/*;q=0.1,text/turtle"} {
		if got := get(accept, ""); strings.Contains(got, "<html") {
			t.Errorf("%q gets a page", accept)
		}
	}
	asked.Store(0)
	if get("", "ko"); asked.Load() == 0 {
		t.Error("a page is not made for who reads Korean")
	}
}
