//go:build browser

package web_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"kg/internal/propose"
	"kg/internal/sourcetext"
	"kg/schema"
)

// newFile is what kg new writes for a text.
func newFile(t *testing.T, name string) []byte {
	t.Helper()
	o, err := schema.ReadOntology()
	if err != nil {
		t.Fatal(err)
	}
	text, err := sourcetext.New(readFile(t, "desk/testdata/"+name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := propose.Text(text, o, propose.Hints{ID: name, Known: func(string) (*propose.Known, error) { return nil, nil }})
	if err != nil {
		t.Fatal(err)
	}
	file, err := p.File("Reader", false)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// drafts is courier.yaml with its claims as drafts.
func drafts(t *testing.T) []byte {
	return []byte(strings.ReplaceAll(string(readFile(t, "desk/testdata/courier.yaml")), "    edges:\n", "    drafted-by: some-model\n    edges:\n"))
}

// deskReview goes through seven drafts with single keys.
func deskReview(t *testing.T, d *typist) {
	d.write(t, "courier.yaml", drafts(t))
	file := func() string { return string(readFile(t, filepath.Join(d.dir, "courier.yaml"))) }
	d.open(t, "/desk/review?name=courier.yaml")
	at := func(number, of, left int) {
		t.Helper()
		d.do(t, holds(fmt.Sprintf(`document.querySelector("h1").textContent === "Draft %d of %d" && document.activeElement.id === "desk-review"`, number, of)))
		if got := strings.Count(file(), "drafted-by"); got != left {
			t.Errorf("%d drafts are left, not %d", got, left)
		}
	}
	at(1, 7, 7)
	d.press(t, "a")
	at(2, 7, 6)
	d.press(t, "s")
	at(3, 7, 6)
	d.press(t, "b")
	at(2, 7, 6)
	d.press(t, "s")
	at(3, 7, 6)
	before := file()
	d.press(t, "r")
	at(4, 7, 5)
	d.press(t, "u")
	at(3, 7, 6)
	if file() != before {
		t.Errorf("undone, it is\n%s", file())
	}
	d.press(t, "y")
	at(4, 7, 5)
	d.press(t, "m")
	d.do(t, holds(`document.querySelector("#drafted")?.textContent.includes("Then the review goes on")`))
	d.do(t, chromedp.Focus(chromedp.CSS("#f-hedge")))
	d.press(t, "surely")
	d.press(t, kb.Enter, chromedp.ModifierCtrl)
	at(5, 7, 4)
	if !strings.Contains(file(), "hedge: surely") {
		t.Errorf("mended, it is\n%s", file())
	}
	d.press(t, "a")
	at(6, 7, 3)
	d.press(t, "a")
	at(7, 7, 2)
	// Another tab comes second, and is told.
	second := &typist{browser: newTab(t, d.first, d.at), dir: d.dir}
	second.open(t, "/desk/review?name=courier.yaml&done=5&at=1")
	second.do(t, holds(`document.activeElement.id === "desk-review"`))
	d.press(t, "a")
	d.do(t, holds(`document.querySelector("h1").textContent === "7 of 7 drafts seen" && document.activeElement.id === "desk-review"`))
	second.press(t, "r")
	second.do(t, holds(`document.querySelector("[role=alert]")?.textContent.includes("Nothing was written: the file has changed")`))
	d.press(t, "s")
	at(7, 7, 1)
	d.clean(t)
}

// deskProposed fills a file of kg new in: each claim that is saved leads to the next.
func deskProposed(t *testing.T, d *typist) {
	d.write(t, "begun.yaml", newFile(t, "courier"))
	d.open(t, "/desk/file?name=begun.yaml&source=1")
	d.do(t, chromedp.Focus(chromedp.CSS("#s-publisher")))
	d.press(t, "courier: NewsMedia The Courier"+kb.Tab+"2019-04-08")
	d.press(t, kb.Enter, chromedp.ModifierCtrl)
	d.do(t, holds(`document.querySelector(".todo summary")?.textContent === "Still open in this file: 6"`))
	d.do(t, chromedp.Click(chromedp.CSS(".todo li a")), holds(`document.getElementById("f-speaker")?.value === "police"`), chromedp.Focus(chromedp.CSS("#f-edges")))
	keys := d.keys
	d.pick(t, "an", "anna-weber")
	d.pick(t, "br", "bribed")
	d.pick(t, "pau", "paul-brandt")
	d.press(t, "20000 EUR, 2019-03")
	d.press(t, kb.Enter, chromedp.ModifierCtrl)
	d.do(t, holds(`document.getElementById("f-speaker")?.value === "lantern" && document.activeElement.id === "f-edges" && document.getElementById("told").textContent.includes("without 5 that are open")`))
	t.Logf("a claim that kg new has begun takes %d keys", d.keys-keys)
	d.clean(t)
}
