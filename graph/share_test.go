package graph_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/schema"
)

// What some sources say is what a store has that never loaded the others, byte by byte,
// background included.
func TestPartOfSources(t *testing.T) {
	t.Parallel()
	known := docs(t, strings.Replace(atlas, "id: atlas", "id: background", 1))
	opt := graph.LoadOptions{Background: known}
	both, alone := storePath(t), storePath(t)
	load(t, both, opt, inTown, ofLand)
	load(t, alone, opt, ofLand)
	loadText(t, both, foreignQuads)
	part, _, err := writable(t, both).Part(context.Background(), graph.PartOptions{Base: base, Sources: []quad.IRI{sourceIRI(t, ofLand)}})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := theExport(t, part), theExport(t, writable(t, alone)); got != want {
		t.Errorf("the part is\n%s\nwant\n%s", got, want)
	}
}

func theExport(t *testing.T, s *graph.Store) string {
	t.Helper()
	var text bytes.Buffer
	if err := s.Export(context.Background(), &text, graph.ExportOptions{}); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// sourceIRI is the source of a claims file.
func sourceIRI(t *testing.T, file string) quad.IRI {
	t.Helper()
	return docs(t, file)[0].SourceIRI()
}

const secret = `source: {id: leak, title: Ann Lee's letter, publisher: gull, annotator: gull, date: 2019-04-08, language: en}
entities:
  gull: {kind: Organisation, name: The Gull}
  ann-lee: {kind: Person, name: Ann Lée, also: [A. Lee, "Lee, Ann"], description: A clerk who is called Lee}
  bo-lee: {kind: Person, name: Bo Lee}
  firm: {kind: Company, name: The friends of Ann-Lee}
claims:
  ann-lee-tells:
    says: Bo Lee owns the firm, said ann  lee.
    see: https://example.org/anne/Ann_Lee?who=ann%20lee
    speaker: ann-lee
    note: She signs as annlee@example.org; ask Bo Lee.
    edges: [bo-lee owns firm 40%]
`

// A name that is redacted is in no byte of any format, in no form; what else is said
// stays, and the person stays one.
func TestRedact(t *testing.T) {
	t.Parallel()
	path := storePath(t)
	load(t, path, graph.LoadOptions{}, secret)
	s, ctx := writable(t, path), context.Background()
	who := quad.IRI(string(base) + "person/ann-lee")
	part, stood, err := s.Part(ctx, graph.PartOptions{Base: base, Redact: who})
	if err != nil {
		t.Fatal(err)
	}
	if len(stood) < 4 || stood[""] == 0 {
		t.Errorf("the name stood in %v", stood)
	}
	for _, format := range []string{graph.NQuads, graph.Turtle, graph.TriG, graph.JSONLD, graph.GraphMLFormat, graph.GEXF, graph.CSV} {
		var out bytes.Buffer
		if format == graph.CSV {
			_, err = part.ExportCSV(ctx, &out, &out, base, graph.ExportOptions{})
		} else {
			_, err = part.ExportAs(ctx, &out, format, base, graph.ExportOptions{})
		}
		if err != nil {
			t.Fatal(err)
		}
		text := strings.ToLower(out.String())
		for _, form := range []string{"ann lee", "ann-lee", "ann lée", "annlee", "ann_lee", "ann%20lee", `l\u00e9e`, "lée", "lee, ann", "a. lee", "ann  lee", "called lee"} {
			if i := strings.Index(text, form); i >= 0 {
				t.Errorf("%s has %q: %s", format, form, text[max(0, i-60):min(len(text), i+60)])
			}
		}
		for _, stays := range []string{"bo lee", "a person known to the annotator", "person/known-"} {
			if !strings.Contains(text, stays) && !(format == graph.Turtle || strings.Contains("graphml gexf csv", format)) {
				t.Errorf("%s has no %q", format, stays)
			}
		}
	}
	if again, _, err := s.Part(ctx, graph.PartOptions{Base: base, Redact: who}); err != nil || theExport(t, again) == theExport(t, part) {
		t.Errorf("two exports have the same minted id: %v", err)
	}
}

// The id of somebody else who has the name, and is not decided to be the person, tells it,
// and goes with it.
func TestRedactOfOneName(t *testing.T) {
	t.Parallel()
	path := storePath(t)
	load(t, path, graph.LoadOptions{}, strings.Replace(secret, "bo-lee: {kind: Person, name: Bo Lee}", "bo-lee: {kind: Person, name: Bo Lee}\n  lee-2: {kind: Person, name: Ann Lee}", 1))
	part, _, err := writable(t, path).Part(context.Background(), graph.PartOptions{Base: base, Redact: quad.IRI(string(base) + "person/ann-lee")})
	if err != nil {
		t.Fatal(err)
	}
	if text := theExport(t, part); strings.Contains(text, "lee-2") || !strings.Contains(text, "person/bo-lee") {
		t.Errorf("of two of one name one is told, or somebody of another name is not:\n%s", text)
	}
}

// A part of the name in a text that says more than the name is refused, and told; so is
// one whom the notes alone betray, unless these are left out.
func TestRedactRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"note: Mrs Lee told us; ask Bo Lee.": `skos:note of kg:source/leak/claim/`,
		"note: This is Ann.":                 `"This is Ann."`,
		"hedge: as Lee puts it":              `kgo:hedge`,
	} {
		path := storePath(t)
		load(t, path, graph.LoadOptions{}, strings.Replace(secret, "note: She signs as annlee@example.org; ask Bo Lee.", text, 1))
		s, ctx := writable(t, path), context.Background()
		o := graph.PartOptions{Base: base, Redact: quad.IRI(string(base) + "person/ann-lee")}
		_, _, err := s.Part(ctx, o)
		if trace := new(graph.ConflictError); !errors.As(err, &trace) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", text, err, want)
		}
		o.WithoutNotes = true
		if _, _, err := s.Part(ctx, o); (err == nil) != strings.HasPrefix(text, "note") {
			t.Errorf("%s, without notes: %v", text, err)
		}
	}
}

// A decision keeps its force when its author, its reason or what it is on has the name
// to redact, and no digest of the name stays: a source that was retracted does not come
// back with the export, and what was decided to be one stays one.
func TestRedactDecisions(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for _, c := range []struct {
		name string
		who  graph.PartOptions
	}{
		{"a person of the graph", graph.PartOptions{Base: base, Redact: quad.IRI(string(base) + "person/ann-lee")}},
		{"an author who is nobody in it", graph.PartOptions{Base: base, RedactAuthor: "ann lée"}},
	} {
		file := strings.Replace(secret, "bo-lee: {kind: Person, name: Bo Lee}", "bo-lee: {kind: Person, name: Bo Lee}\n  a-lee: {kind: Person, name: Ann Lee}", 1)
		if c.who.Redact == "" {
			file = strings.NewReplacer("ann-lee", "abe-poe", "Ann Lée", "Abe Poe", "Ann-Lee", "Poe", "A. Lee", "A. Poe", "Lee, Ann", "Poe, Abe", "called Lee", "called Poe",
				"said ann  lee", "said Poe", "Ann_Lee", "Poe", "ann%20lee", "Poe", "annlee", "poe", "a-lee", "a-poe", "name: Ann Lee", "name: Abraham Poe", "Ann Lee's", "Poe's", "/anne/", "/poe/").Replace(secret)
			file = strings.Replace(file, "bo-lee: {kind: Person, name: Bo Lee}", "bo-lee: {kind: Person, name: Bo Lee}\n  a-poe: {kind: Person, name: Abraham Poe}", 1)
		}
		one, other := "kg:person/ann-lee", "kg:person/a-lee"
		if c.who.Redact == "" {
			one, other = "kg:person/abe-poe", "kg:person/a-poe"
		}
		path := storePath(t)
		load(t, path, graph.LoadOptions{}, file, strings.ReplaceAll(told, "firm", "concern"))
		s := writable(t, path)
		by := graph.DecisionOptions{Base: base, Reason: "Ann Lee said so", By: "Ann Lee"}
		d, err := s.View(base).NewMatch(schema.Same, iri(one), iri(other), by)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.SetMatches(ctx, base, []*schema.Decision{d}, nil, false); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Retract(ctx, iri("kg:source/told"), by); err != nil {
			t.Fatal(err)
		}
		part, _, err := s.Part(ctx, c.who)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		text := strings.ToLower(theExport(t, part))
		if strings.Contains(text, "ann lee") || strings.Contains(text, strings.ToLower(string(d.IRI))) {
			t.Errorf("%s: the name, or a digest of it, is in the export", c.name)
		}
		again := storeOf(t, nil)
		loadText(t, again, theExport(t, part))
		v := whole(open(t, again))
		equal(t, c.name, findings(t, v.WithRetracted()), nil)
		if v.Retraction(iri("kg:source/told")) == nil {
			t.Errorf("%s: what was retracted is back", c.name)
		}
		if m := v.Matches(); c.who.Redact != "" && len(m) > 0 { // the two are one redacted person
			t.Errorf("%s: the decisions are %v", c.name, m)
		} else if c.who.Redact == "" && (len(m) != 1 || m[0].Verdict != schema.Same || m[0].By != "a person known to the annotator") {
			t.Errorf("%s: the decisions are %v", c.name, m)
		}
	}
}
