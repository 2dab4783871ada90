package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// endless are queries that hold a place until they are ended: by doing nothing,
// by sitting on most of the memory, by taking all there is.
var endless = []string{
	`for (;;) {}`,
	`var a = []; for (var i = 0; i < 40; i++) a.push('x'.repeat((1 << 20) - i)); for (;;) 'y'.repeat(1 << 16)`,
	`var a = []; for (;;) a.push([1, 2, 3])`,
}

// TestServeEndless: however many endless queries strangers send, again and
// again, saved questions and all other pages are answered beside them.
func TestServeEndless(t *testing.T) {
	if underRace {
		t.Skip("the race detector takes time and memory that no bound knows of")
	}
	if testing.Short() {
		t.Skip("takes all processors")
	}
	s := serving(t, "--max-memory", "64MiB")
	for _, n := range []int{1, 4, 16} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			ctx, stop := context.WithCancel(t.Context())
			var strangers sync.WaitGroup
			for i := range n {
				strangers.Go(func() {
					for ctx.Err() == nil {
						code, text, err := try(ctx, "POST", s.at+"/api/v2/query?lang=gizmo", strings.NewReader(endless[i%len(endless)]), nil)
						if err == nil && code != 429 && code != 503 {
							t.Errorf("an endless query is answered with %d: %.300s", code, text)
						}
						if code == 429 { // as its Retry-After asks, though sooner
							time.Sleep(100 * time.Millisecond)
						}
					}
				})
			}
			for strings.Contains(send(t, "GET", s.at+"/metrics", nil, nil, 200), "\nkg_queries_running 0\n") {
				time.Sleep(10 * time.Millisecond)
			}
			for _, path := range []string{"/", "/query/embassies", "/query/bribes?party=captain", "/entity?id=kg:person/kim-jong-il", "/search?q=kim",
				"/path?from=kim-jong-il&to=kg:country/russia", "/source?id=kg:source/donga-2008-04-04", "/query/companies?format=csv", "/query/money-trail"} {
				send(t, "GET", s.at+path, nil, http.Header{}, 200)
			}
			stop()
			strangers.Wait()
		})
	}
	if says := s.says.String(); strings.Contains(says, "msg=panic") {
		t.Errorf("it says\n%.2000s", says)
	}
}
