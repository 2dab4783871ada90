package queries

import (
	"github.com/cayleygraph/quad"

	"kg/internal/languages"
)

// TellApart shows the languages of cells of a column that differ by them alone.
func (r *Result) TellApart() {
	for i := range r.Columns {
		var values []quad.Value
		var texts []*string
		for _, row := range r.Rows {
			values, texts = append(values, row.Cells[i].Value), append(texts, &row.Cells[i].Text)
		}
		languages.TellApart(values, texts)
	}
}
