package claimsfile_test

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"kg/internal/claimsfile"
	"kg/schema"
)

// listedClaims is a file whose claims are a list, with comments in all positions.
const listedClaims = `source:
  id: s # its id

entities:
  # people
  ann: Person Ann Lee # she
  bo: Person Bo Kim
# between

claims:
  # above one
  - speaker: ann # who
    # above the edges
    edges:
      # above an edge
      - ann paid bo # behind it
      - sale: {buyer: ann}

  # above two
  - says: It is so.
    at: {paragraph: 1, start: 5, end: 9, sha256: aa}
    edges: ann owns bo
# the end
`

var editedFiles = map[string]func(testing.TB) []byte{
	"article":    func(t testing.TB) []byte { return file(t, "../../data/donga-2008-04-04.yaml") },
	"background": func(t testing.TB) []byte { return file(t, "../../data/background.yaml") },
	"example":    func(t testing.TB) []byte { return file(t, "../../data/testdata/example.yaml") },
	"draft":      func(t testing.TB) []byte { return file(t, "../../data/testdata/example.draft.yaml") },
	"odd":        func(testing.TB) []byte { return []byte(strings.Replace(unformatted, "%s\n", "", 1)) },
	"list":       func(testing.TB) []byte { return []byte(listedClaims) },
	"source":     func(testing.TB) []byte { return []byte("source:\n  id: x\n# the end\n") },
}

func edited(t testing.TB, file []byte) *claimsfile.Edited {
	t.Helper()
	e, err := claimsfile.OpenEdited("x.yaml", file)
	if err != nil {
		t.Fatalf("%v\n%s", err, file)
	}
	return e
}

// The laws of editing, of a new claim, of each that is there, and of entities.
func TestEditLaws(t *testing.T) {
	t.Parallel()
	for name, load := range editedFiles {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := edited(t, load(t))
			laid, err := claimsfile.Format("x.yaml", load(t))
			if err != nil || string(e.File()) != string(laid) {
				t.Fatalf("it is not as kg fmt writes it: %v", err)
			}
			for _, at := range []schema.Locator{{}, {Paragraph: 1, Start: 1, End: 3, SHA256: "aa"}, {Words: `It's "so": #1`}} {
				if name == "article" && at.Words == "" {
					continue
				}
				for _, edges := range []string{"new-one owns #: [that", "a: {b: c, d: [e, f]}", "a: b c d\nsecond paid it", "a: {b: c}\na: {b: d}"} {
					addLaws(t, e, claimsfile.ClaimText{At: at, Values: map[string]string{"edges": edges, "says": "It's so: # no comment", "speaker": "ann, bo", "note": "Two\nlines."}})
				}
			}
			claims := e.Claims()
			for i := 0; i < len(claims); i += 1 + len(claims)/3 {
				changeLaws(t, e, claims[i])
			}
			for _, line := range []string{"Person Xaver Yu", "Person (A clerk: #1)", "{kind: Person, name: Xaver Yu, also: [X, Y]}"} {
				entityLaws(t, e, claimsfile.EntityText{ID: "xaver-yu", Line: line})
			}
		})
	}
}

// addLaws: what was added is there as it was given, all else is as it was, and
// without it the file is the same.
func addLaws(t testing.TB, e *claimsfile.Edited, c claimsfile.ClaimText) {
	t.Helper()
	with, id, err := e.PutClaim("", c)
	if err != nil {
		t.Fatalf("adding %v: %v\n%s", c, err, e.File())
	}
	i := slices.IndexFunc(with.Claims(), func(c claimsfile.ClaimText) bool { return c.ID == id })
	if i < 0 {
		t.Fatalf("there is no claim %q in\n%s", id, with.File())
	}
	if got := with.Claims()[i]; !reflect.DeepEqual(got.At, c.At) || !maps.Equal(got.Values, c.Values) {
		t.Errorf("it was %v and is %v in\n%s", c, got, with.File())
	}
	if !within(string(e.File()), string(with.File())) {
		t.Errorf("more was changed:\n%s\nis\n%s", e.File(), with.File())
	}
	back, err := with.RemoveClaim(id)
	if err != nil || string(back.File()) != string(e.File()) {
		t.Errorf("added and removed, it is another file: %v\n%s\nis\n%s", err, e.File(), back.File())
	}
}

// within reports whether the lines of a text are all in another, in that order.
func within(less, more string) bool {
	all := strings.Split(more, "\n")
	for l := range strings.SplitSeq(less, "\n") {
		i := slices.Index(all, l)
		if i < 0 {
			return false
		}
		all = all[i+1:]
	}
	return true
}

// changeLaws: a claim put as it is changes nothing; one with another field has all
// lines but those of that field, and every comment.
func changeLaws(t testing.TB, e *claimsfile.Edited, c claimsfile.ClaimText) {
	t.Helper()
	same, _, err := e.PutClaim(c.ID, c)
	if err != nil || string(same.File()) != string(e.File()) {
		t.Fatalf("%s as it is makes another file: %v\n%s\nis\n%s", c.ID, err, e.File(), same.File())
	}
	for field, value := range map[string]string{"says": "Another: thing.", "hedge": "perhaps", "edges": "x y z\nu: {v: w}", "speaker": ""} {
		other := c
		other.Values = maps.Clone(c.Values)
		other.Values[field] = value
		changed, id, err := e.PutClaim(c.ID, other)
		if err != nil {
			t.Fatalf("%s of %s: %v", field, c.ID, err)
		}
		quoted := func(c string) bool { return strings.HasSuffix(c, `"`) }
		if got, want := slices.DeleteFunc(commentsOf(changed.File()), quoted), slices.DeleteFunc(commentsOf(e.File()), quoted); !slices.Equal(got, want) {
			t.Errorf("%s of %s: the comments are %q, not %q", field, c.ID, got, want)
		}
		claims := changed.Claims()
		for i, was := range e.Claims() {
			if is := claims[i]; was.ID != c.ID && (was.ID != is.ID || !maps.Equal(was.Values, is.Values) || !reflect.DeepEqual(was.At, is.At)) {
				t.Errorf("%s of %s changed claim %s, too", field, c.ID, was.ID)
			}
		}
		i := slices.IndexFunc(claims, func(c claimsfile.ClaimText) bool { return c.ID == id })
		if i < 0 || claims[i].Values[field] != value {
			t.Fatalf("%s of %s is not %q in\n%s", field, c.ID, value, changed.File())
		}
	}
}

func entityLaws(t testing.TB, e *claimsfile.Edited, n claimsfile.EntityText) {
	t.Helper()
	with, id, err := e.PutEntity("", n)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(with.Entities(), n) || !within(string(e.File()), string(with.File())) {
		t.Errorf("%v is not in\n%s", n, with.File())
	}
	same, _, err := with.PutEntity(id, n)
	if err != nil || string(same.File()) != string(with.File()) {
		t.Errorf("as it is it makes another file: %v", err)
	}
	back, err := with.RemoveEntity(id)
	if err != nil || string(back.File()) != string(e.File()) {
		t.Errorf("added and removed, it is another file: %v\n%s\nis\n%s", err, e.File(), back.File())
	}
}

// The lines that an edit changes.
func TestEdit(t *testing.T) {
	t.Parallel()
	e := edited(t, []byte(listedClaims))
	e, id, err := e.PutEntity("", claimsfile.EntityText{Line: "Person Cy Doe (A clerk)"})
	if err != nil || id != "cy-doe" {
		t.Fatalf("the entity is called %q: %v", id, err)
	}
	e, _, err = e.PutClaim("", claimsfile.ClaimText{At: schema.Locator{Paragraph: 1, Start: 2, End: 4, SHA256: "bb"},
		Values: map[string]string{"edges": "cy-doe paid ann\nsale: {buyer: bo}", "speaker": "ann, bo", "stance": "alleges"}})
	if err != nil {
		t.Fatal(err)
	}
	c := e.Claims()[0]
	c.Values["edges"] = "ann paid bo 5 EUR"
	c.Values["hedge"] = "seems: to"
	if e, _, err = e.PutClaim(c.ID, c); err != nil {
		t.Fatal(err)
	}
	const want = `source:
  id: s # its id

entities:
  # people
  ann: Person Ann Lee # she
  bo: Person Bo Kim
  cy-doe: Person Cy Doe (A clerk)

# between

claims:
  # above one
  - speaker: ann # who
    hedge: "seems: to"
    # above the edges
    # above an edge
    # behind it
    edges: ann paid bo 5 EUR

  - speaker: [ann, bo]
    stance: alleges
    at: {paragraph: 1, start: 2, end: 4, sha256: bb}
    edges:
      - cy-doe paid ann
      - sale: {buyer: bo}

  # above two
  - says: It is so.
    at: {paragraph: 1, start: 5, end: 9, sha256: aa}
    edges: ann owns bo
# the end
`
	if got := string(e.File()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for line, want := range map[int]claimsfile.LineInfo{
		6: {Entity: "ann"}, 8: {Entity: "cy-doe"}, 14: {Claim: "ann-paid-bo", Field: "speaker"}, 19: {Claim: "ann-paid-bo", Field: "edges"},
		25: {Claim: "alleges-cy-doe-paid-ann", Field: "edges"}, 26: {Claim: "alleges-cy-doe-paid-ann", Field: "edges", Row: 1}, 1: {}, 2: {Field: "id"}, 32: {},
	} {
		if got := e.LineAt(line); got != want {
			t.Errorf("in line %d is %+v, not %+v", line, got, want)
		}
	}
}

func TestEditRefuses(t *testing.T) {
	t.Parallel()
	e := edited(t, []byte(listedClaims))
	_, _, gone := e.PutClaim("zzz", claimsfile.ClaimText{})
	_, _, open := e.PutClaim("", claimsfile.ClaimText{Values: map[string]string{"edges": "sale: {buyer: [ann}"}})
	_, _, twice := e.PutEntity("", claimsfile.EntityText{Line: "Person Ann", ID: "bo"})
	_, _, nameless := e.PutEntity("", claimsfile.EntityText{Line: "Person"})
	_, removed := e.RemoveEntity("zzz")
	for want, err := range map[string]error{
		`there is no claim "zzz"`: gone, `there is an entity "bo" already`: twice, "an entity is its kind and its name": nameless,
		`there is no entity "zzz"`: removed, "the edges of sale are not whole": open,
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, not %s", err, want)
		}
	}
}

func FuzzEdit(f *testing.F) {
	for name, load := range editedFiles {
		if name == "article" || name == "background" {
			continue // which take long
		}
		f.Add(load(f), "a owns b\nc: {d: e}", "It's so.", "Person Ann", uint16(3))
	}
	f.Fuzz(func(t *testing.T, file []byte, edges, says, entity string, at uint16) {
		e, err := claimsfile.OpenEdited("x.yaml", file)
		if err != nil {
			return
		}
		c := claimsfile.ClaimText{Values: map[string]string{"edges": edges, "says": says}, At: schema.Locator{Paragraph: 1, Start: int(at), End: int(at) + 1, SHA256: "aa"}}
		if with, id, err := e.PutClaim("", c); err == nil {
			back, err := with.RemoveClaim(id)
			if err != nil || string(back.File()) != string(e.File()) {
				t.Fatalf("added and removed, it is another file: %v\n%q\nis\n%q\nwith\n%q", err, e.File(), back.File(), with.File())
			}
			if len(with.Claims()) != len(e.Claims())+1 {
				t.Fatalf("%d claims are %d", len(e.Claims()), len(with.Claims()))
			}
		}
		for _, c := range e.Claims() {
			same, _, err := e.PutClaim(c.ID, c)
			if err != nil || string(same.File()) != string(e.File()) {
				t.Fatalf("%s as it is makes another file: %v\n%q", c.ID, err, e.File())
			}
		}
		if with, id, err := e.PutEntity("", claimsfile.EntityText{ID: "xaver-yu", Line: entity}); err == nil {
			back, err := with.RemoveEntity(id)
			if err != nil || string(back.File()) != string(e.File()) {
				t.Fatalf("added and removed, it is another file: %v\n%q\nis\n%q", err, e.File(), back.File())
			}
		}
	})
}
