//go:build browser

package web_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browser is a tab that notes what must not happen: an error in the console,
// an exception, a request to another host.
type browser struct {
	context.Context
	at    string
	mu    sync.Mutex
	wrong []string
}

// chromium finds the browser, or skips the test.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{os.Getenv("KG_CHROMIUM"), "chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); name != "" && err == nil {
			return path
		}
	}
	t.Skip("no Chromium is installed: apt-get install chromium, or KG_CHROMIUM names one")
	return ""
}

// newBrowser starts the browser.
func newBrowser(t *testing.T) context.Context {
	t.Helper()
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(chromium(t)), chromedp.NoSandbox, chromedp.Flag("disable-dev-shm-usage", true))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, end := chromedp.NewContext(allocator)
	t.Cleanup(func() { end(); stop() })
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// newTab opens a tab that knows the server at address.
func newTab(t *testing.T, first context.Context, address string) *browser {
	t.Helper()
	ctx, end := chromedp.NewContext(first)
	t.Cleanup(end)
	b := &browser{Context: ctx, at: address}
	if err := errors.Join(chromedp.Do(ctx), chromedp.Listen(ctx, b.notice), call(ctx, network.Enable, network.EnableParams{}), call(ctx, log.Enable, cdp.Empty{})); err != nil {
		t.Fatal(err)
	}
	return b
}

func call[P, R any](ctx context.Context, c cdp.Command[P, R], params P) error {
	_, err := chromedp.Call(ctx, c, params)
	return err
}

func (b *browser) notice(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
			b.wrong = append(b.wrong, fmt.Sprint("console: ", e.Args))
		}
	case *runtime.EventExceptionThrown:
		b.wrong = append(b.wrong, "exception: "+e.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
			b.wrong = append(b.wrong, "log: "+e.Entry.Text+" "+e.Entry.URL)
		}
	case *network.EventRequestWillBeSent:
		if u, err := url.Parse(e.Request.URL); err != nil || u.Scheme != "data" && "http://"+u.Host != b.at {
			b.wrong = append(b.wrong, "request to "+e.Request.URL)
		}
	}
}

// do runs steps, which may take a while together.
func (b *browser) do(t *testing.T, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	_, err := within(b, chromedp.Steps(steps...))
	if err != nil {
		t.Fatal(err)
	}
}

func within[T any](b *browser, a chromedp.Action[T]) (T, error) {
	ctx, cancel := context.WithTimeout(b, 3*time.Minute) // the machine may be busy
	defer cancel()
	return chromedp.Run(ctx, a)
}

// run runs an action and returns its value.
func run[T any](t *testing.T, b *browser, a chromedp.Action[T]) T {
	t.Helper()
	value, err := within(b, a)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// open loads a page of the server.
func (b *browser) open(t *testing.T, path string) {
	t.Helper()
	b.do(t, chromedp.Navigate(b.at+path), chromedp.WaitVisible(chromedp.CSS("main")))
}

// text is that of the first element that a selector finds.
func (b *browser) text(t *testing.T, selector chromedp.CSS) string {
	t.Helper()
	return run(t, b, chromedp.Text(selector))
}

// path is the address of the page without the host.
func (b *browser) path(t *testing.T) string {
	t.Helper()
	return strings.TrimPrefix(run(t, b, chromedp.Location()), b.at)
}

// clean fails if anything happened that must not.
func (b *browser) clean(t *testing.T) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, w := range b.wrong {
		t.Error(w)
	}
	b.wrong = nil
}

// browserScreenshots writes a picture of every page, on a phone and a desk, light
// and dark, into the folder that KG_SCREENSHOTS names, for people to look at.
func browserScreenshots(t *testing.T, b *browser) {
	folder := os.Getenv("KG_SCREENSHOTS")
	if folder == "" {
		t.Skip("KG_SCREENSHOTS names no folder")
	}
	for _, view := range []struct {
		name          string
		width, height int64
		scheme        string
	}{{"desk-light", 1280, 900, "light"}, {"phone-light", 390, 844, "light"}, {"desk-dark", 1280, 900, "dark"}, {"phone-dark", 390, 844, "dark"}} {
		b.do(t, chromedp.EmulateViewport(view.width, view.height))
		features := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: view.scheme}}}
		if err := call(b, emulation.SetEmulatedMedia, features); err != nil {
			t.Fatal(err)
		}
		for name, path := range pages {
			b.open(t, path)
			png := run(t, b, chromedp.FullScreenshot(100))
			if err := os.WriteFile(filepath.Join(folder, name+"-"+view.name+".png"), png, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}
