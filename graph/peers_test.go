package graph_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kg/graph"
)

// peer runs a program of others, and skips the test with a word where it is not to
// be had.
func peer(t *testing.T, name string, args ...string) string {
	t.Helper()
	if os.Getenv("KG_PEERS") == "" {
		t.Skip("KG_PEERS does not say where the peers are: .ci/run installs them")
	}
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s is not to be had: %v", name, err)
	}
	cmd := exec.Command(path, args...)
	var wrong bytes.Buffer
	cmd.Stderr = &wrong
	out, err := cmd.Output()
	if strings.Contains(wrong.String(), "No module named") || strings.Contains(wrong.String(), "Cannot find module") {
		t.Skipf("not to be had: %.300s", wrong.String())
	}
	if err != nil {
		t.Fatalf("%s %v: %v\n%.2000s", name, args, err, wrong.String())
	}
	return string(out)
}

// node reads a file with one of the libraries of npm.
func node(t *testing.T, library, file, kind string) string {
	t.Helper()
	return peer(t, "node", filepath.Join("testdata", "peers", "read.cjs"), os.Getenv("KG_PEERS"), library, file, kind)
}

// exported is a store with the article's graph, and its export as a file.
func exported(t *testing.T, format string, o graph.ExportOptions) (s *graph.Store, file string) {
	t.Helper()
	s = scratch(t, append(bundled(t), ferry)...)
	text, _ := exportAs(t, s, format, o)
	file = filepath.Join(t.TempDir(), "x."+format)
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return s, file
}

// What kg writes is read by others as the same graph, and what these write by kg.
func TestPeersRDF(t *testing.T) {
	if testing.Short() {
		t.Skip("asks other programs, which .ci/run installs")
	}
	t.Parallel()
	media := map[string]string{graph.Turtle: "text/turtle", graph.TriG: "application/trig", graph.JSONLD: "application/ld+json"}
	for format, kind := range media {
		for _, library := range []string{"oxigraph", "n3", "rewrite", "rapper"} {
			if library == "n3" && format == graph.JSONLD || library == "rapper" && format != graph.Turtle {
				continue
			}
			t.Run(library+" "+format, func(t *testing.T) {
				t.Parallel()
				s, file := exported(t, format, graph.ExportOptions{})
				read, is, want := "", graph.NQuads, export(t, s)
				switch library {
				case "rapper":
					read = peer(t, "rapper", "-q", "-i", "turtle", "-o", "ntriples", file)
				case "rewrite":
					if format == graph.Turtle {
						t.Skip("Oxigraph writes no dataset as Turtle")
					}
					_, all := exported(t, graph.NQuads, graph.ExportOptions{})
					read, is = node(t, library, all, kind), format
					want = export(t, loadAs(t, node(t, library, all, "application/n-quads"), graph.NQuads, ""))
				default:
					read = node(t, library, file, kind)
				}
				got := export(t, loadAs(t, read, is, "https://a.example/label"))
				if same := got == want; format != graph.Turtle && !same || !slices.Equal(triplesOf(got), triplesOf(want)) {
					t.Errorf("%s reads %s as another graph", library, format)
				}
			})
		}
	}
}

// Networks have as many nodes, edges and edges with a claim for others as for kg.
func TestPeersNetworks(t *testing.T) {
	if testing.Short() {
		t.Skip("asks other programs, which .ci/run installs")
	}
	t.Parallel()
	s := scratch(t, append(bundled(t), ferry)...)
	nodes, edges, _ := tables(t, s)
	claims := 0
	for _, row := range edges[1:] {
		if row[6] != "" && row[7] != "" && row[8] != "" {
			claims++
		}
	}
	want := fmt.Sprintln(len(nodes)-1, len(edges)-1, claims)
	python := filepath.Join("testdata", "peers", "read.py")
	for _, format := range []string{graph.GraphMLFormat, graph.GEXF} {
		t.Run("graphology "+format, func(t *testing.T) {
			_, file := exported(t, format, graph.ExportOptions{})
			if got := node(t, "graphology", file, format); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
		t.Run("gephi "+format, func(t *testing.T) {
			jar := os.Getenv("KG_GEPHI")
			if jar == "" {
				t.Skip("KG_GEPHI does not say where Gephi's toolkit is: .ci/run installs it")
			}
			_, file := exported(t, format, graph.ExportOptions{})
			got := peer(t, "java", "-Djava.awt.headless=true", "-cp", jar, filepath.Join("testdata", "peers", "Gephi.java"), file)
			if got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
		t.Run("networkx "+format, func(t *testing.T) {
			_, file := exported(t, format, graph.ExportOptions{})
			if got := peer(t, "python3", python, "networkx", file, format); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
	for _, library := range []string{"duckdb", "ladybug"} {
		t.Run(library+" csv", func(t *testing.T) {
			var n, e bytes.Buffer
			if _, err := s.ExportCSV(t.Context(), &n, &e, base, graph.ExportOptions{}); err != nil {
				t.Fatal(err)
			}
			folder := t.TempDir()
			files := []string{filepath.Join(folder, "x.nodes.csv"), filepath.Join(folder, "x.edges.csv")}
			for i, text := range [][]byte{n.Bytes(), e.Bytes()} {
				if err := os.WriteFile(files[i], text, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if got := peer(t, "python3", python, library, files[0], files[1]); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}

// The headers are those of Neo4j's importer: a name, a colon and a type, which it
// documents; one id, one list of labels, two ends and one type.
func TestNeo4jHeaders(t *testing.T) {
	t.Parallel()
	nodes, edges, _ := tables(t, scratch(t, append(bundled(t), ferry)...))
	property := regexp.MustCompile(`^[^:]+(:(int|long|float|double|boolean|byte|short|char|string|point|date|localtime|time|localdatetime|datetime|duration)(\[\])?)?$`)
	for header, special := range map[*[]string][]string{&nodes[0]: {"id:ID", ":LABEL"}, &edges[0]: {":START_ID", ":END_ID", ":TYPE"}} {
		seen := map[string]bool{}
		for _, column := range *header {
			name, _, _ := strings.Cut(column, ":")
			if !slices.Contains(special, column) && !property.MatchString(column) || name != "" && seen[name] {
				t.Errorf("%q is no column that Neo4j reads, or there twice", column)
			}
			seen[name] = true
		}
		for _, column := range special {
			if !slices.Contains(*header, column) {
				t.Errorf("there is no column %s", column)
			}
		}
	}
	ids := map[string]bool{}
	for i, row := range nodes[1:] {
		if ids[row[0]] || row[0] == "" || row[len(row)-1] == "" {
			t.Errorf("node %d: %q is there twice, or it has no id or no label", i+1, row[0])
		}
		ids[row[0]] = true
	}
	for i, row := range edges[1:] {
		if !ids[row[0]] || !ids[row[1]] || row[2] == "" {
			t.Errorf("edge %d leads from %q to %q: an end is no node, or it has no type", i+1, row[0], row[1])
		}
	}
}
