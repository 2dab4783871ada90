package data_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kg/data"
	"kg/internal/sourcetext"
	"kg/schema"
)

const pageHTML = `<!DOCTYPE html><title>Ferry firm changes hands again</title><article>
<p>Blue Line, a ferry company in Harbourtown, was sold last month, as the owner of the firm said.</p>
<p>The port's yearly report quotes a clerk: "They paid some two million euros for all of the ships."</p></article>`

// Another text of the same document is told from another document.
func TestReextracted(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "page.html")
	write := func(name, text string) {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(path, pageHTML)
	text, err := sourcetext.Read(path, []byte(pageHTML))
	if err != nil {
		t.Fatal(err)
	}
	if text.FromFile == "" || !strings.HasPrefix(text.Extractor, "go-readability ") {
		t.Errorf("it is taken out of %q by %q", text.FromFile, text.Extractor)
	}
	place := schema.Locator{Claim: "c", Paragraph: 1, Start: 32, End: 41, SHA256: sum("Blue Line")}
	words, _ := text.Passage(0, text.Len(), "")
	state := func(at string, l schema.Locators) data.Verdict {
		l.Source, l.List = "s", []schema.Locator{place}
		return verified(t, at, &l, nil).State
	}
	here := schema.Locators{SHA256: text.SHA256, FromFile: text.FromFile, Extractor: text.Extractor, Characters: text.Len()}
	before := here
	before.SHA256 = sum("as an older version took it out")
	other := before
	other.FromFile = sum("another document")
	for _, at := range []string{path, dir} {
		if got := state(at, here); got != data.Same {
			t.Errorf("%s: the same text is %s", at, got)
		}
		if got := state(at, before); got != data.Reextracted {
			t.Errorf("%s: another text of the document is %s", at, got)
		}
		if got := state(at, other); got != data.Changed {
			t.Errorf("%s: the text of another document is %s", at, got)
		}
	}
	fixed(t, path, text, place)
	write(path+sourcetext.Ending, words) // then the document is not read
	if got := state(dir, here); got != data.Same {
		t.Errorf("beside its text: %s", got)
	}
}

// A draft about a document gets the document's SHA-256, and what took the text out.
func TestLocateInADocument(t *testing.T) {
	t.Parallel()
	text, err := sourcetext.Read("page.html", []byte(pageHTML))
	if err != nil {
		t.Fatal(err)
	}
	draft := "source:\n  id: x\nclaims:\n  a: {at: \"Blue Line\"}\n"
	got, err := data.Locate(text, "x.yaml", []byte(draft))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"sha256: " + text.SHA256, "extracted-from: " + text.FromFile, "extractor: " + text.Extractor} {
		if !strings.Contains(string(got), "\n  "+want+"\n") {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	if again, err := data.Locate(text, "x.yaml", got); err != nil || string(again) != string(got) {
		t.Errorf("locating it again changes it: %v\n%s", err, again)
	}
}

// fixed puts the places of a file right that was about another text of the document.
func fixed(t *testing.T, path string, text *sourcetext.Text, place schema.Locator) {
	t.Helper()
	file := fmt.Sprintf("source:\n  id: x\n  sha256: %s\n  characters: 9\n  extracted-from: %s\n  extractor: go-readability v0.1\nclaims:\n  a:\n    at: {paragraph: 1, start: 2, end: 11, sha256: %s}\n", sum("x"), text.FromFile, place.SHA256)
	l, err := data.ReadLocators("x.yaml", []byte(file), schema.DefaultBase)
	if err != nil {
		t.Fatal(err)
	}
	got, n, err := verified(t, path, l, nil).Fix("x.yaml", []byte(file))
	if err != nil || n != 1 || !strings.Contains(string(got), "extractor: "+text.Extractor+"\n") || !strings.Contains(string(got), "sha256: "+text.SHA256) {
		t.Errorf("%d fixed, %v\n%s", n, err, got)
	}
}
