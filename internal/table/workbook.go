package table

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"kg/internal/strict"
)

// Workbook is a workbook (xlsx) as a text: its sheets as CSV, one after the other, as
// their cells are shown. Days are shown as 2009-07-16 unless a cell has a form of its
// own.
type Workbook struct {
	Text       []byte
	SHA256     string
	Characters int
	Sheets     []Sheet
}

// Sheet is a range of the text of a workbook.
type Sheet struct {
	Name string
	Text []byte
	Body int // the code point of the workbook's text at which it begins
}

// ReadWorkbook reads a workbook. It is read whole: a packed file has its table of
// contents at its end.
func ReadWorkbook(in io.Reader) (*Workbook, error) {
	f, err := excelize.OpenReader(in, excelize.Options{ShortDatePattern: "yyyy-mm-dd", LongDatePattern: "yyyy-mm-dd", UnzipSizeLimit: 4 << 30})
	if err != nil {
		return nil, fmt.Errorf("it is no workbook: %w", err)
	}
	defer f.Close()
	w, text := &Workbook{}, &bytes.Buffer{}
	var starts []int
	for _, name := range f.GetSheetList() {
		starts = append(starts, text.Len())
		w.Sheets = append(w.Sheets, Sheet{Name: name, Body: w.Characters})
		if err := sheetRows(f, name, text); err != nil {
			return nil, strict.Errorf("sheet %q: %w", name, err)
		}
		w.Characters += utf8.RuneCount(text.Bytes()[starts[len(starts)-1]:])
	}
	w.Text = text.Bytes()
	for i := range w.Sheets {
		end := len(w.Text)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		w.Sheets[i].Text = w.Text[starts[i]:end]
	}
	sum := sha256.Sum256(w.Text)
	w.SHA256 = hex.EncodeToString(sum[:])
	return w, nil
}

// sheetRows writes the rows of a sheet, of which each is a row of the text.
func sheetRows(f *excelize.File, name string, text *bytes.Buffer) error {
	rows, err := f.Rows(name)
	if err != nil {
		return err
	}
	out := csv.NewWriter(text)
	for rows.Next() {
		cells, err := rows.Columns()
		if err != nil {
			return err
		}
		if len(cells) == 0 {
			out.Flush()
			text.WriteByte('\n')
			continue
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return rows.Error()
}

// Sheet returns the sheet of that name, or the only one that has a cell.
func (w *Workbook) Sheet(name string) (Sheet, error) {
	var names []string
	var filled []Sheet
	for _, s := range w.Sheets {
		if s.Name == name {
			return s, nil
		}
		names = append(names, s.Name)
		if len(bytes.TrimSpace(s.Text)) > 0 {
			filled = append(filled, s)
		}
	}
	switch {
	case name != "":
		return Sheet{}, strict.Errorf("it has no sheet %q%s: it has %s", name, strict.DidYouMean(name, names), strict.Brief(strings.Join(names, ", ")))
	case len(filled) == 1:
		return filled[0], nil
	case len(filled) == 0:
		return Sheet{}, fmt.Errorf("none of its sheets has a cell")
	}
	return Sheet{}, strict.Errorf("it has the sheets %s: say which is meant in the mapping: table: {sheet: …}", strict.Brief(strings.Join(names, ", ")))
}
