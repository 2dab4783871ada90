package nquads_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// unlisted holds the files of the suites that their manifests do not name,
// and why. Each must be accepted and be unlisted still.
var unlisted = map[string]string{
	"n-quads/literal_false.nq":   "W3C ships the file but its manifest has no entry; a plain positive case",
	"n-quads/literal_true.nq":    "W3C ships the file but its manifest has no entry; a plain positive case",
	"n-triples/literal_false.nt": "W3C ships the file but its manifest has no entry; a plain positive case",
	"n-triples/literal_true.nt":  "W3C ships the file but its manifest has no entry; a plain positive case",
}

// exceptions holds the cases in which the Reader departs from the suites,
// and why. There are none; a case listed here must depart.
var exceptions = map[string]string{}

// entry matches one test of a manifest: its type, then its file.
var entry = regexp.MustCompile(`(?s)rdft:Test(?:NQuads|NTriples)(Positive|Negative)Syntax\b.*?mf:action\s+<([^>]+)>`)

func TestW3C(t *testing.T) {
	t.Parallel()
	departed := map[string]bool{}
	for suite, ext := range map[string]string{"n-quads": ".nq", "n-triples": ".nt"} {
		positive := readManifest(t, suite)
		files, err := filepath.Glob(filepath.Join("testdata", "w3c", suite, "*"+ext))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			name := suite + "/" + filepath.Base(file)
			want, listed := positive[name]
			if _, ok := unlisted[name]; ok == listed {
				t.Errorf("%s: in the manifest: %v, in the list of unlisted files: %v", name, listed, ok)
			}
			delete(positive, name)
			if got := accepts(t, file); got != (want || !listed) {
				departed[name] = true
				if _, ok := exceptions[name]; !ok {
					t.Errorf("%s: accepted: %v", name, got)
				}
			}
		}
		for name := range positive {
			t.Errorf("%s is in the manifest, but there is no such file", name)
		}
	}
	for name := range exceptions {
		if !departed[name] {
			t.Errorf("%s behaves as the suite asks and needs no exception", name)
		}
	}
}

// readManifest gives the cases of a suite: true for a positive one.
func readManifest(t *testing.T, suite string) map[string]bool {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "w3c", suite, "manifest.ttl"))
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]bool{}
	for _, m := range entry.FindAllStringSubmatch(string(text), -1) {
		cases[suite+"/"+m[2]] = m[1] == "Positive"
	}
	if n := len(regexp.MustCompile(`mf:action`).FindAllIndex(text, -1)); n != len(cases) || n == 0 {
		t.Fatalf("%s: %d actions in the manifest, %d entries found", suite, n, len(cases))
	}
	return cases
}

// accepts reads a file, and checks the law where that succeeds.
func accepts(t *testing.T, file string) bool {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	quads, err := readAll(string(text))
	if err != nil {
		t.Logf("%s: %v", filepath.Base(file), err)
		return false
	}
	checkLaw(t, quads)
	return true
}
