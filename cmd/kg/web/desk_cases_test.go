package web_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"kg/data"
	"kg/schema"
)

// begin begins the claims file of a text in a folder without any, with the keyboard
// alone, and returns the keys that took.
func (d *typist) begin(t *testing.T, text, publisher, date string) int {
	t.Helper()
	for _, name := range []string{"courier.yaml", "begun.yaml"} {
		if err := os.Remove(filepath.Join(d.dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	d.write(t, text, readFile(t, "desk/testdata/"+text))
	d.open(t, "/desk/")
	for range 40 {
		if d.press(t, kb.Tab); run(t, d.browser, chromedp.Evaluate[string](`document.activeElement.textContent`)) == text {
			break
		}
	}
	d.press(t, kb.Enter)
	d.focused(t, "s-publisher")
	d.pick(t, "News", "NewsMedia")
	d.press(t, publisher+kb.Tab+date+kb.Tab+kb.Tab)
	d.focused(t, "s-annotator")
	d.pick(t, "Pers", "Person")
	d.press(t, "Reader (Who wrote these claims)")
	d.press(t, kb.Enter, chromedp.ModifierCtrl)
	d.focused(t, "desk-text")
	return d.keys
}

// wrote compares what was written with a case's own file, and counts.
func (d *typist) wrote(t *testing.T, name string, claims, source int) {
	t.Helper()
	d.clean(t)
	t.Logf("%s in the desk: %d keys for its source, %d for its %d claims, %d a claim; %d in all", name, source, d.keys-source, claims, (d.keys-source)/claims, d.keys)
	if d.keys-source > 100*claims {
		t.Errorf("that is more than 100 a claim")
	}
	file := readFile(t, filepath.Join(d.dir, name+".yaml"))
	sameQuads(t, name, file)
	if t.Failed() {
		t.Logf("%s", file)
	}
}

// sameQuads fails unless a file says what the case's own file says.
func sameQuads(t *testing.T, name string, file []byte) {
	t.Helper()
	text := "desk/testdata/" + name + ".txt"
	is, want := quadsOf(t, name, file, text), quadsOf(t, name, readFile(t, "desk/testdata/"+name+".yaml"), text)
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
}

// The same two files as one types them in an editor, in their shortest forms and
// without completion: each character is a key. Spaces at the left are counted apart:
// many editors set them.
func TestKeysInAnEditor(t *testing.T) {
	t.Parallel()
	for name, claims := range map[string]int{"courier": 7, "ledger": 3} {
		file := readFile(t, "desk/testdata/"+name+".short.yaml")
		sameQuads(t, name, file)
		all, indent := utf8.RuneCount(file), 0
		source := utf8.RuneCountInString(string(file[:strings.Index(string(file), "entities:")]))
		for line := range strings.Lines(string(file)) {
			indent += len(line) - len(strings.TrimLeft(line, " "))
		}
		t.Logf("%s in an editor: %d characters, %d of them spaces at the left; %d of its source, %d a claim without it", name, all, indent, source, (all-source)/claims)
	}
}

// deskCourier builds the courier case from its text alone, with the keyboard alone.
func deskCourier(t *testing.T, d *typist) {
	source := d.begin(t, "courier.txt", "The Courier", "2019-04-08")
	d.passage(t, 1, "Anna Weber, owner")
	d.toEntities(t)
	d.entity(t, "Auth", "Authority", "(The police)")
	d.toEdges(t)
	d.pick(t, "an", "anna-weber")
	d.pick(t, "br", "bribed")
	d.pick(t, "pau", "paul-brandt")
	d.press(t, "20000 EUR, 2019-03"+kb.Enter)
	d.pick(t, "an", "anna-weber")
	d.pick(t, "own", "owns")
	d.pick(t, "ti", "tidewater")
	d.do(t, holds(`document.querySelector("#preview strong")?.textContent.includes("owns Tidewater")`))
	d.toSpeaker(t)
	d.pick(t, "po", "police")
	d.save(t, 1)

	d.passage(t, 1, "Weber will perhaps")
	d.toEntities(t)
	d.press(t, "lantern: ")
	d.entity(t, "News", "NewsMedia", "The Lantern")
	d.toEdges(t)
	d.pick(t, "an", "anna-weber")
	d.pick(t, "will-br", "will-bribe")
	d.pick(t, "in", "ines-falk")
	d.toSpeaker(t)
	d.pick(t, "la", "lantern")
	d.press(t, kb.Tab+"p"+kb.Tab+"perhaps")
	d.save(t, 2)

	d.passage(t, 1, "Both Weber and Brandt")
	d.pick(t, "an", "anna-weber")
	d.pick(t, "br", "bribed")
	d.pick(t, "pau", "paul-brandt")
	d.toSpeaker(t)
	d.pick(t, "an", "anna-weber")
	d.pick(t, "pa", "paul-brandt")
	d.press(t, kb.Tab+"d")
	d.save(t, 3)

	d.passage(t, 1, "Tidewater is to borrow")
	d.toEntities(t)
	d.press(t, "loan: ")
	d.entity(t, "Paym", "Payment", "The loan of Coastal Bank")
	d.toEdges(t)
	d.press(t, "loan: ")
	d.pick(t, "coa", "coastal-bank")
	d.pick(t, "will-p", "will-pay")
	d.pick(t, "ti", "tidewater")
	d.press(t, "3 million EUR")
	d.toSpeaker(t)
	d.pick(t, "an", "anna-weber")
	d.save(t, 4)

	d.passage(t, 2, "The court froze")
	d.toEntities(t)
	d.entity(t, "Auth", "Authority", "(The tax office)")
	d.toEdges(t)
	d.pick(t, "ta", "tax-office")
	d.pick(t, "fr", "froze")
	d.pick(t, "gu", "gull")
	d.press(t, "2019-04-02")
	d.save(t, 5)

	d.passage(t, 1, "The customs office")
	d.toEntities(t)
	d.entity(t, "Auth", "Authority", "(The customs office)")
	d.toEdges(t)
	d.pick(t, "cu", "customs-office")
	d.pick(t, "fr", "froze")
	d.pick(t, "gu", "gull")
	d.press(t, "2018-05")
	d.toSpeaker(t)
	d.pick(t, "cu", "customs-office")
	d.save(t, 6)
	d.wrote(t, "courier", 7, source)
}

// deskLedger builds the ledger case likewise. It is the second source about the same
// people: the courier's is in the graph.
func deskLedger(t *testing.T, d *typist) {
	d.load(t, "courier.yaml")
	source := d.begin(t, "ledger.txt", "The Ledger", "2021-02-01")
	d.passage(t, 1, "Coastal Bank lent")
	d.toEntities(t)
	d.entity(t, "Comp", "Company", "Weber Holding"+kb.Enter+"bank-report: ")
	d.entity(t, "Doc", "Document", "(The annual report of ")
	d.pick(t, "Co", "Coastal Bank)")
	d.press(t, kb.Enter+"loan: ")
	d.entity(t, "Pay", "Payment", "The loan of ")
	d.pick(t, "Co", "Coastal Bank")
	d.toEdges(t)
	d.press(t, "loan: ")
	d.pick(t, "coa", "coastal-bank")
	d.pick(t, "pai", "paid")
	d.pick(t, "we", "weber-holding")
	d.press(t, "2 million EUR, 2020-01")
	d.toSpeaker(t)
	d.pick(t, "coa", "coastal-bank")
	d.press(t, kb.Tab+kb.Tab+kb.Tab+kb.Enter+kb.Tab+kb.Tab)
	d.focused(t, "f-via")
	d.pick(t, "ba", "bank-report")
	d.save(t, 1)

	d.passage(t, 1, "Weber's lawyer confirms")
	d.toEntities(t)
	d.press(t, "lawyer: ")
	d.entity(t, "Pers", "Person", "(The lawyer of Weber)")
	d.toEdges(t)
	d.pick(t, "an", "anna-weber")
	d.pick(t, "me", "met")
	d.pick(t, "pa", "paul-brandt")
	d.press(t, "2019-03")
	d.toSpeaker(t)
	d.pick(t, "la", "lawyer")
	d.save(t, 2)

	d.passage(t, 1, "Ines Falk became")
	d.toEntities(t)
	d.press(t, "Post Harbour master")
	d.toEdges(t)
	d.pick(t, "in", "ines-falk")
	d.pick(t, "ho", "holds")
	d.pick(t, "ha", "harbour-master")
	d.press(t, "from 2021"+kb.Enter)
	d.pick(t, "pa", "paul-brandt")
	d.pick(t, "ho", "holds")
	d.pick(t, "ha", "harbour-master")
	d.press(t, "from 2012 to 2019 done")
	d.save(t, 3)
	d.wrote(t, "ledger", 3, source)
}

// called are the names that kg gives where courier.yaml has its own.
var called = strings.NewReplacer(
	"news-media/the-courier", "news-media/courier", "news-media/the-ledger", "news-media/ledger",
	"claim/anna-weber-bribed-paul-brandt", "claim/paid-brandt", "claim/predicts-anna-weber-will-bribe-ines-falk", "claim/will-pay-falk",
	"claim/denies-anna-weber-bribed-paul-brandt-paul-brandt", "claim/brandt-denies", "claim/denies-anna-weber-bribed-paul-brandt", "claim/weber-denies",
	"claim/coastal-bank-will-pay-tidewater", "claim/loan-planned", "claim/tax-office-froze-gull", "claim/frozen-2019", "claim/customs-office-froze-gull", "claim/frozen-2018",
	"bribe-anna-weber-paul-brandt", "first-bribe", "bribe-anna-weber-ines-falk", "second-bribe", "ownership-anna-weber-tidewater", "ownership",
	"claim/coastal-bank-paid-weber-holding", "claim/loan-paid", "claim/anna-weber-met-paul-brandt", "claim/met", "claim/ines-falk-holds-harbour-master", "claim/masters",
	"meeting-anna-weber-paul-brandt", "meeting", "tenure-ines-falk-harbour-master", "falk-tenure", "tenure-paul-brandt-harbour-master", "brandt-tenure",
	"asset-freeze-tax-office-gull", "freeze-2019", "asset-freeze-customs-office-gull", "freeze-2018")

// quadsOf are the quads of a file under the names of the case's own file, without what
// a claim says and how an event is described: those are kg's own words here.
func quadsOf(t *testing.T, name string, file []byte, text string) (list []string) {
	t.Helper()
	o, err := schema.ReadOntology()
	if err != nil {
		t.Fatal(err)
	}
	open := func(string) (*data.Text, error) { return data.NewText(readFile(t, text)) }
	doc, err := data.ReadDraft(name, file, o, schema.DefaultBase, open)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range doc.Quads() {
		line := called.Replace(q.NQuad())
		event := slices.ContainsFunc([]string{"/bribe/", "/ownership/", "/asset-freeze/", "/meeting/", "/tenure/"}, func(s string) bool { return strings.Contains(q.Subject.String(), s) })
		if q.Predicate != schema.Comment && !(event && q.Predicate == schema.Description) {
			list = append(list, line)
		}
	}
	slices.Sort(list)
	return list
}
