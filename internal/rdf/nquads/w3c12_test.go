package nquads_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"kg/internal/rdf/nquads"
)

// exceptions12 are the tests of RDF 1.2's suites in which the Reader departs from
// them, and why. A test that is listed here must depart.
var exceptions12 = map[string]string{
	"rdf-n-quads/c14n/langtagged_string.nq":      lowercase,
	"rdf-n-triples/c14n/langtagged_string.nt":    lowercase,
	"rdf-n-quads/c14n/dirlangtagged_string.nq":   lowercase,
	"rdf-n-triples/c14n/dirlangtagged_string.nt": lowercase,
	"rdf-n-quads/c14n/lantag_with_subtag.nq":     notShipped,
	"rdf-n-triples/c14n/lantag_with_subtag.nt":   notShipped,
}

const (
	lowercase  = "RDF 1.2 writes language tags in lower case; RDFC-1.0, whose form kg keeps, leaves them as they are"
	notShipped = "the manifest names the file, and W3C does not ship it"
)

var entry12 = regexp.MustCompile(`(?s)rdft:Test(?:NQuads|NTriples)(PositiveSyntax|NegativeSyntax|PositiveC14N|NegativeC14N)\b.*?mf:action\s+<([^>]+)>\s*;?(?:\s*mf:result\s+<([^>]+)>)?`)

// TestW3C12 reads the suites of RDF 1.2 with triple terms kept, and writes what is
// read as the suites' canonical forms have it.
func TestW3C12(t *testing.T) {
	t.Parallel()
	departed := map[string]bool{}
	for suite, tests := range map[string]int{"rdf-n-quads/syntax": 27, "rdf-n-quads/c14n": 42, "rdf-n-triples/syntax": 29, "rdf-n-triples/c14n": 42} {
		folder := filepath.Join("testdata", "w3c", "rdf12", filepath.FromSlash(suite))
		manifest, err := os.ReadFile(filepath.Join(folder, "manifest.ttl"))
		if err != nil {
			t.Fatal(err)
		}
		entries := entry12.FindAllStringSubmatch(string(manifest), -1)
		if n := strings.Count(string(manifest), "mf:action"); n != len(entries) || n != tests {
			t.Errorf("%s: %d actions in the manifest, %d entries found, not %d", suite, n, len(entries), tests)
		}
		for _, e := range entries {
			name := suite + "/" + e[2]
			if wrong := check12(t, e[1], filepath.Join(folder, e[2]), filepath.Join(folder, e[3])); wrong != "" {
				departed[name] = true
				if _, ok := exceptions12[name]; !ok {
					t.Errorf("%s: %s", name, wrong)
				}
			}
		}
	}
	for name := range exceptions12 {
		if !departed[name] {
			t.Errorf("%s behaves as the suite asks and needs no exception", name)
		}
	}
}

// check12 says what is wrong with what the Reader and the writer make of a file.
func check12(t *testing.T, kind, action, result string) string {
	t.Helper()
	text, err := os.ReadFile(action)
	if err != nil {
		return err.Error()
	}
	written, err := rewrite(string(text))
	switch {
	case strings.HasPrefix(kind, "Negative") && kind != "NegativeC14N":
		if err == nil {
			return "was accepted"
		}
		return ""
	case err != nil:
		return err.Error()
	case kind == "PositiveSyntax":
		return ""
	}
	want, err := os.ReadFile(result)
	if err != nil {
		t.Fatal(err)
	}
	if same := written == string(want); same != (kind == "PositiveC14N") {
		return "is written as\n" + written
	}
	return ""
}

// rewrite reads quads with triple terms and writes them canonically, in their order.
func rewrite(text string) (string, error) {
	r := nquads.NewReader(strings.NewReader(text), "x.nq")
	r.Triples = nquads.KeepTriples
	var out []byte
	for {
		var terms [4]nquads.Term
		if err := r.ReadTerms(&terms); err != nil {
			if err.Error() == "EOF" {
				return string(out), nil
			}
			return "", err
		}
		for i := range terms {
			if terms[i].Kind == nquads.None {
				continue
			}
			var err error
			if out, err = terms[i].Append(out); err != nil {
				return "", err
			}
			out = append(out, ' ')
		}
		out = append(out, ".\n"...)
	}
}

// FuzzTriples: what is read with its triple terms is written canonically, and read
// back the same; taken for claims it has no term of RDF 1.2.
func FuzzTriples(f *testing.F) {
	files, err := filepath.Glob("testdata/w3c/rdf12/*/*/*.n[qt]")
	if err != nil || len(files) < 100 {
		f.Fatal(len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Add("<a:r> " + reify + "<<(_:a<a:p>\"\\u0041\"@en--ltr)>>.\nVERSION '1'")
	f.Fuzz(func(t *testing.T, text string) {
		if once, err := rewrite(text); err == nil {
			if twice, err := rewrite(once); err != nil || twice != once {
				t.Fatalf("%q is written as %q, then as %q, %v", text, once, twice, err)
			}
		}
		r := nquads.NewReader(strings.NewReader(text), "x.nq")
		r.Triples = nquads.ClaimTriples
		for {
			var terms [4]nquads.Term
			if err := r.ReadTerms(&terms); err != nil {
				return
			}
			for _, term := range terms {
				if term.Kind == nquads.Triple || term.Kind == nquads.Directed {
					t.Fatalf("%q gives a term of RDF 1.2", text)
				}
			}
		}
	})
}
