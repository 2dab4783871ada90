package table_test

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"kg/internal/table"
)

func TestWorkbook(t *testing.T) {
	t.Parallel()
	f := excelize.NewFile()
	defer f.Close()
	style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.NewSheet("People")
	for cell, value := range map[string]any{"A1": "name", "B1": "born", "C1": "wage", "A3": "Ann, \"Lee\"", "B3": time.Date(1961, 4, 3, 0, 0, 0, 0, time.UTC), "C3": 1200.5} {
		err = errors.Join(err, f.SetCellValue("People", cell, value))
	}
	err = errors.Join(err, f.SetCellStyle("People", "B3", "B3", style), f.SetCellValue("Sheet1", "A1", "é"))
	var b bytes.Buffer
	if err = errors.Join(err, f.Write(&b)); err != nil {
		t.Fatal(err)
	}
	w, err := table.ReadWorkbook(&b)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Sheet(""); err == nil || !strings.Contains(err.Error(), "it has the sheets Sheet1, People") {
		t.Errorf("which sheet is not asked: %v", err)
	}
	if _, err := w.Sheet("Poeple"); err == nil || !strings.Contains(err.Error(), `did you mean "People"?`) {
		t.Errorf("an unknown sheet: %v", err)
	}
	s, err := w.Sheet("People")
	if err != nil {
		t.Fatal(err)
	}
	r, err := table.NewReader(bytes.NewReader(s.Text), table.Options{Form: table.Comma, Body: s.Body})
	if err != nil {
		t.Fatal(err)
	}
	row, err := r.Next()
	if err != nil || row.Number != 3 || !slices.Equal(row.Cells, []string{"Ann, \"Lee\"", "1961-04-03", "1200.5"}) {
		t.Fatalf("%+v %v", row, err)
	}
	if got := string([]rune(string(w.Text))[row.Start:row.End]); got != string(row.Text) {
		t.Errorf("in the workbook there is %q, not %q", got, row.Text)
	}
	if _, err := r.Next(); !errors.Is(err, io.EOF) {
		t.Error(err)
	}
	if _, err := table.ReadWorkbook(strings.NewReader("a,b\n")); err == nil {
		t.Error("a text is taken for a workbook")
	}
}
