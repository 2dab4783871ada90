//go:build browser

package cayleyui

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// tab is a browser's tab that shows the UI and notes what must not happen: an
// error in the console, an exception, a request to another host.
type tab struct {
	*testing.T
	ctx   context.Context
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
		chromedp.ExecPath(chromium(t)), chromedp.NoSandbox, chromedp.WindowSize(1280, 900))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, end := chromedp.NewContext(allocator)
	t.Cleanup(func() { end(); stop() })
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// newTab opens the UI of a handler in a tab of its own.
func newTab(t *testing.T, browser context.Context, h http.Handler) *tab {
	t.Helper()
	s := httptest.NewServer(h)
	ctx, closeTab := chromedp.NewContext(browser)
	t.Cleanup(func() { closeTab(); s.Close() })
	b := &tab{T: t, ctx: ctx, at: s.URL}
	_, network := chromedp.Call(ctx, network.Enable, network.EnableParams{})
	_, logs := chromedp.Call(ctx, log.Enable, cdp.Empty{})
	if err := errors.Join(network, logs, chromedp.Listen(ctx, b.notice)); err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.Navigate(s.URL + "/ui/"))
	b.wait(`document.querySelector(".kg-text")`)
	return b
}

func (b *tab) notice(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	note := func(parts ...any) { b.wrong = append(b.wrong, fmt.Sprint(parts...)) }
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		note("console: ", e.Type, e.Args)
	case *runtime.EventExceptionThrown:
		note("exception: ", e.ExceptionDetails.Text, e.ExceptionDetails.Exception.Description)
	case *log.EventEntryAdded:
		note("log: ", e.Entry.Text, " ", e.Entry.URL)
	case *network.EventRequestWillBeSent:
		if u, err := url.Parse(e.Request.URL); err != nil || u.Scheme != "data" && "http://"+u.Host != b.at {
			note("request to ", e.Request.URL)
		}
	}
}

// clean fails if anything happened that must not. Chromium itself logs every
// answer that refuses; those are expected by their status.
func (b *tab) clean(expected ...string) {
	b.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, w := range b.wrong {
		if !slices.ContainsFunc(expected, func(e string) bool { return strings.Contains(w, e) }) {
			b.Error(w)
		}
	}
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	ctx, stop := context.WithTimeout(b.ctx, 3*time.Minute)
	defer stop()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.shot("failed")
		b.Fatal(err)
	}
}

// pictures tells whether KG_SCREENSHOTS names a folder for pictures of the
// pages, for people to look at.
func pictures() bool { return os.Getenv("KG_SCREENSHOTS") != "" }

// shot writes a picture.
func (b *tab) shot(name string) {
	if !pictures() {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(filepath.Join(os.Getenv("KG_SCREENSHOTS"), name+".png"), png, 0o600)
	}
	if err != nil {
		b.Error(err)
	}
}

// value is that of an expression, as a text.
func (b *tab) value(expression string) string {
	b.Helper()
	ctx, stop := context.WithTimeout(b.ctx, 3*time.Minute)
	defer stop()
	s, err := chromedp.Run(ctx, chromedp.Evaluate[string]("String("+expression+")"))
	if err != nil {
		b.Fatal(err)
	}
	return s
}

// wait waits for a condition, and shows the page if it does not come.
func (b *tab) wait(condition string) {
	b.Helper()
	for began := time.Now(); time.Since(began) < 3*time.Minute; {
		if b.value("Boolean("+condition+")") == "true" {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	b.shot("failed")
	b.Fatalf("waited for %s in vain\n%s\n%v", condition, b.value("document.body.innerText"), b.wrong)
}

// says waits for a text in the notice.
func (b *tab) says(text string) {
	b.Helper()
	b.wait(`document.getElementById("kg-notice").innerText.includes(` + strconv.Quote(text) + `)`)
}

// page opens a page of the UI by its name in the menu.
func (b *tab) page(name string) {
	b.Helper()
	b.press(`//div[contains(@class, "mdc-list-item") and text()="` + name + `"]`)
	b.wait(`document.querySelector(".kg-text")`)
}

// press clicks what an XPath finds, with the mouse.
func (b *tab) press(xpath string) {
	b.Helper()
	b.do(chromedp.Click(chromedp.Search(xpath)))
}

const editor = ".kg-text:not([readonly])"

// write puts text in place of what the editor has, as a user would.
func (b *tab) write(text string) {
	b.Helper()
	b.do(chromedp.Focus(chromedp.CSS(editor)))
	b.value(`document.execCommand("selectAll"), document.execCommand("insertText", false, ` + strconv.Quote(text) + `)`)
}

// run runs what the editor has and waits for the notice to say something.
func (b *tab) run(says string) {
	b.Helper()
	b.press(`//button[contains(., "Run")]`)
	b.says(says)
}

// enter presses the Enter key as a keyboard does: what prevents the key prevents
// its character too.
func (b *tab) enter() {
	b.Helper()
	key := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: "Enter", Code: "Enter", Text: "\r", WindowsVirtualKeyCode: 13}
	up := key
	up.Type, up.Text = input.DispatchKeyEventTypeKeyUp, ""
	for _, k := range []input.DispatchKeyEventParams{key, up} {
		if _, err := chromedp.Call(b.ctx, input.DispatchKeyEvent, k); err != nil {
			b.Fatal(err)
		}
	}
}

// choose takes an entry of the list beside the Run button.
func (b *tab) choose(label string) {
	b.Helper()
	b.do(chromedp.SendKeys(chromedp.CSS("select"), label))
}

// shown is what the editor for answers shows.
func (b *tab) shown(text string) {
	b.Helper()
	b.wait(`document.querySelector(".kg-text[readonly]").value.includes(` + strconv.Quote(text) + `)`)
}
