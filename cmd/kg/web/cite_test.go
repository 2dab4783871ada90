package web_test

import (
	"context"
	"fmt"
	"html"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"kg/cmd/kg/web"
)

// TestCitation: a claim and a source are cited with source, publisher, date, place,
// the hash of the graph and an address that others can open; the hash is made once
// for a graph, and again for another one.
func TestCitation(t *testing.T) {
	t.Parallel()
	var made, version atomic.Int64
	s := exampleServer(t, func(o *web.Options) {
		o.Hash = func(context.Context) (string, error) { return fmt.Sprint("hash", made.Add(1)), nil }
		o.Version = func() string { return fmt.Sprint(version.Load()) }
	})
	const claim = "/claim?id=kg:source/herald-2020-05-04/claim/price"
	body := get(t, s, claim, 200)
	cite := html.UnescapeString(between(body, `data-copy="the citation">`, "</p>"))
	for _, part := range []string{"A clerk quoted in the port's report", "alleges", "Ferry firm changes hands, The Herald, 4 May 2020, paragraph 2, ", "a5cf0005514d",
		"Graph hash1.", "http://127.0.0.1:64210" + claim} {
		if !strings.Contains(cite, part) {
			t.Errorf("the citation lacks %q: %s", part, cite)
		}
	}
	has(t, body, `data-copy="the passage with its locator">“The port&#39;s yearly report`, `<meta property="og:description" content="A clerk`)
	has(t, get(t, s, "/source?id=kg:source/herald-2020-05-04", 200), "Ferry firm changes hands, The Herald, 4 May 2020", "Graph hash1.")
	version.Add(1)
	has(t, get(t, s, claim, 200), "Graph hash2.")
	slow := exampleServer(t, func(o *web.Options) {
		o.Limits.Beside = time.Millisecond
		o.Hash = func(ctx context.Context) (string, error) { <-t.Context().Done(); return "", ctx.Err() }
	})
	if body := get(t, slow, claim, 200); strings.Contains(body, "Graph hash") {
		t.Error("a hash that is not made is cited")
	}
}

// TestDossier: every number of a dossier leads to a claim of it, with its place, and
// what the dossier leaves out is told.
func TestDossier(t *testing.T) {
	t.Parallel()
	s := exampleServer(t, nil)
	for _, path := range []string{"/query/neighbours?entity=Blue+Line&format=dossier", "/entity?id=kg:company/blue-line&format=dossier",
		"/source?id=kg:source/herald-2020-05-04&format=dossier", "/claim?id=kg:source/herald-2020-05-04/claim/price-per-ship&format=dossier"} {
		body := get(t, s, path, 200)
		links := regexp.MustCompile(`href="#(e\d+)"`).FindAllStringSubmatch(body, -1)
		for _, link := range links {
			has(t, body, `<li id="`+link[1]+`" class="claim">`)
		}
		if n := strings.Count(body, `class="claim">`); n == 0 || strings.Count(body, "SHA-256 of the passage")+strings.Count(body, "follows from") < n {
			t.Errorf("%s has %d claims, not all with their place", path, n)
		}
	}
	has(t, get(t, s, "/entity?id=kg:company/blue-line&format=dossier&limit=1", 200), "The rest is not in this dossier")
	has(t, get(t, s, "/query/neighbours?entity=Blue+Line&format=dossier&limit=1", 200), "Answers 1 to 1 of 3.")
}
