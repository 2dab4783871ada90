package cayleyui

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// TestShape: each case is what the shape of a query has in it; what is false is
// left out.
func TestShape(t *testing.T) {
	h := newHandler(t, harbour, nil) // no data is looked at
	for _, test := range []struct{ query, want string }{
		{`g.V("<x:a>").all()`, `{"nodes":[{"id":1,"values":["<x:a>"],"is_fixed":true}],"links":[]}`},
		{`g.V().all()`, `{"nodes":[{"id":1}],"links":[]}`},
		{`g.V("<x:a>").tag("source").out("<x:p>", "by").tag("target").all()`,
			`{"nodes":[{"id":1,"tags":["target"]},{"id":2,"is_link_node":true},{"id":3,"tags":["source"],"values":["<x:a>"],"is_fixed":true},{"id":4,"tags":["by"],"values":["<x:p>"],"is_fixed":true}],` +
				`"links":[{"source":3,"target":1,"type":4,"link_node":2}]}`},
		{`g.V("<x:a>").in("<x:p>").all()`,
			`{"nodes":[{"id":1},{"id":2,"is_link_node":true},{"id":3,"values":["<x:p>"],"is_fixed":true},{"id":4,"values":["<x:a>"],"is_fixed":true}],"links":[{"source":1,"target":4,"type":3,"link_node":2}]}`},
		{`g.V("<x:a>").labelContext("<x:g>").out("<x:p>").all()`, `"label":5`},
		{`g.V("<x:a>").or(g.V("<x:b>")).all()`, `{"id":1,"any_of":[2,3]`},
		{`g.V("<x:a>").except(g.V("<x:b>")).all()`, `"none_of":[2]`},
		{`g.V("<x:a>").saveOpt("<x:p>", "name").all()`, `"perhaps":[2]`},
		{`g.V("<x:a>").out().unique().all()`, `"what":["each once"]`},
		{`g.V().filter(gt(3)).all()`, `"what":["> \"3\"^^<http://www.w3.org/2001/XMLSchema#integer>"]`},
		{`g.V().filter(regex("^a", true)).all()`, `"what":["matches /^a/"]`},
		{`g.V().filter(like("a%")).all()`, `"what":["is like a%"]`},
		{`g.V().skip(2).limit(3).all()`, `"skip":2,"limit":3`},
		{`g.V().count()`, `"what":["the number of node 2"]`},
		{`g.V("<x:a>").followRecursive(g.M().out("<x:p>")).all()`, `"values":["<x:p>"]`},
		{`g.V("<x:a>").out("<x:p>").forEach(function(r) { g.V(r.id).in("<x:q>").all() })`, `{"source":5,"target":1,"type":7,"link_node":6}`},
		{`g.V("<x:a>").tag("t").forEach(function(r) { g.V(r.t).out("<x:q>").all() })`, `{"source":1,`},
		{`g.V("<x:a>").order().all()`, `"values":["<x:a>"]`},
		{`g.V("<x:a>").followRecursive(g.M().out("<x:p>")).out("<x:q>").all()`, `"any_of":[`},
		{`1 + 1`, `{"nodes":[],"links":[]}`},
	} {
		t.Run(test.query, func(t *testing.T) {
			var s shapeOf
			w := ask(h, "POST", "/api/v1/shape/gizmo", test.query)
			decode(t, w, http.StatusOK, &s)
			if got := strings.NewReplacer(`,"is_link_node":false`, "", `,"is_fixed":false`, "").Replace(w.Body.String()); !strings.Contains(got, test.want) {
				t.Errorf("got  %swant %s", got, test.want)
			}
			sound(t, s)
		})
	}
}

// sound checks that every number is that of a node.
func sound(t *testing.T, s shapeOf) {
	t.Helper()
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	check := func(ids ...int) {
		for _, id := range ids {
			if id < 0 || id > len(s.Nodes) {
				t.Errorf("there is no node %d in %s", id, text)
			}
		}
	}
	for i, n := range s.Nodes {
		if n.ID != i+1 {
			t.Errorf("node %d has the number %d", i+1, n.ID)
		}
		check(n.AnyOf...)
		check(n.NoneOf...)
		check(n.Perhaps...)
	}
	for _, l := range s.Links {
		check(l.Source, l.Target, l.Type, l.Label, l.LinkNode)
		if l.LinkNode == 0 || !s.Nodes[l.LinkNode-1].IsLinkNode {
			t.Errorf("a link has no node of its own in %s", text)
		}
	}
}

func TestShapeRefused(t *testing.T) {
	h, hurried := newHandler(t, harbour, nil), newHandler(t, harbour, impatient)
	for _, test := range []struct {
		lang, query string
		status      int
		says        string
	}{
		{"gizmo", "g.V(", http.StatusBadRequest, "line 1"},
		{"gizmo", "for (;;) {}", http.StatusServiceUnavailable, "timeout"},
		{"gizmo", "for (;;) g.V().all()", http.StatusBadRequest, "more than 2000 nodes"},
		{"graphql", "{}", http.StatusBadRequest, "choose gizmo"},
		{"gizmo", strings.Repeat(" ", maxQuery+1), http.StatusRequestEntityTooLarge, "more than"},
	} {
		to := h
		if test.says == "timeout" {
			to = hurried
		}
		var p problem
		decode(t, ask(to, "POST", "/api/v1/shape/"+test.lang, test.query), test.status, &p)
		if !strings.Contains(p.Error, test.says) {
			t.Errorf("%s", p.Error)
		}
	}
}

// FuzzShape: whatever is sent is answered with a sound shape or a mistake of the
// query's, never with one of the server's.
func FuzzShape(f *testing.F) {
	for _, seed := range []string{
		`g.V("<x:a>").tag("source").out("<x:p>", "by").tag("target").all()`,
		`g.V().or(g.V("<x:b>").in()).except(g.V("a")).unique().order().skip(1).limit(2).all()`,
		`g.V("<x:a>").followRecursive(g.M().out("<x:p>"), 3, "d").out().forEach(function(r) { g.V(r.id).both().all() })`,
		`g.V("<answer:1>").saveOpt("<x:p>", "n").saveR("<x:q>").has("<x:p>", gt(3)).hasR("<x:p>").back("n").count()`,
		`g.V(g.V().toArray()).labelContext("<x:g>", "l").labels().all(); g.V().inPredicates().tagArray()`,
		`g.shortestPath(g.V("<x:a>"), g.V("<x:b>"))`,
	} {
		f.Add(seed)
	}
	h := newHandler(f, harbour, impatient)
	f.Fuzz(func(t *testing.T, query string) {
		w := ask(h, "POST", "/api/v1/shape/gizmo", query)
		switch w.Code {
		case http.StatusOK:
			var s shapeOf
			decode(t, w, http.StatusOK, &s)
			sound(t, s)
		case http.StatusBadRequest, http.StatusServiceUnavailable, http.StatusRequestEntityTooLarge:
		default:
			t.Errorf("%q: status %d: %s", query, w.Code, w.Body)
		}
	})
}
