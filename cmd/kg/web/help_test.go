package web_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kg/cmd/kg/web"
	"kg/cmd/kg/web/picture"
	"kg/data"
	"kg/graph"
	"kg/graph/graphtest"
	"kg/internal/document"
	"kg/queries"
	"kg/schema"
)

// The small claims file of package data, with its text.
const (
	exampleFile = "../../../data/testdata/example.yaml"
	exampleText = "../../../data/testdata/example.txt"
	articleFile = "../../../data/donga-2008-04-04.yaml"
)

// views are those of claims files, in a store that the tests with these files share.
func views(t testing.TB, files ...string) func(denied bool) *graph.View {
	t.Helper()
	return viewsOf(graphtest.SharedPages(t, strings.Join(files, "\n"), func(s *graph.Store) error { return loadFiles(s, files) }))
}

// loadFiles loads claims files.
func loadFiles(s *graph.Store, files []string) error {
	o, err := schema.ReadOntology()
	if err != nil {
		return err
	}
	var docs []*document.Checked
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		doc, err := data.Read(name, b, o, schema.DefaultBase)
		if err != nil {
			return err
		}
		docs = append(docs, doc)
	}
	_, err = s.Load(context.Background(), o, docs, graph.LoadOptions{Base: schema.DefaultBase})
	return err
}

func viewsOf(store *graph.Store) func(denied bool) *graph.View {
	return func(denied bool) *graph.View {
		if denied {
			return store.WholeView(schema.DefaultBase)
		}
		return store.View(schema.DefaultBase)
	}
}

// logged is a log that can be read while it is written.
type logged struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// drawer is one for all tests, ready to draw. With -short, which draws little, it does
// not compile Graphviz.
var drawer = sync.OnceValue(func() *picture.Drawer {
	d := picture.NewDrawer()
	if testing.Short() {
		d = picture.NewSingleDrawer()
	}
	if err := d.Start(); err != nil {
		panic(err)
	}
	return d
})

// quick are the tests of go test -short among those that ask a server: some page of
// each sort, and the gate.
var quick = []string{
	"TestStart", "TestSearch", "TestClaim", "TestSource", "TestCompare", "TestReadings", "TestSpreadsheet", "TestBrowse",
	"TestMatchDecide", "TestExploreIsWhole", "TestExploreRefuses", "TestHost", "TestOrigin", "TestToken", "TestHeaders", "TestKeptScheme", "TestMountPaths",
}

// options serve a graph to a test, with a log that nobody reads.
func options(t testing.TB, view func(bool) *graph.View) web.Options {
	t.Helper()
	if name, _, _ := strings.Cut(t.Name(), "/"); testing.Short() && !slices.Contains(quick, name) {
		t.Skip("takes a server's time")
	}
	set, err := queries.Read()
	if err != nil {
		t.Fatal(err)
	}
	o := web.Options{View: view, Queries: set, Limits: web.DefaultLimits(), Drawer: drawer(), Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	o.Limits.Time, o.Limits.Picture, o.Limits.Beside, o.Limits.Wait = time.Minute, time.Minute, time.Minute, time.Minute // the machine may be busy
	o.Limits.Trying = time.Minute
	return o
}

// exampleServer serves the small example with its text.
func exampleServer(t testing.TB, change func(*web.Options)) *web.Server {
	t.Helper()
	o := options(t, views(t, exampleFile))
	o.Text = exampleText
	if change != nil {
		change(&o)
	}
	return web.New(o)
}

// articleServer serves the bundled article on a port of its own; its text only
// if KG_TEXT names it.
func articleServer(t testing.TB) *httptest.Server {
	t.Helper()
	o := options(t, views(t, articleFile))
	o.Text = os.Getenv("KG_TEXT")
	s := httptest.NewServer(web.New(o))
	t.Cleanup(s.Close)
	return s
}

// ask sends a request as a browser would, unless change does otherwise.
func ask(s http.Handler, method, path string, change func(*http.Request)) *http.Response {
	r := httptest.NewRequest(method, path, nil)
	r.Host, r.RemoteAddr = "127.0.0.1:64210", "127.0.0.1:50000"
	r.Header.Set("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
	if change != nil {
		change(r)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Result()
}

// get returns the body of a page that must have the status.
func get(t testing.TB, s http.Handler, path string, status int) string {
	t.Helper()
	res := ask(s, "GET", path, nil)
	body := text(t, res)
	if res.StatusCode != status {
		t.Fatalf("GET %s answers %d, not %d:\n%s", path, res.StatusCode, status, body)
	}
	return body
}

func text(t testing.TB, res *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// has fails for each part that a page lacks.
func has(t testing.TB, body string, parts ...string) {
	t.Helper()
	lacks := false
	for _, p := range parts {
		if !strings.Contains(body, p) {
			t.Errorf("the page lacks %q", p)
			lacks = true
		}
	}
	if lacks {
		t.Log(body)
	}
}

// pages are all sorts of pages of the article's graph.
var pages = map[string]string{
	"start":    "/",
	"search":   "/search?q=north",
	"nothing":  "/search?q=zzz",
	"entity":   "/entity?id=kg:country/north-korea",
	"small":    "/entity?id=kg:bank/banco-delta-asia",
	"kind":     "/entity?id=kgo:Bribe",
	"claim":    "/claim?id=kg:source/donga-2008-04-04/claim/captain-pays-kickback",
	"derived":  "/claim?id=kg:source/donga-2008-04-04/claim/permits-2007-derived",
	"source":   "/source?id=kg:source/donga-2008-04-04",
	"query":    "/query/bribes",
	"asked":    "/query/embassies?country=kg:country/north-korea",
	"mistaken": "/query/embassies?country=nobody",
	"empty":    "/query/embassies?country=kg:country/russia",
	"narrowed": "/query/timeline?where=sure%3Dasserts&sort=-event&limit=5&page=2&filter=o",
	"none":     "/query/timeline?filter=zzz",
	"kinds":    "/browse",
	"speakers": "/browse/speakers",
	"claims":   "/browse/claims?limit=5&page=2",
	"match":    "/match?least=1",
	"pair":     "/match?a=kg:country/russia&b=kg:country/north-korea",
	"dossier":  "/query/bribes?format=dossier",
	"portrait": "/entity?id=kg:bank/banco-delta-asia&format=dossier",
	"path":     "/path?from=kg:person/kim-jong-il&to=kg:bank/banco-delta-asia",
	"connect":  "/path",
	"error":    "/entity?id=nobody",
}
