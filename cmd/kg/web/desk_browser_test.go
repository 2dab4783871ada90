package web_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"kg/data"
	"kg/schema"
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
	}{{"courier", deskCourier}, {"change", deskChange}, {"conflict", deskConflict}, {"mouse", deskMouse}, {"without script", deskWithoutScript}, {"looks", deskLooks}} {
		t.Run(test.name, func(t *testing.T) { test.run(t, newTypist(t, first)) })
	}
}

// deskCourier builds the courier case from its text, with the keyboard alone.
func deskCourier(t *testing.T, d *typist) {
	d.open(t, "/desk/")
	for range 40 {
		d.press(t, kb.Tab)
		if run(t, d.browser, chromedp.Evaluate[string](`document.activeElement.textContent`)) == "begun.yaml" {
			break
		}
	}
	d.press(t, kb.Enter)
	d.do(t, shows("#desk-text"))
	for range 40 {
		d.press(t, kb.Tab)
		if run(t, d.browser, chromedp.Evaluate[string](`document.activeElement.id`)) == "desk-text" {
			break
		}
	}
	d.passage(t, 1, "Anna Weber, owner")
	toEntities := func() { d.press(t, kb.Tab, chromedp.ModifierShift); d.focused(t, "f-entities") }
	toEdges := func() { d.press(t, kb.Tab); d.focused(t, "f-edges") }
	toSpeaker := func() { d.press(t, kb.Tab); d.focused(t, "f-speaker") }
	toEntities()
	d.entity(t, "Auth", "Authority", "(The police)"+kb.Enter)
	d.entity(t, "Pers", "Person", "")
	d.pick(t, "An", "Anna Weber")
	d.press(t, kb.Enter)
	d.entity(t, "Pers", "Person", "")
	d.pick(t, "Pa", "Paul Brandt")
	d.press(t, kb.Enter)
	d.entity(t, "Comp", "Company", "")
	d.pick(t, "Ti", "Tidewater")
	toEdges()
	d.pick(t, "an", "anna-weber")
	d.pick(t, "br", "bribed")
	d.pick(t, "pau", "paul-brandt")
	d.press(t, "20000 EUR, 2019-03"+kb.Enter)
	d.pick(t, "an", "anna-weber")
	d.pick(t, "own", "owns")
	d.pick(t, "ti", "tidewater")
	d.do(t, holds(`document.querySelector("#preview strong")?.textContent.includes("owns Tidewater")`))
	toSpeaker()
	d.pick(t, "po", "police")
	d.save(t, 1)

	d.passage(t, 1, "Weber will perhaps")
	toEntities()
	d.press(t, "lantern: ")
	d.entity(t, "News", "NewsMedia", "The Lantern"+kb.Enter)
	d.entity(t, "Pers", "Person", "")
	d.pick(t, "In", "Ines Falk")
	toEdges()
	d.pick(t, "an", "anna-weber")
	d.pick(t, "will-br", "will-bribe")
	d.pick(t, "in", "ines-falk")
	toSpeaker()
	d.pick(t, "la", "lantern")
	d.press(t, kb.Tab+"p"+kb.Tab+"perhaps")
	d.save(t, 2)

	d.passage(t, 1, "Both Weber and Brandt")
	d.pick(t, "an", "anna-weber")
	d.pick(t, "br", "bribed")
	d.pick(t, "pau", "paul-brandt")
	toSpeaker()
	d.pick(t, "an", "anna-weber")
	d.pick(t, "pa", "paul-brandt")
	d.press(t, kb.Tab+"d")
	d.save(t, 3)

	d.passage(t, 1, "Tidewater is to borrow")
	toEntities()
	d.press(t, "Bank ")
	d.pick(t, "Co", "Coastal Bank")
	d.press(t, kb.Enter+"loan: ")
	d.entity(t, "Paym", "Payment", "The loan of Coastal Bank")
	toEdges()
	d.press(t, "loan: ")
	d.pick(t, "coa", "coastal-bank")
	d.pick(t, "will-p", "will-pay")
	d.pick(t, "ti", "tidewater")
	d.press(t, "3 million EUR")
	toSpeaker()
	d.pick(t, "an", "anna-weber")
	d.save(t, 4)

	d.passage(t, 2, "The court froze")
	toEntities()
	d.entity(t, "Auth", "Authority", "(The tax office)"+kb.Enter)
	d.entity(t, "Vess", "Vessel", "")
	d.pick(t, "Gu", "Gull")
	toEdges()
	d.pick(t, "ta", "tax-office")
	d.pick(t, "fr", "froze")
	d.pick(t, "gu", "gull")
	d.press(t, "2019-04-02")
	d.save(t, 5)

	d.passage(t, 1, "The customs office")
	toEntities()
	d.entity(t, "Auth", "Authority", "(The customs office)")
	toEdges()
	d.pick(t, "cu", "customs-office")
	d.pick(t, "fr", "froze")
	d.pick(t, "gu", "gull")
	d.press(t, "2018-05")
	toSpeaker()
	d.pick(t, "cu", "customs-office")
	d.save(t, 6)
	d.clean(t)

	t.Logf("%d keys for the 7 claims of the courier case, %d a claim", d.keys, d.keys/7)
	if d.keys > 100*7 {
		t.Errorf("that is more than 100 a claim")
	}
	is, want := courierQuads(t, filepath.Join(d.dir, "begun.yaml")), courierQuads(t, "desk/testdata/courier.yaml")
	for _, q := range is {
		if !slices.Contains(want, q) {
			t.Errorf("more: %s", q)
		}
	}
	for _, q := range want {
		if !slices.Contains(is, q) {
			t.Errorf("missing: %s", q)
		}
	}
	if t.Failed() {
		t.Logf("%s", readFile(t, filepath.Join(d.dir, "begun.yaml")))
	}
}

// called are the names that kg gives where courier.yaml has its own.
var called = strings.NewReplacer(
	"claim/anna-weber-bribed-paul-brandt", "claim/paid-brandt", "claim/predicts-anna-weber-will-bribe-ines-falk", "claim/will-pay-falk",
	"claim/denies-anna-weber-bribed-paul-brandt-paul-brandt", "claim/brandt-denies", "claim/denies-anna-weber-bribed-paul-brandt", "claim/weber-denies",
	"claim/coastal-bank-will-pay-tidewater", "claim/loan-planned", "claim/tax-office-froze-gull", "claim/frozen-2019", "claim/customs-office-froze-gull", "claim/frozen-2018",
	"bribe-anna-weber-paul-brandt", "first-bribe", "bribe-anna-weber-ines-falk", "second-bribe", "ownership-anna-weber-tidewater", "ownership",
	"asset-freeze-tax-office-gull", "freeze-2019", "asset-freeze-customs-office-gull", "freeze-2018")

// courierQuads are the quads of a file under the names of courier.yaml, without what
// a claim says and how an event is described: those are kg's own words here.
func courierQuads(t *testing.T, name string) (list []string) {
	t.Helper()
	o, err := schema.ReadOntology()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := data.Read(name, readFile(t, name), o, schema.DefaultBase)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range doc.Quads() {
		line := called.Replace(q.NQuad())
		event := slices.ContainsFunc([]string{"/bribe/", "/ownership/", "/asset-freeze/"}, func(s string) bool { return strings.Contains(q.Subject.String(), s) })
		if q.Predicate != schema.Comment && !(event && q.Predicate == schema.Description) {
			list = append(list, line)
		}
	}
	slices.Sort(list)
	return list
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
	if got := string(readFile(t, filepath.Join(d.dir, "courier.yaml"))); got != strings.Replace(string(was), "    at: {paragraph: 4", "    hedge: is to\n    at: {paragraph: 4", 1) {
		t.Errorf("the file is\n%s", got)
	}
	d.do(t, chromedp.Focus(chromedp.CSS(`.undo button`)))
	d.press(t, kb.Enter)
	d.do(t, gone(".undo button"))
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
	states := map[string]func(){
		"list":   func() { d.open(t, "/desk/") },
		"file":   func() { d.open(t, "/desk/file?name=courier.yaml") },
		"claim":  func() { d.open(t, "/desk/file?name=courier.yaml&claim=paid-brandt") },
		"entity": func() { d.open(t, "/desk/file?name=courier.yaml&entity=gull") },
		"none":   func() { d.open(t, "/desk/file?name=none.yaml") },
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
		for _, width := range []int64{390, 1280} {
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
