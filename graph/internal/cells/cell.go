// Package cells has the cells that people read: a term, the text for it, the figures of a
// quantity or a date, and the order of the cells of a column.
package cells

import (
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
	"kg/schema"
)

// Cell is a term and what people read for it.
type Cell struct {
	Value quad.Value
	Text  string // a name, a description, or the term itself; of a relation, how it is read
	Name  string // of a relation that Text reads in words; else empty
	// Parts are the figures of a quantity or a date, by the last part of their
	// predicate: minValue, maxValue, unitText, earliest. They are shared and must not be
	// changed.
	Parts map[string]quad.Value
	Same  []quad.IRI // the nodes that sources join to Value
	Data  any        // the JSON of a cell that is no term, such as a list of speakers
}

// part returns what a cell has under a predicate, nil for nothing.
func (c Cell) part(predicate quad.IRI) quad.Value {
	return c.Parts[schema.IRI(predicate).LastPart()]
}

// JSON returns the literal of a cell for JSON: a text, a number, a truth value, or an
// object with @value and @type or @language; nil for none. An integer beyond 2^53 is an
// object, because most readers of JSON would round it. Other terms are as in Text.
func (c Cell) JSON() any {
	typed := func(text, name string) any {
		return map[string]string{"@value": text, "@type": "http://www.w3.org/2001/XMLSchema#" + name}
	}
	switch t := c.Value.(type) {
	case nil:
		return nil
	case quad.Int:
		if t >= 1<<53 || t <= -1<<53 {
			return typed(term.TextOf(t), "integer")
		}
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
		return typed(term.TextOf(t), "dateTime")
	}
	return term.TextOf(c.Value)
}
