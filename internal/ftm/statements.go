package ftm

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"kg/internal/strict"
)

// beginning reads enough of a text to detect its format.
func beginning(in io.Reader) ([]byte, error) {
	first := make([]byte, 4096)
	n, err := io.ReadFull(in, first)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	return first[:n], err
}

// Are reports whether a text that begins so holds entities, or statements.
func Are(first []byte) bool {
	line, _, _ := bytes.Cut(bytes.TrimLeft(first, " \t\r\n"), []byte("\n"))
	if areStatements(first) {
		return true
	}
	return bytes.HasPrefix(line, []byte("{")) && bytes.Contains(line, []byte(`"id"`)) && bytes.Contains(line, []byte(`"schema"`)) &&
		(bytes.Contains(line, []byte(`"properties"`)) || len(line) > 2048)
}

// areStatements reports whether a text holds statements.
func areStatements(first []byte) bool {
	line, _, _ := bytes.Cut(bytes.TrimLeft(first, " \t\r\n"), []byte("\n"))
	if bytes.HasPrefix(line, []byte("{")) {
		return bytes.Contains(line, []byte(`"prop"`)) && bytes.Contains(line, []byte(`"value"`)) && bytes.Contains(line, []byte(`"entity_id"`))
	}
	head, err := csv.NewReader(bytes.NewReader(line)).Read()
	if err != nil {
		return false
	}
	return slices.Contains(head, "prop") && slices.Contains(head, "value") && slices.Contains(head, "entity_id")
}

// propertyValue is a value of one property, in FollowTheMoney's statement formats.
type propertyValue struct {
	id     string
	prop   string
	schema string
	value  string
	about  []jsonMember
	line   int
}

// columns are those of a statement, in FollowTheMoney's order. Other columns are refused.
var columns = []string{"canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang", "original_value", "external", "first_seen", "last_seen", "id"}

// about holds consecutive statements about one entity, or the text of a row that is no
// statement, with its mistake.
type about struct {
	list []propertyValue
	text []byte
	err  error
}

// statementBlock holds some of the statements of a text, by entity.
type statementBlock []about

// statements splits a text of statements into blocks.
func (r *Reader) statements(in io.Reader, table bool) (next func() (fragment, error), stop func()) {
	read := jsonStatements
	if table {
		read = csvStatements
	}
	const enough = 1000
	parts, stop := iter.Pull2(func(yield func(statementBlock, error) bool) {
		var p statementBlock
		said := 0
		err := read(in, func(s propertyValue) error {
			if len(p) == 0 || p[len(p)-1].err != nil || p[len(p)-1].list[0].id != s.id {
				if said > enough {
					if !yield(p, nil) {
						return io.EOF
					}
					p, said = nil, 0
				}
				p = append(p, about{})
			}
			last := &p[len(p)-1]
			last.list, said = append(last.list, s), said+1
			return nil
		}, func(text []byte, err *Error) error {
			err.Name = r.o.Name
			p, said = append(p, about{text: bytes.Clone(text), err: err}), said+1
			return nil
		})
		if len(p) > 0 && !yield(p, nil) || err == nil || err == io.EOF {
			return
		}
		yield(nil, err)
	})
	return func() (fragment, error) {
		p, err, ok := parts()
		if !ok {
			return nil, io.EOF
		}
		r.some = true
		return p, err
	}, stop
}

// read reads statements. Those about one entity, from one provenance, are read as an
// entity.
func (p statementBlock) read(w *worker) error {
	for _, a := range p {
		text, err := a.text, a.err
		if err == nil {
			if err = w.group(a.list); err != nil {
				text = fmt.Appendf(nil, "# %d statements about %q", len(a.list), a.list[0].id)
			}
		}
		if err != nil {
			err = w.reject(text, err)
		}
		if err = cmp.Or(err, w.err); err != nil {
			return err
		}
	}
	return nil
}

// group reads the statements about one entity.
func (w *worker) group(list []propertyValue) error {
	at := func(s propertyValue, err error) error { return &Error{Name: w.reader.o.Name, Line: s.line, Err: err} }
	var nearest *class
	for _, s := range list {
		of := w.schemata[s.schema]
		switch {
		case of == nil:
			_, err := w.resolve(&entity{ID: s.id, Schema: s.schema}, nil, nil)
			return at(s, err)
		case nearest == nil || of.is(nearest):
			nearest = of
		case !nearest.is(of):
			return at(s, strict.Errorf("%q is of the schema %s here and of %s before: an entity is of one, or of one below it", s.id, of.Name, nearest.Name))
		}
	}
	var fragments []*entity
	lines := map[string]int{}
	for _, s := range list {
		i := slices.IndexFunc(fragments, func(e *entity) bool { return slices.Equal(e.Members, s.about) })
		if i < 0 {
			fragments, i = append(fragments, &entity{ID: s.id, Schema: nearest.Name, Members: s.about}), len(fragments)
		}
		if s.prop == "id" {
			continue // the digest of the others
		}
		if lines[s.prop] == 0 {
			lines[s.prop] = s.line
		}
		e := fragments[i]
		at := slices.IndexFunc(e.Properties, func(v namedValues) bool { return v.Name == s.prop })
		if at < 0 {
			e.Properties, at = append(e.Properties, namedValues{Name: s.prop}), len(e.Properties)
		}
		e.Properties[at].Values = append(e.Properties[at].Values, s.value)
	}
	for _, e := range fragments {
		resolved, err := w.resolve(e, nil, func(s *class, name string, _, _ int) {
			w.reader.unknownProperty(s, name, &Error{Line: lines[name]})
		})
		if err != nil {
			return at(list[0], err)
		}
		for i := range resolved {
			w.entity(&resolved[i])
		}
	}
	w.entities++
	return nil
}

// newStatement checks the cells of a statement.
func newStatement(cells map[string]string, line int) (s propertyValue, err error) {
	for _, name := range []string{"entity_id", "prop", "schema", "value"} {
		if _, there := cells[name]; !there || cells[name] == "" && name != "value" {
			return s, fmt.Errorf("a statement needs %s", name)
		}
	}
	s = propertyValue{id: cells["canonical_id"], prop: cells["prop"], schema: cells["schema"], value: cells["value"], line: line}
	if s.id == "" {
		s.id = cells["entity_id"]
	}
	for _, name := range provenances {
		v := cells[name]
		if v == "" || name == "entity_id" && v == s.id || name == "external" && (v == "false" || v == "False" || v == "f") {
			continue
		}
		text, err := json.Marshal(v)
		if err != nil {
			return s, err
		}
		s.about = append(s.about, jsonMember{name, string(text)})
	}
	return s, nil
}

// csvStatements reads a table of statements.
func csvStatements(in io.Reader, do func(propertyValue) error, reject func([]byte, *Error) error) error {
	r := csv.NewReader(in)
	r.ReuseRecord = true
	head, err := r.Read()
	head = slices.Clone(head)
	for _, name := range head {
		if err == nil && !slices.Contains(columns, name) {
			return reject(nil, &Error{Line: 1, Err: strict.Errorf("a table of statements has no column %q%s", name, strict.DidYouMean(name, columns))})
		}
	}
	cells := map[string]string{}
	for err == nil {
		var row []string
		row, err = r.Read()
		line, _ := r.FieldPos(0)
		if syntax := new(csv.ParseError); errors.As(err, &syntax) {
			if err = reject([]byte(strings.Join(row, ",")), &Error{Line: syntax.Line, Column: syntax.Column, Err: syntax.Err}); err != nil {
				return err
			}
			continue
		}
		if err != nil {
			break
		}
		for i, name := range head {
			cells[name] = strings.Clone(row[i])
		}
		s, wrong := newStatement(cells, line)
		if i := slices.IndexFunc(row, func(cell string) bool { return !utf8.ValidString(cell) }); i >= 0 {
			wrong = fmt.Errorf("column %s is no UTF-8", head[i])
		}
		if wrong != nil {
			err = reject([]byte(strings.Join(row, ",")), &Error{Line: line, Err: wrong})
		} else {
			err = do(s)
		}
	}
	if err == io.EOF {
		return nil
	}
	return err
}

// jsonStatements reads statements, one per line.
func jsonStatements(in io.Reader, do func(propertyValue) error, reject func([]byte, *Error) error) error {
	lines := bufio.NewReader(in)
	p := entityParser{}
	for number := 1; ; number++ {
		line, err := lines.ReadBytes('\n')
		if err != nil && err != io.EOF {
			return err
		}
		if text := bytes.TrimSpace(line); len(text) > 0 {
			cells, wrong := p.cells(text)
			var s propertyValue
			if wrong == nil {
				s, wrong = newStatement(cells, number)
			}
			var failed error
			if wrong != nil {
				failed = reject(text, (&Reader{}).at(wrong, text, number))
			} else {
				failed = do(s)
			}
			if failed != nil {
				return failed
			}
		}
		if err == io.EOF {
			return nil
		}
	}
}

// cells reads the members of a statement; null is one without.
func (p *entityParser) cells(line []byte) (map[string]string, error) {
	p.begin(line)
	if err := p.open('{', "a statement", ""); err != nil {
		return nil, p.withPosition(err)
	}
	cells := map[string]string{}
	for p.dec.PeekKind() != '}' {
		name, at, err := p.string("a name")
		if err == nil && !slices.Contains(columns, name) {
			err = mistake(at, "a statement has no %q%s", name, strict.DidYouMean(name, columns))
		}
		if err == nil {
			switch k := p.dec.PeekKind(); k {
			case 'n', 't', 'f':
				var v []byte
				if v, err = p.dec.ReadValue(); k != 'n' {
					cells[name] = string(v)
				}
			default:
				cells[name], _, err = p.string(name)
			}
		}
		if err != nil {
			return nil, p.withPosition(err)
		}
	}
	if _, err := p.dec.ReadToken(); err != nil {
		return nil, p.withPosition(err)
	}
	if _, err := p.dec.ReadToken(); !errors.Is(err, io.EOF) {
		return nil, mistake(int(p.dec.InputOffset()), "one statement stands in a line, and another value follows")
	}
	return cells, nil
}
