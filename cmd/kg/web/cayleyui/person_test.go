//go:build browser

package cayleyui

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// rowsInBrowser: the rows of an answer are a table with names and links, and CSV; the
// query is in the address, and stays in the history.
func rowsInBrowser(t *testing.T, browser context.Context) {
	b := newTab(t, browser, newHandler(t, harbour, func(o *Options) {
		o.Saved = []Saved{{Name: "links", Question: "What is linked?", Text: links}}
	}))
	if first := b.value(`document.querySelector(".kg-text").value`); strings.Contains(first, "g.V().all()") {
		t.Errorf("the first query is %q", first)
	}
	b.run("rows, all there are")
	b.do(chromedp.SetValue(chromedp.CSS("#kg-saved"), "links"))
	b.value(`document.getElementById("kg-saved").dispatchEvent(new Event("change"))`)
	b.wait(`document.querySelector("` + editor + `").value === ` + quoted(links))
	b.wait(`document.getElementById("kg-page").getAttribute("href") === "../query/links"`)
	b.run("4 rows, all there are")
	b.wait(`document.querySelectorAll("#kg-rows tbody tr").length === 4`)
	b.wait(`[...document.querySelectorAll("#kg-rows td a")].some(a => a.textContent === "Blue Line" && a.getAttribute("href").startsWith("../entity?id="))`)
	b.wait(`new URLSearchParams(location.hash.slice(1)).get("q") === ` + quoted(links))
	b.shot("rows")
	b.do(chromedp.Reload())
	b.wait(`document.querySelector("` + editor + `")?.value === ` + quoted(links))
	b.press(`//span[text()="Query History"]`)
	b.wait(`document.querySelectorAll(".QueryHistory [aria-label=done]").length === 2`)
	b.value(`history.pushState(null, "", "#q=g.V().count()"), dispatchEvent(new HashChangeEvent("hashchange"))`)
	b.wait(`document.querySelector("` + editor + `").value === "g.V().count()"`)
	b.clean()
}

func quoted(text string) string {
	b, _ := json.Marshal(text) // a text has a form in JSON
	return string(b)
}

// stopInBrowser: a query that takes long can be stopped.
func stopInBrowser(t *testing.T, browser context.Context) {
	b := newTab(t, browser, newHandler(t, harbour, nil))
	b.write("for (;;) {}")
	b.press(`//button[contains(., "Run")]`)
	b.press(`//div[@id="kg-notice"]/button[text()="Stop"]`)
	b.says("stopped")
	b.clean()
}

// lookInBrowser: nothing is wider than a phone, and axe finds no serious fault, light
// and dark. KG_AXE is its axe.min.js.
func lookInBrowser(t *testing.T, browser context.Context) {
	b := newTab(t, browser, newHandler(t, harbour, nil))
	var script []byte
	if path := os.Getenv("KG_AXE"); path != "" {
		var err error
		if script, err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	}
	for _, scheme := range []string{"light", "dark"} {
		features := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
		if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, features); err != nil {
			t.Fatal(err)
		}
		for _, width := range []int64{1280, 390} {
			b.do(chromedp.EmulateViewport(width, 844))
			for _, page := range []string{"Query", "Query Shape", "Visualize", "Write"} {
				b.page(page)
				if page != "Write" {
					b.write(links)
					b.press(`//button[contains(., "Run")]`)
					b.wait(`!document.getElementById("kg-notice").className.includes("busy")`)
				}
				b.shot(strings.ReplaceAll(page, " ", "-") + "-" + scheme + "-" + map[int64]string{1280: "desk", 390: "phone"}[width])
				if got := b.value(`document.documentElement.scrollWidth`); width == 390 && got != "390" {
					t.Errorf("%s is %s wide on a phone", page, got)
				}
				if script == nil {
					continue
				}
				if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[any](string(script)+"; 1")); err != nil {
					t.Fatal(err)
				}
				b.value(`window.found = null, axe.run(document).then(r => { window.found = r.violations.filter(v => ["serious", "critical"].includes(v.impact)).map(v => v.id + ": " + v.nodes.map(n => n.target.join(" ") + " " + n.failureSummary).slice(0, 3).join(" | ")).join("\n"); }), 1`)
				b.wait(`window.found !== null`)
				if found := b.value("window.found"); found != "" {
					t.Errorf("%s, %s, %d wide: %s", page, scheme, width, found)
				}
			}
		}
	}
}
