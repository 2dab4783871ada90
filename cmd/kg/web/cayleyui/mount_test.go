package cayleyui

import (
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"kg/cmd/kg/web"
	"kg/queries"
)

// gated puts a handler under the gate, with a token if it writes.
func gated(t *testing.T, h *Handler) http.Handler {
	t.Helper()
	set, err := queries.Read()
	if err != nil {
		t.Fatal(err)
	}
	o := web.Options{
		View:    h.View,
		Queries: set, Limits: web.DefaultLimits(), Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Mounts: h.Mounts(),
	}
	o.Limits.Time, o.Limits.Wait = time.Minute, time.Minute // the machine may be busy
	if h.Apply != nil {
		o.Token = "secret"
	}
	return web.New(o)
}

// TestGate: the gate lets through what it should, and no more.
func TestGate(t *testing.T) {
	const host = "127.0.0.1:64210"
	statement := "<x:a> <x:p> <x:new> .\n"
	for _, test := range []struct {
		name, method, path, body string
		readOnly                 bool
		headers                  []string
		status                   int
		says                     string
	}{
		{"page", "GET", "/ui/", "", false, nil, 200, `<div id="root">`},
		{"query", "POST", queryPath, "g.V().all()", true, nil, 200, `"result"`},
		{"read", "GET", "/api/v2/read", "", true, nil, 200, "blue-line"},
		{"shape", "POST", "/api/v1/shape/gizmo", "g.V().all()", true, nil, 200, `"nodes"`},
		{"read-only", "POST", "/api/v2/write", statement, true, nil, 405, `{"error":"this server only reads`},
		{"no token", "POST", "/api/v2/write", statement, false, nil, 401, "token"},
		{"token", "POST", "/api/v2/write", statement, false, []string{"Authorization", "Bearer secret"}, 200, "wrote 1 quad."},
		{"delete without a token", "POST", "/api/v2/node/delete", blueLine, false, nil, 401, "token"},
		{"large", "POST", "/api/v2/write", strings.Repeat("# "+strings.Repeat("x", 1<<10)+"\n", 2<<10), false, []string{"Authorization", "Bearer secret"}, 400, "no statement"},
		{"another site", "POST", "/api/v2/write", statement, false, []string{"Authorization", "Bearer secret", "Origin", "http://evil.example"}, 403, "another site"},
		{"another site asks", "POST", queryPath, "g.V().all()", true, []string{"Origin", "http://evil.example"}, 403, "another site"},
		{"this site", "POST", queryPath, "g.V().all()", true, []string{"Origin", "http://" + host, "Sec-Fetch-Site", "same-origin"}, 200, `"result"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			var change func(*Options)
			if test.readOnly {
				change = readOnly
			}
			w := ask(gated(t, newHandler(t, harbour, change)), test.method, "http://"+host+test.path, test.body, test.headers...)
			if w.Code != test.status || !strings.Contains(w.Body.String(), test.says) {
				t.Errorf("status %d: %s", w.Code, w.Body)
			}
			if test.status != 200 { // the gate refuses as the API does
				decode(t, w, test.status, &problem{})
			}
			csp := w.Header().Values("Content-Security-Policy")
			if len(csp) != 1 || strings.Contains(csp[0], "sha256-") != strings.HasPrefix(test.path, "/ui/") {
				t.Errorf("the policy is %q", csp)
			}
		})
	}
}
