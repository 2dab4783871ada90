package cayleyui

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kg/graph"
)

const queryPath = "/api/v2/query?lang=gizmo"

func TestQuery(t *testing.T) {
	h := newHandler(t, harbour, nil)
	owner := `g.V("` + blueLine + `").out("<https://kg.example/ontology#ownedBy>").all()`
	for _, test := range []struct{ name, query, accept, want string }{
		{"json", owner, "application/json", `{"result":[{"id":"<https://kg.example/company/north-shore>"}]}`},
		{"no accept", owner, "", `{"result":[{"id":"<https://kg.example/company/north-shore>"}]}`},
		{"json-ld", owner, "application/ld+json", `{"result":[{"id":{"@id":"https://kg.example/company/north-shore"}}]}`},
		{"better json", owner, "application/ld+json;q=0.1, application/json", `{"result":[{"id":"<https://kg.example/company/north-shore>"}]}`},
		{"nothing", `g.V("<no:body>").all()`, "", `{"result":[]}`},
		{"no rows", `var x = 1`, "", `{"result":[]}`},
		{"values", `g.emit(7); g.emit("<text>"); g.emit({a: [true, null]})`, "", `{"result":[7,"<text>",{"a":[true,null]}]}`},
		{"a prefix", `g.V(g.IRI("kg:company/blue-line")).all()`, "", `{"result":[{"id":"<https://kg.example/company/blue-line>"}]}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, w := range []string{
				ask(h, "POST", queryPath, test.query, "Accept", test.accept).Body.String(),
				ask(h, "GET", queryPath+"&qu="+url.QueryEscape(test.query), "", "Accept", test.accept).Body.String(),
			} {
				if strings.TrimSpace(w) != test.want {
					t.Errorf("got  %swant %s", w, test.want)
				}
			}
		})
	}
	w := ask(h, "POST", queryPath, owner, "Accept", "application/ld+json")
	if kind := w.Header().Get("Content-Type"); kind != "application/ld+json" {
		t.Errorf("Content-Type is %q", kind)
	}
}

func TestQueryRefused(t *testing.T) {
	h, hurried := newHandler(t, harbour, nil), newHandler(t, harbour, impatient)
	for _, test := range []struct {
		name, method, path, query string
		status, line, column      int
		says                      string
	}{
		{"syntax", "POST", queryPath, "g.V(\n  .all()", 400, 2, 3, "Unexpected token"},
		{"unknown method", "POST", queryPath, "g.V().\n  nothing()", 400, 2, 0, "nothing"},
		{"thrown", "POST", queryPath, `throw "up"`, 400, 0, 0, "up"},
		{"endless", "POST", queryPath, "for (;;) {}", 503, 0, 0, "timeout"},
		{"empty", "POST", queryPath, "  ", 400, 0, 0, "the query is empty"},
		{"empty in the address", "GET", queryPath, "", 400, 0, 0, "the query is empty"},
		{"too long", "POST", queryPath, "//" + strings.Repeat("x", maxQuery), 413, 0, 0, "more than 1048576 bytes"},
		{"no language", "POST", "/api/v2/query", "g.V()", 400, 0, 0, "names no query language"},
		{"GraphQL", "POST", "/api/v2/query?lang=graphql", "{}", 400, 0, 0, "choose gizmo"},
		{"MQL", "POST", "/api/v2/query?lang=mql", "[]", 400, 0, 0, "choose gizmo"},
		{"unknown language", "POST", "/api/v2/query?lang=sparql", "x", 400, 0, 0, `unknown query language "sparql"`},
		{"limit", "POST", queryPath + "&limit=many", "g.V()", 400, 0, 0, "is no number of rows"},
		{"negative limit", "POST", queryPath + "&limit=-1", "g.V()", 400, 0, 0, "is no number of rows"},
		{"method", "PUT", queryPath, "g.V()", 405, 0, 0, "use GET or HEAD or POST"},
		{"elsewhere", "GET", "/api/v2/else", "", 404, 0, 0, "there is no /api/v2/else here"},
		{"v1", "POST", "/api/v1/query/gizmo", "g.V()", 404, 0, 0, "/api/v2/query"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var p problem
			to := h
			if test.name == "endless" {
				to = hurried
			}
			decode(t, ask(to, test.method, test.path, test.query), test.status, &p)
			if !strings.Contains(p.Error, test.says) || p.Line != test.line && test.line != 0 || p.Column != test.column && test.column != 0 {
				t.Errorf("%+v", p)
			}
		})
	}
}

func TestQueryLimit(t *testing.T) {
	var many strings.Builder
	for i := range 120 {
		fmt.Fprintf(&many, "<x:a> <x:p> <x:%d> <x:g> .\n", i)
	}
	h := newHandler(t, many.String(), func(o *Options) { o.Rows = 110 })
	for _, test := range []struct {
		limit, query string
		rows         int
		cut          bool
	}{
		{"", `g.V("<x:a>").out().all()`, 100, true},
		{"", `g.V("<x:a>").out().limit(100).all()`, 100, false},
		{"&limit=7", `g.V("<x:a>").out().all()`, 7, true},
		{"&limit=0", `g.V("<x:a>").out().all()`, 110, true},
		{"&limit=9999", `g.V("<x:a>").out().all()`, 110, true},
		{"&limit=5", `g.V("<x:a>").out().getLimit(-1); g.V("<x:a>").out().all()`, 5, true},
		{"&limit=5", `g.V("<x:a>").out().getLimit(3)`, 3, false},
	} {
		var a answer
		decode(t, ask(h, "POST", queryPath+test.limit, test.query), http.StatusOK, &a)
		if len(a.Result) != test.rows || a.Truncated != test.cut || test.cut && a.Limit != test.rows {
			t.Errorf("%s%s: %d rows, truncated %v, limit %d", test.query, test.limit, len(a.Result), a.Truncated, a.Limit)
		}
	}
}

// TestDenied: what sources deny is there when it is asked for.
func TestDenied(t *testing.T) {
	shown, whole := newStore(t, harbour), newStore(t, harbour+"<x:a> <x:p> <x:denied> <x:g> .\n")
	h := newHandler(t, harbour, func(o *Options) {
		o.View = func(denied bool) *graph.View {
			if denied {
				return viewsOf(whole)(true)
			}
			return viewsOf(shown)(false)
		}
	})
	for _, path := range []string{queryPath + "&qu=" + url.QueryEscape(`g.V("<x:a>").out().all()`), "/api/v2/read?sub=%3Cx:a%3E&format=jsonlines"} {
		if body := ask(h, "GET", path, "").Body.String(); strings.Contains(body, "x:denied") {
			t.Errorf("%s answers %s", path, body)
		}
		if body := ask(h, "GET", path+"&denied=true", "").Body.String(); !strings.Contains(body, "x:denied") {
			t.Errorf("%s&denied=true answers %s", path, body)
		}
	}
}

func TestWantsJSONLD(t *testing.T) {
	for accept, want := range map[string]bool{
		"":                                      false,
		"*/*":                                   false,
		"application/json":                      false,
		"application/ld+json":                   true,
		"Application/LD+JSON ; q=0.5":           true,
		"application/json, application/ld+json": false,
		"application/json;q=0.4, application/ld+json;q=0.5": true,
		"application/ld+json;q=0":                           false,
		"text/html, application/ld+json;q=x":                true,
	} {
		if got := wantsJSONLD(accept); got != want {
			t.Errorf("%q: %v", accept, got)
		}
	}
}
