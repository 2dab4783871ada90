package session

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	heading = regexp.MustCompile("(?m)^#{3,4} `(graph|path)\\.([A-Za-z]+)\\(")
	example = regexp.MustCompile("(?s)```javascript\n(.*?)```")
)

// TestEveryHeadingIsBound reads Cayley's documentation: what it describes is
// there, under its name and capitalised.
func TestEveryHeadingIsBound(t *testing.T) {
	found := heading.FindAllStringSubmatch(cayleyFile(t, "docs/gizmoapi.md"), -1)
	if len(found) < 50 {
		t.Fatalf("%d headings: is this the documentation?", len(found))
	}
	for _, m := range found {
		name := m[2]
		for _, name := range []string{name, strings.ToUpper(name[:1]) + name[1:]} {
			if index[m[1]][name] == nil {
				t.Errorf("%s.%s is documented and not bound", m[1], name)
			}
		}
	}
}

// TestEveryNameOfCayleysIsBound asks Cayley's session for the names of its
// objects, some of which the documentation leaves out.
func TestEveryNameOfCayleysIsBound(t *testing.T) {
	st := newStock(t)
	for object, expr := range map[string]string{"graph": "g", "path": "g.V()"} {
		a := st.ask(asked{"<a> <b> <c> .\n", "Object.keys(" + expr + ").forEach(function(n) { g.emit(n) })"})
		if len(a.Rows) < 10 || a.Err != "" {
			t.Fatal(a)
		}
		for _, row := range a.Rows {
			if name := strings.Trim(row, `"`); index[object][name] == nil {
				t.Errorf("%s of a %s is Cayley's and not bound", name, object)
			}
		}
	}
	for _, name := range []string{"iri", "bnode", "raw", "str", "lang", "typed", "lt", "lte", "gt", "gte", "regex", "like"} {
		if index[""][name] == nil {
			t.Errorf("%s is Cayley's and not bound", name)
		}
	}
}

// TestMethodsAreDescribed holds the table of methods to what help needs.
func TestMethodsAreDescribed(t *testing.T) {
	for _, m := range Methods() {
		if m.Doc == "" || !strings.HasSuffix(m.Doc, ".") || !strings.HasPrefix(m.Signature, "(") || !strings.HasSuffix(m.Signature, ")") || m.run == nil {
			t.Errorf("%s.%s: %q %q", m.Object, m.Name, m.Signature, m.Doc)
		}
	}
	if index["path"]["FollowRecursive"] == nil || index["graph"]["V"] == nil {
		t.Error("names for completion are missing")
	}
}

// TestDocumentedExamples runs the examples of the documentation on the graph it
// describes, here and in Cayley's session: the same rows, each as often.
func TestDocumentedExamples(t *testing.T) {
	data := cayleyFile(t, "data/testdata.nq")
	st := newStock(t)
	n := 0
	for _, m := range example.FindAllStringSubmatch(cayleyFile(t, "docs/gizmoapi.md"), -1) {
		// The result of an example that only makes a value is the value.
		text := strings.TrimSpace(m[1])
		a := asked{data, text}
		if strings.Contains(text, "g.V().count()") {
			// Cayley takes the size of an iterator for its count, and memstore's
			// over all nodes has that of nodes and quads together.
			if mine := ours(a); !slices.Equal(mine.Rows, []string{"14"}) {
				t.Errorf("%s: %v", text, mine)
			}
			continue
		}
		if theirs, mine := st.ask(a), ours(a); !same(theirs, mine) || mine.Err != "" {
			t.Errorf("%s\nCayley's:\n%v\nours:\n%v", text, theirs, mine)
		}
		n++
	}
	if n < 25 {
		t.Errorf("%d examples", n)
	}
}
