package graph_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/internal/testsize"
	"kg/schema"
)

// Three sources that share entities.
var (
	port = herald("port", `
		harbourtown: {kind: City, name: Harbourtown}
		blue-line: {kind: Company, name: Blue Line}
		clerk: {kind: Person, description: A clerk}
	`, `
		place: {says: Blue Line is in Harbourtown., at: §, edges: {blue-line: {located-in: harbourtown}}}
		work: {says: The clerk works there., at: §, edges: {clerk: {works-for: blue-line}}}
	`)
	crew = herald("crew", `
		blue-line: {kind: Company, name: Blue Line, also: [The Line]}
		clerk: {kind: Person, description: A clerk}
	`, `
		work: {says: The clerk works there., stance: denies, at: §, edges: {clerk: {works-for: blue-line}}}
	`)
	town = herald("town", `
		harbourtown: {kind: City, name: Harbour Town, also: [Harbourtown]}
		coast: {kind: Region, name: The Coast}
	`, `
		coast: {says: It is on the coast., at: §, edges: {harbourtown: {within: coast}}}
	`)
)

func TestLoadTwice(t *testing.T) {
	t.Parallel()
	path := storePath(t)
	first := load(t, path, graph.LoadOptions{}, ferry, port)
	bytes, stat := read(t, path)
	if first[0].Added == 0 || first[0].Entities != 12 || first[0].Claims != 7 || len(first[0].Changes) == 0 {
		t.Errorf("the first load reports %+v", first[0])
	}
	for _, opt := range []graph.LoadOptions{{}, {Replace: true}, {DryRun: true}} {
		for _, l := range load(t, path, opt, ferry, port) {
			if l.Added+l.Removed+len(l.Changes) != 0 {
				t.Errorf("%+v: the second load changes %+v", opt, l)
			}
		}
	}
	again, now := read(t, path)
	if again != bytes {
		t.Error("loading again changed the file")
	}
	if !os.SameFile(stat, now) || !stat.ModTime().Equal(now.ModTime()) {
		t.Error("loading again wrote the file anew")
	}
}

// read reads a file, and with it the journal of the store that it may be.
func read(t *testing.T, path string) (string, os.FileInfo) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	stat, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	journal, err := os.ReadFile(path + ".journal")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return string(b) + string(journal), stat
}

func TestOrderDoesNotMatter(t *testing.T) {
	t.Parallel()
	want := hash(t, scratch(t, port, crew, town))
	if other := hash(t, scratch(t, port, crew)); other == want {
		t.Fatal("a graph and a part of it have the same hash")
	}
	orders := [][]string{
		{port, crew, town}, {port, town, crew}, {crew, port, town},
		{crew, town, port}, {town, port, crew}, {town, crew, port},
	}
	for _, order := range orders[testsize.Of(5, 0):] {
		oneByOne, atOnce := storePath(t), storePath(t)
		for _, file := range order {
			load(t, oneByOne, graph.LoadOptions{}, file)
		}
		load(t, atOnce, graph.LoadOptions{}, order...)
		for _, path := range []string{oneByOne, atOnce} {
			if got := hash(t, open(t, path)); got != want {
				t.Errorf("hash %s, and in another order %s", got, want)
			}
		}
		if got := hash(t, scratch(t, order...)); got != want {
			t.Errorf("hash at once %s, and in another order %s", got, want)
		}
	}
}

// What is not ours stays as it is.
func TestForeignQuadsStay(t *testing.T) {
	t.Parallel()
	const foreign = "<https://other.example/a> <https://other.example/b> \"c\" <https://other.example/graph> .\n"
	path := storePath(t)
	if _, err := loadQuadsAt(context.Background(), path, []graph.QuadsFile{text("foreign.nq", foreign)}, graph.LoadOptions{Base: base}); err != nil {
		t.Fatal(err)
	}
	load(t, path, graph.LoadOptions{}, port)
	load(t, path, graph.LoadOptions{Replace: true}, strings.Replace(port, "works-for", "member-of", 1))
	if !strings.Contains(export(t, open(t, path)), foreign) {
		t.Error("a foreign quad is gone")
	}
}

func TestSharedEntities(t *testing.T) {
	t.Parallel()
	report := load(t, storePath(t), graph.LoadOptions{}, port, crew, town)
	common := []string{"kg:news-media/herald", "kg:person/jane-doe"}
	for i, want := range [][]string{
		nil,
		append([]string{"kg:company/blue-line"}, common...), // and not the unnamed clerks, who are two
		append([]string{"kg:city/harbourtown"}, common...),
	} {
		var got []string
		for _, shared := range report[i].Shared {
			got = append(got, base.Short(shared))
		}
		equal(t, string(report[i].Source), got, want)
	}
}

// lighthouse is an ontology with a kind of the user's.
func lighthouse(t *testing.T, is string) *schema.Ontology {
	t.Helper()
	o, err := schema.ReadOntology(fstest.MapFS{"lighthouse.yaml": {Data: []byte("kind: Lighthouse\nis: " + is +
		"\nparent: Place\nrelations:\n  beam: {is: The colour of its light., range: text}\n")}})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestUserKindsStay(t *testing.T) {
	t.Parallel()
	file := herald("coast", "tower: {kind: Lighthouse, name: The Tower}",
		"light: {says: Its light is red., at: §, edges: {tower: {beam: red}}}")
	path := storePath(t)
	opt := graph.LoadOptions{Base: base}
	for _, is := range []string{"A tower with a light.", "A tower that shines."} {
		o := lighthouse(t, is)
		if _, err := loadAt(context.Background(), path, o, docsOf(t, o, file), opt); err != nil {
			t.Fatal(err)
		}
	}
	text := export(t, open(t, path))
	if strings.Contains(text, "A tower with a light.") || !strings.Contains(text, "A tower that shines.") {
		t.Error("a kind's new wording does not take the place of the old")
	}
	load(t, path, graph.LoadOptions{}, port) // which knows no lighthouse
	text = export(t, open(t, path))
	if !strings.Contains(text, "A tower that shines.") || !strings.Contains(text, "<https://kg.example/ontology#beam>") {
		t.Error("a load without the user's kinds took them away")
	}
}

func TestLoadIntoMissingFolder(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "missing", "kg.db")
	_, err := loadAt(context.Background(), path, ontology(), docs(t, port), graph.LoadOptions{Base: base})
	if err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("got %v", err)
	}
}

// TestLoadShows: a load is in the Views made from then on, and in none made before.
func TestLoadShows(t *testing.T) {
	t.Parallel()
	s := graph.Scratch()
	defer s.Close()
	before, version := s.View(base), s.Version()
	if _, err := s.Load(t.Context(), ontology(), docs(t, port), graph.LoadOptions{Base: base}); err != nil {
		t.Fatal(err)
	}
	if s.Version() == version {
		t.Error("the version is as before")
	}
	count := func(v *graph.View) (n int) {
		for _, err := range v.Each(t.Context(), quad.Quad{}) {
			if err != nil {
				t.Fatal(err)
			}
			n++
		}
		return n
	}
	if n := count(before); n != 0 {
		t.Errorf("a view made before shows %d quads", n)
	}
	loaded := count(s.View(base))
	if loaded == 0 {
		t.Error("a view made after shows nothing")
	}
	file := text("more.nq", "<http://a.example/s> <http://a.example/p> <http://a.example/o> <http://a.example/g> .\n")
	if _, err := s.LoadQuads(t.Context(), []graph.QuadsFile{file}, graph.LoadOptions{Base: base}); err != nil {
		t.Fatal(err)
	}
	if n := count(s.View(base)); n != loaded+1 {
		t.Errorf("%d quads after one more than %d", n, loaded)
	}
}
