package graph_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/data"
	"kg/graph"
	"kg/graph/internal/index"
	"kg/graph/internal/pg"
	"kg/graph/internal/store"
	"kg/graph/internal/store/db"
	"kg/internal/document"
	"kg/internal/pgtest"
	"kg/internal/rdf/nquads"
	"kg/schema"
)

const base = schema.Base(schema.DefaultBase)

var update = flag.Bool("update", false, "write the golden files anew")

func TestMain(m *testing.M) {
	if child() {
		return
	}
	pg.Small = -1 // the graphs of tests are all small, and the rounds are to be tested
	index.MostNameless = 10_000
	os.Exit(pgtest.Main{M: m}.Run())
}

// place stands in the claims files of the tests for a place in a text.
const place = "§"

// herald is a claims file: what The Herald says in one document. Each line of
// entities and claims is one of them.
func herald(id, entities, claims string) string {
	indent := func(text string) string {
		var b strings.Builder
		for line := range strings.Lines(text) {
			if line = strings.TrimSpace(line); line != "" {
				b.WriteString("  " + line + "\n")
			}
		}
		return b.String()
	}
	file := fmt.Sprintf(`source: {id: %s, title: The Herald on %[1]s, publisher: herald, annotator: jane-doe,
  date: 2020-05-04, language: en, characters: 100, sha256: %s}
entities:
  herald: {kind: NewsMedia, name: The Herald}
  jane-doe: {kind: Person, name: Jane Doe}
%sclaims:
%s`, id, strings.Repeat("0", 64), indent(entities), indent(claims))
	return strings.ReplaceAll(file, place, "{paragraph: 1, start: 0, end: 5, sha256: "+strings.Repeat("1", 64)+"}")
}

// ferry has something of everything that a claims file can say.
var ferry = herald("ferry", `
	harbourtown: {kind: City, name: Harbourtown}
	blue-line: {kind: Company, name: Blue Line, also: [Blue Line Ferries, The Line]}
	north-shore: {kind: Company, name: North Shore Holding}
	ann-lee: {kind: Person, name: Ann Lee}
	clerk: {kind: Person, description: A clerk of the port}
	port-report: {kind: Document, name: Port report}
	ministry: {kind: Government, name: Ministry of Transport}
	firm-sale: {kind: Sale, description: The sale of Blue Line}
	talks: {kind: Meeting, description: The mayor meets the buyer}
	service: {kind: Activity, description: The ferries run}
`, `
	town: {says: Blue Line runs ferries from Harbourtown., at: §, edges: {blue-line: {located-in: harbourtown, trade: ferries}}}
	running: {says: The ferries have run since late 2006., at: §, edges: {service: {actor: blue-line, status: ongoing, date: {edtf: 2006-41/.., printed: since late 2006}}}}
	sold: {says: North Shore is to buy Blue Line., at: §, edges: {firm-sale: {buyer: north-shore, item: blue-line, status: planned, date: {edtf: 2020-06, printed: next month, resolved: true}}}}
	price: {says: The price is two to three million., speaker: clerk, via: [port-report, ministry], stance: alleges, hedge: some, note: For the firm or its ships., at: §, edges: {firm-sale: {price: {min: 2, max: 3, unit: million EUR, approximate: true, printed: some two to three million}}}}
	a-ship: {says: That is one to one and a half a ship., derived-from: [price], note: Two ships., edges: {firm-sale: {price: {min: 1, max: 1.5, unit: million EUR, per: ship}}}}
	no-talks: {says: She did not meet the buyer., speaker: ann-lee, stance: denies, at: §, edges: {talks: {participant: [ann-lee, north-shore], status: done}}}
	talks: {says: Ann Lee met somebody., speaker: clerk, at: §, edges: {talks: {participant: ann-lee}}}
`)

var ontology = sync.OnceValue(func() *schema.Ontology {
	o, err := schema.ReadOntology()
	if err != nil {
		panic(err)
	}
	return o
})

func docs(t testing.TB, files ...string) []*document.Checked {
	t.Helper()
	return docsOf(t, ontology(), files...)
}

func docsOf(t testing.TB, o *schema.Ontology, files ...string) []*document.Checked {
	t.Helper()
	list, err := readDocs(o, files)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func readDocs(o *schema.Ontology, files []string) (list []*document.Checked, err error) {
	for _, file := range files {
		doc, err := data.Read("test.yaml", []byte(file), o, base)
		if err != nil {
			return nil, err
		}
		list = append(list, doc)
	}
	return list, nil
}

// bundled are the claims files that come with kg.
func bundled(t testing.TB) []string {
	t.Helper()
	names, err := fs.Glob(data.Bundled, "*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	var files []string
	for _, name := range names {
		file, err := data.Bundled.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, string(file))
	}
	return files
}

// storePath is where a test can keep a store. At its end the store, if there
// is one, must be whole.
func storePath(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "kg.db")
	t.Cleanup(func() {
		store, err := graph.Open(path)
		if errors.Is(err, graph.ErrNoStore) {
			return
		}
		if err != nil {
			t.Error(err)
			return
		}
		defer store.Close()
		checkWhole(t, store)
	})
	return path
}

func checkWhole(t testing.TB, store *graph.Store) {
	t.Helper()
	if err := store.Verify(context.Background(), nil); err != nil {
		t.Error(err)
	}
	for _, f := range findings(t, whole(store).WithRetracted()) {
		t.Errorf("the integrity check found: %s", f)
	}
}

// whole is a view with what is denied.
func whole(store *graph.Store) *graph.View { return store.WholeView(base) }

// open opens a store that must be there.
func open(t testing.TB, path string) *graph.Store {
	t.Helper()
	store, err := graph.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

func export(t testing.TB, store *graph.Store) string {
	t.Helper()
	var b bytes.Buffer
	if err := store.Export(context.Background(), &b, graph.ExportOptions{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func hash(t testing.TB, store *graph.Store) string {
	t.Helper()
	h, err := store.Hash(context.Background(), graph.ExportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// quadsOf reads the export of a store.
func quadsOf(t testing.TB, store *graph.Store) []quad.Quad {
	t.Helper()
	r := nquads.NewReader(strings.NewReader(export(t, store)), "export")
	var quads []quad.Quad
	for {
		q, err := r.Read()
		if errors.Is(err, io.EOF) {
			return quads
		}
		if err != nil {
			t.Fatal(err)
		}
		quads = append(quads, q)
	}
}

// storeOf makes a store of quads, whether they make sense or not.
func storeOf(t testing.TB, quads []quad.Quad) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "crafted.db")
	if err := cayley.InitQuadStore(store.Type, path, nil); err != nil {
		t.Fatal(err)
	}
	qs, err := store.Open(path, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	w, err := qs.NewQuadWriter()
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.WriteQuads(quads)
	if err := errors.Join(err, w.Close(), qs.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// iri expands a short form.
func iri(short string) quad.IRI {
	i, err := base.Expand(short)
	if err != nil {
		panic(err)
	}
	return i
}

// names are the files in the folder of path.
func names(t testing.TB, path string) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

func equal[T comparable](t testing.TB, what string, got, want []T) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\ngot  %v\nwant %v", what, got, want)
	}
}

// toLoad opens the store at path for a load or, for a dry run, what is there.
func toLoad(path string, dryRun bool) (*graph.Store, error) {
	if !dryRun {
		return graph.Create(path, nil)
	}
	s, err := graph.Open(path)
	if errors.Is(err, graph.ErrNoStore) {
		return graph.Scratch(), nil
	}
	return s, err
}

// loadAt loads into the store at path, which it opens and closes.
func loadAt(ctx context.Context, path string, o *schema.Ontology, docs []*document.Checked, opt graph.LoadOptions) (report []graph.Loaded, err error) {
	s, err := toLoad(path, opt.DryRun)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return s.Load(ctx, o, docs, opt)
}

// loadQuadsAt is loadAt for quads.
func loadQuadsAt(ctx context.Context, path string, files []graph.QuadsFile, opt graph.LoadOptions) (r graph.Loaded, err error) {
	s, err := toLoad(path, opt.DryRun)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return s.LoadQuads(ctx, files, opt)
}

// scratchOf is a store without a file that has these claims files.
func scratchOf(ctx context.Context, o *schema.Ontology, docs []*document.Checked, opt graph.LoadOptions) (*graph.Store, error) {
	s := graph.Scratch()
	_, err := s.Load(ctx, o, docs, opt)
	return s, err
}

// scratchOfQuads is scratchOf for quads.
func scratchOfQuads(ctx context.Context, files []graph.QuadsFile, opt graph.LoadOptions) (*graph.Store, error) {
	s := graph.Scratch()
	_, err := s.LoadQuads(ctx, files, opt)
	return s, err
}
