package table

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	"kg/internal/strict"
)

// Within separates the values of a cell that is a list in JSON: the unit separator of
// ASCII, which does not occur in text.
const Within = "\x1f"

// object reads a line of JSON: an object, whose members are the cells. A member of an
// object in it is a column such as address.city. Lists have values alone.
func (r *Reader) object() error {
	d := json.NewDecoder(bytes.NewReader(r.row.Text))
	d.UseNumber()
	r.row.Cells = r.row.Cells[:0]
	for range r.columns {
		r.row.Cells = append(r.row.Cells, "")
	}
	open, err := d.Token()
	if err == nil && open != json.Delim('{') {
		return r.fail(1, "a line of JSON must be an object, such as {\"name\": \"Ann Lee\"}")
	}
	seen := map[string]bool{}
	if err == nil {
		err = r.members(d, "", seen)
	}
	if err == nil {
		if _, more := d.Token(); !errors.Is(more, io.EOF) {
			return r.fail(1, "something stands behind the object: one line has one")
		}
	}
	if e := new(Error); err != nil && !errors.As(err, &e) {
		return r.fail(1, "the line is no JSON: "+strict.Brief(err.Error()))
	}
	return err
}

// members reads those of an object that is open.
func (r *Reader) members(d *json.Decoder, within string, seen map[string]bool) error {
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		name := within + key.(string)
		if seen[name] {
			return r.fail(1, strict.Sprintf("the member %q stands there twice", name))
		}
		seen[name] = true
		value, err := d.Token()
		if err != nil {
			return err
		}
		switch value {
		case json.Delim('{'):
			err = r.members(d, name+".", seen)
		case json.Delim('['):
			err = r.list(d, name)
		default:
			err = r.set(name, text(value))
		}
		if err != nil {
			return err
		}
	}
	_, err := d.Token() // the end
	return err
}

func (r *Reader) list(d *json.Decoder, name string) error {
	var values []string
	for d.More() {
		value, err := d.Token()
		if err != nil {
			return err
		}
		if _, nested := value.(json.Delim); nested {
			return r.fail(1, strict.Sprintf("%q is a list of lists or objects: a table has lists of values alone", name))
		}
		values = append(values, text(value))
	}
	if _, err := d.Token(); err != nil {
		return err
	}
	return r.set(name, strings.Join(values, Within))
}

// set gives the row a cell, and the table its column if that is new.
func (r *Reader) set(name, value string) error {
	i, ok := r.known[name]
	if !ok {
		i = len(r.columns)
		r.known[name] = i
		r.columns = append(slices.Clip(r.columns), name)
		r.row.Cells = append(r.row.Cells, "")
	}
	r.row.Cells[i] = value
	return nil
}

func text(value json.Token) string {
	switch v := value.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "true"
		}
		return "false"
	}
	return ""
}
