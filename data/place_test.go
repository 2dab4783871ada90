package data_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"slices"
	"strings"
	"testing"

	"kg/data"
	"kg/internal/claimsfile"
	"kg/schema"
)

// hashOf is the SHA-256 of what a claims file says, as sorted N-Quads.
func hashOf(t testing.TB, name string, file []byte) string {
	t.Helper()
	doc, err := data.Read(name, file, ontology(t), schema.DefaultBase)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, q := range doc.Quads() {
		lines = append(lines, q.NQuad())
	}
	slices.Sort(lines)
	sum := sha256.Sum256([]byte(strings.Join(lines, "\n")))
	return hex.EncodeToString(sum[:])
}

// TestPlaceInALine: both forms of a place are one, fmt writes the line, and what is
// nearly such a line is told where it stands.
func TestPlaceInALine(t *testing.T) {
	t.Parallel()
	file, err := os.ReadFile("testdata/example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	short, err := claimsfile.Format("example.yaml", file)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(short), "start:") || hashOf(t, "a", file) != hashOf(t, "b", short) {
		t.Errorf("formatted:\n%s", short)
	}
	digest := strings.Repeat("1", 64)
	with := func(at string) string {
		return "source: {id: a, title: T, publisher: p, annotator: p, date: 2020, language: en, characters: 100, sha256: " + digest + "}\n" +
			"entities: {p: Person Ann Lee, q: City Harbourtown}\nclaims:\n  c:\n    at: " + at + "\n    edges: p lives-in q\n"
	}
	same := hashOf(t, "a", []byte(with("{page: 3, paragraph: 2, start: 5, end: 9, sha256: "+digest+"}")))
	if got := hashOf(t, "a", []byte(with("3/2:5-9 "+digest))); got != same {
		t.Error("a page in a line is another than in fields")
	}
	for at, want := range map[string]string{
		"2:5-9 " + digest[1:]:                `"x":5:9: a place in a line is its paragraph`,
		"0/2:5-9 " + digest:                  `"x":5:9: at: "0" is no number`,
		"2:5-99999999999999999999 " + digest: `"x":5:9: at: "99999999999999999999" is no number`,
		"{page: 0, paragraph: 2, start: 5, end: 9, sha256: " + digest + "}": `"x":5:16: the first page is 1, not 0`,
		"0:5-9 " + digest:   `"x":5:9: the first paragraph is 1, not 0`,
		"2:9-5 " + digest:   `"x":5:9: the passage from 9 to 5`,
		"2:5-900 " + digest: `"x":5:9: the passage ends at 900`,
		"10:30-11 a.m.":     `"x":5:9: a passage is kept as its place, not its words`,
	} {
		_, err := data.Read("x", []byte(with(at)), ontology(t), schema.DefaultBase)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v", at, err)
		}
	}
}

// TestPages: a text with form feeds has pages. A draft located in it gets them, a wrong
// one is told by locate and verify, and put right by Fix, in both forms of a place; in a
// text without pages nothing is said of them.
func TestPages(t *testing.T) {
	t.Parallel()
	const words = "One stands here.\n\f\nTwo stands there.\n\nThree as well.\n\f\nFour at last.\n"
	const draft = "source:\n  id: a\n  title: T\n  publisher: p\n  annotator: p\n  date: 2020\n  language: en\n" +
		"entities: {p: Person Ann Lee, q: City Harbourtown}\nclaims:\n  c:\n    at: Three as well.\n    edges: p lives-in q\n"
	paged := text(t, words)
	located, err := data.Locate(paged, "a.yaml", []byte(draft))
	if err != nil || !strings.Contains(string(located), "at: 2/3:") {
		t.Fatalf("%v:\n%s", err, located)
	}
	plain, err := data.Locate(text(t, strings.ReplaceAll(words, "\f", "")), "a.yaml", []byte(draft))
	if err != nil || !strings.Contains(string(plain), "at: 3:") {
		t.Fatalf("%v:\n%s", err, plain)
	}
	long := strings.Replace(string(located), "at: 2/3:38-52 ", "at: {page: 2, paragraph: 3, start: 38, end: 52, sha256: ", 1)
	if long = strings.Replace(long, "\n    edges", "}\n    edges", 1); !strings.Contains(long, "page: 2") {
		t.Fatal(string(located))
	}
	for _, good := range []string{string(located), long} {
		wrong := strings.NewReplacer("2/3:", "1/3:", "page: 2", "page: 1").Replace(good)
		if _, err := data.Locate(paged, "a.yaml", []byte(wrong)); err == nil || !strings.Contains(err.Error(), "is on page 2 of this text, not 1") {
			t.Errorf("locate: %v", err)
		}
		v := verifyFile(t, wrong, words)
		if got := v.Results[0]; got.Verdict != data.WrongPage || got.Nearest.String() != "page 2, paragraph 3, 38 to 52" {
			t.Errorf("verify: %s, %s", got.Verdict, got.Nearest)
		}
		fixed, n, err := v.Fix("a.yaml", []byte(wrong))
		if string(fixed) != good || n != 1 || err != nil {
			t.Errorf("fixed %d, %v:\n%s", n, err, fixed)
		}
		if v := verifyFile(t, good, words); !v.Good() {
			t.Errorf("%+v", v.Results)
		}
		moved := "Zero.\n\f\n" + words
		v = verifyFile(t, good, moved)
		fixed, n, err = v.Fix("a.yaml", []byte(good))
		if n != 1 || err != nil || !strings.Contains(string(fixed), "3/3:") && !strings.Contains(string(fixed), "page: 3, paragraph: 3") {
			t.Errorf("moved: fixed %d, %v:\n%s", n, err, fixed)
		}
	}
}

// verifyFile holds a claims file against a text.
func verifyFile(t *testing.T, file, words string) *data.Verified {
	t.Helper()
	l, err := data.ReadLocators("a.yaml", []byte(file), schema.DefaultBase)
	if err != nil {
		t.Fatal(err)
	}
	return verified(t, textFile(t, words), l, nil)
}
