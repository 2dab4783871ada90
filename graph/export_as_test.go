package graph_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/xml"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/internal/testsize"
)

// exportAs is the export of a store in a format.
func exportAs(t *testing.T, s *graph.Store, format string, o graph.ExportOptions) (string, []graph.Count) {
	t.Helper()
	var b bytes.Buffer
	lost, err := s.ExportAs(context.Background(), &b, format, base, o)
	if err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	return b.String(), lost
}

// loadAs loads a text of quads into a new store.
func loadAs(t *testing.T, text, format string, label quad.IRI) *graph.Store {
	t.Helper()
	path := storePath(t)
	file := graph.QuadsFile{Name: "x." + format, Format: format, Size: int64(len(text)), Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(text)), nil
	}}
	if _, err := loadQuadsAt(context.Background(), path, []graph.QuadsFile{file}, graph.LoadOptions{Base: base, Label: label}); err != nil {
		t.Fatalf("loading %s: %v\n%.2000s", format, err, text)
	}
	return open(t, path)
}

// triplesOf are the lines of an export without their labels, each once.
func triplesOf(export string) []string {
	var list []string
	for line := range strings.Lines(export) {
		list = append(list, line[:strings.LastIndex(line, " <")])
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// strange is an N-Quads text of terms that formats trip over.
func strange(r *rand.Rand) string {
	iris := []string{"https://kg.example/person/kim", "https://kg.example/ontology#Bribe", "https://kg.example/ontology#a.b", "https://a.example/é?q=1&r=%20#x",
		"urn:x:y", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "https://kg.example/", "https://a.example/'\"", "https://schema.org//x", "kgx:y",
		"http://www.w3.org/1999/02/22-rdf-syntax-ns#first", "https://kg.example/x%2Fy", "https://a.example/-a-", "mailto:a@b"}
	for i := range iris {
		iris[i] = strings.ReplaceAll(iris[i], `"`, "")
	}
	literals := []string{`""`, `"a \"b\" \\ \n\t"`, `"<a>&amp;]]>"@en-GB`, `"007"^^<http://www.w3.org/2001/XMLSchema#integer>`, `"7"^^<http://www.w3.org/2001/XMLSchema#integer>`,
		`"2.5E0"^^<http://www.w3.org/2001/XMLSchema#double>`, `"true"^^<http://www.w3.org/2001/XMLSchema#boolean>`, `"900719925474099312"^^<http://www.w3.org/2001/XMLSchema#integer>`,
		`"{\"a\": 1}"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON>`, `"\u0001\u007F"`, `"'''"`, `"x^^<y>"^^<https://a.example/t>`, `"@id"`, `";|,"`}
	var b strings.Builder
	iri := func() string { return "<" + iris[r.IntN(len(iris))] + ">" }
	for range r.IntN(30) {
		object := iri()
		if r.IntN(2) == 0 {
			object = literals[r.IntN(len(literals))]
		}
		fmt.Fprintf(&b, "%s %s %s %s .\n", iri(), iri(), object, iri())
	}
	return b.String()
}

// What is written in a format and loaded is the same graph: all of it in TriG and
// JSON-LD, its triples in Turtle. The order of loading changes no byte.
func TestExportRoundTrip(t *testing.T) {
	t.Parallel()
	stores := []*graph.Store{scratch(t, append(bundled(t), ferry)...)}
	r := rand.New(rand.NewPCG(17, 1))
	for range testsize.Of(2, 40) {
		stores = append(stores, loadAs(t, strange(r), graph.NQuads, ""))
	}
	for _, s := range stores {
		want := export(t, s)
		for _, format := range []string{graph.NQuads, graph.TriG, graph.JSONLD} {
			text, lost := exportAs(t, s, format, graph.ExportOptions{})
			if len(lost) > 0 {
				t.Errorf("%s loses %v", format, lost)
			}
			if got := export(t, loadAs(t, text, format, "")); got != want {
				t.Fatalf("written as %s\n%s\nand loaded\n%s\nit is not\n%s", format, text, got, want)
			}
		}
		text, lost := exportAs(t, s, graph.Turtle, graph.ExportOptions{})
		if count := total(lost); count != strings.Count(want, "\n") {
			t.Errorf("Turtle loses %d labels of %d", count, strings.Count(want, "\n"))
		}
		got := export(t, loadAs(t, text, graph.Turtle, "https://a.example/label"))
		if !slices.Equal(triplesOf(got), triplesOf(want)) {
			t.Fatalf("written as Turtle\n%s\nand loaded\n%s\nit is not\n%s", text, got, want)
		}
	}
}

func total(lost []graph.Count) (n int) {
	for _, l := range lost {
		n += l.N
	}
	return n
}

// Written with reifiers, Turtle keeps each claim's edges and what is said of it: only
// the labels of other quads become another.
func TestExportReified(t *testing.T) {
	t.Parallel()
	s := scratch(t, append(bundled(t), ferry)...)
	text, lost := exportAs(t, s, graph.Turtle, graph.ExportOptions{Reified: true})
	want := 0
	claims := map[string]bool{}
	for line := range strings.Lines(export(t, s)) {
		label := line[strings.LastIndex(line, " <")+1:]
		if claims[label] = strings.Contains(label, "/claim/"); !claims[label] {
			want++
		}
	}
	if total(lost) != want || len(claims) < 90 {
		t.Errorf("%d labels are lost, not %d", total(lost), want)
	}
	const label = "https://a.example/copy"
	var relabelled []string
	for line := range strings.Lines(export(t, s)) {
		if i := strings.LastIndex(line, " <") + 1; !claims[line[i:]] {
			line = line[:i] + "<" + label + "> .\n"
		}
		relabelled = append(relabelled, line)
	}
	slices.Sort(relabelled)
	if got := export(t, loadAs(t, text, graph.Turtle, label)); got != strings.Join(slices.Compact(relabelled), "") {
		t.Error("the graph that is read back is another")
	}
}

// Networks are well-formed whatever the graph has in it, join only nodes that they
// have, and are the same in whatever order the sources were loaded.
func TestExportNetworks(t *testing.T) {
	t.Parallel()
	a, b := scratch(t, ferry, port), scratch(t, port, ferry)
	r := rand.New(rand.NewPCG(17, 2))
	stores := []*graph.Store{a, b, scratch(t, bundled(t)...)}
	for range testsize.Of(1, 20) {
		stores = append(stores, loadAs(t, strange(r), graph.NQuads, ""))
	}
	for i, s := range stores {
		nodes, edges, lost := tables(t, s)
		graphml, sameLost := exportAs(t, s, graph.GraphMLFormat, graph.ExportOptions{})
		gexf, _ := exportAs(t, s, graph.GEXF, graph.ExportOptions{})
		if !slices.Equal(lost, sameLost) {
			t.Errorf("store %d: tables lose %v, GraphML %v", i, lost, sameLost)
		}
		for _, text := range []string{graphml, gexf} {
			n, e := elements(t, text)
			if n != len(nodes)-1 || e != len(edges)-1 {
				t.Errorf("store %d: %d nodes and %d edges, in tables %d and %d", i, n, e, len(nodes)-1, len(edges)-1)
			}
		}
		if i == 1 {
			first, _ := exportAs(t, a, graph.GraphMLFormat, graph.ExportOptions{})
			if graphml != first {
				t.Error("another order of loading gives another file")
			}
		}
	}
}

// tables reads the tables of a store, and checks that edges join nodes.
func tables(t *testing.T, s *graph.Store) (nodes, edges [][]string, lost []graph.Count) {
	t.Helper()
	var n, e bytes.Buffer
	lost, err := s.ExportCSV(context.Background(), &n, &e, base, graph.ExportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if nodes, err = csv.NewReader(&n).ReadAll(); err != nil {
		t.Fatal(err)
	}
	if edges, err = csv.NewReader(&e).ReadAll(); err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, row := range nodes {
		if ids[row[0]] {
			t.Errorf("node %s comes twice", row[0])
		}
		ids[row[0]] = true
	}
	for _, row := range edges[1:] {
		if !ids[row[0]] || !ids[row[1]] {
			t.Errorf("an edge joins %s and %s, which are not both nodes", row[0], row[1])
		}
	}
	return nodes, edges, lost
}

// elements counts the nodes and edges of XML.
func elements(t *testing.T, text string) (nodes, edges int) {
	t.Helper()
	for d := xml.NewDecoder(strings.NewReader(text)); ; {
		token, err := d.Token()
		if err == io.EOF {
			return nodes, edges
		}
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "node" {
			nodes++
		} else if ok && start.Name.Local == "edge" {
			edges++
		}
	}
}

// An edge carries its claim; what is denied or retracted is no edge, and is counted.
func TestExportedEdge(t *testing.T) {
	t.Parallel()
	nodes, edges, lost := tables(t, scratch(t, bundled(t)...))
	i := slices.IndexFunc(edges, func(row []string) bool {
		return strings.HasSuffix(row[0], "/person/kim-jong-il") && row[2] == "nationality"
	})
	if i < 0 {
		t.Fatal("an edge is missing")
	}
	got := strings.Join(edges[i][4:], "; ")
	if want := `nationality; https://kg.example/ontology#nationality; https://kg.example/source/donga-2008-04-04/claim/kim-leads; Sergei Darkin via The governor's annual report of February 2008; asserts; ; https://kg.example/source/donga-2008-04-04; N.Korea's Businesses Thriving in Russia; paragraph 7, 1479 to 1510; `; got != want {
		t.Errorf("the edge is\n%s, not\n%s", got, want)
	}
	if len(lost) == 0 || len(nodes) < 200 {
		t.Error(len(lost), len(nodes))
	}
	denied := loadAs(t, `<https://a.example/a> <https://a.example/p> <https://a.example/b> <https://a.example/c> .
<https://a.example/c> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://kg.example/ontology#Claim> <https://a.example/g> .
<https://a.example/c> <https://kg.example/ontology#speaker> <https://a.example/b> <https://a.example/g> .
<https://a.example/c> <https://kg.example/ontology#stance> <https://kg.example/ontology#denies> <https://a.example/g> .
`, graph.NQuads, "")
	_, edges, lost = tables(t, denied)
	if !slices.Contains(lost, graph.Count{Value: quad.IRI("https://a.example/a"), Of: "an edge or value that is denied", N: 1}) || len(edges) != 1 {
		t.Errorf("edges %v, lost %v", edges, lost)
	}
}
