package desk_test

import (
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func (b *bench) begin(text string, code int, fields ...string) string {
	b.t.Helper()
	v := url.Values{"token": {token}}
	for i := 0; i < len(fields); i += 2 {
		v.Set(fields[i], fields[i+1])
	}
	r := httptest.NewRequest("POST", "/desk/new?text="+url.QueryEscape(text), strings.NewReader(v.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.ask(r, code)
}

const yachtPage = `<html><head><title>Sale of a yacht</title></head><body><article><h1>Sale of a yacht</h1><p>Ann Lee bought the yacht Gull from Coastal Bank in March 2019, the police said on Monday.</p><p>She paid 20,000 euros for it, and the bank has confirmed that.</p></article></body></html>`

// A claims file begins from a text with its source, and gets its claims then.
func TestDeskNew(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for name, text := range map[string]string{"ledger.txt": "Tidewater got its money\n\nCoastal Bank lent Tidewater 2 million euros.\n", "yacht.html": yachtPage, "leer.txt": "nichts.\n", ".x.txt": "x"} {
		if err := os.WriteFile(filepath.Join(b.dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(b.dir, "leer.txt"), filepath.Join(b.dir, "link.txt")); err != nil {
		t.Fatal(err)
	}
	list := b.get("/desk/", 200)
	b.has(list, "Texts without a claims file", `<a href="/desk/new?text=ledger.txt">`, "yacht.html")
	for _, not := range []string{"courier.txt", "link.txt", ".x.txt"} {
		if strings.Contains(list, not) {
			t.Errorf("%s is listed", not)
		}
	}
	b.has(b.get("/desk/new?text=ledger.txt", 200), `value="Tidewater got its money"`, `value="ledger.yaml"`, "Bank Coastal Bank", `value="Person Reader (Who wrote these claims)"`)
	for _, name := range []string{"../ledger.txt", "link.txt", ".x.txt", "none.txt", "", "courier.yaml"} {
		b.get("/desk/new?text="+url.QueryEscape(name), 404)
		b.begin(name, 404)
	}
	good := []string{"file", "ledger.yaml", "source-title", "Tidewater got its money", "source-publisher", "NewsMedia The Ledger", "source-annotator", "Person Reader", "source-date", "2021-02-01", "source-language", "en"}
	with := func(key, value string) []string { return append(append([]string{}, good...), key, value) }
	b.has(b.begin("ledger.txt", 422, with("source-publisher", "")...), "publisher of the source is still blank", "Tidewater got its money")
	b.has(b.begin("ledger.txt", 422, with("source-publisher", "The Ledger")...), "unknown kind &#34;The&#34;")
	b.has(b.begin("ledger.txt", 422, with("source-date", "1 February 2021")...), "the day of publication must be a day")
	b.has(b.begin("ledger.txt", 422, with("source-language", "english please")...), "BCP 47")
	b.has(b.begin("ledger.txt", 422, with("file", "courier.yaml")...), "&#34;courier.yaml&#34; exists already")
	for _, name := range []string{"../x.yaml", "x.txt", "sub/x.yaml", "kg.yaml", ""} {
		b.has(b.begin("ledger.txt", 422, with("file", name)...), "expected the name of a claims file")
	}
	b.has(b.begin("ledger.txt", 401, with("token", "")...), "that needs the token", "NewsMedia The Ledger")
	b.begin("ledger.txt", 303, good...)
	b.has(b.file("ledger.yaml"), "  id: ledger-2021-02-01\n  sha256: ", "  title: Tidewater got its money\n  publisher: the-ledger\n  annotator: reader\n", "  body: 25\n\nentities:\n  the-ledger: NewsMedia The Ledger\n  reader: Person Reader\n")
	b.has(b.get("/desk/file?name=ledger.yaml&saved=new", 200), "Begun. Select a passage of the text", "Coastal Bank lent Tidewater")
	b.post("ledger.yaml", 303, "act", "save", "entities", "Bank Coastal Bank\nCompany Tidewater", "edges", "coastal-bank lent tidewater 2 million EUR", "words", "Coastal Bank lent Tidewater 2 million euros.")
	b.holds("ledger.yaml")

	// Of a page the text is kept beside it, for that is what claims are taken from.
	b.begin("yacht.html", 303, with("file", "yacht.yaml")...)
	b.has(b.file("yacht.yaml"), "extracted-from: ", "extractor: ")
	b.has(read(t, filepath.Join(b.dir, "yacht.html.txt")), "Ann Lee bought the yacht Gull")
	b.post("yacht.yaml", 303, "act", "save", "entities", "Person Ann Lee\nVessel Gull", "edges", "ann-lee owns gull", "words", "Ann Lee bought the yacht Gull from Coastal Bank in March 2019")
	b.holds("yacht.yaml")
	// A text that names nothing begins one, too.
	b.has(b.get("/desk/new?text=leer.txt", 200), "find no names in it")
	b.begin("leer.txt", 303, with("file", "leer.yaml")...)
	if list := b.get("/desk/", 200); strings.Contains(list, "Texts without") {
		t.Errorf("a text with a claims file is listed as one without:\n%s", list)
	}
}

// A long text takes no longer than a page may, and is marked to its end.
func TestDeskLongText(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	text := "A long one\n\n" + strings.Repeat("Ann Lee paid Bo Kim 20,000 euros in March 2019, the police said on Monday.\n\n", 15_000) + "The end was near.\n"
	if err := os.WriteFile(filepath.Join(b.dir, "long.txt"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	b.has(b.get("/desk/new?text=long.txt", 200), "Ann Lee", "Bo Kim")
	b.begin("long.txt", 303, "file", "long.yaml", "source-title", "Long", "source-publisher", "NewsMedia The Long", "source-annotator", "Person Reader", "source-date", "2020", "source-language", "en")
	b.post("long.yaml", 303, "act", "save", "entities", "Person Ann Lee\nPerson Bo Kim", "edges", "ann-lee paid bo-kim", "words", "The end was near.")
	b.has(b.file("long.yaml"), "at: 15001:")
	b.holds("long.yaml")
}
