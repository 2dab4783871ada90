package ftm

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"kg/internal/strict"
)

// entity is an entity of FollowTheMoney as it stands in a file.
type entity struct {
	ID, Schema string
	Properties []namedValues
	Members    []jsonMember // its other members
	at         int          // where it begins in its line, in bytes
	schemaAt   int
}

// namedValues are the values of a property, under its name.
type namedValues struct {
	Name   string
	Values []string
	at     int
	nested []*entity // the entities among the values
}

// jsonMember is a member of an entity: its name, and its value in JSON.
type jsonMember struct {
	Name string
	JSON string
}

// syntaxError is a mistake in a line.
type syntaxError struct {
	at  int // in bytes from the line's beginning
	err error
}

func (e *syntaxError) Error() string { return e.err.Error() }

func mistake(at int, format string, args ...any) error {
	return &syntaxError{at, strict.Errorf(format, args...)}
}

// column is where a mistake stands in its line, in code points from 1.
func (e *syntaxError) column(line []byte) int {
	return utf8.RuneCount(line[:min(e.at, len(line))]) + 1
}

// entityParser reads entities from lines of JSON.
type entityParser struct {
	dec        jsontext.Decoder
	buffer     bytes.Buffer
	line       string        // that is read, of which most texts are parts
	text       []byte        // memory for texts with escapes
	properties []namedValues // memory for those of the entity of a line
	single     []string      // memory for the first values of properties
}

// usualProperties is how many an entity has, as a rule.
const usualProperties = 12

// room is memory for the values of a property, of which most have one.
func (p *entityParser) room() []string {
	if len(p.single) == 0 {
		const many = 512
		p.single = make([]string, many)
	}
	list := p.single[:0:1]
	p.single = p.single[1:]
	return list
}

// begin makes a line the one that is read.
func (p *entityParser) begin(line []byte) {
	p.line = string(line)
	p.buffer.Reset()
	p.buffer.Write(line)
	p.dec.Reset(&p.buffer)
}

// entityOf reads the entity of a line.
func (p *entityParser) entityOf(line []byte) (*entity, error) {
	if e, ok := p.quick(line); ok {
		return e, nil
	}
	return p.slow(line)
}

// slow reads the entity of any line.
func (p *entityParser) slow(line []byte) (*entity, error) {
	p.begin(line)
	e, err := p.entity()
	if err != nil {
		return nil, p.withPosition(err)
	}
	if _, err := p.dec.ReadToken(); !errors.Is(err, io.EOF) {
		return nil, mistake(int(p.dec.InputOffset()), "one entity stands in a line, and another value follows")
	}
	return e, nil
}

// withPosition adds the position to a mistake in JSON.
func (p *entityParser) withPosition(err error) error {
	syntax := new(jsontext.SyntacticError)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return mistake(int(p.dec.InputOffset()), "the line ends within an entity, which stands in one line")
	case errors.As(err, &syntax):
		return mistake(int(syntax.ByteOffset), "%v", syntax.Err)
	}
	return err
}

// string reads a string, and where it begins.
func (p *entityParser) string(what string) (string, int, error) {
	v, err := p.dec.ReadValue()
	if err != nil {
		return "", 0, err
	}
	at := int(p.dec.InputOffset()) - len(v)
	if v.Kind() != '"' {
		return "", at, mistake(at, "%s is a string, and here stands %s", what, kindOf(v.Kind()))
	}
	if bytes.IndexByte(v, '\\') < 0 {
		return p.line[at+1 : at+len(v)-1], at, nil
	}
	p.text, err = jsontext.AppendUnquote(p.text[:0], v)
	return string(p.text), at, err
}

// kindOf is a sort of JSON values in words.
func kindOf(k jsontext.Kind) string {
	switch k {
	case 'n':
		return "null"
	case 't', 'f':
		return "a boolean"
	case '0':
		return "a number"
	case '{':
		return "an object"
	case '[':
		return "an array"
	}
	return "a string"
}

// open reads the beginning of an object or array: a property's values if name is set, or
// something else, named by what.
func (p *entityParser) open(kind jsontext.Kind, what, name string) error {
	if k := p.dec.PeekKind(); k != kind {
		if k == 0 {
			_, err := p.dec.ReadToken()
			return err
		}
		at := int(p.dec.InputOffset())
		if what == "" {
			what = fmt.Sprintf("what %s has", name)
		}
		return mistake(at, "%s is %s, and here stands %s", what, kindOf(kind), kindOf(k))
	}
	_, err := p.dec.ReadToken()
	return err
}

func (p *entityParser) entity() (*entity, error) {
	e := &entity{at: int(p.dec.InputOffset()), schemaAt: -1}
	if err := p.open('{', "an entity", ""); err != nil {
		return nil, err
	}
	for p.dec.PeekKind() != '}' {
		name, _, err := p.string("a name")
		if err != nil {
			return nil, err
		}
		switch name {
		case "id":
			e.ID, _, err = p.string("an id")
		case "schema":
			e.Schema, e.schemaAt, err = p.string("a schema")
		case "properties":
			err = p.propertiesOf(e)
		default:
			var v jsontext.Value
			if v, err = p.dec.ReadValue(); err == nil {
				v = slices.Clone(v)
				err = v.Compact()
				e.Members = append(e.Members, jsonMember{name, string(v)})
			}
		}
		if err != nil {
			return nil, err
		}
	}
	_, err := p.dec.ReadToken()
	switch {
	case err != nil:
	case e.ID == "":
		err = mistake(e.at, "an entity needs an id")
	case e.Schema == "":
		err = mistake(e.at, "the entity %q needs a schema", e.ID)
	}
	return e, err
}

// propertiesOf reads the properties of an entity.
func (p *entityParser) propertiesOf(e *entity) error {
	if err := p.open('{', "properties", ""); err != nil {
		return err
	}
	e.Properties = make([]namedValues, 0, usualProperties)
	for p.dec.PeekKind() != '}' {
		v := namedValues{}
		var err error
		if v.Name, v.at, err = p.string("a name"); err != nil {
			return err
		}
		if err := p.open('[', "", v.Name); err != nil {
			return err
		}
		for k := p.dec.PeekKind(); k != ']'; k = p.dec.PeekKind() {
			if k == '{' {
				nested, err := p.entity()
				if err != nil {
					return err
				}
				v.nested = append(v.nested, nested)
				continue
			}
			text, _, err := p.string("a value")
			if err != nil {
				return err
			}
			v.Values = append(v.Values, text)
		}
		if _, err := p.dec.ReadToken(); err != nil {
			return err
		}
		e.Properties = append(e.Properties, v)
	}
	_, err := p.dec.ReadToken()
	return err
}
