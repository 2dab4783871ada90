package desk_test

import (
	"context"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"kg/cmd/kg/web"
	"kg/cmd/kg/web/desk"
	"kg/data"
	"kg/graph"
	"kg/internal/document"
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

// quick are the tests of go test -short that ask a desk.
var quick = []string{"TestDesk", "TestDeskMistakes", "TestDeskCompletes", "TestDeskGate", "TestDeskConflict", "TestReviewRejectsTheLast"}

func newBench(t *testing.T) *bench {
	t.Helper()
	if testing.Short() && !slices.Contains(quick, t.Name()) {
		t.Skip("asks a desk for long")
	}
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
	load := func(ctx context.Context, doc *document.Checked, dry bool) error {
		_, err := b.store.Load(ctx, b.o, []*document.Checked{doc}, graph.LoadOptions{Base: schema.DefaultBase, Replace: true, DryRun: dry})
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

// holds fails unless the store has of the file's source what the file says.
func (b *bench) holds(name string) {
	b.t.Helper()
	doc, err := data.Read(name, []byte(b.file(name)), b.o, schema.DefaultBase)
	if err != nil {
		b.t.Fatal(err)
	}
	report, err := b.store.Load(b.t.Context(), b.o, []*document.Checked{doc}, graph.LoadOptions{Base: schema.DefaultBase, Replace: true, DryRun: true})
	if err != nil || report[0].Added+report[0].Removed != 0 {
		b.t.Errorf("the store has not what the file has: %+v, %v", report, err)
	}
}
