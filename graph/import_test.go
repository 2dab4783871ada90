package graph_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"kg/graph"
	"kg/internal/rdf/nquads"
)

// text is a text of quads to load.
func text(name, quads string) graph.QuadsFile {
	return graph.QuadsFile{Name: name, Size: int64(len(quads)), Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(quads)), nil
	}}
}

// Loading an export gives the same graph, and loading it again nothing.
func TestLoadQuadsOfExport(t *testing.T) {
	t.Parallel()
	want := export(t, scratch(t, append(bundled(t), ferry)...))
	path := storePath(t)
	for _, added := range []int{strings.Count(want, "\n"), 0} {
		result, err := loadQuadsAt(context.Background(), path, []graph.QuadsFile{text("export.nq", want)}, graph.LoadOptions{Base: base})
		if err != nil || result.Added != added || result.Read != strings.Count(want, "\n") {
			t.Fatalf("got %+v, %v, want %d added", result, err, added)
		}
	}
	if export(t, open(t, path)) != want {
		t.Error("the export of what was loaded is another")
	}
	// Claims and quads are one graph: the file is known, and changes nothing.
	for _, l := range load(t, path, graph.LoadOptions{}, ferry) {
		if l.Added+l.Removed != 0 {
			t.Errorf("loading the claims again changes the graph: %+v", l)
		}
	}
}

func TestLoadQuadsAllOrNothing(t *testing.T) {
	t.Parallel()
	path := storePath(t)
	load(t, path, graph.LoadOptions{}, port)
	before := hash(t, open(t, path))
	const good, bad = "<a:s> <a:p> <a:o> <a:g> .\n", "<a:s> <a:p> \"open <a:g> .\n"
	files := []graph.QuadsFile{text("good.nq", good), text("bad.nq", good+bad)}
	_, err := loadQuadsAt(context.Background(), path, files, graph.LoadOptions{Base: base})
	var syntax *nquads.SyntaxError
	if !errors.As(err, &syntax) || syntax.File != "bad.nq" || syntax.Line != 2 {
		t.Errorf("got %v", err)
	}
	if hash(t, open(t, path)) != before {
		t.Error("a part of what was refused is in the store")
	}
	var rejects bytes.Buffer
	result, err := loadQuadsAt(context.Background(), path, files, graph.LoadOptions{Base: base, Rejects: &rejects})
	if err != nil || result.Added != 1 || result.Rejected != 1 || !strings.HasSuffix(rejects.String(), "\n"+bad) {
		t.Errorf("got %+v, %v and %q", result, err, rejects.String())
	}
}
