//go:build browser

package web_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// explorePagesHold: nothing wider than the window, no error, no request elsewhere.
func explorePagesHold(t *testing.T, b *browser) {
	for _, width := range []int64{390, 1280} {
		b.do(t, chromedp.EmulateViewport(width, 844))
		for name, path := range explorePages {
			b.openDrawn(t, path)
			if got := run(t, b, chromedp.Evaluate[int64](`document.documentElement.scrollWidth`)); got > width {
				t.Errorf("%s is %d wide in a window of %d", name, got, width)
			}
		}
	}
	b.clean(t)
}

// openDrawn opens a page and waits for its picture.
func (b *browser) openDrawn(t *testing.T, path string) {
	t.Helper()
	b.open(t, path)
	if path != "/explore" {
		b.do(t, holds(`window.exploring?.nodes().nonempty()`))
	}
}

func (b *browser) looks(t *testing.T, width int64, scheme string) {
	t.Helper()
	b.do(t, chromedp.EmulateViewport(width, 844))
	features := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
	if err := call(b, emulation.SetEmulatedMedia, features); err != nil {
		t.Fatal(err)
	}
}

func exploreAxe(t *testing.T, b *browser) {
	script, err := os.ReadFile(os.Getenv("KG_AXE"))
	if err != nil {
		t.Skip("KG_AXE does not name axe.min.js: npm install axe-core puts it into node_modules/axe-core")
	}
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int64{390, 1280} {
			b.looks(t, width, scheme)
			for name, path := range explorePages {
				b.openDrawn(t, path)
				run(t, b, chromedp.Evaluate[any](`document.querySelectorAll("details").forEach(d => d.open = true); 1`))
				for _, v := range axe(t, b, string(script)) {
					t.Errorf("%s, %s, %d wide: %s", name, scheme, width, v)
				}
			}
		}
	}
}

func exploreScreenshots(t *testing.T, b *browser) {
	folder := os.Getenv("KG_SCREENSHOTS")
	if folder == "" {
		t.Skip("KG_SCREENSHOTS names no folder")
	}
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int64{390, 1280} {
			b.looks(t, width, scheme)
			for name, path := range explorePages {
				b.openDrawn(t, path)
				png := run(t, b, chromedp.FullScreenshot(100))
				if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%s-%d-%s.png", name, width, scheme)), png, 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}
