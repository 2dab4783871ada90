package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/queries"
	"kg/schema"
)

// rowJSON is a row as kg query -o json --evidence has it: the members in the
// order of the columns, then said by, sure and the claims.
func rowJSON(base schema.Base, columns []string, row queries.Row) (json.RawMessage, error) {
	var o object
	for i, cell := range row.Cells {
		o.add(columns[i], cellJSON(cell))
	}
	o.add("said by", row.SaidBy)
	o.add("sure", row.Sure)
	claims := []map[string]any{}
	for _, c := range row.Evidence.Claims {
		claim := map[string]any{"@id": string(c.IRI), "id": base.Short(c.IRI), "says": c.Says}
		for name, text := range map[string]string{"speaker": string(c.Speaker), "stance": string(c.Stance), "hedge": c.Hedge, "note": c.Note} {
			if text != "" {
				claim[name] = text
			}
		}
		if c.Paragraph > 0 {
			claim["paragraph"], claim["start"], claim["end"] = c.Paragraph, c.Start, c.End
		}
		claims = append(claims, claim)
	}
	o.add("evidence", claims)
	return o.bytes()
}

// object is a JSON object whose members keep their order.
type object struct {
	b   bytes.Buffer
	err error
}

func (o *object) add(name string, value any) {
	key, err := json.Marshal(name)
	text, also := json.Marshal(value)
	o.err = errors.Join(o.err, err, also)
	if o.b.Len() == 0 {
		o.b.WriteByte('{')
	} else {
		o.b.WriteByte(',')
	}
	o.b.Write(key)
	o.b.WriteByte(':')
	o.b.Write(text)
}

func (o *object) bytes() (json.RawMessage, error) {
	o.b.WriteByte('}')
	return o.b.Bytes(), o.err
}

// cellJSON tells an IRI from a literal, in the manner of JSON-LD's value
// objects, as kg query -o json does.
func cellJSON(c graph.Cell) any {
	iri, ok := c.Value.(quad.IRI)
	if !ok {
		return graph.JSON(c.Value)
	}
	m := map[string]any{"@id": string(iri), "name": c.Text}
	for _, name := range slices.Sorted(maps.Keys(c.Parts)) {
		m[name] = cellJSON(graph.Cell{Value: c.Parts[name]})
	}
	return m
}
