//go:build browser

package web_test

import (
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const (
	bank    = "kg:bank/banco-delta-asia"
	account = "kg:source/donga-2008-04-04/account/bda-account"
	macau   = "kg:region/macau"
)

// explorePages are the looks of Explore that are held to what all pages are.
var explorePages = map[string]string{
	"explore":          "/explore",
	"explore-bank":     "/explore?id=" + bank + "&at=" + url.QueryEscape(bank+" kgo:located-in "+macau),
	"explore-answer":   "/explore?query=bribes",
	"explore-filtered": "/explore?id=kg:country/north-korea&open=2~kg:country/north-korea&sure=weak&hide=kg:person/kim-jong-il",
	"explore-none":     "/explore?id=" + bank + "&since=2020&until=1990&relation=kgo:nothing",
}

// TestExploreInBrowser uses the picture as people do.
func TestExploreInBrowser(t *testing.T) {
	inTabs(t, []tabTest{
		{"way", exploreWay}, {"keyboard", exploreKeyboard}, {"pin", explorePin}, {"filter", exploreFilter}, {"save", exploreSave},
		{"passage", explorePassage}, {"hub", exploreHub}, {"without script", exploreWithoutScript}, {"pages", explorePagesHold}, {"axe", exploreAxe}, {"screenshots", exploreScreenshots},
	})
}

// inPicture evaluates an expression about the picture, cy.
func inPicture[T any](t *testing.T, b *browser, expression string) T {
	t.Helper()
	return run(t, b, chromedp.Evaluate[T](`(cy => `+expression+`)(window.exploring)`))
}

// drawn waits until the picture has a node.
func (b *browser) drawn(t *testing.T, key string) {
	t.Helper()
	b.do(t, holds(fmt.Sprintf(`window.exploring?.getElementById(%q).nonempty()`, key)))
}

func (b *browser) undrawn(t *testing.T, key string) {
	t.Helper()
	b.do(t, holds(fmt.Sprintf(`window.exploring?.nodes().nonempty() && window.exploring.getElementById(%q).empty()`, key)))
}

// where is the place of a node or an edge in the window.
func (b *browser) where(t *testing.T, key string) (x, y float64) {
	t.Helper()
	b.do(t, chromedp.ScrollIntoView(chromedp.CSS("#x-net")), chromedp.Evaluate[chromedp.Void](
		`new Promise(seen => requestAnimationFrame(() => requestAnimationFrame(() => seen())))`, chromedp.EvalAwaitPromise)) // as a person has seen it
	at := inPicture[[]float64](t, b, fmt.Sprintf(`(() => { const one = cy.getElementById(%q), frame = cy.container().getBoundingClientRect();
		const p = one.isNode() ? one.renderedPosition() : one.renderedMidpoint(); return [frame.left + p.x, frame.top + p.y]; })()`, key))
	return at[0], at[1]
}

func (b *browser) press(t *testing.T, key string) {
	t.Helper()
	x, y := b.where(t, key)
	b.do(t, chromedp.MouseClickXY(x, y))
}

// exploreWay: a click opens neighbours, a click on a line shows its claim, a button
// hides, and the browser's way back undoes it step by step.
func exploreWay(t *testing.T, b *browser) {
	b.do(t, chromedp.EmulateViewport(1280, 1000))
	b.open(t, "/entity?id="+bank)
	b.do(t, chromedp.Click(chromedp.CSS(`a[href^="/explore?"]`)))
	b.drawn(t, account)
	if got := b.path(t); got != "/explore?id="+bank {
		t.Fatalf("the entity leads to %s", got)
	}
	b.press(t, account)
	b.drawn(t, "kg:country/north-korea")
	if got := b.text(t, "#x-chosen"); got != "North Korea's account at Banco Delta Asia" {
		t.Errorf("beside the picture is %q", got)
	}
	opened := b.path(t)
	if want := "/explore?at=" + account + "&id=" + bank + "&open=1~" + account; opened != want {
		t.Errorf("the address is %s, not %s", opened, want)
	}
	b.press(t, bank+" kgo:located-in "+macau)
	b.do(t, shows("#x-at .evidence"))
	if got := b.text(t, "#x-at .evidence .meta"); !strings.Contains(got, "The Dong-A Ilbo · asserts") {
		t.Errorf("the evidence is %q", got)
	}
	if got := run(t, b, chromedp.Evaluate[string](`document.querySelector("#x-at .evidence .says a").getAttribute("href")`)); got != "/claim?id=kg:source/donga-2008-04-04/claim/account-frozen" {
		t.Errorf("the evidence leads to %s", got)
	}
	b.press(t, macau)
	b.do(t, shows(`#x-at button[name=hide][value="`+macau+`"]`), chromedp.Click(chromedp.CSS("#x-at button[name=hide]")))
	b.undrawn(t, macau)
	b.do(t, shows(`button[name=show][value="`+macau+`"]`), chromedp.Evaluate[chromedp.Void](`history.back()`))
	b.drawn(t, macau)
	b.do(t, chromedp.Evaluate[chromedp.Void](`history.go(-3)`))
	b.undrawn(t, "kg:country/north-korea")
	if got := b.path(t); got != "/explore?id="+bank {
		t.Errorf("back at the start is %s", got)
	}
	b.open(t, opened)
	b.drawn(t, "kg:country/north-korea")
	b.clean(t)
}

// exploreKeyboard does the same without a mouse.
func exploreKeyboard(t *testing.T, b *browser) {
	b.do(t, chromedp.EmulateViewport(1280, 1000))
	b.open(t, "/explore?id="+bank)
	b.drawn(t, account)
	b.do(t, chromedp.Focus(chromedp.CSS("#x-net")))
	says := func() string {
		return run(t, b, chromedp.Evaluate[string](`document.getElementById("x-says").textContent`))
	}
	for i := 0; i < 20 && !strings.HasPrefix(says(), "North Korea's account"); i++ {
		b.do(t, chromedp.KeyEvent([]string{kb.ArrowDown, kb.ArrowRight, kb.ArrowUp, kb.ArrowLeft}[i%4]))
	}
	if got := says(); !strings.HasPrefix(got, "North Korea's account at Banco Delta Asia, Account, 1 lines") {
		t.Fatalf("arrows come to %q", got)
	}
	b.do(t, chromedp.KeyEvent(kb.Enter))
	b.drawn(t, "kg:country/north-korea")
	b.do(t, chromedp.KeyEvent("e"))
	if got := says(); !strings.Contains(got, ", said by The Dong-A Ilbo, asserts") {
		t.Errorf("E tells %q", got)
	}
	b.do(t, chromedp.KeyEvent(kb.Enter), shows("#x-at .evidence"))
	b.open(t, "/explore?at="+macau+"&id="+bank)
	b.drawn(t, macau)
	b.do(t, chromedp.Focus(chromedp.CSS("#x-net")), chromedp.KeyEvent("p"), shows("#x-at button[name=unpin]"))
	b.do(t, chromedp.KeyEvent("h"))
	b.undrawn(t, macau)
	before := inPicture[float64](t, b, "cy.zoom()")
	b.do(t, chromedp.KeyEvent("+"))
	if after := inPicture[float64](t, b, "cy.zoom()"); after <= before {
		t.Errorf("+ zooms from %f to %f", before, after)
	}
	// The tables do it, too.
	b.do(t, chromedp.Focus(chromedp.CSS(`#x-shown button[name=open][value="1~`+account+`"]`)), chromedp.KeyEvent(kb.Enter))
	b.drawn(t, "kg:country/north-korea")
	if got := run(t, b, chromedp.Evaluate[string](`document.activeElement.id || document.activeElement.value`)); got == "" {
		t.Error("the focus is lost")
	}
	b.clean(t)
}

// explorePin: what is dragged stays where it is put, at its address, too.
func explorePin(t *testing.T, b *browser) {
	b.do(t, chromedp.EmulateViewport(1280, 1000))
	b.open(t, "/explore?id="+bank)
	b.drawn(t, macau)
	x, y := b.where(t, macau)
	b.do(t,
		chromedp.MouseEvent(chromedp.MousePressed, x, y, chromedp.ButtonLeft, chromedp.ClickCount(1)),
		chromedp.MouseEvent(chromedp.MouseMoved, x+30, y+20, chromedp.ButtonLeft),
		chromedp.MouseEvent(chromedp.MouseMoved, x+60, y+40, chromedp.ButtonLeft),
		chromedp.MouseEvent(chromedp.MouseReleased, x+60, y+40, chromedp.ButtonLeft, chromedp.ClickCount(1)),
		holds(`location.search.includes("pin=")`))
	at := inPicture[[]int](t, b, fmt.Sprintf(`[Math.round(cy.getElementById(%q).position("x")), Math.round(cy.getElementById(%q).position("y"))]`, macau, macau))
	if got, want := b.path(t), fmt.Sprintf("/explore?id=%s&pin=%d%%2C%d~%s", bank, at[0], at[1], macau); got != want {
		t.Errorf("the address is %s, not %s", got, want)
	}
	b.open(t, b.path(t))
	b.drawn(t, macau)
	if again := inPicture[[]int](t, b, fmt.Sprintf(`[cy.getElementById(%q).position("x"), cy.getElementById(%q).position("y")]`, macau, macau)); again[0] != at[0] || again[1] != at[1] {
		t.Errorf("pinned at %v it is at %v", at, again)
	}
	b.clean(t)
}

func exploreFilter(t *testing.T, b *browser) {
	b.open(t, "/explore?id="+bank+"&open=1~"+account)
	b.drawn(t, macau)
	b.do(t, chromedp.Click(chromedp.CSS(".filters summary")), chromedp.SetValue(chromedp.CSS("#f-relation"), "kgo:held-at"), chromedp.Click(chromedp.CSS(".filters button")))
	b.undrawn(t, macau)
	if got := b.text(t, "#x-edges"); got != "1 edge shown of 4" {
		t.Errorf("the table is headed %q", got)
	}
	if got := b.path(t); !strings.Contains(got, "relation=kgo:held-at") {
		t.Errorf("the address is %s", got)
	}
	b.clean(t)
}

// exploreSave: the files are whole, and an SVG has its links.
func exploreSave(t *testing.T, b *browser) {
	b.open(t, "/explore?query=bribes")
	b.do(t, holds(`window.exploring?.edges().nonempty()`))
	svg := run(t, b, chromedp.Evaluate[string](`new Promise(done => { const make = URL.createObjectURL; URL.createObjectURL = blob => { URL.createObjectURL = make; blob.text().then(done); return make(blob); };
		document.querySelector("[data-do=svg]").click(); })`, chromedp.EvalAwaitPromise))
	words := 0
	for d := xml.NewDecoder(strings.NewReader(svg)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("the SVG is not well-formed: %v\n%s", err, svg)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "text" {
			words++
		}
	}
	for _, part := range []string{`<a href="` + b.at + `/claim?id=`, `<a href="` + b.at + `/entity?id=`, "stroke-dasharray", "predicts, &quot;will unlikely stop&quot;", "Who bribes whom", "/explore?query=bribes"} {
		if !strings.Contains(svg, part) {
			t.Errorf("the SVG lacks %s", part)
		}
	}
	if drawn := inPicture[int](t, b, "cy.elements().length"); words != drawn+2 {
		t.Errorf("the SVG has %d texts for %d things and lines", words, drawn)
	}
	png := run(t, b, chromedp.Evaluate[string](`new Promise(done => { const make = URL.createObjectURL; URL.createObjectURL = blob => { URL.createObjectURL = make; const r = new FileReader(); r.onload = () => done(r.result.split(",")[1]); r.readAsDataURL(blob); return make(blob); };
		document.querySelector("[data-do=png]").click(); })`, chromedp.EvalAwaitPromise))
	image, err := base64.StdEncoding.DecodeString(png)
	if err != nil || !strings.HasPrefix(string(image), "\x89PNG") {
		t.Errorf("the PNG is %.20q: %v", image, err)
	}
	if folder := os.Getenv("KG_SCREENSHOTS"); folder != "" {
		if err := errors.Join(os.WriteFile(filepath.Join(folder, "explore.svg"), []byte(svg), 0o600), os.WriteFile(filepath.Join(folder, "explore.png"), image, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	b.clean(t)
}

// explorePassage: with the text at hand the words stand beside the edge.
func explorePassage(t *testing.T, b *browser) {
	s := httptest.NewServer(exampleServer(t, nil))
	t.Cleanup(s.Close)
	b.at = s.URL
	b.do(t, chromedp.EmulateViewport(1280, 1000))
	b.open(t, "/explore?id=kg:company/north-shore")
	b.drawn(t, "kg:source/herald-2020-05-04/sale/firm-sale")
	b.press(t, "kg:source/herald-2020-05-04/sale/firm-sale kgo:buyer kg:company/north-shore")
	b.do(t, shows("#x-at blockquote mark"))
	text, err := os.ReadFile(exampleText)
	if err != nil {
		t.Fatal(err)
	}
	if got := b.text(t, "#x-at blockquote mark"); got != string([]rune(string(text))[113:146]) {
		t.Errorf("the passage is %q", got)
	}
	b.clean(t)
}

// exploreHub: 300 things of a node with 200,000 edges, and no more.
func exploreHub(t *testing.T, b *browser) {
	s := httptest.NewServer(foreignServer(t, hub(200_000)))
	t.Cleanup(s.Close)
	b.at = s.URL
	b.do(t, chromedp.EmulateViewport(1280, 1000))
	b.open(t, "/explore?id=https://ex.org/n0&open=12~https://ex.org/n0")
	b.drawn(t, "https://ex.org/n0")
	if got := inPicture[int](t, b, "cy.nodes().length"); got != 300 {
		t.Errorf("%d things are drawn", got)
	}
	if got := inPicture[string](t, b, `cy.getElementById("https://ex.org/n0").data("name")`); !strings.HasSuffix(got, "\n+ 199,701") {
		t.Errorf("the hub is called %q", got)
	}
	b.clean(t)
}

// exploreWithoutScript: the buttons change the state by themselves.
func exploreWithoutScript(t *testing.T, b *browser) {
	if err := call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	b.open(t, "/explore?id="+bank)
	b.do(t, chromedp.Click(chromedp.CSS(`#x-shown button[value="1~`+account+`"]`)), shows(`#x-shown button[value="1~kg:country/north-korea"]`))
	if got := b.path(t); got != "/explore?id="+bank+"&open=1~"+account {
		t.Errorf("the address is %s", got)
	}
	b.do(t, chromedp.Click(chromedp.CSS(`#x-shown button[name=at]`)), shows("#x-at .evidence"))
	b.do(t, chromedp.Click(chromedp.CSS(`#x-shown button[name=hide][value="`+macau+`"]`)), shows(`button[name=show]`))
	b.do(t, chromedp.Click(chromedp.CSS(`button[name=show]`)), shows(`#x-shown button[name=hide][value="`+macau+`"]`))
	if got := run(t, b, chromedp.Evaluate[bool](`document.getElementById("x-stage").checkVisibility()`)); got {
		t.Error("an empty picture is shown")
	}
}
