package web_test

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"kg/cmd/kg/web"
	"kg/graph"
)

const token = "SECRETTOKEN"

// guarded is a server with a handler of another package under its gate, which
// says what reached it.
func guarded(t testing.TB, change func(*web.Options)) *web.Server {
	t.Helper()
	inner := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/panic") {
			panic("a secret of the server")
		}
		if _, err := io.ReadAll(r.Body); err != nil {
			http.Error(w, err.Error(), http.StatusRequestEntityTooLarge)
		}
	})
	return exampleServer(t, func(o *web.Options) {
		o.Mounts = []web.Mount{{Path: "/api/v2/", Handler: inner, Body: 100, Class: func(r *http.Request) web.Class {
			switch r.URL.Path {
			case "/api/v2/write":
				return web.Write
			case "/api/v2/query":
				return web.Ask
			}
			return web.Look
		}}, {Path: "/plain/", Handler: inner}}
		if change != nil {
			change(o)
		}
	})
}

// TestHost refuses names that somebody else's DNS could point here.
func TestHost(t *testing.T) {
	t.Parallel()
	s := exampleServer(t, func(o *web.Options) { o.Hosts = []string{"graph.example.org"} })
	for host, want := range map[string]int{
		"127.0.0.1:64210": 200, "localhost:64210": 200, "LOCALHOST": 200, "localhost.": 200, "[::1]:64210": 200, "[::1]": 200, "192.168.1.7:8080": 200,
		"graph.example.org": 200, "Graph.Example.Org:443": 200,
		"evil.example": 421, "evil.example:64210": 421, "127.0.0.1.evil.example": 421, "localhost.evil.example:64210": 421,
		"graph.example.org.evil.example": 421, "127.0.0.1@evil.example": 421,
	} {
		for _, path := range []string{"/", "/healthz", "/metrics", "/static/nothing"} {
			res := ask(s, "GET", path, func(r *http.Request) { r.Host = host })
			if got := res.StatusCode; got != want && (got != 404 || want != 200) {
				t.Errorf("Host %q on %s is answered with %d, not %d", host, path, got, want)
			}
		}
	}
}

// TestOrigin refuses what pages of other sites send, writes and reads alike;
// a link from there to a page is fine.
func TestOrigin(t *testing.T) {
	t.Parallel()
	s := guarded(t, func(o *web.Options) { o.Token = token })
	for _, c := range []struct {
		method, path, origin, site, mode, dest string
		want                                   int
	}{
		{"POST", "/api/v2/write", "http://127.0.0.1:64210", "same-origin", "cors", "empty", 200},
		{"POST", "/api/v2/write", "", "", "", "", 200}, // no browser
		{"POST", "/api/v2/write", "http://evil.example", "cross-site", "no-cors", "empty", 403},
		{"POST", "/api/v2/write", "http://localhost:3000", "same-site", "cors", "empty", 403},
		{"POST", "/api/v2/write", "null", "", "", "", 403}, // a sandboxed frame
		{"POST", "/api/v2/write", "", "cross-site", "navigate", "document", 403},
		{"POST", "/api/v2/query", "http://evil.example", "", "", "", 403},
		{"GET", "/suggest?q=a", "http://evil.example", "cross-site", "cors", "empty", 403},
		{"GET", "/query/companies", "", "cross-site", "no-cors", "image", 403},
		{"GET", "/", "", "cross-site", "navigate", "iframe", 403},
		{"GET", "/", "", "cross-site", "navigate", "document", 200},
		{"GET", "/", "", "none", "navigate", "document", 200},
		{"GET", "/suggest?q=a", "", "same-origin", "cors", "empty", 200},
		{"GET", "/", "http://127.0.0.1:64210.evil.example", "", "", "", 403},
		{"GET", "/", "http://127.0.0.1:1", "", "", "", 403},
		{"GET", "/", "%zz", "", "", "", 403},
	} {
		res := ask(s, c.method, c.path, func(r *http.Request) {
			r.Header.Set("Authorization", "Bearer "+token)
			for name, value := range map[string]string{"Origin": c.origin, "Sec-Fetch-Site": c.site, "Sec-Fetch-Mode": c.mode, "Sec-Fetch-Dest": c.dest} {
				if value != "" {
					r.Header.Set(name, value)
				}
			}
		})
		if res.StatusCode != c.want {
			t.Errorf("%+v is answered with %d", c, res.StatusCode)
		}
		if allow := res.Header.Get("Access-Control-Allow-Origin"); allow != "" {
			t.Errorf("%+v lets %s read", c, allow)
		}
	}
}

// TestToken: nothing is written without --writable and the token.
func TestToken(t *testing.T) {
	t.Parallel()
	bearer := func(value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set("Authorization", value) }
	}
	cookie := func(r *http.Request) { r.AddCookie(&http.Cookie{Name: "kg-token", Value: token}) } // as once
	reading, writing := guarded(t, nil), guarded(t, func(o *web.Options) { o.Token = token })
	for _, c := range []struct {
		server *web.Server
		change func(*http.Request)
		want   int
	}{
		{reading, nil, 405}, {reading, bearer("Bearer "), 405}, {reading, bearer("Bearer " + token), 405},
		{writing, nil, 401}, {writing, bearer("Bearer "), 401}, {writing, bearer("Bearer x" + token), 401}, {writing, bearer(token), 401},
		{writing, bearer("Basic " + token), 401},
		{writing, bearer("Bearer " + token), 200}, {writing, bearer("bearer " + token), 200}, {writing, cookie, 401},
	} {
		for _, path := range []string{"/api/v2/write", "/plain/anything"} {
			res := ask(c.server, "POST", path, c.change)
			if res.StatusCode != c.want {
				t.Errorf("%s is answered with %d, not %d", path, res.StatusCode, c.want)
			}
			if c.want == 405 && res.Header.Get("Allow") == "" || c.want == 401 && res.Header.Get("WWW-Authenticate") == "" {
				t.Errorf("%d lacks its header", c.want)
			}
		}
	}
	if res := ask(reading, "GET", "/plain/", nil); res.StatusCode != 200 {
		t.Errorf("reading a mount is answered with %d", res.StatusCode)
	}
}

// TestLogin: the printed address is a page whose script keeps the token. It sets
// no cookie, which would go to every port, and the token stays out of the log.
func TestLogin(t *testing.T) {
	t.Parallel()
	var out logged
	s := guarded(t, func(o *web.Options) {
		o.Token = token
		o.Log = slog.New(slog.NewTextHandler(&out, nil))
	})
	res := ask(s, "GET", web.LoginPath(token), nil)
	body := text(t, res)
	if res.StatusCode != 200 || res.Header.Get("Cache-Control") != "no-store" || res.Header.Get("Referrer-Policy") != "no-referrer" {
		t.Fatalf("the login is answered with %d: %v", res.StatusCode, res.Header)
	}
	if len(res.Cookies()) > 0 || strings.Contains(body, token) || !strings.Contains(body, "/static/login.") {
		t.Errorf("the login is\n%s", body)
	}
	for _, path := range []string{"/login", "/login?token=", "/login?token=x"} {
		if res := ask(s, "GET", path, nil); res.StatusCode != 403 {
			t.Errorf("%s is answered with %d", path, res.StatusCode)
		}
	}
	if res := ask(guarded(t, nil), "GET", "/login?token=", nil); res.StatusCode != 403 {
		t.Errorf("a server that only reads answers a login with %d", res.StatusCode)
	}
	if strings.Contains(out.String(), token) {
		t.Errorf("the token is in the log:\n%s", out.String())
	}
}

// TestBounds: sizes of requests, and methods.
func TestBounds(t *testing.T) {
	t.Parallel()
	s := guarded(t, nil)
	body := func(n int, length int64) func(*http.Request) {
		return func(r *http.Request) {
			r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(make([]byte, n))), length
		}
	}
	for _, c := range []struct {
		method, path string
		change       func(*http.Request)
		want         int
	}{
		{"POST", "/api/v2/query", body(100, 100), 200},
		{"POST", "/api/v2/query", body(101, 101), 413},
		{"POST", "/api/v2/query", body(101, -1), 413}, // nobody says how long it is
		{"POST", "/", body(2<<20, 2<<20), 413},
		{"GET", "/search?q=" + strings.Repeat("x", 9000), nil, 414},
		{"POST", "/", nil, 405}, {"DELETE", "/entity", nil, 405}, {"PUT", "/query/companies", nil, 405}, {"OPTIONS", "/claim", nil, 405},
		{"GET", "/nothing", nil, 404}, {"GET", "/static/nothing.js", nil, 404}, {"GET", "/query/nothing", nil, 404}, {"GET", "/api/v1/query", nil, 404},
		{"HEAD", "/", nil, 200},
	} {
		res := ask(s, c.method, c.path, c.change)
		if res.StatusCode != c.want {
			t.Errorf("%s %.40s is answered with %d, not %d", c.method, c.path, res.StatusCode, c.want)
		}
		if c.want == 405 && res.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s %s allows %q", c.method, c.path, res.Header.Get("Allow"))
		}
	}
}

// TestBusy: when all places are taken and nobody leaves, who asks is told to
// come again, and who only looks is answered.
func TestBusy(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	entered := make(chan struct{}, 8)
	slow := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { entered <- struct{}{}; <-release })
	s := exampleServer(t, func(o *web.Options) {
		o.Limits.Asking, o.Limits.Waiting, o.Limits.Wait = 2, 1, 20*time.Millisecond
		o.Mounts = []web.Mount{{Path: "/slow", Handler: slow, Class: func(*http.Request) web.Class { return web.Ask }}}
	})
	done := make(chan int, 2)
	for range 2 {
		go func() { done <- ask(s, "GET", "/slow", nil).StatusCode }()
		<-entered
	}
	res := ask(s, "GET", "/query/companies", nil)
	if res.StatusCode != 429 || res.Header.Get("Retry-After") != "1" {
		t.Errorf("the third is answered with %d", res.StatusCode)
	}
	has(t, get(t, s, "/metrics", 200), "kg_queries_running 2\n", "kg_queries_limit 2\n", `kg_http_requests_total{code="429"} 1`)
	get(t, s, "/healthz", 200)
	get(t, s, "/suggest?q=ann", 200) // names are in memory
	close(release)
	for range 2 {
		if code := <-done; code != 200 {
			t.Errorf("one that had a place is answered with %d", code)
		}
	}
	get(t, s, "/query/companies", 200)
}

// TestTime: what runs too long is ended and answered.
func TestTime(t *testing.T) {
	t.Parallel()
	s := exampleServer(t, func(o *web.Options) { o.Limits.Time = time.Nanosecond })
	if res := ask(s, "GET", "/query/companies", nil); res.StatusCode != 503 {
		t.Errorf("a query without time is answered with %d", res.StatusCode)
	}
}

// TestPanic: nothing of it is shown, all of it is logged, and the server goes on.
func TestPanic(t *testing.T) {
	t.Parallel()
	var out logged
	s := guarded(t, func(o *web.Options) { o.Log = slog.New(slog.NewTextHandler(&out, nil)) })
	body := get(t, s, "/api/v2/panic", 500)
	if strings.Contains(body, "secret") || strings.Contains(body, ".go") || strings.Contains(body, "goroutine") {
		t.Errorf("the panic is shown:\n%s", body)
	}
	if log := out.String(); !strings.Contains(log, "a secret of the server") || !strings.Contains(log, "gate_test.go") || !strings.Contains(log, "status=500") {
		t.Errorf("the log is\n%s", log)
	}
	get(t, s, "/healthz", 200)
}

// TestHeaders: every answer, refusals and mounted ones too, has them.
func TestHeaders(t *testing.T) {
	t.Parallel()
	s := guarded(t, nil)
	for _, path := range []string{"/", "/search?q=a", "/nothing", "/api/v2/query", "/healthz", "/metrics", "/favicon.ico", "/query/companies?format=csv"} {
		res := ask(s, "GET", path, nil)
		policy := res.Header.Get("Content-Security-Policy")
		if policy == "" || strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") || !strings.Contains(policy, "default-src 'none'") {
			t.Errorf("%s has the policy %q", path, policy)
		}
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin"} {
			if got := res.Header.Get(name); got != want {
				t.Errorf("%s has %s: %q", path, name, got)
			}
		}
	}
}

// TestNothingInline: no page has script or style in it, nor an address of
// another host that it loads.
func TestNothingInline(t *testing.T) {
	t.Parallel()
	s := exampleServer(t, nil)
	for _, path := range examplePages {
		body := get(t, s, path, 200)
		for _, bad := range []string{"<script>", "<style", " style=", " onclick=", "javascript:", ` src="http`, `<link rel="stylesheet" href="http`} {
			if strings.Contains(body, bad) {
				t.Errorf("%s has %q", path, bad)
			}
		}
	}
}

func TestMetrics(t *testing.T) {
	t.Parallel()
	s := exampleServer(t, nil)
	get(t, s, "/", 200)
	get(t, s, "/nothing", 404)
	res := ask(s, "GET", "/metrics", nil)
	body := text(t, res)
	has(t, body, "kg_http_requests_total{code=\"200\"} 1\n", "kg_http_requests_total{code=\"404\"} 1\n",
		"kg_http_request_seconds_count 2\n", `kg_http_request_seconds_bucket{le="+Inf"} 2`, "kg_http_requests_running 1\n")
	if got := res.Header.Get("Content-Type"); got != "text/plain; version=0.0.4; charset=utf-8" {
		t.Errorf("the type is %q", got)
	}
	for line := range strings.Lines(body) { // each is a comment, or a name and a number
		if fields := strings.Fields(line); !strings.HasPrefix(line, "# ") && len(fields) != 2 {
			t.Errorf("%q is no line of the format", line)
		}
	}
}

// TestAnswerWithinBounds: a page and a file of an answer are made within the
// bounds of the view, and what is made beyond them is not sent.
func TestAnswerWithinBounds(t *testing.T) {
	t.Parallel()
	s := exampleServer(t, func(o *web.Options) {
		within := o.View
		o.View = func(denied bool) *graph.View {
			v := within(denied)
			v.Bounds.Timeout = time.Nanosecond
			return v
		}
	})
	for _, path := range []string{"/query/estimates", "/query/estimates?format=csv", "/query/estimates?format=svg"} {
		has(t, get(t, s, path, http.StatusServiceUnavailable), "this took more time or memory than one query may")
	}
}
