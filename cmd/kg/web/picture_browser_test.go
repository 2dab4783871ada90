//go:build browser

package web_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestPicturesInBrowser holds what pictures on pages are for those who look at them.
func TestPicturesInBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("needs a browser, and its time")
	}
	b := newTab(t, newBrowser(t), articleServer(t).URL)
	t.Run("letters", func(t *testing.T) { pictureLetters(t, b) })
	t.Run("zoom", func(t *testing.T) { pictureZoom(t, b) })
	t.Run("edges", func(t *testing.T) { pictureEdges(t, b) })
	b.clean(t)
}

// least is the size of the smallest letters of the pictures on a page, in pixels.
const least = `Math.min(99, ...[...document.querySelectorAll(".canvas text")].map(text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a))`

// pictureLetters: no letter of a picture has less than 12 pixels, on a phone either.
func pictureLetters(t *testing.T, b *browser) {
	drawn := 0
	for _, width := range []int64{390, 1280} {
		b.do(t, chromedp.EmulateViewport(width, 844))
		for name, path := range pages {
			b.open(t, path)
			size := run(t, b, chromedp.Evaluate[float64](least))
			if size < 99 {
				drawn++
			}
			if size < 12 {
				t.Errorf("%s, %d wide: letters of %f pixels", name, width, size)
			}
		}
		b.mu.Lock()
		b.wrong = withoutStatus(b.wrong)
		b.mu.Unlock()
	}
	if drawn < 10 {
		t.Errorf("%d pages have a picture", drawn)
	}
}

// pictureZoom: buttons make a picture larger, and smaller down to what can be read.
func pictureZoom(t *testing.T, b *browser) {
	b.open(t, "/entity?id=kg:bank/banco-delta-asia")
	width := func() float64 {
		return run(t, b, chromedp.Evaluate[float64](`document.querySelector(".canvas svg").getBoundingClientRect().width`))
	}
	press := func(name string) {
		b.do(t, chromedp.Click(chromedp.CSS(fmt.Sprintf(`.drawn button[aria-label=%q]`, name))))
	}
	natural := width()
	if press("Larger"); width() <= natural {
		t.Errorf("larger than %f is %f", natural, width())
	}
	for range 12 {
		press("Smaller")
	}
	if size := run(t, b, chromedp.Evaluate[float64](least)); size < 11.99 || width() >= natural {
		t.Errorf("smallest are letters of %f pixels in a picture of %f", size, width())
	}
	if press("Fit into the frame"); width() > run(t, b, chromedp.Evaluate[float64](`document.querySelector(".canvas").clientWidth`)) {
		t.Errorf("fitted, the picture has %f", width())
	}
}

// pictureEdges: a picture of an answer has its own edges, and those of its claims for
// the asking.
func pictureEdges(t *testing.T, b *browser) {
	b.open(t, "/query/bribes")
	edges := `document.querySelectorAll(".canvas .edge").length`
	own := run(t, b, chromedp.Evaluate[int](edges))
	b.do(t, chromedp.Click(chromedp.CSS(`a[href*="edges=all"]`)), shows(`a[href="/query/bribes?edges="]`))
	if all := run(t, b, chromedp.Evaluate[int](edges)); own == 0 || all <= own {
		t.Errorf("%d edges of the answer, %d of its claims", own, all)
	}
}
