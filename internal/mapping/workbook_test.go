package mapping_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/xuri/excelize/v2"

	"kg/data"
	"kg/internal/mapping"
	"kg/schema"
)

// A sheet of a workbook is a table whose rows can be verified in the workbook.
func TestMappingOfWorkbook(t *testing.T) {
	t.Parallel()
	f := excelize.NewFile()
	defer f.Close()
	_, err := f.NewSheet("Crews")
	if err == nil {
		err = f.SetSheetRow("Sheet1", "A1", &[]string{"Another sheet"})
	}
	for i, row := range [][]string{{"ref", "name"}, {"1", "Anna Falk"}, {"2", "Jon Brandt"}} {
		err = errors.Join(err, f.SetSheetRow("Crews", fmt.Sprintf("A%d", i+1), &row))
	}
	name := filepath.Join(t.TempDir(), "crews.xlsx")
	if err = errors.Join(err, f.SaveAs(name)); err != nil {
		t.Fatal(err)
	}
	m, err := mapping.Read("m.yaml", []byte(`
source: {id: crews, title: Crews, publisher: office, annotator: office, date: 2019, language: en}
entities: {office: Authority Harbour Office}
table: {sheet: Crews}
things: {who: {kind: Person, id: "crew-{ref}", name: "{name}"}}
claims: {known: {edges: {who: {identifier: "{ref}"}}}}
`), ontology(t))
	if err != nil {
		t.Fatal(err)
	}
	got, err := m.Read(mapping.SourceTable{Name: name, Format: "xlsx", In: bytes.NewReader(file(t, name))}, ontology(t), schema.DefaultBase)
	if err != nil {
		t.Fatal(err)
	}
	l := schema.Locators{Source: got.SourceIRI()}
	at := map[quad.Value]*schema.Locator{}
	for _, q := range got.Quads() {
		n, _ := q.Object.(quad.Int)
		if q.Predicate == schema.Start {
			at[q.Subject] = &schema.Locator{Start: int(n)}
		}
		if place := at[q.Subject]; place != nil {
			switch q.Predicate {
			case schema.End:
				place.End = int(n)
			case schema.Row:
				place.Paragraph = int(n)
			case schema.SHA256:
				place.SHA256 = quad.ToString(q.Object)
			}
			continue
		}
		switch q.Predicate {
		case schema.SHA256:
			l.SHA256 = quad.ToString(q.Object)
		case schema.Characters:
			l.Characters = int(n)
		case schema.Body:
			l.Body = int(n)
		case schema.Table:
			l.Table = quad.ToString(q.Object)
		}
	}
	for _, place := range at {
		l.List = append(l.List, *place)
	}
	texts, err := data.OpenTexts(name)
	if err != nil {
		t.Fatal(err)
	}
	list, err := texts.Verify(context.Background(), []schema.Locators{l}, func(quad.IRI) bool { return true })
	if err != nil || len(list) != 1 || len(list[0].Results) != 2 || !list[0].Good() {
		t.Errorf("%+v %v, of %+v", list[0].Results, err, l)
	}
}
