package nquads_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/internal/rdf/nquads"
)

// FuzzRead: whatever is accepted obeys the law of the package.
func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("testdata/w3c/*/*.n[qt]")
	if err != nil || len(files) == 0 {
		f.Fatal("no W3C files", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	for _, text := range []string{
		"\ufeff", "\r", "_:a.", "_:", "<", `<a:\`, `_:a <a:p> "\`, `_:a <a:p> "\U0010FFFF\uFFFE" .`,
		"<a:s> <a:p> \"\xef\xbf\xbe\xef\xbf\xbf\x00\x7f\" .\r\n\r\r\n", `_:a <a:p> "x"@en-A_:g.#`,
		`_:a <a:p> "-0.0E0"^^<` + xsd + `double> .`, `_:a <a:p> "1.0E22"^^<` + xsd + `double> .`,
		`_:a <a:p> "-9223372036854775808"^^<` + xsd + `integer> .`, `_:a <a:p> "true"^^<` + xsd + `boolean> .`,
		`_:a <a:p> "2024-02-29T00:00:00Z"^^<` + xsd + `dateTime> .`, `_:é·.x <a:p> "x" ^^ <` + xsd + `string> .`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		quads, err := readAll(text)
		checkLaw(t, quads)
		checkRaw(t, text, quads, err)
		if err == nil {
			return
		}
		if msg := err.Error(); !strings.HasPrefix(msg, `reading quads "x.nq":`) || strings.Contains(msg, "\n") {
			t.Errorf("strange error %q", msg)
		}
	})
}

// FuzzWrite: any strings either are refused or come back as exactly one quad
// that is written as the same line. No string can smuggle in a second one.
func FuzzWrite(f *testing.F) {
	f.Add("a:s", "a:p", "o", "a:g", "en", "a:d", uint8(0))
	f.Add("s", "a:p", "o\" .\n<a:s> <a:p> \"", "g", "en-US", xsd+"integer", uint8(0xFF))
	f.Add("a:s> <a:p> <a:o> .\n<a:s", "a:\\u003E", "\\\"", "g .\n", "en .\n", xsd+"string", uint8(0x55))
	f.Add("a.", "a:p", "007", "a.b", "e", xsd+"integer", uint8(0x0B))
	f.Add("é", "é:p", "1.0E0", "", "", xsd+"double", uint8(0x0B))
	f.Fuzz(func(t *testing.T, s, p, o, g, lang, datatype string, kinds uint8) {
		objects := []quad.Value{
			quad.String(o), quad.IRI(o), quad.BNode(o),
			quad.TypedString{Value: quad.String(o), Type: quad.IRI(datatype)},
			quad.LangString{Value: quad.String(o), Lang: lang},
		}
		q := quad.Quad{Subject: node(s, kinds&1), Predicate: quad.IRI(p), Object: objects[int(kinds>>2)%len(objects)]}
		if kinds&2 != 0 {
			q.Label = node(g, kinds>>7)
		}
		checkWrite(t, q)
	})
}

func node(s string, blank uint8) quad.Value {
	if blank != 0 {
		return quad.BNode(s)
	}
	return quad.IRI(s)
}

func checkWrite(t *testing.T, q quad.Quad) {
	t.Helper()
	checkTerm(t, q.Object)
	line, err := nquads.AppendQuad(nil, q)
	if err != nil {
		if line != nil {
			t.Errorf("%#v left %q behind", q, line)
		}
		return
	}
	if bytes.IndexByte(line, '\n') != len(line)-1 || bytes.IndexByte(line, '\r') >= 0 {
		t.Fatalf("%#v takes more than a line: %q", q, line)
	}
	quads, err := readAll(string(line))
	if err != nil || len(quads) != 1 {
		t.Fatalf("%#v written as %q is read as %d quads, %v", q, line, len(quads), err)
	}
	if got := checkLaw(t, quads); got != string(line) {
		t.Fatalf("%#v written as %q, then as %q", q, line, got)
	}
	// A typed literal may come back as a native value; the rest must not move.
	if _, typed := q.Object.(quad.TypedString); typed {
		q.Object = quads[0].Object
	}
	if quads[0] != q {
		t.Fatalf("wrote %#v, read %#v", q, quads[0])
	}
}
