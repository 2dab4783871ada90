package desk_test

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kg/data"
	"kg/internal/propose"
	"kg/internal/sourcetext"
	"kg/internal/strict"
	"kg/schema"
)

// proposed is the file that kg new writes for the courier's text.
func proposed(t *testing.T, b *bench) string {
	t.Helper()
	text, err := sourcetext.New([]byte(read(t, "testdata/courier.txt")))
	if err != nil {
		t.Fatal(err)
	}
	p, err := propose.Text(text, b.o, propose.Hints{ID: "courier", Known: func(string) (*propose.Known, error) { return nil, nil }})
	if err != nil {
		t.Fatal(err)
	}
	file, err := p.File("", false)
	if err != nil {
		t.Fatal(err)
	}
	return string(file)
}

var lines = regexp.MustCompile(`line[- ]\d+`)

// mistakes are what kg load would tell of a file, wherever it stands.
func (b *bench) mistakes(name string) (list []string) {
	b.t.Helper()
	_, err := data.Read(name, []byte(b.file(name)), b.o, schema.DefaultBase)
	var e *strict.Error
	if errors.As(err, &e) {
		for _, p := range e.Problems {
			list = append(list, lines.ReplaceAllString(p.Msg, "line"))
		}
	} else if err != nil {
		b.t.Fatal(err)
	}
	slices.Sort(list)
	return list
}

// fewer fails unless all mistakes of a file were there before.
func (b *bench) fewer(name string, was []string) (is []string) {
	b.t.Helper()
	is = b.mistakes(name)
	left := slices.Clone(was)
	for _, m := range is {
		i := slices.Index(left, m)
		if i < 0 {
			b.t.Errorf("a mistake that was not there: %s", m)
			continue
		}
		left = slices.Delete(left, i, i+1)
	}
	return is
}

// A file of kg new is opened with what is open, and filled in claim by claim: each is
// saved while others are blank, no save makes the file worse, and the graph has what
// holds.
func TestDeskOpen(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.write("new.yaml", proposed(t, b))
	was := b.mistakes("new.yaml")
	b.has(b.get("/desk/", 200), "new.yaml</a> <span class=\"kind\">6 claims · 9 open")
	page := b.get("/desk/file?name=new.yaml", 200)
	b.has(page, "Still open in this file: 9", "the source</a>: publisher of the source is still blank", "claim line-", "The bank has not yet agreed.")
	claim := regexp.MustCompile(`claim=(line-\d+)&amp;name`)
	next := claim.FindStringSubmatch(page)[1]
	form := b.get("/desk/file?name=new.yaml&claim="+next, 200)
	b.has(form, "Anna Weber, owner of the dredging", `value="police"`, `data-complete="edges"></textarea>`)

	// The first is saved while the source is blank: the graph has nothing of it yet.
	save := func(was, edges, words string, more ...string) string {
		t.Helper()
		w := b.answer(formRequest("new.yaml", b.fields("new.yaml", append([]string{"act", "save", "was", was, "edges", edges, "words", words}, more...)...)))
		if w.Code != 303 {
			t.Fatalf("it is answered with %d:\n%s", w.Code, w.Body)
		}
		return w.Header().Get("Location")
	}
	to := save(next, "anna-weber bribed paul-brandt 20000 EUR, 2019-03\nanna-weber owns tidewater", "Anna Weber, owner of the dredging firm Tidewater, paid the harbour master Paul Brandt 20,000 euros in March 2019, the police said on Monday.", "speaker", "police")
	was = b.fewer("new.yaml", was)
	page = b.get(to, 200)
	b.has(page, "Saved. The graph gets nothing of it until the mistakes in its source are corrected", "Weber will perhaps pay", `value="lantern"`)
	if !strings.Contains(to, "claim=line-") {
		t.Errorf("the next claim is not opened, but %s", to)
	}

	b.has(b.post("new.yaml", 422, "act", "save", "was-source", "source", "source-title", "Loan", "source-publisher", "The Courier", "source-date", "8 April", "source-language", "en"),
		"unknown kind &#34;The&#34;", "the day of publication must be a day")
	b.post("new.yaml", 303, "act", "save", "was-source", "source", "source-title", "Loan behind the new harbour", "source-publisher", "NewsMedia The Courier", "source-annotator", "Person Reader", "source-date", "2019-04-08", "source-language", "en")
	was = b.fewer("new.yaml", was)
	b.has(b.file("new.yaml"), "  publisher: the-courier\n  annotator: reader\n  date: 2019-04-08\n", "  the-courier: NewsMedia The Courier\n")
	b.has(b.get("/desk/file?name=new.yaml&saved=1", 200), "The graph has its valid claims, without 5 that are open", "Still open in this file: 5")

	for _, edges := range []string{"anna-weber will-bribe ines-falk", "anna-weber bribed paul-brandt", "coastal-bank will-pay tidewater 3 million EUR"} {
		next = claim.FindStringSubmatch(b.get("/desk/file?name=new.yaml", 200))[1]
		c := b.formOf("new.yaml", next)
		save(next, edges, c.words, "start", c.start, "end", c.end, "speaker", c.speaker, "stance", c.stance)
		was = b.fewer("new.yaml", was)
	}
	// One that states nothing is taken out, and the last is filled in: all holds.
	next = claim.FindStringSubmatch(b.get("/desk/file?name=new.yaml", 200))[1]
	b.post("new.yaml", 303, "act", "remove", "was", next)
	was = b.fewer("new.yaml", was)
	next = claim.FindStringSubmatch(b.get("/desk/file?name=new.yaml", 200))[1]
	c := b.formOf("new.yaml", next)
	before := b.file("new.yaml")
	b.has(b.get(save(next, "customs-office froze gull 2018-05", c.words, "start", c.start, "end", c.end, "entities", "Authority (The customs office)"), 200), "Saved, and loaded into the graph.")
	if left := b.mistakes("new.yaml"); len(left) > 0 {
		t.Errorf("left is %v", left)
	}
	b.holds("new.yaml")
	// Taken back, it is open again, to the byte.
	b.post("new.yaml", 303, "act", "undo")
	if b.file("new.yaml") != before {
		t.Errorf("undone, it is\n%s", b.file("new.yaml"))
	}
	_ = was
}

// What a person finds wrong while trying is told, and loses nothing.
func TestDeskOdd(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	text := "First line.\r\n\r\nAnn Lee owns Blue Line. Bo Kim met her.\r\nThe end. Ann Lee owns Blue Line.\r\n"
	t1, err := sourcetext.New([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(b.dir, "crlf.txt"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	b.write("crlf.yaml", strings.ReplaceAll("# mine\nsource:\n  title: T # kept\n  id: crlf\n  sha256: "+t1.SHA256+"\n  characters: 90\n  publisher: x\n  annotator: x\n  date: 2020\n  language: en\n\nentities:\n  x: Person X\n# at the end\n", "\n", "\r\n"))
	was := b.file("crlf.yaml")
	b.has(b.get("/desk/file?name=crlf.yaml", 200), "Ann Lee owns Blue Line. Bo Kim met her.&#13;\nThe end.")
	// A quotation that stands twice is told so; the place decides.
	e := []string{"act", "save", "entities", "Person Ann Lee\nCompany Blue Line\nPerson Bo Kim", "edges", "ann-lee owns blue-line"}
	b.has(b.post("crlf.yaml", 422, append(e, "words", "Ann Lee owns Blue Line.")...), "w-words", `class="wrong"`)
	b.post("crlf.yaml", 303, append(e, "words", "Ann Lee owns Blue Line.", "start", "65", "end", "88")...)
	b.has(b.file("crlf.yaml"), "# mine\nsource:\n", "title: T # kept\n", "at: 2:65-88 ", "# at the end\n")
	// A passage over the end of a line, two edges and an event.
	b.post("crlf.yaml", 303, "act", "save", "words", "Bo Kim met her.\r\nThe end.", "start", "39", "end", "64", "edges", "bo-kim met ann-lee\nsale: {buyer: bo-kim, item: blue-line, status: done}", "entities", "sale: Sale (A sale)")
	b.holds("crlf.yaml")
	for range 2 {
		b.post("crlf.yaml", 303, "act", "undo")
	}
	if b.file("crlf.yaml") != was {
		t.Errorf("undone, it is\n%q, not\n%q", b.file("crlf.yaml"), was)
	}
	// A text that was changed is found by its name, and said to be another.
	if err := os.WriteFile(filepath.Join(b.dir, "crlf.txt"), []byte("New. "+text), 0o600); err != nil {
		t.Fatal(err)
	}
	b.write("crlf.yaml", was+"# another version\n")
	b.has(b.get("/desk/file?name=crlf.yaml", 200), "crlf.txt is not byte for byte the text", "New. First line.")
	for name, want := range map[string]string{"a: [": "not YAML", "hello": "is wrong with the file", "": "is wrong with the file", "source: {}\nclaims:\n  a: {speker: x}\n": "speker"} {
		b.write("bad.yaml", name)
		b.has(b.get("/desk/file?name=bad.yaml", 200), want)
		b.post("bad.yaml", 422, "act", "save", "edges", "a owns b", "words", "x")
		b.get("/desk/review?name=bad.yaml", 200)
		if b.file("bad.yaml") != name {
			t.Errorf("it was written: %s", b.file("bad.yaml"))
		}
	}
	b.get("/desk/", 200)
}
