package table

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"slices"
	"strconv"
	"unicode/utf8"

	"kg/internal/strict"
)

// Row is a row of a table, and the passage of the text that it is.
type Row struct {
	Number     int      // of the header it is 1; empty lines count
	Start, End int      // code points of the text, half-open
	Text       []byte   // these; until the next row is read
	Cells      []string // by column; there may be fewer. Valid until the next row is read
}

// SHA256 is the digest of the row, in lower-case hexadecimal.
func (r *Row) SHA256() string {
	sum := sha256.Sum256(r.Text)
	return hex.EncodeToString(sum[:])
}

// Forms are the formats of a table, by the words that a source has for them: the
// delimiter, or JSON lines.
const (
	Comma     = "comma"
	Semicolon = "semicolon"
	Tab       = "tab"
	Bar       = "bar"
	JSONLines = "json lines"
)

var separators = map[string]byte{Comma: ',', Semicolon: ';', Tab: '\t', Bar: '|'}

// FormOf is the form in which s separates cells, such as ";"; empty if there is none.
func FormOf(s string) string {
	for form, sep := range separators {
		if s == string(sep) || s == form {
			return form
		}
	}
	return ""
}

// Longest is the greatest length of a row in bytes: an unclosed quote would otherwise
// take the rest of the file for a cell.
const Longest = 4 << 20

// Reader reads the rows of a table.
type Reader struct {
	in      *bufio.Reader
	form    string
	columns []string
	known   map[string]int // of lines of JSON, the columns by name
	sum     hash.Hash
	line    []byte
	row     Row
	points  int // code points read
	cells   cells
}

// Options say how a table is read.
type Options struct {
	Form    string   // empty to be guessed from the first line
	Columns []string // the names of the columns of a table without a header
	Body    int      // the code point of the text at which the table begins
	Whole   bool     // the header is a row, too, and a row has any number of cells
}

// NewReader reads the header of a table, if it has one.
func NewReader(in io.Reader, opt Options) (*Reader, error) {
	r := &Reader{in: bufio.NewReaderSize(in, 1<<16), form: opt.Form, columns: opt.Columns, sum: sha256.New(), points: opt.Body}
	if r.form == "" {
		first, err := r.in.Peek(1 << 12)
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
			return nil, err
		}
		r.form = guess(first)
	}
	if r.form == JSONLines {
		r.known = map[string]int{}
		return r, nil
	}
	if r.columns != nil || opt.Whole {
		return r, nil
	}
	header, err := r.Next()
	if errors.Is(err, io.EOF) {
		return nil, strict.Errorf("the table is empty")
	}
	if err != nil {
		return nil, err
	}
	return r, r.header(header)
}

// header names the columns.
func (r *Reader) header(row *Row) error {
	seen := map[string]int{}
	for i, name := range row.Cells {
		name = trim(name)
		if name == "" {
			name = "#" + strconv.Itoa(i+1)
		}
		if first, ok := seen[name]; ok {
			return &Error{strict.Pos{Line: row.Number, Column: i + 1}, strict.Sprintf("two columns are called %q, the %d. and this one: give them names of their own, or name all columns in the mapping (columns)", name, first+1)}
		}
		seen[name] = i
		r.columns = append(r.columns, name)
	}
	return nil
}

// guess returns the delimiter of the first line: the one that occurs there most often
// outside quotes, the comma if none does.
func guess(text []byte) string {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if line := bytes.TrimSpace(text); len(line) > 0 && line[0] == '{' {
		return JSONLines
	}
	best, most, quoted, counts := Comma, 0, false, map[byte]int{}
	for _, c := range text {
		if c == '"' {
			quoted = !quoted
		}
		if c == '\n' && !quoted {
			break
		}
		if !quoted {
			counts[c]++
		}
	}
	for _, form := range []string{Comma, Semicolon, Tab, Bar} {
		if n := counts[separators[form]]; n > most {
			best, most = form, n
		}
	}
	return best
}

// Error is a mistake in a table, at a row and a column, both from 1.
type Error struct {
	Pos strict.Pos
	Msg string
}

func (e *Error) Error() string { return e.Msg }

func (r *Reader) fail(column int, msg string) error {
	return &Error{strict.Pos{Line: r.row.Number, Column: column}, msg}
}

// Form is how the table is written.
func (r *Reader) Form() string { return r.form }

// Columns are the names of the columns; of lines of JSON those that were seen.
func (r *Reader) Columns() []string { return r.columns }

// Text returns the SHA-256 of the text read, and its length in code points, from Body on.
func (r *Reader) Text() (sha256 string, characters int) {
	return hex.EncodeToString(r.sum.Sum(nil)), r.points
}

// Next returns the next row that has a cell, or io.EOF. The row is good until the
// one after it is read.
func (r *Reader) Next() (*Row, error) {
	for {
		if err := r.read(); err != nil {
			return nil, err
		}
		body := bytes.TrimSuffix(bytes.TrimSuffix(r.line, []byte("\n")), []byte("\r"))
		start, first := r.points, 0
		if start == 0 && bytes.HasPrefix(body, []byte("\ufeff")) {
			body, first = body[len("\ufeff"):], 1
		}
		r.points += utf8.RuneCount(r.line)
		if len(bytes.TrimSpace(body)) == 0 {
			continue
		}
		r.row.Start = start + first
		r.row.End = r.row.Start + utf8.RuneCount(body)
		r.row.Text = body
		err := r.parse()
		if err == nil && !slices.ContainsFunc(r.row.Cells, func(c string) bool { return c != "" }) {
			continue // a spreadsheet has such rows where nothing is
		}
		if err == nil && r.columns != nil && r.form != JSONLines && len(r.row.Cells) > len(r.columns) {
			err = r.fail(len(r.columns)+1, strict.Sprintf("the row has %d cells, and there are %d columns: put a cell with %s in it in quotes", len(r.row.Cells), len(r.columns), r.form))
		}
		return &r.row, err
	}
}

// read takes the next line, or several of them with a cell that goes on.
func (r *Reader) read() error {
	r.line = r.line[:0]
	r.row.Number++
	quotes := 0
	for {
		part, err := r.in.ReadSlice('\n')
		r.sum.Write(part)
		r.line = append(r.line, part...)
		if r.form != JSONLines {
			quotes += bytes.Count(part, []byte{'"'})
		}
		switch {
		case len(r.line) > Longest:
			return r.fail(1, "the row is longer than 4 MB: a quote may not be closed")
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && !errors.Is(err, io.EOF):
			return err
		case err != nil && len(r.line) == 0:
			return io.EOF
		case err == nil && quotes%2 == 1:
			continue // the end of the line stands in a cell
		case !utf8.Valid(r.line):
			return r.fail(1, "the row is not valid UTF-8: save the table as UTF-8")
		case err != nil && quotes%2 == 1:
			return r.fail(1, "a quote is not closed")
		}
		return nil
	}
}

func (r *Reader) parse() (err error) {
	if r.form == JSONLines {
		return r.object()
	}
	column, msg := r.cells.split(r.row.Text, separators[r.form])
	if msg != "" {
		return r.fail(column, msg)
	}
	r.row.Cells = r.cells.list
	return nil
}
