package graph

import (
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
)

// Cell is a term and what people read for it.
type Cell struct {
	Value quad.Value
	Text  string // a name, a description, or the term itself; of a relation, how it is read
	Name  string // what a relation is called that Text reads in words; else empty
	// Parts are the figures of a quantity or a date, by the last part of
	// their predicate: minValue, maxValue, unitText, earliest. They are
	// shared, and not to be changed.
	Parts map[string]quad.Value
	Same  []quad.IRI // the nodes that sources join to Value
	// Data is what JSON has for a cell that is no term, such as a list of
	// speakers.
	Data any
}

// Text is a literal without its datatype or language, and any other term as
// it is.
func Text(value quad.Value) string { return term.TextOf(value) }

// JSON is the literal of a cell as JSON has it: a text, a number, a truth value, or an
// object with @value and @type or @language; nil for none. So is an integer
// beyond 2^53, which most readers of JSON would round. Other terms are as Text
// has them.
func (c Cell) JSON() any {
	switch t := c.Value.(type) {
	case nil:
		return nil
	case quad.Int:
		if t >= 1<<53 || t <= -1<<53 {
			return map[string]string{"@value": Text(t), "@type": "http://www.w3.org/2001/XMLSchema#integer"}
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
		return map[string]string{"@value": Text(t), "@type": "http://www.w3.org/2001/XMLSchema#dateTime"}
	}
	return Text(c.Value)
}
