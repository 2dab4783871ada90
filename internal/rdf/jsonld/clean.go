package jsonld

import (
	"encoding/json"
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/piprate/json-gold/ld"

	"kg/internal/rdf/nquads"
)

// cleaner walks an expanded document: it refuses what json-gold would drop on the way to
// RDF, and writes numbers as their literals.
type cleaner struct {
	doc  *document
	base string
	err  error
}

// percent matches a percent-encoded non-ASCII byte.
var percent = regexp.MustCompile(`%[89A-F][0-9A-F]`)

func (c *cleaner) clean(value any) {
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			c.clean(item)
		}
	case map[string]any:
		if _, ok := v["@value"]; ok {
			c.literal(v)
			return
		}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			if key != "@index" && key != "@direction" {
				c.property(key)
				c.clean(v[key])
			}
		}
	case string:
		c.name(v)
	}
}

func (c *cleaner) fail(s, expected, found string) {
	if c.err == nil {
		c.err = c.doc.failAt(s, expected, found)
	}
}

// property refuses a key that is no IRI.
func (c *cleaner) property(key string) {
	if strings.HasPrefix(key, "_:") {
		c.fail(key, "an IRI as a property", "the blank node "+key)
	}
	c.name(key)
}

// name refuses an IRI that was relative.
func (c *cleaner) name(iri string) {
	for from := range strings.SplitSeq("relative-to-nothing://-/-/-/-/ relative-to-nothing://-/-/-/ relative-to-nothing://-/-/ relative-to-nothing://-/ relative-to-nothing:", " ") {
		if rest, ok := strings.CutPrefix(iri, from); ok {
			c.fail(rest, "an absolute IRI (one with a scheme)", strconv.Quote(rest))
			return
		}
	}
	// json-gold percent-encodes non-ASCII characters of a relative IRI, which makes it
	// another IRI.
	if code := percent.FindString(iri); code != "" && !strings.Contains(c.base, code) && !strings.Contains(string(c.doc.text), code) {
		c.fail(iri, "an absolute IRI, or a relative one of ASCII alone", strconv.Quote(iri))
	}
	if !strings.HasPrefix(iri, "@") && !strings.Contains(iri, ":") {
		c.fail(iri, "an absolute IRI (one with a scheme)", strconv.Quote(iri))
	}
}

// literal makes a text of a number.
func (c *cleaner) literal(v map[string]any) {
	datatype, _ := v["@type"].(string)
	if datatype == "@json" {
		c.json(v)
		return
	}
	if datatype != "" {
		c.name(datatype)
	}
	if _, ok := v["@direction"]; ok {
		c.fail("@direction", "a text without a direction, for which this graph has no place", "one with @direction")
	}
	if _, text := v["@value"].(string); text && datatype == ld.RDFJSONLiteral {
		v["@type"] = jsonMark // the text is JSON already
	}
	number, ok := v["@value"].(json.Number)
	if !ok {
		return
	}
	exact, ok := new(big.Rat).SetString(boundedNumber(number.String()))
	f, err := number.Float64()
	if !ok || err != nil {
		c.err = c.doc.fail(max(0, strings.Index(string(c.doc.text), number.String())), "a number that a double can hold", number.String())
		return
	}
	if exact.IsInt() && (f < 1e21 && f > -1e21) && datatype != ld.XSDDouble {
		v["@value"] = exact.Num().String()
		if datatype == "" {
			v["@type"] = ld.XSDInteger
		}
		return
	}
	text, err := nquads.TermOf(quad.Float(f))
	if err != nil {
		c.err = err
		return
	}
	v["@value"] = string(text.Text)
	if datatype == "" {
		v["@type"] = ld.XSDDouble
	}
}

// jsonMark stands for rdf:JSON up to the quads: json-gold would make JSON of the text
// once more.
const jsonMark = noBase + "json"

// json writes a JSON literal in its canonical form (RFC 8785), where json-gold would
// write the message of an error.
func (c *cleaner) json(v map[string]any) {
	b, err := json.Marshal(v["@value"])
	text := jsontext.Value(b)
	if err == nil {
		err = text.Canonicalize()
	}
	if err != nil && c.err == nil {
		c.err = c.doc.fail(0, "JSON literals that have a canonical form", err.Error())
	}
	v["@value"], v["@type"] = string(text), jsonMark
}

// boundedNumber is a number whose exponent no double exceeds by far, empty for
// another: its digits could fill the memory.
func boundedNumber(number string) string {
	i := strings.IndexAny(number, "eE")
	if i < 0 {
		return number
	}
	if e, err := strconv.Atoi(number[i+1:]); err != nil || e > 400 || e < -400 {
		return ""
	}
	return number
}

// contextTerms gathers the names that the contexts of a document define.
func contextTerms(value any, context bool, terms map[string]bool) {
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			contextTerms(item, context, terms)
		}
	case map[string]any:
		for key, item := range v {
			if terms[key] = terms[key] || context; key == "@context" || !context {
				contextTerms(item, key == "@context", terms)
			} else {
				contextTerms(item, false, terms) // a context within a term's definition
			}
		}
	}
}

// unmapped is the first key of a document, by name, that no context defines.
func unmapped(value any, terms map[string]bool) string {
	var names []string
	var walk func(any)
	walk = func(value any) {
		switch v := value.(type) {
		case []any:
			for _, item := range v {
				walk(item)
			}
		case map[string]any:
			for key, item := range v {
				if key == "@context" {
					continue
				}
				if !terms[key] && !strings.Contains(key, ":") && !strings.HasPrefix(key, "@") {
					names = append(names, key)
				}
				walk(item)
			}
		}
	}
	walk(value)
	slices.Sort(names)
	return strings.Join(names[:min(1, len(names))], "")
}
