package claimsfile_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"kg/data"
	"kg/internal/claimsfile"
	"kg/internal/document"
	"kg/internal/propose"
	"kg/internal/sourcetext"
	"kg/internal/strict"
	"kg/schema"
)

// standText is a text of which kg new proposes claims with blanks.
const standText = `Harbour news

Ann Lee paid Bo Kim 20,000 euros in March 2019, the police said.

Ann Lee owns the shipping company Blue Line, Mr Kim said.
`

func proposed(t *testing.T) (*claimsfile.Edited, *sourcetext.Text, *schema.Ontology) {
	t.Helper()
	o := ontology(t)
	text, err := sourcetext.New([]byte(standText))
	if err != nil {
		t.Fatal(err)
	}
	p, err := propose.Text(text, o, propose.Hints{ID: "harbour", Known: func(string) (*propose.Known, error) { return nil, nil }})
	if err != nil {
		t.Fatal(err)
	}
	file, err := p.File("Reader", false)
	if err != nil {
		t.Fatal(err)
	}
	return edited(t, file), text, o
}

// readSays are the messages of Read, which tells no more than Stand does.
func readSays(t *testing.T, e *claimsfile.Edited, o *schema.Ontology, s *claimsfile.Standing) {
	t.Helper()
	_, err := data.Read("x.yaml", e.File(), o, schema.DefaultBase)
	if err == nil != (len(s.Open) == 0) {
		t.Errorf("read it says %v, and open is %v", err, s.Open)
	}
	var list *strict.Error
	if errors.As(err, &list) {
		for _, p := range list.Problems {
			if !slices.ContainsFunc(s.Open, func(o claimsfile.Open) bool { return o.Msg == p.Msg }) {
				t.Errorf("not open is what Read tells: %s", p.Msg)
			}
		}
	}
}

// A file that kg new wrote is filled in claim by claim: what is open only becomes
// less, what is whole holds, and in the end all does.
func TestStand(t *testing.T) {
	t.Parallel()
	e, _, o := proposed(t)
	was := e.Stand(o, schema.DefaultBase)
	readSays(t, e, o, was)
	if was.Doc != nil || len(was.Left) != 2 {
		t.Fatalf("without a publisher it holds: %+v", was)
	}
	step := func(next *claimsfile.Edited, err error, left int) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		s := next.Stand(o, schema.DefaultBase)
		readSays(t, next, o, s)
		if more := s.More(was); len(more) > 0 {
			t.Errorf("more is open: %v", more)
		}
		if s.Doc == nil || len(s.Left) != left {
			t.Errorf("left out is %v, not %d; open is %v", s.Left, left, s.Open)
		}
		e, was = next, s
	}
	next, _, err := e.PutEntity("", claimsfile.EntityText{ID: "herald", Line: "NewsMedia The Herald"})
	if err == nil {
		next, err = next.PutSource(map[string]string{"publisher": "herald", "date": "2019-04-08"})
	}
	step(next, err, 2)
	fill := func(edges string, left int) {
		t.Helper()
		i := slices.IndexFunc(e.Claims(), func(c claimsfile.ClaimText) bool { return c.Values["edges"] == document.Blank })
		c := e.Claims()[i]
		c.Values["edges"] = edges
		next, id, err := e.PutClaim(c.ID, c)
		step(next, err, left)
		if open := was.Of(id); len(open) > 0 {
			t.Errorf("the claim does not hold: %v", open)
		}
	}
	// A claim about what has no kind yet is open itself.
	early := e.Claims()[0]
	early.Values["edges"] = "ann-lee paid bo-kim"
	if with, id, err := e.PutClaim(early.ID, early); err != nil || len(with.Stand(o, schema.DefaultBase).Of(id)) != 2 || !with.Stand(o, schema.DefaultBase).Of(id)[0].Follows {
		t.Errorf("its entities are open, and it is not: %v", err)
	}
	for _, line := range []string{"Person Ann Lee", "Person Bo Kim"} {
		next, _, err := e.PutEntity("", claimsfile.EntityText{Line: line})
		step(next, err, 2)
	}
	fill("ann-lee paid bo-kim 20000 EUR, 2019-03", 1)
	fill("ann-lee owns blue-line", 0)
	// A claim with a mistake, and an event without its status, are open alone.
	bad, _, err := e.PutClaim("", claimsfile.ClaimText{Values: map[string]string{"edges": "ann-lee owns nobody"}})
	if err != nil {
		t.Fatal(err)
	}
	s := bad.Stand(o, schema.DefaultBase)
	readSays(t, bad, o, s)
	if more := s.More(was); s.Doc == nil || len(s.Left) != 1 || len(more) == 0 || more[0].Claim != "ann-lee-owns-nobody" {
		t.Errorf("open is %+v", s)
	}
	bad, _, err = e.PutEntity("", claimsfile.EntityText{ID: "sale", Line: "Sale (A sale)"})
	if err != nil {
		t.Fatal(err)
	}
	if s = bad.Stand(o, schema.DefaultBase); s.Doc == nil || len(s.More(was)) != 1 || s.Open[0].Entity != "sale" {
		t.Errorf("open is %+v", s)
	}
}

// A mistake that is open only while another is, such as a missing status beside a blank
// claim, is listed from the beginning.
func TestStandTellsAllAtOnce(t *testing.T) {
	t.Parallel()
	e, _, o := proposed(t)
	with, _, err := e.PutEntity("", claimsfile.EntityText{ID: "sale", Line: "Sale (A sale)"})
	if err != nil {
		t.Fatal(err)
	}
	s := with.Stand(o, schema.DefaultBase)
	if !slices.ContainsFunc(s.Open, func(o claimsfile.Open) bool { return o.Entity == "sale" && strings.Contains(o.Msg, "needs status") }) {
		t.Errorf("open is %v", s.Open)
	}
}

// A paragraph skipped without a reason is open, and keeps nothing out of the graph.
func TestStandSkipped(t *testing.T) {
	t.Parallel()
	e := edited(t, []byte(strings.Replace(string(file(t, "../../data/testdata/example.yaml")), "    why: The weather is no relationship.\n", "", 1)))
	s := e.Stand(ontology(t), schema.DefaultBase)
	readSays(t, e, ontology(t), s)
	if s.Doc == nil || len(s.Left) > 0 || len(s.Open) != 1 {
		t.Errorf("open is %+v", s)
	}
}

// An entity whose kind is blank gets one by being declared.
func TestPutBlankEntity(t *testing.T) {
	t.Parallel()
	e := edited(t, []byte("source:\n  id: x\n\nentities:\n  ann-lee: ??? Ann Lee # 1:2-3\n"))
	is, id, err := e.PutEntity("", claimsfile.EntityText{Line: "Person Ann Lee"})
	if err != nil || id != "ann-lee" || !strings.Contains(string(is.File()), "  ann-lee: Person Ann Lee # 1:2-3\n") {
		t.Errorf("%v\n%s", err, is.File())
	}
}

// Fields of the source change alone, with their comments, and back.
func TestPutSource(t *testing.T) {
	t.Parallel()
	for name, load := range editedFiles {
		e := edited(t, load(t))
		values := e.Source()
		changed := maps.Clone(values)
		changed["title"], changed["language"], changed["address"] = `It's: "so" # no comment`, "de", "https://x.example/a#b"
		is, err := e.PutSource(changed)
		if err != nil {
			t.Fatal(name, err)
		}
		if got := is.Source(); !maps.Equal(got, changed) {
			t.Errorf("%s: the source is %v, not %v", name, got, changed)
		}
		if len(is.Claims()) != len(e.Claims()) || len(is.Entities()) != len(e.Entities()) {
			t.Errorf("%s: claims or entities are lost", name)
		}
		for _, key := range []string{"title", "language", "address"} {
			changed[key] = values[key]
		}
		if back, err := is.PutSource(changed); err != nil || !maps.Equal(back.Source(), values) || name != "odd" && string(back.File()) != string(e.File()) {
			t.Errorf("%s: changed back it is another: %v\n%s\nis\n%s", name, err, e.File(), back.File())
		}
	}
}

// A file is begun from its text, whatever that names.
func TestBegin(t *testing.T) {
	t.Parallel()
	text, err := sourcetext.New([]byte("Überschrift\n\nnichts mit namen.\n"))
	if err != nil {
		t.Fatal(err)
	}
	p := propose.Source(text, propose.Hints{ID: "Der Bote"})
	e, err := p.Begin("x.yaml", map[string]string{"title": p.Title, "publisher": "bote", "annotator": "bote", "language": "de", "date": "2019"}, []claimsfile.EntityText{claimsfile.ParseEntityText("bote: NewsMedia Der Bote")})
	if err != nil {
		t.Fatal(err)
	}
	s := e.Stand(ontology(t), schema.DefaultBase)
	if s.Doc == nil || len(s.Open) != 0 || e.Source()["id"] != "der-bote" || e.Source()["body"] != "13" {
		t.Errorf("it is %v of\n%s", s.Open, e.File())
	}
}
