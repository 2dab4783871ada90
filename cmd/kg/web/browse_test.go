package web_test

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kg/cmd/kg/web"
)

// follow collects what a pattern finds on a page and on all that come after it.
func follow(t *testing.T, s *web.Server, page string, pattern *regexp.Regexp) (found []string) {
	t.Helper()
	next := regexp.MustCompile(`rel="next" href="([^"]*)"`)
	for parts := 0; page != ""; parts++ {
		if parts > 200 {
			t.Fatal("there is no end")
		}
		body := get(t, s, page, 200)
		for _, m := range pattern.FindAllStringSubmatch(body, -1) {
			found = append(found, html.UnescapeString(m[1]))
		}
		page = ""
		if m := next.FindStringSubmatch(body); m != nil {
			page = html.UnescapeString(m[1])
		}
	}
	return found
}

// TestBrowse: the parts of each list together have each thing once, as many as the
// list says there are, whatever the parts' length.
func TestBrowse(t *testing.T) {
	t.Parallel()
	s := web.New(options(t, views(t, articleFile, exampleFile)))
	lists := regexp.MustCompile(`<a href="(/browse/[a-z]+)"[^>]*>[^<]*</a> <span class="kind">([\d,]+)`).FindAllStringSubmatch(get(t, s, "/browse", 200), -1)
	if len(lists) != 5 {
		t.Fatalf("there are %d lists", len(lists))
	}
	thing := map[string]string{"/browse/claims": `<p class="says"><a href="([^"]*)"`, "/browse/sources": `<th scope="row"><a href="([^"]*)"`}
	for _, list := range lists {
		pattern := regexp.MustCompile(`(?m)^<li><a href="([^"]*)"`)
		if p := thing[list[1]]; p != "" {
			pattern = regexp.MustCompile(p)
		}
		for _, limit := range []int{0, 7, 200} {
			found := follow(t, s, fmt.Sprintf("%s?limit=%d", list[1], limit), pattern)
			n := len(found)
			slices.Sort(found)
			if once := len(slices.Compact(found)); once != n || fmt.Sprint(n) != list[2] {
				t.Errorf("%s has %d things, %d different ones, by parts of %d; it says %s", list[1], n, once, limit, list[2])
			}
		}
	}
	get(t, s, "/browse/nothing", 404)
	get(t, s, "/browse/claims?page=0", 400)
}

// TestNextClaim: from the first claim of a source one comes to every other, and back.
func TestNextClaim(t *testing.T) {
	t.Parallel()
	s := exampleServer(t, nil)
	all := regexp.MustCompile(`<p class="says"><a href="([^"]*)"`).FindAllStringSubmatch(get(t, s, "/source?id=kg:source/herald-2020-05-04", 200), -1)
	here := follow(t, s, html.UnescapeString(all[0][1]), regexp.MustCompile(`<p class="ids"><code>([^<]*)</code>`))
	if len(here) != len(all) || len(all) == 0 {
		t.Fatalf("of %d claims one comes to %d", len(all), len(here))
	}
	for i, id := range here {
		if !strings.HasSuffix(html.UnescapeString(all[i][1]), id) {
			t.Errorf("claim %d is %s, not %s", i+1, id, all[i][1])
		}
		body := get(t, s, "/claim?id="+id, 200)
		has(t, body, fmt.Sprintf("claim %d of %d in ", i+1, len(all)))
		if i > 0 {
			has(t, body, `rel="prev" href="/claim?id=`+here[i-1]+`"`)
		}
	}
}
