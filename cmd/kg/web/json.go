package web

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/internal/claimrows"
	"kg/queries"
)

// rowJSON returns a row as kg query -o json --evidence prints it: the columns in order,
// then said by, sure and denied by, and the claims.
func (a *asked) rowJSON(columns []string, row queries.Row) (json.RawMessage, error) {
	var o object
	for i, cell := range row.Cells {
		o.add(columns[i], cellJSON(cell))
	}
	for i, cell := range row.WordCells() {
		o.add(queries.Words[i], cellJSON(cell))
	}
	details, err := claimrows.Cells(a.ctx, a.View, row.Evidence, noPassage)
	if err != nil {
		return nil, err
	}
	claims := []json.RawMessage{}
	for _, detail := range details {
		var claim object
		for i, cell := range detail {
			claim.add(claimrows.Columns[i], cellJSON(cell))
		}
		one, err := claim.bytes()
		if err != nil {
			return nil, err
		}
		claims = append(claims, one)
	}
	o.add("evidence", claims)
	return o.bytes()
}

// noPassage keeps the words of sources out of what is sent as a file.
func noPassage(*graph.Claim) (string, error) { return "", nil }

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

// cellJSON returns a cell as kg query -o json prints it: IRIs and literals are distinct,
// similar to JSON-LD's value objects.
func cellJSON(c graph.Cell) any {
	if c.Data != nil {
		return c.Data
	}
	iri, ok := c.Value.(quad.IRI)
	if !ok {
		return c.JSON()
	}
	m := map[string]any{"@id": string(iri), "name": cmp.Or(c.Name, c.Text)}
	if c.Name != "" {
		m["reading"] = c.Text
	}
	if len(c.Same) > 0 {
		m["same as"] = c.Same
	}
	for _, name := range slices.Sorted(maps.Keys(c.Parts)) {
		m[name] = cellJSON(graph.Cell{Value: c.Parts[name]})
	}
	return m
}
