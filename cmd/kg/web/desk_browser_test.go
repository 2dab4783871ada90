//go:build browser

package web_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kg/internal/sourcetext"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestDeskInBrowser writes claims files as people do.
func TestDeskInBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("needs a browser, and its time")
	}
	first := newBrowser(t)
	for _, test := range []struct {
		name string
		run  func(*testing.T, *typist)
	}{{"courier", deskCourier}, {"ledger", deskLedger}, {"proposed", deskProposed}, {"review", deskReview}, {"long", deskLong}, {"stopped", deskStopped}, {"change", deskChange}, {"conflict", deskConflict}, {"mouse", deskMouse}, {"without script", deskWithoutScript}, {"looks", deskLooks}} {
		t.Run(test.name, func(t *testing.T) { test.run(t, newTypist(t, first)) })
	}
}

// deskChange opens a claim from the list, changes it, undoes that, and removes it.
func deskChange(t *testing.T, d *typist) {
	was := readFile(t, filepath.Join(d.dir, "courier.yaml"))
	d.open(t, "/desk/file?name=courier.yaml")
	d.do(t, chromedp.Focus(chromedp.CSS(`[data-claim="loan-planned"] a`)), shows(`mark.lit[data-claims~="loan-planned"]`))
	d.press(t, kb.Enter)
	d.do(t, holds(`document.getElementById("f-edges")?.value.startsWith("loan: {payer: coastal-bank")`))
	d.do(t, chromedp.Focus(chromedp.CSS("#f-hedge")))
	d.press(t, "is to")
	d.save(t, 7)
	if got := string(readFile(t, filepath.Join(d.dir, "courier.yaml"))); got != strings.Replace(string(was), "    at: 4:", "    hedge: is to\n    at: 4:", 1) {
		t.Errorf("the file is\n%s", got)
	}
	is := readFile(t, filepath.Join(d.dir, "courier.yaml"))
	d.focused(t, "desk-text")
	d.press(t, "u")
	d.do(t, shows("button[value=redo]"))
	d.press(t, "y")
	d.do(t, shows("button[value=undo]"))
	if got := readFile(t, filepath.Join(d.dir, "courier.yaml")); string(got) != string(is) {
		t.Errorf("done again, the file is\n%s", got)
	}
	d.press(t, "u")
	d.do(t, gone("button[value=undo]"))
	if got := readFile(t, filepath.Join(d.dir, "courier.yaml")); string(got) != string(was) {
		t.Errorf("undone, the file is\n%s", got)
	}
	d.open(t, "/desk/file?name=courier.yaml&claim=brandt-denies")
	d.do(t, chromedp.Focus(chromedp.CSS(`#desk-form button[value=remove]`)))
	d.press(t, kb.Enter)
	d.do(t, holds(`document.getElementById("claims").textContent === "6 claims"`))
	// What is wrong is said at its field, which has the focus.
	d.open(t, "/desk/file?name=courier.yaml&claim=loan-planned")
	d.do(t, chromedp.SetValue(chromedp.CSS("#f-edges"), "loan: coastal-bank gives tidewater"), chromedp.Focus(chromedp.CSS("#f-hedge")))
	d.press(t, kb.Enter, chromedp.ModifierCtrl)
	d.do(t, holds(`document.querySelector("#w-edges .wrong")?.textContent.includes("unknown verb")`))
	d.focused(t, "f-edges")
	d.refused(t)
}

// refused is clean but for answers of which the browser logs that they refuse.
func (d *typist) refused(t *testing.T) {
	t.Helper()
	d.mu.Lock()
	d.wrong = slices.DeleteFunc(d.wrong, func(w string) bool { return strings.Contains(w, "the server responded with a status of 4") })
	d.mu.Unlock()
	d.clean(t)
}

// deskConflict: the second of two tabs is told what the first saved, and keeps what
// was typed.
func deskConflict(t *testing.T, d *typist) {
	second := &typist{browser: newTab(t, d.first, d.at), dir: d.dir}
	second.open(t, "/desk/file?name=courier.yaml&claim=loan-planned")
	d.open(t, "/desk/file?name=courier.yaml&claim=loan-planned")
	d.do(t, chromedp.Focus(chromedp.CSS("#f-hedge")))
	d.press(t, "first")
	d.save(t, 7)
	second.do(t, chromedp.Focus(chromedp.CSS("#f-hedge")))
	second.press(t, "second")
	second.press(t, kb.Enter, chromedp.ModifierCtrl)
	second.do(t, holds(`document.querySelector("[role=alert]")?.textContent.includes("claim loan-planned changed, and is now: ")`))
	if got := run(t, second.browser, chromedp.Value(chromedp.CSS("#f-hedge"))); got != "second" {
		t.Errorf("what was typed is %q", got)
	}
	second.do(t, chromedp.Focus(chromedp.CSS("#f-hedge")))
	second.save(t, 7)
	if got := string(readFile(t, filepath.Join(d.dir, "courier.yaml"))); !strings.Contains(got, "hedge: second\n") {
		t.Errorf("the file is\n%s", got)
	}
	d.clean(t)
}

// deskLong marks a sentence at the beginning of a text of a megabyte, and claims it.
func deskLong(t *testing.T, d *typist) {
	text := append(readFile(t, "desk/testdata/courier.txt"), strings.Repeat("\nThe bank of a river has not yet agreed to anything at all, said the clerk.\n", 14_000)...)
	d.write(t, "long.txt", text)
	made, err := sourcetext.New(text)
	if err != nil {
		t.Fatal(err)
	}
	d.write(t, "begun.yaml", []byte(strings.NewReplacer("28c244c4332d9e9a84d4d8f0bb76dbb07e2f6ea8370603fe987d852859114eaa", made.SHA256, "575", fmt.Sprint(made.Len())).Replace(string(readFile(t, "desk/testdata/begun.yaml")))))
	d.open(t, "/desk/file?name=begun.yaml")
	d.do(t, chromedp.Focus(chromedp.CSS("#desk-text")))
	began := time.Now()
	d.passage(t, 1, "Anna Weber, owner")
	t.Logf("the first passage is marked within %s", time.Since(began).Round(10*time.Millisecond))
	d.pick(t, "an", "anna-weber")
	d.pick(t, "own", "owns")
	d.pick(t, "ti", "tidewater")
	d.do(t, holds(`document.querySelector("#preview strong")?.textContent.includes("owns Tidewater")`))
	d.save(t, 1)
	d.clean(t)
}

// deskStopped: what was typed stays when the server does not answer.
func deskStopped(t *testing.T, d *typist) {
	d.open(t, "/desk/file?name=courier.yaml")
	d.do(t, chromedp.Focus(chromedp.CSS("#f-hedge")))
	d.press(t, "kept")
	d.stop()
	d.press(t, kb.Enter, chromedp.ModifierCtrl)
	d.do(t, holds(`document.querySelector(".unreached")?.textContent.includes("The server did not answer")`))
	if got := run(t, d.browser, chromedp.Value(chromedp.CSS("#f-hedge"))); got != "kept" {
		t.Errorf("what was typed is %q", got)
	}
}

// deskMouse marks words by dragging, and names an entity of them.
func deskMouse(t *testing.T, d *typist) {
	d.open(t, "/desk/file?name=begun.yaml")
	box := run(t, d.browser, chromedp.Evaluate[[]float64](`(() => { const text = document.getElementById("desk-text"), node = text.firstChild, at = node.data.indexOf("Coastal"),
		range = document.createRange(); range.setStart(node, at); range.setEnd(node, at + 12); const b = range.getBoundingClientRect(); return [b.left + 1, b.top + b.height / 2, b.right - 1]; })()`))
	d.do(t,
		chromedp.MouseEvent(chromedp.MousePressed, box[0], box[1], chromedp.ButtonLeft, chromedp.ClickCount(1)),
		chromedp.MouseEvent(chromedp.MouseMoved, box[2], box[1], chromedp.ButtonLeft),
		chromedp.MouseEvent(chromedp.MouseReleased, box[2], box[1], chromedp.ButtonLeft, chromedp.ClickCount(1)),
		holds(`document.getElementById("f-words").value === "Coastal Bank"`))
	d.do(t, chromedp.Focus(chromedp.CSS("#desk-text")))
	d.press(t, "n")
	d.focused(t, "f-entities")
	d.pick(t, "Ban", "Bank")
	if got := run(t, d.browser, chromedp.Value(chromedp.CSS("#f-entities"))); got != "Bank Coastal Bank" {
		t.Errorf("the entity is %q", got)
	}
	d.clean(t)
}

// deskWithoutScript: the form is sent with the words and the token.
func deskWithoutScript(t *testing.T, d *typist) {
	if err := call(d.browser, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	d.open(t, "/desk/file?name=courier.yaml")
	d.do(t, chromedp.SendKeys(chromedp.CSS("#f-words"), "The bank has not yet agreed."), chromedp.SendKeys(chromedp.CSS("#f-edges"), "coastal-bank owns gull"),
		chromedp.SendKeys(chromedp.CSS("#desk-form input[name=token]"), token), chromedp.Click(chromedp.CSS("#desk-form button[value=save]")), shows(".claim.changed"))
	if got := string(readFile(t, filepath.Join(d.dir, "courier.yaml"))); !strings.Contains(got, "edges: coastal-bank owns gull\n") {
		t.Errorf("the file is\n%s", got)
	}
}

// deskLooks: nothing wider than the window, nothing that axe finds, with
// KG_SCREENSHOTS pictures to look at.
func deskLooks(t *testing.T, d *typist) {
	script, _ := os.ReadFile(os.Getenv("KG_AXE")) // without it there are no findings
	d.write(t, "ledger.txt", readFile(t, "desk/testdata/ledger.txt"))
	d.write(t, "open.yaml", newFile(t, "courier"))
	d.write(t, "drafts.yaml", drafts(t))
	states := map[string]func(){
		"list":   func() { d.open(t, "/desk/") },
		"file":   func() { d.open(t, "/desk/file?name=courier.yaml") },
		"claim":  func() { d.open(t, "/desk/file?name=courier.yaml&claim=paid-brandt") },
		"entity": func() { d.open(t, "/desk/file?name=courier.yaml&entity=gull") },
		"none":   func() { d.open(t, "/desk/file?name=none.yaml") },
		"source": func() { d.open(t, "/desk/file?name=courier.yaml&source=1") },
		"new":    func() { d.open(t, "/desk/new?text=ledger.txt") },
		"open":   func() { d.open(t, "/desk/file?name=open.yaml") },
		"review": func() { d.open(t, "/desk/review?name=drafts.yaml") },
		"seen":   func() { d.open(t, "/desk/review?name=drafts.yaml&done=1&at=9") },
		"typing": func() {
			d.open(t, "/desk/file?name=courier.yaml")
			d.do(t, chromedp.SetValue(chromedp.CSS("#f-words"), "The bank has not yet agreed."), chromedp.Focus(chromedp.CSS("#f-edges")))
			d.press(t, "anna-weber paid gull 5 EUR")
			d.do(t, holds(`document.querySelector("#preview strong")`))
			d.press(t, kb.Enter+"a")
			d.do(t, shows(".suggest:not([hidden]) li"))
		},
		"wrong": func() {
			d.open(t, "/desk/file?name=courier.yaml")
			d.do(t, chromedp.SetValue(chromedp.CSS("#f-edges"), "anna-weber gives zzz"), chromedp.Click(chromedp.CSS("#desk-form button[value=save]")), shows("#w-edges .wrong, #w-edges ~ * .wrong"))
		},
	}
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int64{400, 1280} {
			d.looks(t, width, scheme)
			for name, show := range states {
				show()
				if got := run(t, d.browser, chromedp.Evaluate[int64](`document.documentElement.scrollWidth`)); got > width {
					t.Errorf("%s is %d wide in a window of %d", name, got, width)
				}
				if folder := os.Getenv("KG_SCREENSHOTS"); folder != "" {
					png := run(t, d.browser, chromedp.FullScreenshot(100))
					if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("desk-%s-%d-%s.png", name, width, scheme)), png, 0o600); err != nil {
						t.Fatal(err)
					}
				}
				if len(script) == 0 {
					continue
				}
				for _, v := range axe(t, d.browser, string(script)) {
					t.Errorf("%s, %s, %d wide: %s", name, scheme, width, v)
				}
			}
		}
	}
	d.refused(t)
}
