//go:build browser

package web_test

import (
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"kg/cmd/kg/web"
)

// browserDecide decides in a browser that has the token, and in one without script.
func browserDecide(t *testing.T, b *browser) {
	server, _ := deciding(t, nil)
	s := httptest.NewServer(server)
	t.Cleanup(s.Close)
	b.at = s.URL
	page := "/match?" + shipsPair
	b.open(t, page)
	b.do(t, shows(".decide [type=password]"))
	if run(t, b, chromedp.Evaluate[bool](`document.querySelector("[data-token]").closest("label").hidden`)) {
		t.Error("a browser without the token is not asked for it")
	}
	b.open(t, web.LoginPath(url.QueryEscape(token)))
	b.do(t, holds(`location.pathname === "/"`), chromedp.Click(chromedp.CSS(`a[href="/match"]`)), shows(".pairs"), chromedp.Click(chromedp.CSS(".pairs h3 a")), shows(".decide"))
	if !run(t, b, chromedp.Evaluate[bool](`document.querySelector("[data-token]").closest("label").getClientRects().length === 0`)) {
		t.Error("a browser that has the token is asked for it")
	}
	script, _ := os.ReadFile(os.Getenv("KG_AXE")) // without it this part is left out
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int64{390, 1280} {
			b.looks(t, width, scheme)
			if got := run(t, b, chromedp.Evaluate[int64](`document.documentElement.scrollWidth`)); got > width {
				t.Errorf("the form is %d wide in a window of %d", got, width)
			}
			if len(script) > 0 {
				for _, v := range axe(t, b, string(script)) {
					t.Errorf("%s, %d wide: %s", scheme, width, v)
				}
			}
		}
	}
	b.do(t, chromedp.Click(chromedp.CSS(`[value=same]`)), chromedp.SendKeys(chromedp.CSS(`[name=because]`), "one hull"), chromedp.Click(chromedp.CSS(`.decide button`)), shows(`.decide [name=undo]`))
	if got := b.text(t, ".verdict"); !strings.HasPrefix(got, "Same: one hull") {
		t.Errorf("decided, the page says %q", got)
	}
	b.do(t, chromedp.Click(chromedp.CSS(`.decide [name=undo]`)), gone(`.decide [name=undo]`))
	b.clean(t)
}
