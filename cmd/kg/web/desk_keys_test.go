package web_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"kg/data"
	"kg/internal/sourcetext"
	"kg/schema"
)

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
	open := func(string) (*sourcetext.Text, error) { return sourcetext.New(readFile(t, text)) }
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

func readFile(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
