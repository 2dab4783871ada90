package data_test

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kg/data"
	"kg/internal/claimsfile"
	"kg/schema"
)

// A draft and what only it speaks of count for nothing: a file says the same as it
// does without them, whichever of its claims are drafts.
func TestDraftsCountForNothing(t *testing.T) {
	t.Parallel()
	const head = `source: {id: note, title: Note, publisher: paper, annotator: jane, date: 2019-04-08, language: en}
entities:
  paper: NewsMedia Paper
  jane: Person Jane Doe
`
	entities := []string{"  ann: Person Ann Lee\n", "  tide: Company Tidewater\n", "  bo: Person Bo Kim\n"}
	claims := []string{"ann owns tide 40%", "bo works-for tide", "ann paid bo 20000 EUR, 2019-03", "ann member-of paper"}
	uses := [][]int{{0, 1}, {1, 2}, {0, 2}, {0}}
	for drafts := range 1 << len(claims) {
		with, without := head+strings.Join(entities, "")+"claims:\n", head
		var list strings.Builder
		used := map[int]bool{}
		for i, edge := range claims {
			claim := "  - see: https://example.org/" + string(rune('a'+i)) + "\n"
			if drafts>>i&1 == 1 {
				with += claim + "    drafted-by: some-model\n    edges: " + edge + "\n"
				continue
			}
			with += claim + "    edges: " + edge + "\n"
			list.WriteString(claim + "    edges: " + edge + "\n")
			for _, e := range uses[i] {
				used[e] = true
			}
		}
		for i, e := range entities {
			if used[i] {
				without += e
			}
		}
		got, err := data.Read("with", []byte(with), ontology(t), schema.DefaultBase)
		if err != nil {
			t.Fatalf("%v\n%s", err, with)
		}
		if list.Len() == 0 {
			if got.Drafts() != len(claims) || len(got.Unused()) > 0 {
				t.Errorf("of a file of drafts alone %d are left out, and %q is kept", got.Drafts(), got.Unused())
			}
			continue
		}
		want, err := data.Read("without", []byte(without+"claims:\n"+list.String()), ontology(t), schema.DefaultBase)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got.Quads(), want.Quads()) {
			t.Errorf("drafts count:\n%s\n%v\nwant\n%v", with, got.Quads(), want.Quads())
		}
	}
}

// What is wrong with a draft is told like any mistake, and so is what rests on one.
func TestDraftMistakes(t *testing.T) {
	t.Parallel()
	const head = `source: {id: note, title: Note, publisher: paper, annotator: jane, date: 2019-04-08, language: en}
entities:
  paper: NewsMedia Paper
  jane: Person Jane Doe
claims:
`
	for claims, want := range map[string]string{
		"  one: {see: 'https://example.org/', drafted-by: m, edges: jane onws paper}":                                                                                                                          `unknown relation "onws"|"onws"`,
		"  one: {see: 'https://example.org/', drafted-by: m, edges: jane member-of paper}\n  two: {derived-from: [one], edges: jane owns paper}":                                                               `claim "one" is a draft`,
		"  one: {see: 'https://example.org/', drafted-by: m, edges: {deal: {is: Sale (A deal), status: done, seller: jane, buyer: paper}}}\n  two: {see: 'https://e.example/', edges: {deal: {seller: jane}}}": `needs status`,
	} {
		_, err := data.Read("x", []byte(head+claims+"\n"), ontology(t), schema.DefaultBase)
		if err == nil || !regexp.MustCompile(want).MatchString(err.Error()) {
			t.Errorf("%s\nis refused with %v, not %s", claims, err, want)
		}
	}
}

// kg fmt keeps the mark of a draft, in its place before the edges.
func TestDraftLayout(t *testing.T) {
	t.Parallel()
	f := string(file(t, filepath.Join("..", "internal", "propose", "testdata", "new", "courier.yaml")))
	got, err := claimsfile.Format("x", []byte(strings.Replace(f, "  - speaker: police\n", "  - drafted-by: m\n    speaker: police\n", 1)))
	if err != nil || !regexp.MustCompile(`at: .*\n    drafted-by: m\n    edges`).Match(got) {
		t.Errorf("%v\n%s", err, got)
	}
}
