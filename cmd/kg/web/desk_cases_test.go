//go:build browser

package web_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
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
