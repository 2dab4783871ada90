package graph

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// Cell is a term and what people read for it.
type Cell struct {
	Value quad.Value
	Text  string // a name, a description, or the term itself
	// Parts are the figures of a quantity or a date, by the last part of
	// their predicate: minValue, maxValue, unitText, earliest.
	Parts map[string]quad.Value
	// Data is what JSON has for a cell that is no term, such as a list of
	// speakers.
	Data any
}

// Text is a literal without its datatype or language, and any other term as
// it is.
func Text(value quad.Value) string {
	switch t := value.(type) {
	case nil:
		return ""
	case quad.IRI:
		return string(t)
	case quad.String:
		return string(t)
	case quad.LangString:
		return string(t.Value)
	case quad.TypedString:
		return string(t.Value)
	case quad.Int:
		return strconv.FormatInt(int64(t), 10)
	case quad.Float:
		return strconv.FormatFloat(float64(t), 'g', -1, 64)
	case quad.Bool:
		return strconv.FormatBool(bool(t))
	case quad.Time:
		return time.Time(t).UTC().Format(time.RFC3339Nano)
	}
	return value.String()
}

// JSON is a literal as JSON has it: a text, a number, a truth value, or an
// object with @value and @type or @language; nil for none. Other terms are as
// Text has them.
func JSON(value quad.Value) any {
	switch t := value.(type) {
	case nil:
		return nil
	case quad.Int:
		return int64(t)
	case quad.Float:
		return float64(t)
	case quad.Bool:
		return bool(t)
	case quad.LangString:
		return map[string]string{"@value": string(t.Value), "@language": t.Lang}
	case quad.TypedString:
		return map[string]string{"@value": string(t.Value), "@type": string(t.Type)}
	case quad.Time:
		return map[string]string{"@value": Text(t), "@type": "http://www.w3.org/2001/XMLSchema#dateTime"}
	}
	return Text(value)
}

// Describe tells what people read for a term: the name or description of an
// entity, the figures of a quantity, the short form of any other IRI.
func (v *View) Describe(ctx context.Context, value quad.Value) (Cell, error) {
	c := Cell{Value: value, Text: Text(value)}
	iri, ok := value.(quad.IRI)
	if !ok {
		return c, nil
	}
	c.Text = v.Base.Short(iri)
	for _, predicate := range []quad.IRI{schema.Label, schema.Description} {
		names, err := v.objects(ctx, iri, predicate)
		if err != nil {
			return c, err
		}
		name := ""
		for _, n := range names {
			name = leastText(name, n)
		}
		if name != "" {
			c.Text = name
			break
		}
	}
	kinds, err := v.objects(ctx, iri, schema.Type)
	if err != nil || !slices.Contains(kinds, quad.Value(schema.QuantityClass)) && !slices.Contains(kinds, quad.Value(schema.DateClass)) {
		return c, err
	}
	c.Parts = map[string]quad.Value{}
	return c, v.each(ctx, quad.Subject, iri, func(q quad.Quad) {
		if q.Predicate != schema.Type && q.Predicate != schema.Label {
			c.Parts[LastPart(iriOf(q.Predicate))] = q.Object
		}
	})
}

// leastText keeps the answer the same when two sources name a thing
// differently: the first in order.
func leastText(have string, value quad.Value) string {
	if text := Text(value); have == "" || text < have {
		return text
	}
	return have
}

// LastPart is what stands behind the last / or # of an IRI.
func LastPart(iri quad.IRI) string {
	s := string(iri)
	return s[strings.LastIndexAny(s, "/#")+1:]
}
