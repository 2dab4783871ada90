package web_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"kg/cmd/kg/web"
)

// TestTimeline: every event with a date is a bar that leads to it; what is planned is
// hollow, what is open is an arrow, and bars come in the order of their days.
func TestTimeline(t *testing.T) {
	t.Parallel()
	s := web.New(options(t, views(t, articleFile)))
	body := get(t, s, "/query/timeline", 200)
	picture := between(body, `<svg class="timeline"`, "</svg>")
	bars := regexp.MustCompile(`<a href="([^"]*)"><title>([^<]*)</title><text x="\d+" y="\d+" text-anchor="(?:start|end)">([^<]*)</text><path class="bar([^"]*)" d="M(\d+),`).FindAllStringSubmatch(picture, -1)
	rows := strings.Count(body, `<tbody role="rowgroup"`)
	if len(bars) != rows || rows < 10 {
		t.Fatalf("%d rows are %d bars", rows, len(bars))
	}
	at := map[string]int{}
	for _, b := range bars {
		if !strings.HasPrefix(b[1], "/entity?id=") {
			t.Errorf("a bar leads to %s", b[1])
		}
		if strings.Contains(b[2], "planned") != strings.Contains(b[4], "planned") {
			t.Errorf("%q is drawn as %q", b[2], b[4])
		}
		at[b[3][strings.Index(b[3], "·")+len("· "):]], _ = strconv.Atoi(b[5])
	}
	for _, pair := range [][2]string{{"Joint companies are active", "The freeze of North Korea&#39;s account"}, {"The freeze of North Korea&#39;s account", "The captain is caught shipping oil"},
		{"The captain is caught shipping oil", "The APEC summit of 2012"}} {
		if x, y := at[pair[0]], at[pair[1]]; x == 0 || x >= y {
			t.Errorf("%s is at %d, %s at %d", pair[0], x, pair[1], y)
		}
	}
	has(t, body, "happened", "planned", "its beginning or end is open")
	if body := get(t, s, "/query/embassies", 200); strings.Contains(body, `class="timeline"`) {
		t.Error("an answer without dates has a timeline")
	}
}
