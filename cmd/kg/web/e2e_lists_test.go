//go:build browser

package web_test

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// browserNarrow narrows an answer by speaker, sorts it, looks for a word, and goes
// back; on a phone each row is a card with who says it and how sure in sight.
func browserNarrow(t *testing.T, b *browser) {
	b.open(t, "/query/timeline")
	count := `document.querySelectorAll(".rows tbody").length`
	all := run(t, b, chromedp.Evaluate[int](count))
	b.do(t, chromedp.Click(chromedp.Search(`//div[@class="facets"]//a[starts-with(., "Sergei Darkin")]`)), shows(`.facets a[aria-current]`))
	if got := run(t, b, chromedp.Evaluate[int](count)); got == 0 || got >= all {
		t.Errorf("of %d rows, a speaker leaves %d", all, got)
	}
	b.do(t, chromedp.Click(chromedp.CSS(`.rows thead th:last-child a`)), shows(`th[aria-sort="ascending"]`), shows(`.facets a[aria-current]`))
	b.do(t, chromedp.SendKeys(chromedp.CSS(`.narrow input[type=search]`), "apec"+kb.Enter), holds(count+" === 1"))
	got := b.path(t)
	for _, part := range []string{"filter=apec", "sort=sure", "where=said"} {
		if !strings.Contains(got, part) {
			t.Errorf("the address %s lacks %s", got, part)
		}
	}
	b.do(t, chromedp.EmulateViewport(390, 844))
	if got := run(t, b, chromedp.Evaluate[bool](`[".rows .by", ".rows .how"].every(s => { const r = document.querySelector(s).getBoundingClientRect(); return r.left >= 0 && r.right <= 390 && r.height > 0; })`)); !got {
		t.Error("on a phone one does not see who says it and how sure")
	}
	b.do(t, chromedp.EmulateViewport(1280, 844), chromedp.Click(chromedp.CSS(`.narrow .reset`)), holds(fmt.Sprintf("%s === %d", count, all)))
	b.clean(t)
}

// browserBrowse goes from the start to all claims, to one of them, and on to the next.
func browserBrowse(t *testing.T, b *browser) {
	b.open(t, "/")
	b.do(t, chromedp.Click(chromedp.CSS(`nav a[href="/browse"]`)), holds(`document.querySelector("h1")?.textContent === "All kinds"`),
		chromedp.Click(chromedp.CSS(`.relations a[href="/browse/claims"]`)), shows(".about .says a"))
	first := b.text(t, ".about .says a")
	b.do(t, chromedp.Click(chromedp.CSS(".about .says a")), shows(".statement"))
	if got := b.text(t, ".statement"); got != first {
		t.Errorf("%q leads to the claim %q", first, got)
	}
	b.do(t, chromedp.Click(chromedp.CSS(`.pager a[rel=next]`)), shows(`.pager a[rel=prev]`), chromedp.Click(chromedp.CSS(`.pager a[rel=prev]`)),
		holds(fmt.Sprintf(`document.querySelector(".statement")?.textContent === %q`, first)))
	b.clean(t)
}

// browserCite copies a citation and the passage with its place, and prints: forms are
// hidden and no picture is split.
func browserCite(t *testing.T, b *browser) {
	s := httptest.NewServer(exampleServer(t, nil))
	t.Cleanup(s.Close)
	b.at = s.URL
	b.open(t, "/claim?id=kg:source/herald-2020-05-04/claim/price")
	for id, want := range map[string]string{"citation": "paragraph 2, ", "quotation": "“The port's yearly report quotes"} {
		b.do(t, chromedp.Click(chromedp.CSS("#"+id+" + .copy")), shows("#"+id+" + .copied"))
		if got := b.text(t, chromedp.CSS("#"+id)); !strings.Contains(got, want) {
			t.Errorf("the %s is %q", id, got)
		}
	}
	b.open(t, "/query/companies")
	if err := call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
		t.Fatal(err)
	}
	hidden := `[...document.querySelectorAll("form, .top, .formats, .copy")].every(e => e.getClientRects().length === 0)`
	whole := `[...document.querySelectorAll(".canvas, .rows tbody")].every(e => getComputedStyle(e).breakInside === "avoid")`
	for what, is := range map[string]string{"forms are printed": hidden, "a picture or a row can be split": whole} {
		if !run(t, b, chromedp.Evaluate[bool](is)) {
			t.Error(what)
		}
	}
	b.clean(t)
}

// browserTimeline follows a bar of the timeline to what happened.
func browserTimeline(t *testing.T, b *browser) {
	b.open(t, "/entity?id=kg:city/vladivostok")
	b.do(t, chromedp.Click(chromedp.CSS(`a[href^="/query/timeline?involving="]`)), shows(".timeline a"))
	b.do(t, chromedp.Click(chromedp.CSS(".timeline a .bar")), holds(`document.querySelector("h1")?.textContent === "The captain is caught shipping oil"`))
	b.clean(t)
}
