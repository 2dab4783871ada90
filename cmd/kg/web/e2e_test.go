//go:build browser

package web_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// shows waits until a page has what a selector finds.
func shows(selector string) chromedp.Action[chromedp.Void] { return until(selector, "!== null") }

// gone waits until it has not.
func gone(selector string) chromedp.Action[chromedp.Void] { return until(selector, "=== null") }

func until(selector, is string) chromedp.Action[chromedp.Void] {
	return holds(fmt.Sprintf("document.querySelector(%q) %s", selector, is))
}

// holds waits until an expression is true.
func holds(expression string) chromedp.Action[chromedp.Void] {
	look := chromedp.Evaluate[bool]("!!(" + expression + ")")
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		for { // while one page makes place for the next there is nothing to look at
			if ok, err := look(ctx, t); err == nil && ok {
				return chromedp.Void{}, nil
			}
			select {
			case <-ctx.Done():
				return chromedp.Void{}, fmt.Errorf("waiting for %s: %w", expression, ctx.Err())
			case <-time.After(20 * time.Millisecond):
			}
		}
	}
}

// TestBrowser uses the pages as people do, each time in a new tab.
func TestBrowser(t *testing.T) {
	inTabs(t, []tabTest{
		{"way", browserWay}, {"search", browserSearch}, {"text", browserText}, {"query", browserQuery}, {"picture", browserPicture},
		{"path", browserPath}, {"narrow", browserNarrow}, {"browse", browserBrowse}, {"cite", browserCite}, {"timeline", browserTimeline}, {"decide", browserDecide}, {"without script", browserWithoutScript}, {"pages", browserPages}, {"axe", browserAxe}, {"screenshots", browserScreenshots},
	})
}

// tabTest is what somebody does on the pages.
type tabTest struct {
	name string
	run  func(*testing.T, *browser)
}

// inTabs runs each test on the article's pages, in a new tab of one browser.
func inTabs(t *testing.T, tests []tabTest) {
	if testing.Short() {
		t.Skip("needs a browser, and its time")
	}
	first := newBrowser(t)
	at := articleServer(t).URL
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { test.run(t, newTab(t, first, at)) })
	}
}

// browserWay is the way of somebody who checks facts: a name typed at the
// start, the entity, the claim behind an edge, its place in the source.
func browserWay(t *testing.T, b *browser) {
	b.open(t, "/")
	b.do(t,
		chromedp.SendKeys(chromedp.CSS("#bigq"), "kim jong"),
		shows(".bigfind .suggest:not([hidden]) li"),
		chromedp.KeyEvent(kb.ArrowDown),
		shows(`.bigfind .suggest li[aria-selected="true"]`),
		chromedp.KeyEvent(kb.Enter),
		shows(".about"))
	if got := b.path(t); got != "/entity?id=kg:person/kim-jong-il" {
		t.Fatalf("a suggestion leads to %s", got)
	}
	if got := b.text(t, "h1"); got != "Kim Jong Il" {
		t.Errorf("the entity is headed %q", got)
	}
	b.do(t, chromedp.Click(chromedp.CSS(`.about .says a[href*="kim-leads"]`)), shows(".statement"))
	if got := b.path(t); got != "/claim?id=kg:source/donga-2008-04-04/claim/kim-leads" {
		t.Fatalf("the edge leads to %s", got)
	}
	b.do(t, chromedp.Click(chromedp.CSS(`#main a[href^="/source?id="][href$="#kim-leads"]`)), shows("#kim-leads"))
	if got := run(t, b, chromedp.Evaluate[string](`document.querySelector(":target").id`)); got != "kim-leads" {
		t.Errorf("the source shows %q", got)
	}
	b.clean(t)
}

// browserText: a passage leads to its claim, and the claim to its passage.
func browserText(t *testing.T, b *browser) {
	s := httptest.NewServer(exampleServer(t, nil))
	t.Cleanup(s.Close)
	b.at = s.URL
	b.open(t, "/source?id=kg:source/herald-2020-05-04")
	if got := run(t, b, chromedp.Evaluate[int](`document.querySelectorAll(".mark.lit").length`)); got != 0 {
		t.Errorf("%d passages are lit before one is chosen", got)
	}
	b.do(t, chromedp.Click(chromedp.CSS(`.mark[href="#mayor"]`)), shows("#mayor:target"), shows(`.mark.lit[data-claims~="mayor"]`))
	b.do(t, chromedp.Click(chromedp.CSS(`a[href="#at-buyer"]`)), shows(`.mark.lit[data-claims~="buyer"]`), gone(`.mark.lit[data-claims~="mayor"]`))
	b.clean(t)
}

// browserSearch: the same with Enter and no suggestion taken.
func browserSearch(t *testing.T, b *browser) {
	b.open(t, "/")
	b.do(t, chromedp.SendKeys(chromedp.CSS("#q"), "macau"+kb.Enter), shows(".found"))
	if got := b.path(t); got != "/search?q=macau" {
		t.Errorf("the search leads to %s", got)
	}
	b.clean(t)
}

// browserQuery fills a query's form, reads the answer and gets its CSV.
func browserQuery(t *testing.T, b *browser) {
	b.open(t, "/query/embassies")
	b.do(t,
		chromedp.SetValue(chromedp.CSS("#p-country"), "kg:country/north-korea"),
		chromedp.Submit(chromedp.CSS(".ask")),
		shows(".reset"))
	if got := b.path(t); got != "/query/embassies?country=kg%3Acountry%2Fnorth-korea" {
		t.Errorf("the address is %s", got)
	}
	if got := b.text(t, ".answers tbody td"); got != "Embassy of North Korea in Russia" {
		t.Errorf("the answer is %q", got)
	}
	b.do(t, chromedp.Click(chromedp.CSS(".behind summary")), shows(".behind .says"))
	got := run(t, b, chromedp.Evaluate[string](
		`fetch(document.querySelector('.formats a[href*="format=csv"]').href).then(r => r.headers.get("content-type") + "\n").then(h => h)`, chromedp.EvalAwaitPromise))
	if got != "text/csv; charset=utf-8\n" {
		t.Errorf("the CSV is of the type %q", got)
	}
	got = run(t, b, chromedp.Evaluate[string](
		`fetch(document.querySelector('.formats a[href*="format=csv"]').href).then(r => r.text())`, chromedp.EvalAwaitPromise))
	if want := "embassy,of,in,place,city,said by,sure,denied by,witness,claim,"; !strings.HasPrefix(got, want) || !strings.Contains(got, "\nEmbassy of North Korea in Russia,North Korea,Russia,Mos Film Street,Moscow,") {
		t.Errorf("the CSV is %q, not %q and so on", got, want)
	}
	b.clean(t)
}

// browserPicture follows a shape and a line of a picture.
func browserPicture(t *testing.T, b *browser) {
	b.open(t, "/entity?id=kg:bank/banco-delta-asia")
	b.do(t, chromedp.Click(chromedp.CSS(`.canvas .node a[*|href$="macau"]`)), chromedp.WaitNotPresent(chromedp.CSS(`.canvas .focus a[*|href$="banco-delta-asia"]`)))
	if got := b.path(t); got != "/entity?id=kg:region/macau" {
		t.Errorf("a shape leads to %s", got)
	}
	b.open(t, "/entity?id=kg:bank/banco-delta-asia")
	b.do(t, chromedp.Click(chromedp.CSS(`.canvas .edge a text`)), shows(".statement"))
	if got := b.path(t); !strings.HasPrefix(got, "/claim?id=kg:source/donga-2008-04-04/claim/") {
		t.Errorf("a line leads to %s", got)
	}
	b.clean(t)
}

// browserPath picks two entities by their names.
func browserPath(t *testing.T, b *browser) {
	b.open(t, "/path")
	for _, field := range []struct{ name, typed, id string }{{"from", "sergei", "kg:person/sergei-darkin"}, {"to", "banco", "kg:bank/banco-delta-asia"}} {
		at := chromedp.CSS(fmt.Sprintf(`.connect label input:is([name=%s], :has(+ [name=%[1]s]))`, field.name))
		offered := fmt.Sprintf(`document.querySelector(".connect .suggest:not([hidden]) li")?.textContent.toLowerCase().includes(%q)`, field.typed)
		b.do(t, chromedp.SendKeys(at, field.typed), chromedp.Poll[chromedp.Void](offered), // not what its first letters offer
			chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.Enter), gone(".connect .suggest:not([hidden])"))
		sent := chromedp.CSS(fmt.Sprintf(`.connect input[type=hidden][name=%s]`, field.name))
		if got := run(t, b, chromedp.Value(sent)); got != field.id {
			t.Errorf("%s is %q", field.name, got)
		}
	}
	b.do(t, chromedp.Submit(chromedp.CSS(".connect")), shows(".hops"))
	if got := b.text(t, "h1"); got != "How Sergei Darkin and Banco Delta Asia are connected" {
		t.Errorf("the page is headed %q", got)
	}
	if got := run(t, b, chromedp.Evaluate[string](`document.querySelector(".connect input").value`)); got != "Sergei Darkin" {
		t.Errorf("the form has lost the name: %q", got)
	}
	b.clean(t)
}

// browserWithoutScript: every page says the same without JavaScript.
func browserWithoutScript(t *testing.T, b *browser) {
	with := map[string]string{}
	for name, path := range pages {
		b.open(t, path)
		with[name] = b.words(t)
	}
	if err := call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	for name, path := range pages {
		b.open(t, path)
		if got := b.words(t); got != with[name] {
			t.Errorf("%s says without script:\n%s\nwith it:\n%s", name, got, with[name])
		}
	}
}

// words are those of the page, with a space between them.
func (b *browser) words(t *testing.T) string {
	t.Helper()
	return strings.Join(strings.Fields(b.text(t, "main")), " ")
}

// browserPages loads every page in all four looks: no error in the console,
// no request elsewhere, nothing wider than the window.
func browserPages(t *testing.T, b *browser) {
	for _, width := range []int64{390, 1280} {
		b.do(t, chromedp.EmulateViewport(width, 844))
		for name, path := range pages {
			b.open(t, path)
			if got := run(t, b, chromedp.Evaluate[int64](`document.documentElement.scrollWidth`)); got > width {
				t.Errorf("%s is %d wide in a window of %d", name, got, width)
			}
			b.mu.Lock()
			b.wrong = withoutStatus(b.wrong)
			b.mu.Unlock()
		}
	}
	b.clean(t)
}

// withoutStatus drops what Chromium logs of pages that are answered with an
// error on purpose.
func withoutStatus(wrong []string) (list []string) {
	for _, w := range wrong {
		if !strings.Contains(w, "the server responded with a status of 40") {
			list = append(list, w)
		}
	}
	return list
}

// browserAxe checks every page with axe-core, light and dark, on a phone
// and a desk. KG_AXE is its axe.min.js, which npm has.
func browserAxe(t *testing.T, b *browser) {
	path := os.Getenv("KG_AXE")
	if path == "" {
		t.Skip("KG_AXE does not name axe.min.js: npm install axe-core puts it into node_modules/axe-core")
	}
	script, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, scheme := range []string{"light", "dark"} {
		features := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
		if err := call(b, emulation.SetEmulatedMedia, features); err != nil {
			t.Fatal(err)
		}
		for _, width := range []int64{390, 1280} {
			b.do(t, chromedp.EmulateViewport(width, 844))
			for name, path := range pages {
				b.open(t, path)
				for _, v := range axe(t, b, string(script)) {
					t.Errorf("%s, %s, %d wide: %s", name, scheme, width, v)
				}
			}
		}
	}
}

func axe(t *testing.T, b *browser, script string) (violations []string) {
	t.Helper()
	run(t, b, chromedp.Evaluate[any](script+"; 1"))
	answer := run(t, b, chromedp.Evaluate[string](`axe.run(document, {resultTypes: ["violations"]}).then(r => JSON.stringify(r.violations.map(v =>
		({id: v.id, help: v.help, nodes: v.nodes.map(n => n.target.join(" ") + " " + n.failureSummary).slice(0, 3)}))))`, chromedp.EvalAwaitPromise))
	var list []struct {
		ID, Help string
		Nodes    []string
	}
	if err := json.Unmarshal([]byte(answer), &list); err != nil {
		t.Fatal(err)
	}
	for _, v := range list {
		violations = append(violations, v.ID+": "+v.Help+"\n\t"+strings.Join(v.Nodes, "\n\t"))
	}
	return violations
}
