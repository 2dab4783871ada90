package data_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"kg/data"
	"kg/internal/datatest"
	"kg/internal/document"
	"kg/internal/sourcetext"
	"kg/schema"
)

func draft(t *testing.T, file string, text *sourcetext.Text) (*document.Checked, error) {
	t.Helper()
	return data.ReadDraft("x.yaml", []byte(file), ontology(t), schema.DefaultBase, func(string) (*sourcetext.Text, error) { return text, nil })
}

// A draft is what it becomes when it is located, quad for quad.
func TestReadDraft(t *testing.T) {
	t.Parallel()
	source := text(t, string(file(t, "testdata/example.txt")))
	words := string(file(t, "testdata/example.draft.yaml"))
	located, err := data.Locate(source, "x.yaml", []byte(words))
	if err != nil {
		t.Fatal(err)
	}
	want, err := data.Read("x.yaml", located, ontology(t), schema.DefaultBase)
	if err != nil {
		t.Fatal(err)
	}
	got, err := draft(t, words, source)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(datatest.Quads(got), datatest.Quads(want)) {
		t.Error("the draft has other quads than the file that kg locate makes of it")
	}
	if _, err := draft(t, words, nil); err == nil || !strings.Contains(err.Error(), "kg locate FILE --text TEXT") {
		t.Errorf("without a text: %v", err)
	}
}

// What cannot be located and what is wrong otherwise are told at once, each where it
// stands, and once.
func TestReadDraftMistakes(t *testing.T) {
	t.Parallel()
	const words = `source:
  id: x
  title: A title
  publisher: herald
  annotator: herald
  date: 2020-05-04
  language: en
  body: "Blue Line, a ferry firm"
entities:
  herald: NewsMeida The Herald
  ann-lee: Person Ann Lee
claims:
  - at: "Ann Lee paid nobody"
    edges: ann-lee owns ann-lee
  - at: "Ann Lee paid"
    edges: ann-lee ownz ann-lee
`
	source := text(t, "The Herald\n\nBlue Line, a ferry firm, was sold.\n\nAnn Lee paid somebody.")
	_, err := draft(t, words, source)
	if err == nil {
		t.Fatal("it loads")
	}
	for _, want := range []string{`10:11: unknown kind "NewsMeida"`, `13:9: these words are in no paragraph`, `16:20: `} {
		if n := strings.Count(err.Error(), want); n != 1 {
			t.Errorf("%q is told %d times in\n%v", want, n, err)
		}
	}
	if n := strings.Count(err.Error(), "\n"); n > 4 {
		t.Errorf("%d mistakes are told:\n%v", n+1, err)
	}
	for _, edit := range [][2]string{{"id: x", "id: x\n  sha256: " + sum("another")}, {"id: x", "id: x\n  characters: 9"}, {"Blue Line, a", "Green Line, a"}} {
		if _, err := draft(t, strings.Replace(words, edit[0], edit[1], 1), source); err == nil || strings.Contains(err.Error(), "body is where") || strings.Contains(err.Error(), "outside the text") {
			t.Errorf("%s: %v", edit[1], err)
		}
	}
	broken := errors.New("no disk")
	if _, err := data.ReadDraft("x.yaml", []byte(words), ontology(t), schema.DefaultBase, func(string) (*sourcetext.Text, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}
