package cayleyui

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"slices"
	"strings"
	"testing"
)

func allQuads(h http.Handler) []string { return lines(ask(h, "GET", "/api/v2/read", "").Body.String()) }

func TestWrite(t *testing.T) {
	h := newHandler(t, "<x:a> <x:p> <x:b> <x:g> .\n", nil)
	var d done
	decode(t, ask(h, "POST", "/api/v2/write", "# two, one known\n<x:a> <x:p> <x:b> <x:g> .\n<x:a> <x:p> \"007\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n"), http.StatusOK, &d)
	if d.Count != 2 || d.Result != "Successfully wrote 2 quads." {
		t.Errorf("%+v", d)
	}
	// What has no label stands under the source of what is written by hand.
	by := `<x:a> <x:p> "007"^^<http://www.w3.org/2001/XMLSchema#integer> <https://kg.example/source/manual> .`
	if got := allQuads(h); !slices.Equal(got, []string{by, "<x:a> <x:p> <x:b> <x:g> ."}) {
		t.Errorf("the graph is %q", got)
	}
	decode(t, ask(h, "POST", "/api/v2/delete", "<x:a> <x:p> \"007\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n"), http.StatusOK, &d)
	if got := allQuads(h); d.Count != 1 || !slices.Equal(got, []string{"<x:a> <x:p> <x:b> <x:g> ."}) {
		t.Errorf("%+v: the graph is %q", d, got)
	}
	var zipped bytes.Buffer
	zw := gzip.NewWriter(&zipped)
	zw.Write([]byte("<x:a> <x:p> \"zipped\" .\n"))
	zw.Close()
	decode(t, ask(h, "POST", "/api/v2/write", zipped.String(), "Content-Encoding", "gzip", "Content-Type", "application/n-quads; charset=utf-8"), http.StatusOK, &d)
	if got := allQuads(h); len(got) != 2 {
		t.Errorf("the graph is %q", got)
	}
}

// TestWriteRefused: what is refused changes nothing, not even by its first
// lines.
func TestWriteRefused(t *testing.T) {
	if testing.Short() {
		t.Skip("sends much")
	}
	h := newHandler(t, harbour, nil)
	good := "<x:a> <x:p> <x:new> .\n"
	var bomb bytes.Buffer
	zw := gzip.NewWriter(&bomb)
	zw.Write(bytes.Repeat([]byte("# "+strings.Repeat("x", 1<<10)+"\n"), MaxBody>>10))
	zw.Close()
	for _, test := range []struct {
		name, path, body string
		headers          []string
		status, line     int
		says             string
	}{
		{"syntax", "write", good + "<x:a> <x:p> nonsense .\n", nil, 400, 2, "expected an object"},
		{"relative", "write", good + "<a> <x:p> <x:b> .\n", nil, 400, 2, "absolute"},
		{"a triple term", "write", good + "<x:a> <x:p> <<( <x:a> <x:p> <x:b> )>> .\n", nil, 400, 2, "which is RDF 1.2"},
		{"a direction", "delete", "<x:a> <x:p> \"x\"@ar--rtl .\n", nil, 400, 1, "which is RDF 1.2"},
		{"a triple to delete", "node/delete", "<<( <x:a> <x:p> <x:b> )>>", nil, 400, 0, "which is RDF 1.2"},
		{"no full stop", "delete", "<x:a> <x:p> <x:b>", nil, 400, 1, "'.'"},
		{"blank", "write", good + "<x:a> <x:p> _:b .\n", nil, 400, 0, "in statement 2: there is the blank node _:b"},
		{"empty", "write", "# nothing\n", nil, 400, 0, "no statement in the body"},
		{"not there", "delete", strings.Split(harbour, "\n")[0] + "\n" + good, nil, 404, 0, "quad does not exist: <x:a> <x:p> <x:new> <https://kg.example/source/manual> ."},
		{"JSON-LD", "write", `{"@context": "http://127.0.0.1:1/"}`, []string{"Content-Type", "application/ld+json"}, 415, 0, "reads N-Quads"},
		{"encoding", "write", good, []string{"Content-Encoding", "br"}, 415, 0, "unpacks gzip"},
		{"no gzip", "write", good, []string{"Content-Encoding", "gzip"}, 400, 0, "unpacking the body"},
		{"large", "write", strings.Repeat("# "+strings.Repeat("x", 1<<10)+"\n", MaxBody>>10), nil, 413, 0, "more than 33554432 bytes"},
		{"large unpacked", "write", bomb.String(), []string{"Content-Encoding", "gzip"}, 413, 0, "more than 33554432 bytes"},
		{"node", "node/delete", "nonsense", nil, 400, 0, "reading the node"},
		{"unknown node", "node/delete", "<no:body>", nil, 404, 0, "no statement has <no:body>"},
		{"node as JSON", "node/delete", "{}", []string{"Content-Type", "application/json"}, 415, 0, "reads N-Quads"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var p problem
			decode(t, ask(h, "POST", "/api/v2/"+test.path, test.body, test.headers...), test.status, &p)
			if !strings.Contains(p.Error, test.says) || p.Line != test.line {
				t.Errorf("%+v", p)
			}
		})
	}
	if got := allQuads(h); !slices.Equal(got, lines(harbour)) {
		t.Errorf("the graph is %q", got)
	}
}

func TestDeleteNode(t *testing.T) {
	h := newHandler(t, harbour+"<x:a> <x:a> <x:a> <x:a> .\n<x:b> <x:a> \"c\" <x:g> .\n", nil)
	var d done
	decode(t, ask(h, "POST", "/api/v2/node/delete", "<x:a>\n"), http.StatusOK, &d)
	if got := allQuads(h); d.Count != 1 || !slices.Equal(got, lines(harbour)) {
		t.Errorf("%+v: the graph is %q", d, got)
	}
	decode(t, ask(h, "POST", "/api/v2/node/delete", `"North Shore, \"the Shore\""@en`), http.StatusOK, &d)
	if got := allQuads(h); len(got) != 5 {
		t.Errorf("the graph is %q", got)
	}
}

func TestReadOnly(t *testing.T) {
	h := newHandler(t, harbour, readOnly)
	for _, path := range []string{"write", "delete", "node/delete"} {
		var p problem
		w := ask(h, "POST", "/api/v2/"+path, blueLine)
		decode(t, w, http.StatusMethodNotAllowed, &p)
		if _, ok := w.Header()["Allow"]; !ok || !strings.Contains(p.Error, "only reads") {
			t.Errorf("%s: %+v", path, p)
		}
	}
	if got := allQuads(h); !slices.Equal(got, lines(harbour)) {
		t.Errorf("the graph is %q", got)
	}
}
