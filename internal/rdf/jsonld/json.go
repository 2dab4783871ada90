package jsonld

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"kg/internal/rdf/lex"
)

// deepest is how deep a document may be nested.
const deepest = 500

// document is a text of JSON.
type document struct {
	name string
	text []byte
	*json.Decoder
}

// parse reads the JSON of a text, with numbers as they are written. Unlike encoding/json
// it refuses duplicate keys and invalid UTF-8.
func (d *document) parse() (any, error) {
	if n := lex.InvalidAt(d.text); n < len(d.text) {
		return nil, d.fail(n, "UTF-8", fmt.Sprintf("byte 0x%02X", d.text[n]))
	}
	d.Decoder = json.NewDecoder(bytes.NewReader(d.text))
	d.UseNumber()
	value, err := d.value(0)
	if err != nil {
		return nil, err
	}
	if at := d.next(); at < len(d.text) {
		return nil, d.fail(at, "the end of the document", "more of it")
	}
	return value, nil
}

// value reads a value.
func (d *document) value(depth int) (any, error) {
	token, err := d.token()
	if err != nil {
		return nil, err
	}
	delim, ok := token.(json.Delim)
	if !ok {
		return token, nil
	}
	if depth == deepest {
		return nil, d.fail(int(d.InputOffset())-1, fmt.Sprintf("at most %d levels of nesting", deepest), "one more")
	}
	if delim == '[' {
		list := []any{}
		for d.More() {
			item, err := d.value(depth + 1)
			if err != nil {
				return nil, err
			}
			list = append(list, item)
		}
		_, err = d.token()
		return list, err
	}
	object := map[string]any{}
	for d.More() {
		key, err := d.token()
		if err != nil {
			return nil, err
		}
		name, _ := key.(string)
		if _, twice := object[name]; twice {
			return nil, d.fail(int(d.InputOffset())-1, "each key of an object once", lex.Brief([]byte(name))+" again")
		}
		if object[name], err = d.value(depth + 1); err != nil {
			return nil, err
		}
		if number, ok := object[name].(json.Number); ok && name == "@version" {
			if object[name], err = number.Float64(); err != nil { // json-gold knows no other
				return nil, d.fail(int(d.InputOffset())-1, "the version 1.1", number.String())
			}
		}
	}
	_, err = d.token()
	return object, err
}

func (d *document) token() (json.Token, error) {
	token, err := d.Token()
	syntax := new(json.SyntaxError)
	switch {
	case errors.As(err, &syntax):
		return nil, d.fail(d.next(), "JSON", err.Error())
	case err == io.EOF, err == io.ErrUnexpectedEOF:
		return nil, d.fail(len(d.text), "the rest of the JSON", "the end of the text")
	case err != nil:
		return nil, d.fail(int(d.InputOffset()), "JSON", err.Error())
	}
	return token, nil
}

// next returns the offset of the next token: encoding/json reports an error at the offset
// it has read to.
func (d *document) next() int {
	at := int(d.InputOffset())
	for at < len(d.text) && bytes.IndexByte([]byte(" \t\r\n,:"), d.text[at]) >= 0 {
		at++
	}
	return at
}

// fail is an error at a byte of the text.
func (d *document) fail(at int, expected, found string) error {
	l := lex.Lexer{Name: d.name, Text: d.text, FirstLine: 1, Whole: true}
	at = min(max(at, 0), len(d.text))
	for at > 0 && at < len(d.text) && !utf8.RuneStart(d.text[at]) {
		at--
	}
	return l.FailFound(at, expected, found)
}

// failAt is an error where the text has a string for the first time, or one that ends
// so, or at its beginning if it is spelled otherwise there.
func (d *document) failAt(s, expected, found string) error {
	at := bytes.Index(d.text, []byte(`"`+s+`"`))
	if end := bytes.Index(d.text, []byte(s+`"`)); at < 0 && end > 0 {
		at = bytes.LastIndexByte(d.text[:end], '"')
	}
	return d.fail(max(0, at), expected, found)
}
