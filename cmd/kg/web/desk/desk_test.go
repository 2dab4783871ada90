package desk_test

import (
	"context"
	"errors"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"kg/cmd/kg/web"
	"kg/cmd/kg/web/desk"
	"kg/data"
	"kg/graph"
	"kg/schema"
)

const token = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// bench is a desk with a folder and a store of its own.
type bench struct {
	t     *testing.T
	dir   string
	store *graph.Store
	o     *schema.Ontology
	http.Handler
}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{t: t, dir: t.TempDir()}
	var err error
	if b.o, err = schema.ReadOntology(); err != nil {
		t.Fatal(err)
	}
	b.store = graph.Scratch()
	t.Cleanup(func() { b.store.Close() })
	b.write("courier.yaml", read(t, "testdata/courier.yaml"))
	texts := t.TempDir()
	if err := os.WriteFile(filepath.Join(texts, "courier.txt"), []byte(read(t, "testdata/courier.txt")), 0o600); err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	load := func(ctx context.Context, doc *schema.Checked, dry bool) error {
		_, err := b.store.Load(ctx, b.o, []*schema.Checked{doc}, graph.LoadOptions{Base: schema.DefaultBase, Replace: true, DryRun: dry})
		return err
	}
	d, err := desk.New(desk.Options{Dir: b.dir, Text: texts, Ontology: b.o, Base: schema.DefaultBase, Token: token, Load: load, Log: log})
	if err != nil {
		t.Fatal(err)
	}
	o := web.Options{View: func(bool) *graph.View { return b.store.View(schema.DefaultBase) }, Limits: web.DefaultLimits(), Token: token, Log: log, Mounts: []web.Mount{d.Mount()}}
	o.Limits.Time, o.Limits.Wait = time.Minute, time.Minute
	b.Handler = web.New(o)
	return b
}

func read(t *testing.T, name string) string {
	t.Helper()
	file, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(file)
}

func (b *bench) write(name, file string) {
	b.t.Helper()
	if err := os.WriteFile(filepath.Join(b.dir, name), []byte(file), 0o600); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) file(name string) string { return read(b.t, filepath.Join(b.dir, name)) }

// get returns a page.
func (b *bench) get(path string, code int) string {
	b.t.Helper()
	return b.ask(httptest.NewRequest("GET", path, nil), code)
}

// answer is what a request gets.
func (b *bench) answer(r *http.Request) *httptest.ResponseRecorder {
	r.Host, r.RemoteAddr = "127.0.0.1:64210", "127.0.0.1:50000"
	r.Header.Set("Accept", "text/html")
	w := httptest.NewRecorder()
	b.ServeHTTP(w, r)
	return w
}

func (b *bench) ask(r *http.Request, code int) string {
	b.t.Helper()
	w := b.answer(r)
	if w.Code != code {
		b.t.Fatalf("%s %s is answered with %d, not %d:\n%s", r.Method, r.URL, w.Code, code, w.Body)
	}
	return w.Body.String()
}

// post sends a form of a file's page, fields and values in turn.
func (b *bench) post(name string, code int, fields ...string) string {
	b.t.Helper()
	return b.ask(formRequest(name, b.fields(name, fields...)), code)
}

// fields are those of a form, with the token and the version that the file has.
func (b *bench) fields(name string, fields ...string) url.Values {
	b.t.Helper()
	v := url.Values{"token": {token}}
	for i := 0; i < len(fields); i += 2 {
		v.Set(fields[i], fields[i+1])
	}
	if v.Get("from") == "" {
		v.Set("from", b.version(name))
	}
	return v
}

// claimForm is what the form of a claim is filled with.
type claimForm struct{ words, start, end, speaker, stance string }

func (b *bench) formOf(name, claim string) (f claimForm) {
	b.t.Helper()
	page := b.get("/desk/file?name="+name+"&claim="+claim, 200)
	part := func(pattern string) string {
		if m := regexp.MustCompile(pattern).FindStringSubmatch(page); m != nil {
			return html.UnescapeString(m[1])
		}
		return ""
	}
	return claimForm{part(`id="f-words"[^>]*>([^<]*)<`), part(`name="start" value="(\d*)"`), part(`name="end" value="(\d*)"`), part(`id="f-speaker"[^>]* value="([^"]*)"`), part(`<option selected>([a-z]+)<`)}
}

func formRequest(name string, v url.Values) *http.Request {
	r := httptest.NewRequest("POST", "/desk/file?name="+name, strings.NewReader(v.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

var fromField = regexp.MustCompile(`name="from" value="([0-9a-f]+)"`)

// version is that of the file as a page has it.
func (b *bench) version(name string) string {
	b.t.Helper()
	m := fromField.FindStringSubmatch(b.get("/desk/file?name="+name, 200))
	if m == nil {
		b.t.Fatal("the page has no version")
	}
	return m[1]
}

func (b *bench) has(page string, parts ...string) {
	b.t.Helper()
	for _, p := range parts {
		if !strings.Contains(page, p) {
			b.t.Errorf("%q is not in\n%s", p, page)
		}
	}
}

// A claim is added, changed and removed, and each time the store has what the file
// has; removed, the file is as it was, byte for byte.
func TestDesk(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	was := b.file("courier.yaml")
	b.has(b.get("/desk/", 200), `<a href="/desk/file?name=courier.yaml">courier.yaml</a>`, "7 claims")
	b.has(b.get("/desk/file?name=courier.yaml", 200), `data-claims="weber-denies brandt-denies "`, "The police say that Weber paid Brandt")
	preview := b.post("courier.yaml", 200, "act", "preview", "edges", "coastal-bank owns gull 40%", "words", "The bank has not yet agreed.")
	b.has(preview, "<strong>Coastal Bank owns Gull 40%.</strong>", `<span class="rel">share</span> 40`)
	if b.file("courier.yaml") != was {
		t.Fatal("a preview wrote the file")
	}
	b.post("courier.yaml", 303, "act", "save", "edges", "coastal-bank owns gull 40%\nnew-one owns gull", "entities", "new-one: Company New One", "words", "The bank has not yet agreed.", "speaker", "police")
	is := b.file("courier.yaml")
	b.has(is, "  new-one: Company New One\n", `  coastal-bank-owns-gull:
    speaker: police
    at: {paragraph: 4, start: 394, end: 422, sha256: `, `
    edges:
      - coastal-bank owns gull 40%
      - new-one owns gull
  frozen-2019:`)
	b.holds("courier.yaml")
	b.has(b.get("/desk/file?name=courier.yaml&claim=coastal-bank-owns-gull", 200), "coastal-bank owns gull 40%\nnew-one owns gull</textarea>", "The bank has not yet agreed.</textarea>", "Undo: save coastal-bank-owns-gull")
	b.post("courier.yaml", 303, "act", "save", "was", "coastal-bank-owns-gull", "edges", "new-one owns gull 10%", "words", "The bank has not yet agreed.", "start", "394", "end", "422", "hedge", "perhaps: so")
	b.has(b.file("courier.yaml"), "    hedge: \"perhaps: so\"\n", "    edges: new-one owns gull 10%\n")
	b.holds("courier.yaml")
	b.post("courier.yaml", 303, "act", "undo")
	if b.file("courier.yaml") != is {
		t.Errorf("undone, it is\n%s", b.file("courier.yaml"))
	}
	b.holds("courier.yaml")
	b.post("courier.yaml", 303, "act", "remove", "was", "coastal-bank-owns-gull")
	b.post("courier.yaml", 303, "act", "remove", "was-entity", "new-one")
	if b.file("courier.yaml") != was {
		t.Errorf("added and removed, it is\n%s", b.file("courier.yaml"))
	}
	b.holds("courier.yaml")
}

// holds fails unless the store has of the file's source what the file says.
func (b *bench) holds(name string) {
	b.t.Helper()
	doc, err := data.Read(name, []byte(b.file(name)), b.o, schema.DefaultBase)
	if err != nil {
		b.t.Fatal(err)
	}
	report, err := b.store.Load(b.t.Context(), b.o, []*schema.Checked{doc}, graph.LoadOptions{Base: schema.DefaultBase, Replace: true, DryRun: true})
	if err != nil || report[0].Added+report[0].Removed != 0 {
		b.t.Errorf("the store has not what the file has: %+v, %v", report, err)
	}
}

// What is wrong is said where it is, everything typed is kept, and nothing written.
func TestDeskMistakes(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	was := b.file("courier.yaml")
	for name, c := range map[string]struct {
		code   int
		fields []string
		want   []string
	}{
		"unknown verb":      {422, []string{"edges", "anna-weber knows gull\nanna-weber owns zzz", "words", "The bank has not yet agreed."}, []string{`aria-invalid="true"`, `<p class="wrong">line 1: unknown verb &#34;knows&#34;`, `<p class="wrong">line 2: unknown entity &#34;zzz&#34;`, "anna-weber owns zzz</textarea>"}},
		"words":             {422, []string{"edges", "anna-weber owns gull", "words", "The bank has now agreed."}, []string{"these words are in no paragraph of the text", "The bank has now agreed.</textarea>"}},
		"nothing":           {422, nil, []string{"there is nothing to save"}},
		"no words":          {422, []string{"edges", "anna-weber owns gull"}, []string{`class="wrong"`}},
		"two paragraphs":    {422, []string{"edges", "anna-weber owns gull", "words", "Monday.\n\nWeber", "start", "162", "end", "176"}, []string{"a claim is taken from one"}},
		"speaker":           {422, []string{"edges", "anna-weber owns gull", "words", "The bank has not yet agreed.", "speaker", "gull"}, []string{"which cannot speak"}},
		"entity":            {422, []string{"entities", "Shipp Gull Two", "edges", "anna-weber owns gull-two", "words", "The bank has not yet agreed."}, []string{"unknown kind &#34;Shipp&#34;", "Shipp Gull Two</textarea>"}},
		"entity is there":   {422, []string{"entities", "Person Anna Weber"}, []string{"there is an entity &#34;anna-weber&#34; already"}},
		"used entity":       {422, []string{"was-entity", "gull", "act", "remove"}, []string{"claim frozen-2019: ", "unknown entity &#34;gull&#34;"}},
		"claim not there":   {422, []string{"was", "zzz", "edges", "anna-weber owns gull"}, []string{"there is no claim &#34;zzz&#34;"}},
		"braces":            {422, []string{"edges", "loan: {payer: [gull}", "words", "The bank has not yet agreed."}, []string{"the edges of loan are not whole"}},
		"another claim's":   {422, []string{"id", "paid-brandt", "edges", "anna-weber owns gull", "words", "The bank has not yet agreed."}, []string{"there is a claim &#34;paid-brandt&#34; already"}},
		"nothing to do":     {400, []string{"act", "dance"}, []string{"remove, undo or redo"}},
		"nothing to undo":   {409, []string{"act", "undo"}, []string{"There is nothing to undo"}},
		"yaml in an entity": {422, []string{"entities", "x: Person X\n\u0085claims: {}"}, []string{`class="wrong"`}},
	} {
		t.Run(name, func(t *testing.T) {
			b.t = t
			b.has(b.post("courier.yaml", c.code, append([]string{"act", "save"}, c.fields...)...), c.want...)
			if b.file("courier.yaml") != was {
				t.Fatalf("the file was written:\n%s", b.file("courier.yaml"))
			}
		})
	}
}

// Who comes second is told what the first has changed, keeps what was typed, and
// can save it then.
func TestDeskConflict(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	from := b.version("courier.yaml")
	b.post("courier.yaml", 303, "act", "save", "from", from, "edges", "coastal-bank owns gull", "words", "The bank has not yet agreed.")
	b.post("courier.yaml", 303, "act", "remove", "was", "brandt-denies")
	is := b.file("courier.yaml")
	second := []string{"act", "save", "was", "brandt-denies", "edges", "anna-weber owns gull", "words", "The bank has not yet agreed.", "note", "Mine."}
	page := b.post("courier.yaml", 409, append(second, "from", from)...)
	b.has(page, "Nothing was written: the file has changed", "claim coastal-bank-owns-gull is new: coastal-bank owns gull", "claim brandt-denies was removed", "anna-weber owns gull</textarea>", "Mine.</textarea>", `name="was" value=""`)
	if b.file("courier.yaml") != is {
		t.Error("the file was written")
	}
	now := fromField.FindStringSubmatch(page)[1]
	b.post("courier.yaml", 303, append(second, "from", now, "was", "")...)
	b.has(b.file("courier.yaml"), "  coastal-bank-owns-gull:\n", "    note: Mine.\n")
	// Another program's change is one, too.
	from = b.version("courier.yaml")
	b.write("courier.yaml", strings.Replace(b.file("courier.yaml"), "hedge: perhaps", "hedge: maybe", 1))
	b.has(b.post("courier.yaml", 409, "act", "undo", "from", from), "claim will-pay-falk changed, and is now:", "maybe")
}

// A file without claims yet has its text, and gets its first claim.
func TestDeskBegins(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.write("begun.yaml", read(t, "testdata/begun.yaml"))
	b.has(b.get("/desk/file?name=begun.yaml", 200), "The bank has not yet agreed.", "0 claims")
	b.post("begun.yaml", 303, "act", "save", "entities", "Bank Coastal Bank\nVessel Gull", "edges", "coastal-bank owns gull", "words", "The bank has not yet agreed.")
	b.has(b.file("begun.yaml"), "# The courier's report, before", "  coastal-bank: Bank Coastal Bank\n  gull: Vessel Gull\n\nclaims:\n  coastal-bank-owns-gull:\n")
	is := b.file("begun.yaml")
	b.has(b.post("begun.yaml", 422, "act", "remove", "was", "coastal-bank-owns-gull"), "claims is missing")
	b.post("begun.yaml", 303, "act", "undo")
	if b.file("begun.yaml") != read(t, "testdata/begun.yaml") {
		t.Errorf("undone, it is\n%s", b.file("begun.yaml"))
	}
	b.post("begun.yaml", 303, "act", "redo")
	if b.file("begun.yaml") != is {
		t.Errorf("done again, it is\n%s", b.file("begun.yaml"))
	}
	b.holds("begun.yaml")
}

// Nobody writes without the token, from another site, or outside of the folder.
func TestDeskGate(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	was := b.file("courier.yaml")
	v := url.Values{"act": {"save"}, "edges": {"anna-weber owns gull"}, "words": {"The bank has not yet agreed."}, "from": {b.version("courier.yaml")}}
	b.has(b.ask(formRequest("courier.yaml", v), 401), "that needs the token", "anna-weber owns gull</textarea>")
	v.Set("token", "wrong")
	b.ask(formRequest("courier.yaml", v), 401)
	v.Set("token", token)
	for name, value := range map[string]string{"Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"} {
		r := formRequest("courier.yaml", v)
		r.Header.Set(name, value)
		b.ask(r, 403)
	}
	outside := filepath.Join(t.TempDir(), "out.yaml")
	if err := errors.Join(os.WriteFile(outside, []byte(was), 0o600), os.Symlink(outside, filepath.Join(b.dir, "link.yaml")), os.Mkdir(filepath.Join(b.dir, "sub.yaml"), 0o700)); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"link.yaml", "sub.yaml", "../" + filepath.Base(b.dir) + "/courier.yaml", outside, "none.yaml", "", "kg.yaml", ".x.yaml", "courier.txt"} {
		b.get("/desk/file?name="+url.QueryEscape(name), 404)
		b.ask(formRequest(url.QueryEscape(name), v), 404)
	}
	if page := b.get("/desk/", 200); strings.Contains(page, "link.yaml") || strings.Contains(page, "sub.yaml") {
		t.Error("a link or a folder is listed")
	}
	if b.file("courier.yaml") != was || read(t, outside) != was {
		t.Error("a file was written")
	}
	r := formRequest("courier.yaml", url.Values{"act": v["act"], "edges": v["edges"], "words": v["words"], "from": v["from"]})
	r.Header.Set("Authorization", "Bearer "+token)
	b.ask(r, 303)
}

// What may stand at the caret.
func TestDeskCompletes(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for _, c := range []struct{ field, before, after, added, want string }{
		{"edges", "web", "", "", `"typed":"web"}`},
		{"edges", "web", "", "", `[{"word":"anna-weber","says":"Anna Weber, Person"}`},
		{"edges", "anna-weber brib", "", "", `"word":"bribed"`},
		{"edges", "first: anna-weber bribed new", "", "Company New One", `"word":"new-one"`},
		{"edges", "loan: {payer: co", "", "", `"offers":[]`},
		{"entities", "Auth", "", "", `"word":"Authority"`},
		{"entities", "Person An", "", "", `{"word":"Anna Weber","says":"in the text"}`},
		{"entities", "me: Person An", "", "", `"typed":"An"`},
		{"speaker", "police, an", "", "", `[{"word":"anna-weber","says":"Anna Weber, Person"}]`},
		{"speaker", "gul", "", "", `"offers":[]`},
		{"via", "gul", "", "", `"word":"gull"`},
	} {
		v := url.Values{"field": {c.field}, "before": {c.before}, "after": {c.after}, "entities": {c.added}}
		r := formRequest("courier.yaml", v)
		r.URL.Path = "/desk/complete"
		b.has(b.ask(r, 200), c.want)
	}
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	for _, dir := range []string{"testdata/none", "testdata/courier.txt"} {
		if _, err := desk.New(desk.Options{Dir: dir}); err == nil {
			t.Errorf("%s is taken for a folder", dir)
		}
	}
}

// A draft is said to be one, and counts when somebody has saved it, not before; other
// drafts of the file stay drafts, and undoing makes a draft of it again.
func TestDeskDrafts(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	text := []rune(read(t, "testdata/courier.txt"))
	const mark = "    drafted-by: some-model\n    edges:\n"
	drafted := strings.Replace(b.file("courier.yaml"), "    edges:\n      freeze-2019:", mark+"      freeze-2019:", 1)
	drafted = strings.Replace(drafted, "    edges:\n      second-bribe:", mark+"      second-bribe:", 1)
	b.write("courier.yaml", drafted)
	b.has(b.get("/desk/file?name=courier.yaml", 200), "draft by some-model · ", "7 claims")
	page := b.get("/desk/file?name=courier.yaml&claim=frozen-2019", 200)
	b.has(page, "Draft frozen-2019", "Drafted by some-model, and confirmed by nobody", "The yacht")
	if page := b.get("/desk/file?name=courier.yaml&claim=frozen-2018", 200); strings.Contains(page, `id="drafted"`) {
		t.Error("a confirmed claim is called a draft")
	}
	fields := []string{"was", "frozen-2018", "act", "save", "edges", "freeze-2018: {imposed-by: customs-office, frozen: gull, date: 2018-05, status: done}",
		"start", "505", "end", "574", "words", string(text[505:574]), "says", "The customs office had frozen it before.", "speaker", "customs-office", "id", "frozen-2018"}
	b.post("courier.yaml", 303, fields...)
	if got := strings.Count(b.file("courier.yaml"), "drafted-by"); got != 2 {
		t.Fatalf("another claim is saved, and %d of 2 drafts are left", got)
	}
	b.holds("courier.yaml")
	is := b.file("courier.yaml")
	b.post("courier.yaml", 303, "was", "frozen-2019", "act", "save", "edges", "freeze-2019: {imposed-by: tax-office, frozen: gull, date: 2019-04-02, status: done}",
		"start", "424", "end", "504", "words", string(text[424:504]), "says", "The yacht was frozen on 2 April 2019 for the tax office.", "id", "frozen-2019")
	if want := strings.Replace(is, mark+"      freeze-2019:", "    edges:\n      freeze-2019:", 1); b.file("courier.yaml") != want {
		t.Errorf("confirmed, it is\n%s\nwant\n%s", b.file("courier.yaml"), want)
	}
	b.holds("courier.yaml")
	b.post("courier.yaml", 303, "act", "undo")
	if b.file("courier.yaml") != is {
		t.Errorf("undone, it is\n%s", b.file("courier.yaml"))
	}
	b.holds("courier.yaml")
	b.post("courier.yaml", 303, "act", "remove", "was", "will-pay-falk")
	if got := b.file("courier.yaml"); strings.Count(got, "drafted-by") != 1 || strings.Contains(got, "will-pay-falk") || strings.Contains(got, "second-bribe") ||
		strings.Contains(got, "ines-falk") || !strings.Contains(got, "  anna-weber: {") {
		t.Errorf("rejected, it is\n%s", got)
	}
	b.holds("courier.yaml")
}
