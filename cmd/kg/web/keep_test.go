package web_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"kg/cmd/kg/web"
	"kg/graph"
)

// keptServer is a server that counts how often the graph is asked, and whose graph
// becomes another one.
func keptServer(t *testing.T, change func(*web.Options)) (s *web.Server, asked *atomic.Int64, version *atomic.Int64) {
	t.Helper()
	asked, version = new(atomic.Int64), new(atomic.Int64)
	o := options(t, views(t, exampleFile))
	view := o.View
	o.View = func(denied bool) *graph.View {
		asked.Add(1)
		return view(denied)
	}
	o.Version = func() string { return fmt.Sprint(version.Load()) }
	if change != nil {
		change(&o)
	}
	s = web.New(o)
	day := time.Now() // that does not end while the test runs
	s.SetNow(func() time.Time { return day })
	return s, asked, version
}

func with(header http.Header) func(*http.Request) {
	return func(r *http.Request) { maps.Copy(r.Header, header) }
}

func bodyOf(t *testing.T, res *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// A page is answered from what was kept for whatever it depends on, and anew for
// anything else; a client that has it gets no second one.
func TestKeptAnswers(t *testing.T) {
	t.Parallel()
	s, asked, version := keptServer(t, nil)
	const path = "/entity?id=kg:company/blue-line"
	first := ask(s, "GET", path, nil)
	body, n := bodyOf(t, first), asked.Load()
	tag := first.Header.Get("ETag")
	if first.StatusCode != 200 || tag == "" || n == 0 {
		t.Fatalf("%d, tag %q, asked %d times", first.StatusCode, tag, n)
	}
	same := func(what string, header http.Header, fresh bool) {
		t.Helper()
		before := asked.Load()
		res := ask(s, "GET", path, with(header))
		if got := bodyOf(t, res); res.StatusCode != 200 || header.Get("Accept-Encoding") == "" && header.Get("Accept-Language") == "" && got != body {
			t.Errorf("%s: %d, and another page", what, res.StatusCode)
		}
		if (asked.Load() > before) != fresh {
			t.Errorf("%s: the graph was asked %d times, fresh %v", what, asked.Load()-before, fresh)
		}
		for name := range first.Header {
			if res.Header.Get(name) == "" {
				t.Errorf("%s: header %s is not there", what, name)
			}
		}
	}
	same("again", nil, false)
	same("in another language", http.Header{"Accept-Language": {"ko"}}, true)
	same("packed", http.Header{"Accept-Encoding": {"gzip"}}, true)
	same("packed again", http.Header{"Accept-Encoding": {"gzip"}}, false)
	same("behind a proxy with TLS", http.Header{"X-Forwarded-Proto": {"HTTPS"}}, true)
	same("by who may write", http.Header{"Authorization": {"Bearer x"}}, true)
	version.Add(1)
	same("of another graph", nil, true)
	same("of it again", nil, false)
	for _, tags := range []string{tag, `"x", ` + strings.TrimPrefix(tag, "W/"), "*"} {
		res := ask(s, "GET", path, with(http.Header{"If-None-Match": {tags}}))
		if got := bodyOf(t, res); res.StatusCode != http.StatusNotModified || got != "" || res.Header.Get("ETag") != tag {
			t.Errorf("who has %s gets %d, %d bytes", tags, res.StatusCode, len(got))
		}
	}
	version.Add(1) // and of one that is made anew
	if res := ask(s, "GET", path, with(http.Header{"If-None-Match": {tag}})); res.StatusCode != http.StatusNotModified {
		t.Errorf("who has a page that is the same in another graph gets %d", res.StatusCode)
	}
	same("that who had it made", nil, false)
}

// TestKeptAsAnew is the law of kept answers: each is what a server that kept nothing
// makes, of this graph and of the one after a write.
func TestKeptAsAnew(t *testing.T) {
	t.Parallel()
	o := options(t, views(t, exampleFile))
	one, other := o.View, views(t, exampleFile, articleFile)
	var written atomic.Bool
	o.View = func(denied bool) *graph.View {
		if written.Load() {
			return other(denied)
		}
		return one(denied)
	}
	o.Version = func() string { return fmt.Sprint(written.Load()) }
	s := web.New(o)
	for _, write := range []bool{false, true} {
		written.Store(write)
		for name, path := range pages {
			_ = bodyOf(t, ask(s, "GET", path, nil))
			for _, encoding := range []string{"", "gzip"} {
				header := http.Header{"Accept-Encoding": {encoding}}
				_ = bodyOf(t, ask(s, "GET", path, with(header)))
				kept, anew := ask(s, "GET", path, with(header)), ask(web.New(o), "GET", path, with(header))
				if kept.StatusCode != anew.StatusCode || bodyOf(t, kept) != bodyOf(t, anew) || !maps.EqualFunc(kept.Header, anew.Header, slices.Equal) {
					t.Errorf("%s, written %v, %q: what was kept is another answer: %d, %v; anew %d, %v", name, write, encoding, kept.StatusCode, kept.Header, anew.StatusCode, anew.Header)
				}
			}
		}
	}
}

// A claim's address, which its page tells, is that of whoever asks: a proxy's scheme in
// any case, and one's page is not another's.
func TestKeptScheme(t *testing.T) {
	t.Parallel()
	s, _, _ := keptServer(t, nil)
	const path = "/source?id=kg:source/herald-2020-05-04"
	for range 2 {
		for proto, want := range map[string]bool{"HTTPS": true, "https": true, "": false} {
			res := ask(s, "GET", path, with(http.Header{"X-Forwarded-Proto": {proto}}))
			if got := strings.Contains(bodyOf(t, res), "https://127.0.0.1"); got != want {
				t.Errorf("by %q: https %v", proto, got)
			}
		}
	}
}

// What is no whole answer is not kept: a mistake, a store that is not whole, a hash
// that was not there yet.
func TestNotKept(t *testing.T) {
	t.Parallel()
	var broken atomic.Bool
	hash := make(chan struct{})
	s, asked, _ := keptServer(t, func(o *web.Options) {
		o.Limits.Beside = 1
		o.Ready = func() (func() error, error) {
			return func() error {
				if broken.Load() {
					return errors.New("overwritten")
				}
				return nil
			}, nil
		}
		o.Hash = func(context.Context) (string, error) { <-hash; return "hash1", nil }
	})
	anew := func(path string, code int) {
		t.Helper()
		for range 2 {
			before := asked.Load()
			if res := ask(s, "GET", path, nil); res.StatusCode != code || asked.Load() == before {
				t.Errorf("%s: %d, asked %d times", path, res.StatusCode, asked.Load()-before)
			}
		}
	}
	anew("/entity?id=kg:company/nobody", 404)
	anew("/source?id=kg:source/herald-2020-05-04", 200) // without its hash
	close(hash)
	for !strings.Contains(bodyOf(t, ask(s, "GET", "/source?id=kg:source/herald-2020-05-04", nil)), "hash1") {
		time.Sleep(time.Millisecond)
	}
	broken.Store(true)
	anew("/browse/speakers", 503)
	broken.Store(false)
	if res := ask(s, "GET", "/browse/speakers", nil); res.StatusCode != 200 {
		t.Errorf("a page of a store that is whole again: %d", res.StatusCode)
	}
}

// Addresses that a client makes up put nothing out that others ask for, and memory
// stays within its bound.
func TestKeptIsBounded(t *testing.T) {
	t.Parallel()
	s, asked, _ := keptServer(t, nil)
	good := "/entity?id=kg:company/blue-line"
	for range 20 {
		ask(s, "GET", good, nil)
	}
	for n := range 4000 {
		if res := ask(s, "GET", fmt.Sprintf("/browse/speakers?limit=%d", n+100), nil); res.StatusCode != 200 {
			t.Fatal(res.Status)
		}
		if n%100 == 0 {
			ask(s, "GET", good, nil)
		}
	}
	if bytes := s.KeptBytes(); bytes > web.MostKept {
		t.Errorf("%d bytes are kept", bytes)
	}
	before := asked.Load()
	if ask(s, "GET", good, nil); asked.Load() != before {
		t.Error("made-up addresses put out a page that others ask for")
	}
}
