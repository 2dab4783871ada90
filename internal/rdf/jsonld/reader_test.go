package jsonld_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"kg/internal/rdf/jsonld"
	"kg/internal/rdf/lex"
	"kg/internal/rdf/nquads"
)

// lines are the quads of a document as N-Quads.
func lines(text string) (string, error) {
	r := jsonld.NewReader(strings.NewReader(text), "x.jsonld", "")
	var b []byte
	for {
		var q [4]nquads.Term
		err := r.ReadTerms(&q)
		if err == io.EOF {
			return string(b), nil
		}
		if err != nil {
			return string(b), err
		}
		for i := range q {
			if q[i].Kind != nquads.None {
				if b, err = q[i].Append(b); err != nil {
					return "", err
				}
				b = append(b, ' ')
			}
		}
		b = append(b, ".\n"...)
	}
}

// Numbers keep their digits, which json-gold takes from many.
func TestNumbers(t *testing.T) {
	t.Parallel()
	const xsd = "^^<http://www.w3.org/2001/XMLSchema#"
	for number, want := range map[string]string{
		"900719925474099312": `"900719925474099312"` + xsd + `integer>`, "1e2": `"100"` + xsd + `integer>`, "-0": `"0"` + xsd + `integer>`,
		"0.30000000000000004": `"3.0000000000000004E-1"` + xsd + `double>`, "1e30": `"1.0E30"` + xsd + `double>`, "2.5": `"2.5E0"` + xsd + `double>`,
		`{"@value": 5, "@type": "http://www.w3.org/2001/XMLSchema#double"}`:   `"5.0E0"` + xsd + `double>`,
		`{"@value": [null, 1.0, "\u2028"], "@type": "@json"}`:                 "\"[null,1,\\\"\u2028\\\"]\"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON>",
		`{"@value": "007", "@type": "http://www.w3.org/2001/XMLSchema#byte"}`: `"007"` + xsd + `byte>`,
	} {
		got, err := lines(`{"@id": "a:s", "a:p": ` + number + `}`)
		if err != nil || got != "<a:s> <a:p> "+want+" .\n" {
			t.Errorf("%s gives %s, %v, not %s", number, got, err, want)
		}
	}
}

// Properties that would be dropped, and invalid JSON-LD, are refused with their position.
func TestRefused(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"{\"@id\": \"a:s\",\n \"name\": 1}":                      `2:2: expected a property that a context maps to an IRI, found "name", which would be dropped`,
		"{\"@id\": \"s\", \"a:p\": 1}":                           `1:9: expected an absolute IRI (one with a scheme), found "s"`,
		"{\"@id\": \"../s\", \"a:p\": 1}":                        `1:9: expected an absolute IRI (one with a scheme), found "s"`,
		"{\"@id\": \"a:s\", \"a:p\": {\"@id\": \"é\"}}":          `1:1: expected an absolute IRI (one with a scheme), found "%C3%A9"`,
		"{\"@id\": \"a:s\", \"_:p\": 1}":                         `1:16: expected an IRI as a property, found the blank node _:p`,
		"{\"@context\": \"https://schema.org/\", \"name\": 1}":   `1:14: expected a context that stands in the document, for kg asks the network for nothing, found the address https://schema.org/`,
		"{\"@id\": \"a:s\",\n\"@id\": \"a:t\"}":                  `2:5: expected each key of an object once, found "@id" again`,
		"{\"@id\": \"a:s\"} x":                                   `1:16: expected the end of the document, found more of it`,
		"{\"@id\": \"a:s\",\n]":                                  `2:1: expected JSON, found invalid character ']' looking for beginning of object key string`,
		"{\"@id\": \"a:s\"":                                      `1:14: expected the rest of the JSON, found the end of the text`,
		"":                                                       `1:1: expected the rest of the JSON, found the end of the text`,
		"\xff":                                                   `1:1: expected UTF-8, found byte 0xFF`,
		"{\"@id\": \"a:s\", \"a:p\": 1e999}":                     `1:23: expected a number that a double can hold, found 1e999`,
		"{\"@id\": \"a:s s\", \"a:p\": 1}":                       `1:9: expected terms of RDF, found writing term: expected a character that may stand in an IRI, found ' ' (U+0020) in "a:s s"`,
		strings.Repeat("[", 600):                                 `1:501: expected at most 500 levels of nesting, found one more`,
		`{"@id": "a:s", "a:p": {"@value": "x", "@type": "d"}}`:   `1:48: expected an absolute IRI (one with a scheme), found "d"`,
		`{"@id": "a:s", "@type": "t"}`:                           `1:25: expected an absolute IRI (one with a scheme), found "t"`,
		`{"@context": {"@vocab": "a:", "p": null}, "p": 1}`:      `1:1: expected properties that a context maps to IRIs, found one that it maps to nothing, which would be dropped`,
		`{"@id": "a:s", "a:p": {"@value": "x", "@language": 1}}`: `1:1: expected JSON-LD 1.1, found invalid language-tagged string: @language value must be a string`,
	} {
		got, err := lines(text)
		if err == nil || err.Error() != `reading quads "x.jsonld":`+want {
			t.Errorf("%.80s: %v, and not %s; quads\n%s", text, err, want, got)
		}
	}
}

// FuzzRead: a document gives quads that can be written, or an error with its position.
func FuzzRead(f *testing.F) {
	for _, text := range []string{
		`{"@id": "a:s", "a:p": [1, 2.5, true, null, {"@value": "x", "@language": "en"}]}`,
		`{"@context": {"n": {"@id": "a:n", "@container": "@list"}, "@base": "http://a/"}, "@graph": [{"@id": "x", "n": [{}, []]}]}`,
		`[{"@id": "_:b", "@type": "a:T", "@reverse": {"a:p": {"@id": "a:o"}}, "@included": []}]`,
		`{"@context": {"@version": 1.1, "i": {"@id": "a:i", "@container": ["@graph", "@id"]}}, "i": {"a:g": {"a:p": "x"}}}`,
		`{"@context": null, "a:j": {"@type": "@json", "@value": {"a": [1e3]}}}`, `{"@context": [{"@import": "x"}]}`, `{"@set": [{"@nest": 1}]}`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		_, err := lines(text)
		var syntax *lex.SyntaxError
		if err != nil && (!errors.As(err, &syntax) || strings.Contains(err.Error(), "\n")) {
			t.Fatalf("%q: strange error %v", text, err)
		}
	})
}
