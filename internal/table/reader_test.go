package table_test

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"kg/internal/table"
)

// all are the rows of a table as text: number, span and cells.
func all(t testing.TB, text string, opt table.Options) (rows []string, err error) {
	t.Helper()
	r, err := table.NewReader(iotest.OneByteReader(strings.NewReader(text)), opt)
	if err != nil {
		return nil, err
	}
	points := []rune(text)
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			if _, n := r.Text(); n != len(points) {
				t.Errorf("%d code points, not %d", n, len(points))
			}
			return rows, nil
		}
		if err != nil {
			return rows, err
		}
		if string(points[row.Start:row.End]) != string(row.Text) {
			t.Errorf("row %d is %q, and from %d to %d there is %q", row.Number, row.Text, row.Start, row.End, string(points[row.Start:row.End]))
		}
		rows = append(rows, fmt.Sprintf("%d %s", row.Number, strings.Join(row.Cells, "/")))
	}
}

func TestReader(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		opt        table.Options
		want       []string
		err        string
	}{
		{"comma", "a,b\n1,2\n", table.Options{}, []string{"2 1/2"}, ""},
		{"semicolon by the first line", "a;b\n1,5;2\n", table.Options{}, []string{"2 1,5/2"}, ""},
		{"no end of line", "a\tb\r\n1\t2", table.Options{}, []string{"2 1/2"}, ""},
		{"byte order mark", "\ufeffa,b\né,2\n", table.Options{}, []string{"2 é/2"}, ""},
		{"empty lines and rows", "a,b\n\n,\n1,2\n", table.Options{}, []string{"4 1/2"}, ""},
		{"fewer cells", "a,b\n1\n", table.Options{}, []string{"2 1"}, ""},
		{"quotes", "a,b\n\"x, \"\"y\"\"\nz\",2\n", table.Options{}, []string{"2 x, \"y\"\nz/2"}, ""},
		{"own columns", "1,2\n", table.Options{Columns: []string{"a", "b"}}, []string{"1 1/2"}, ""},
		{"json", `{"a":1,"b":{"c":"x"},"d":["y","z"]}` + "\n" + `{"e":true,"a":null}` + "\n", table.Options{}, []string{"1 1/x/y\x1fz", "2 ///true"}, ""},
		{"empty", "", table.Options{}, nil, "the table is empty"},
		{"more cells", "a,b\n1,2,3\n", table.Options{}, nil, "the row has 3 cells, and there are 2 columns"},
		{"open quote", "a,b\n\"1,2\n3,4\n", table.Options{}, nil, "a quote is not closed"},
		{"behind a quote", "a,b\n\"1\"x,2\n", table.Options{}, nil, "something stands behind the closing quote"},
		{"no JSON", "{\"a\":1}\n{\"a\":\n", table.Options{}, nil, "the line is no JSON"},
		{"list of JSON", "{\"a\":[[1]]}\n", table.Options{}, nil, "is a list of lists"},
		{"two objects", "{\"a\":1} {}\n", table.Options{}, nil, "something stands behind the object"},
		{"member twice", "{\"a\":1,\"a\":2}\n", table.Options{}, nil, "stands there twice"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := all(t, test.text, test.opt)
			if test.err != "" {
				if err == nil || !strings.Contains(err.Error(), test.err) {
					t.Errorf("got %v, not %s", err, test.err)
				}
			} else if err != nil || !slices.Equal(got, test.want) {
				t.Errorf("got %q, %v, not %q", got, err, test.want)
			}
		})
	}
}

// A table that RFC 4180 allows has the rows that encoding/csv reads.
func FuzzReader(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "a\n\"x\ny\"\n", "a;b\r\n\"\";1", "a,b\n\"x\"\"\",\n\n,y", "{\"a\":[1,\"b\"]}\n", "\ufeffa\n1", "a\n\"\r\n\""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := all(t, text, table.Options{Form: table.Comma, Whole: true})
		if _, jsonErr := all(t, text, table.Options{Form: table.JSONLines}); jsonErr == nil && !utf8.ValidString(text) {
			t.Fatal("no UTF-8, and JSON")
		}
		if err != nil || strings.ContainsAny(text, "\r\ufeff\u0085\u00a0\v\f") {
			return // encoding/csv changes line ends in cells, and keeps the mark
		}
		r := csv.NewReader(strings.NewReader(text))
		r.FieldsPerRecord = -1
		var want []string
		for {
			row, err := r.Read()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%q is read as %q, and encoding/csv says %v", text, got, err)
			}
			if strings.TrimSpace(strings.Join(row, "")) != "" {
				want = append(want, strings.Join(row, "/"))
			}
		}
		var cells []string
		for _, row := range got {
			if _, row, _ = strings.Cut(row, " "); strings.TrimSpace(strings.ReplaceAll(row, "/", "")) != "" {
				cells = append(cells, row)
			}
		}
		if strings.ContainsRune(text, '/') {
			return
		}
		if !slices.Equal(cells, want) {
			t.Fatalf("%q: %q, and encoding/csv reads %q", text, cells, want)
		}
	})
}
