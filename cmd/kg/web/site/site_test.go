package site_test

import (
	"context"
	"fmt"
	"html"
	"io"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kg/cmd/kg/web"
	"kg/cmd/kg/web/picture"
	"kg/cmd/kg/web/site"
	"kg/data"
	"kg/graph"
	"kg/internal/document"
	"kg/queries"
	"kg/schema"
)

const (
	exampleFile = "../../../../data/testdata/example.yaml"
	articleFile = "../../../../data/donga-2008-04-04.yaml"
)

// drawer is one for all tests. With -short, which draws little, it does not compile
// Graphviz.
var drawer = sync.OnceValue(func() *picture.Drawer {
	if testing.Short() {
		return picture.NewSingleDrawer()
	}
	return picture.NewDrawer()
})

// loaded is a store with claims files, and quads.
func loaded(t testing.TB, quads string, files ...string) *graph.Store {
	t.Helper()
	o, err := schema.ReadOntology()
	if err != nil {
		t.Fatal(err)
	}
	store := graph.Scratch()
	t.Cleanup(func() { store.Close() })
	var docs []*document.Checked
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := data.Read(name, b, o, schema.DefaultBase)
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, doc)
	}
	if len(docs) > 0 {
		if _, err := store.Load(t.Context(), o, docs, graph.LoadOptions{Base: schema.DefaultBase}); err != nil {
			t.Fatal(err)
		}
	}
	if quads != "" {
		if _, err := store.LoadQuads(t.Context(), []graph.QuadsFile{{Name: "test.nq", Open: func() (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader(quads)), nil
		}}}, graph.LoadOptions{Base: schema.DefaultBase}); err != nil {
			t.Fatal(err)
		}
	}
	return store
}

// optionsOf are those of a copy of a store.
func optionsOf(t testing.TB, store *graph.Store, rows int) site.Options {
	t.Helper()
	set, err := queries.Read()
	if err != nil {
		t.Fatal(err)
	}
	o := web.Options{
		View: func(denied bool) *graph.View {
			if denied {
				return store.WholeView(schema.DefaultBase)
			}
			return store.View(schema.DefaultBase)
		},
		Hash:    func(ctx context.Context) (string, error) { return store.Hash(ctx, graph.ExportOptions{}) },
		Queries: set, Limits: web.DefaultLimits(), Drawer: drawer(), Hosts: []string{site.Host}, Copied: true,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	}
	o.Limits.Time, o.Limits.Picture, o.Limits.Beside, o.Limits.Rows = time.Hour, time.Hour, time.Hour, rows
	o.Limits.Trying = time.Hour
	sum, err := store.Hash(t.Context(), graph.ExportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	v := o.View(false)
	offered, _, err := set.Offered(t.Context(), v, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	answers := slices.DeleteFunc(offered, func(name string) bool {
		_, err := set[name].Bind(t.Context(), v, nil)
		return err != nil
	})
	return site.Options{Handler: web.New(o), Answers: answers, Graph: sum, Version: "v9"}
}

// copied writes a copy, and gives its files by name.
func copied(t testing.TB, dir string, o site.Options) map[string]string {
	t.Helper()
	n, err := site.Write(t.Context(), dir, o)
	if err != nil {
		t.Fatal(err)
	}
	files := filesOf(t, dir)
	if all := n.Pages + n.Pictures + n.Static; all+1 != len(files) {
		t.Errorf("%d files are counted, %d are there", all, len(files))
	}
	return files
}

func filesOf(t testing.TB, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		files[filepath.ToSlash(rel)] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

var (
	addresses = regexp.MustCompile(`(?:href|src|action|xlink:href)="([^"]*)"`)
	plainName = regexp.MustCompile(`^[a-z0-9./-]+$`)
	tags      = []string{"<form", "<input", "<button", "<select", "data-suggest", ">Explore", `href=""`}
)

// sound holds what is true of every copy. It reads the pages without a parser of
// HTML, so that it shares no mistake with what wrote them.
func sound(t *testing.T, files map[string]string, graphHash string) {
	t.Helper()
	reached, folded := map[string]bool{"index.html": true, "kg-site.txt": true}, map[string]string{}
	for name, text := range files {
		if other := folded[strings.ToLower(name)]; other != "" {
			t.Errorf("%s and %s are one file where capitals do not count", name, other)
		}
		folded[strings.ToLower(name)] = name
		if !plainName.MatchString(name) || len(path.Base(name)) > 80 {
			t.Errorf("the name %q is not one for every system", name)
		}
		if strings.HasPrefix(name, "static/") || name == "kg-site.txt" {
			continue
		}
		if strings.Contains(text, site.Host) {
			t.Errorf("%s names the host that was asked", name)
		}
		if strings.HasSuffix(name, ".html") {
			if !strings.Contains(text, "A copy without a server, made by kg v9") || !strings.Contains(text, graphHash) {
				t.Errorf("%s does not say of what it is a copy", name)
			}
			for _, tag := range tags {
				if strings.Contains(text, tag) {
					t.Errorf("%s has %s, which does nothing without a server", name, tag)
				}
			}
		}
		for _, m := range addresses.FindAllStringSubmatch(text, -1) {
			if to := leads(t, files, name, html.UnescapeString(m[1])); to != "" {
				reached[to] = true
			}
		}
	}
	for name := range files {
		if !reached[name] {
			t.Errorf("no page leads to %s", name)
		}
	}
}

// leads is the file that a link leads to, empty for an address outside.
func leads(t *testing.T, files map[string]string, from, href string) string {
	t.Helper()
	u, err := url.Parse(href)
	switch {
	case err != nil || u.Path == "" && u.Fragment == "":
		t.Errorf("%s has the link %q", from, href)
		return ""
	case u.IsAbs():
		if u.Scheme != "https" && u.Scheme != "http" {
			t.Errorf("%s leads to %s", from, href)
		}
		if !strings.Contains(files[from], `rel="noreferrer external"`) {
			t.Errorf("%s leads outside, to %s, which is no source's address", from, href)
		}
		return ""
	case u.Host != "" || u.RawQuery != "" || strings.HasPrefix(u.Path, "/"):
		t.Errorf("%s has the link %q, which needs a server", from, href)
		return ""
	}
	to := from
	if u.Path != "" {
		to = path.Join(path.Dir(from), u.Path)
	}
	text, ok := files[to]
	if !ok {
		t.Errorf("%s leads to %s, which is not there", from, href)
	}
	if u.Fragment != "" && !strings.Contains(text, ` id="`+html.EscapeString(u.Fragment)+`"`) {
		t.Errorf("%s leads to %s, which has no such part", from, href)
	}
	return to
}

// foreign is a graph of others, with names.
func foreign(nodes int) string {
	var b strings.Builder
	for i := range nodes {
		fmt.Fprintf(&b, "<https://ex.org/n%d> <http://www.w3.org/2000/01/rdf-schema#label> \"Näme \\\"%d\\\" <b>\" <https://ex.org/g> .\n", i, i)
		fmt.Fprintf(&b, "<https://ex.org/n%d> <https://ex.org/knows> <https://ex.org/n%d> <https://ex.org/g> .\n", i, (i*7+1)%nodes)
		fmt.Fprintf(&b, "<https://ex.org/n%d> <https://ex.org/home> \"<a href=\\\"/explore\\\">\" <https://ex.org/g> .\n", i)
	}
	return b.String()
}

// hasFiles holds that the name of some file begins with each of the given parts.
func hasFiles(t *testing.T, files map[string]string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		found := false
		for name := range files {
			found = found || strings.HasPrefix(name, part)
		}
		if !found {
			t.Errorf("no file is called %s…", part)
		}
	}
}

// TestCopies: copies of several graphs are sound, in parts of several lengths.
func TestCopies(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		quads   string
		files   []string
		rows    int
		slow    bool
		expects []string // what some file's name has
	}{
		{"example", "", []string{exampleFile}, 2, true, nil},
		{"empty", "", nil, 200, false, nil},
		{"one quad", "<https://ex.org/A> <https://ex.org/P> <https://ex.org/a> <https://ex.org/g> .\n", nil, 200, false, []string{"entity/a-"}},
		{"foreign", foreign(15), nil, 7, true, []string{"entity/n14-", "browse/entities-"}},
		{"foreign, 60", foreign(60), nil, 7, true, []string{"entity/n59-", "browse/entities-"}},
		{"foreign, 1000", foreign(1000), nil, 200, true, []string{"entity/n999-"}},
		{"article", "", []string{articleFile}, 50, true, []string{"entity/kim-jong-il-", "query/embassies-"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if test.slow && testing.Short() {
				t.Skip("takes its time")
			}
			o := optionsOf(t, loaded(t, test.quads, test.files...), test.rows)
			files := copied(t, filepath.Join(t.TempDir(), "s"), o)
			sound(t, files, o.Graph)
			hasFiles(t, files, test.expects...)
			if test.name == "example" {
				everyClaim(t, files, 3)
			}
		})
	}
}

// TestRedacted: a part without a name has it in no byte, nor in the name of a file.
func TestRedacted(t *testing.T) {
	if testing.Short() {
		t.Skip("copies the example")
	}
	t.Parallel()
	store := loaded(t, "", exampleFile)
	v := store.WholeView(schema.DefaultBase)
	who, err := v.Find(t.Context(), "Ann Lee")
	if err != nil {
		t.Fatal(err)
	}
	part, _, err := store.Part(t.Context(), graph.PartOptions{Base: schema.DefaultBase, Redact: who, WithoutNotes: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { part.Close() })
	o := optionsOf(t, part, 50)
	files := copied(t, filepath.Join(t.TempDir(), "s"), o)
	sound(t, files, o.Graph)
	known := false
	for name, text := range files {
		if regexp.MustCompile(`(?i)ann.?lee`).MatchString(name + text) {
			t.Errorf("%s has the name", name)
		}
		known = known || strings.Contains(text, "known to the annotator")
	}
	if !known {
		t.Error("nobody stands in the place of the name")
	}
}
