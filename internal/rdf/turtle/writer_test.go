package turtle_test

import (
	"bytes"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/internal/rdf/nquads"
	"kg/internal/rdf/turtle"
	"kg/schema"
)

// tokens of the Turtle that Write puts out, read independently of it: IRIs,
// literals with datatype or language, prefixed names, a and punctuation.
var tokens = regexp.MustCompile(`<[^>]*>|"(?:[^"\\]|\\.)*"(?:@[A-Za-z0-9-]+|\^\^(?:<[^>]*>|[a-z]+:[A-Za-z0-9_-]+))?|@prefix|_:[A-Za-z0-9_]+|[a-z]+:[A-Za-z0-9_-]*|a|[.;,]`)

// read turns Turtle of that kind into sorted lines of N-Triples.
func read(t *testing.T, text string) []string {
	t.Helper()
	prefixes := map[string]string{}
	long := func(token string) string {
		if token == "a" {
			return "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
		}
		name, rest, ok := strings.Cut(token, ":")
		if !ok || strings.HasPrefix(token, "<") || strings.HasPrefix(token, "_:") {
			return token
		}
		if prefixes[name] == "" {
			t.Fatalf("prefix %s is not declared", name)
		}
		return "<" + prefixes[name] + rest + ">"
	}
	object := func(token string) string {
		if i := strings.LastIndex(token, `"^^`); i > 0 && token[0] == '"' {
			return token[:i+3] + long(token[i+3:])
		}
		if token[0] == '"' {
			return token
		}
		return long(token)
	}
	body := strings.TrimPrefix(text, strings.SplitAfter(text, "\n")[0])
	found := tokens.FindAllString(body, -1)
	if rest := strings.TrimSpace(tokens.ReplaceAllString(body, "")); rest != "" {
		t.Fatalf("%q is no token", rest)
	}
	var lines []string
	s, p := "", ""
	for i := 0; i < len(found); {
		switch {
		case found[i] == "@prefix":
			prefixes[strings.TrimSuffix(found[i+1], ":")] = strings.Trim(found[i+2], "<>")
			i += 4
			continue
		case s == "":
			s, p = long(found[i]), long(found[i+1])
			i += 2
		}
		lines = append(lines, s+" "+p+" "+object(found[i])+" .\n")
		switch found[i+1] {
		case ".":
			s = ""
			i += 2
		case ";":
			p = long(found[i+2])
			i += 3
		case ",":
			i += 2
		default:
			t.Fatalf("%q after an object", found[i+1])
		}
	}
	slices.Sort(lines)
	return lines
}

// triples are the quads' own lines without labels.
func triples(t *testing.T, quads []quad.Quad) []string {
	t.Helper()
	var lines []string
	for _, q := range quads {
		q.Label = nil
		line, err := nquads.AppendQuad(nil, q)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(line))
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}

// TestRoundTrip writes random quads and reads the same triples back.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	iris := []quad.IRI{"https://kg.example/person/kim", "https://kg.example/ontology#Bribe", "https://kg.example/ontology#a.b", "https://kg.example/ontology#",
		"https://kg.example/x#-y", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "urn:x:é", "https://schema.org/value", "https://kg.example/ontology#ends-"}
	literals := []quad.Value{quad.String(""), quad.String(`say "no" \ . ; , <a>`), quad.String("two\nlines\t'"), quad.LangString{Value: "a \"b", Lang: "en-GB"},
		quad.Int(3), quad.Float(2.5), quad.Bool(true), quad.TypedString{Value: "007", Type: "http://www.w3.org/2001/XMLSchema#integer"},
		quad.TypedString{Value: `x"^^<y>`, Type: "https://example.org/a/b"}, quad.String(`"^^<z>`)}
	for range 300 {
		var quads []quad.Quad
		for range r.IntN(12) {
			q := quad.Quad{Subject: iris[r.IntN(len(iris))], Predicate: iris[r.IntN(len(iris))], Label: iris[r.IntN(len(iris))]}
			if n := r.IntN(len(iris) + len(literals)); n < len(iris) {
				q.Object = iris[n]
			} else {
				q.Object = literals[n-len(iris)]
			}
			quads = append(quads, q)
		}
		var b bytes.Buffer
		if err := turtle.Write(&b, quads, schema.DefaultBase.Prefixes()); err != nil {
			t.Fatal(err)
		}
		if got, want := read(t, b.String()), triples(t, quads); !slices.Equal(got, want) {
			t.Fatalf("read back\n%s\nof\n%s\nwritten as\n%s", got, want, b.String())
		}
	}
}

func TestWrite(t *testing.T) {
	t.Parallel()
	quads := []quad.Quad{
		{Subject: quad.IRI("https://kg.example/person/ann"), Predicate: schema.Label, Object: quad.String("Ann"), Label: quad.IRI("https://kg.example/source/s")},
		{Subject: quad.IRI("https://kg.example/person/ann"), Predicate: schema.Type, Object: quad.IRI("https://kg.example/ontology#Person"), Label: quad.IRI("https://kg.example/source/s")},
		{Subject: quad.IRI("https://kg.example/person/ann"), Predicate: schema.Label, Object: quad.String("Anne"), Label: quad.IRI("https://kg.example/source/t")},
	}
	var b bytes.Buffer
	if err := turtle.Write(&b, quads, schema.DefaultBase.Prefixes()); err != nil {
		t.Fatal(err)
	}
	const want = `# Turtle has no labels: which claim asserts which triple is lost here. N-Quads, TriG and JSON-LD keep it.
@prefix kgo: <https://kg.example/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

<https://kg.example/person/ann>
	a kgo:Person ;
	rdfs:label "Ann" , "Anne" .
`
	if b.String() != want {
		t.Errorf("wrote\n%s, not\n%s", b.String(), want)
	}
}

// TestRefuses: a term that would forge a triple is an error.
func TestRefuses(t *testing.T) {
	t.Parallel()
	for _, q := range []quad.Quad{
		{Subject: quad.IRI("https://x.example/> <b> <c> . <d"), Predicate: schema.Label, Object: quad.String("x")},
		{Subject: quad.String("x"), Predicate: schema.Label, Object: quad.String("x")},
		{Subject: quad.IRI("relative"), Predicate: schema.Label, Object: quad.String("x")},
		{Subject: quad.IRI("https://x.example/"), Predicate: schema.Label, Object: quad.String("\xff")},
	} {
		var b bytes.Buffer
		if err := turtle.Write(&b, []quad.Quad{q}, nil); err == nil || b.Len() > 0 {
			t.Errorf("%v was written as %q", q, b.String())
		}
	}
}
