package claimsfile_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kg/data"
	"kg/internal/claimsfile"
	"kg/internal/datatest"
	"kg/schema"
)

const unformatted = `# At the top.

%s
claims:   # what is said
    one:   {says: "It's so: # no comment", edges: {b: {is: 'Sale (A sale)', buyer: a,   # who
         # and what
         item: a, status: done}}, at: {start: 1, paragraph: 1,
           end: 2, sha256: aa}}

    # above two


    two:
        edges:
            - a paid a   # in a list
            # within the list
            - b: {seller: a}
        note: |
            Two lines, # and this is text
            of text.
        says: "a \"quoted\"
          text"
        at: "words"
source: {id: s,
   title: 'It''s: so', publisher: a, annotator: a, date: 2019-01-01, language: en}   # the source
entities:

    a: {name: A, kind: Person} # first
    # above c
    c:
        kind: Group
        description: Some, of them [here]
# the end

# really
`

// The layout of a claims file, whatever it was before.
func TestFormat(t *testing.T) {
	t.Parallel()
	got, err := claimsfile.Format("x.yaml", []byte(strings.Replace(unformatted, "%s\n", "", 1)))
	if err != nil {
		t.Fatal(err)
	}
	const want = `source:
  id: s
  title: 'It''s: so' # the source
  publisher: a
  annotator: a
  date: 2019-01-01
  language: en

entities:
  a: {kind: Person, name: A} # first
  # above c
  c: {kind: Group, description: "Some, of them [here]"}

# At the top.

claims: # what is said
  one: # who
    says: "It's so: # no comment"
    # and what
    at: {paragraph: 1, start: 1, end: 2, sha256: aa}
    edges:
      b: {is: 'Sale (A sale)', buyer: a, item: a, status: done}

  # above two

  two:
    says: "a \"quoted\" text"
    at: "words"
    note: "Two lines, # and this is text\nof text.\n"
    edges:
      - a paid a # in a list
      # within the list
      - b: {seller: a}
# the end

# really
`
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// comment finds the comments of files without # in their values.
var comment = regexp.MustCompile(`(?m)(^|\s)#.*$`)

// Formatting says what the file said: the same quads, the same comments; and twice
// is as once.
func TestFormatLaws(t *testing.T) {
	t.Parallel()
	o := ontology(t)
	for _, name := range []string{"../../data/donga-2008-04-04.yaml", "../../data/background.yaml", "../../data/testdata/example.yaml", "../../data/testdata/example.draft.yaml"} {
		was := file(t, name)
		is, err := claimsfile.Format(name, was)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		formatLaws(t, o, name, was, is)
		if got, want := commentsOf(is), commentsOf(was); !slices.Equal(got, want) {
			t.Errorf("%s has the comments %q, not %q", name, got, want)
		}
	}
	for _, name := range []string{"../../data/donga-2008-04-04.yaml", "../../data/background.yaml"} {
		if is, err := claimsfile.Format(name, file(t, name)); err != nil || string(is) != string(file(t, name)) {
			t.Errorf("%s is not as kg fmt writes it: %v", name, err)
			if os.Getenv("KG_UPDATE") != "" {
				if err := os.WriteFile(name, is, 0o644); err != nil {
					t.Error(err)
				}
			}
		}
	}
}

func commentsOf(file []byte) (list []string) {
	for _, c := range comment.FindAllString(string(file), -1) {
		list = append(list, strings.TrimSpace(c))
	}
	slices.Sort(list)
	return list
}

func formatLaws(t *testing.T, o *schema.Ontology, name string, was, is []byte) {
	t.Helper()
	again, err := claimsfile.Format(name, is)
	if err != nil || string(again) != string(is) {
		t.Errorf("%s: formatted twice it is another file: %v\n%q\n%q", name, err, is, again)
	}
	before, err := data.Read(name, was, o, schema.DefaultBase)
	after, failed := data.Read(name, is, o, schema.DefaultBase)
	if (err == nil) != (failed == nil) {
		t.Errorf("%s: it was read with %v, and is with %v\n%s", name, err, failed, is)
	}
	if err != nil || failed != nil {
		return
	}
	if !slices.Equal(datatest.Quads(before), datatest.Quads(after)) {
		t.Errorf("%s has other quads", name)
	}
}

func FuzzFormat(f *testing.F) {
	f.Add(file(f, "../../data/testdata/example.yaml"))
	f.Add(file(f, "../../data/testdata/example.draft.yaml"))
	f.Add([]byte(strings.Replace(unformatted, "%s\n", "", 1)))
	f.Add([]byte("source: {id: x} # a\nentities:\n  # b\n  a: City X\nclaims:\n- edges: a b c # d\n#e"))
	f.Add([]byte("source: {id: x, of: 'kg:source/y'}\nclaims:\n  a: {at: 3/2:5-9 1347d3b03a13ee867cbab8b0a42a096bdbe46da582217069c22eb01f7d82784e} # a\n  b:\n    at: {page: 3, end: 9, # b\n      start: 5, paragraph: 2, sha256: 1347d3b03a13ee867cbab8b0a42a096bdbe46da582217069c22eb01f7d82784e}\n"))
	f.Add([]byte("claims: {a: {edges: [a b c, {d: {e: [f, g]}}]}}\nskipped: [{at: \"x\", why: 'y'}]\n"))
	o := ontology(f)
	f.Fuzz(func(t *testing.T, was []byte) {
		is, err := claimsfile.Format("x.yaml", was)
		if err != nil {
			return
		}
		formatLaws(t, o, "x.yaml", was, is)
	})
}

// A comment is kept wherever it stands.
func TestFormatKeepsEveryComment(t *testing.T) {
	t.Parallel()
	o := ontology(t)
	lines := strings.SplitAfter(string(file(t, "../../data/testdata/example.yaml")), "\n")
	kept := 0
	for i := range lines {
		behind := slices.Clone(lines)
		behind[i] = strings.TrimRight(behind[i], "\n") + " # mine\n"
		for _, was := range []string{
			strings.Join(slices.Insert(slices.Clone(lines), i, "# mine\n"), ""),
			strings.Join(slices.Insert(slices.Clone(lines), i, "        # mine\n", "\n", "#mine\n"), ""),
			strings.Join(behind, ""),
		} {
			is, err := claimsfile.Format("x.yaml", []byte(was))
			if err != nil {
				continue // of what a comment broke
			}
			kept++
			if i%8 == 0 {
				formatLaws(t, o, "x.yaml", []byte(was), is)
			}
			if got, want := commentsOf(is), commentsOf([]byte(was)); !slices.Equal(got, want) {
				t.Errorf("line %d: the comments are %q, not %q\n%s", i+1, got, want, is)
			}
		}
	}
	if kept < 2*len(lines) {
		t.Errorf("only %d of %d files could be read", kept, 3*len(lines))
	}
}
