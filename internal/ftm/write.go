package ftm

import (
	"maps"
	"slices"

	"github.com/go-json-experiment/json/jsontext"
)

// write writes an entity.
func (w *Writer) write(g *gathered) error {
	if w.table != nil {
		return w.statements(g)
	}
	out := append(w.out[:0], `{"id":`...)
	out, _ = jsontext.AppendQuote(out, g.id)
	out = append(out, `,"schema":"`...)
	out = append(append(out, g.schema.Name...), `","properties":{`...)
	for i, name := range slices.Sorted(maps.Keys(g.props)) {
		if i > 0 {
			out = append(out, ',')
		}
		out, _ = jsontext.AppendQuote(out, name)
		out = append(out, ":["...)
		slices.Sort(g.props[name])
		for j, value := range slices.Compact(g.props[name]) {
			if j > 0 {
				out = append(out, ',')
			}
			out, _ = jsontext.AppendQuote(out, value)
		}
		out = append(out, ']')
	}
	out = append(out, '}')
	for _, name := range slices.Sorted(maps.Keys(g.members)) {
		out = append(out, ',')
		out, _ = jsontext.AppendQuote(out, name)
		out = append(append(out, ':'), g.members[name]...)
	}
	w.out = append(out, "}\n"...)
	_, err := w.to.Write(w.out)
	return err
}
