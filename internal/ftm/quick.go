package ftm

import (
	"bytes"
	"slices"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// quick reads an entity in the form that nearly all lines have, several times faster than
// the library, and returns false for any other: that one the library reads, and reports
// its mistakes. quick reads its lines as the library does, position for position, which a
// test holds. It takes no member with an object, and no name twice. The entity is valid
// until the next call.
func (p *entityParser) quick(line []byte) (*entity, bool) {
	if !utf8.Valid(line) {
		return nil, false
	}
	s := quickScanner{line: line, text: string(line), entityParser: p}
	e := s.entity(0)
	if e == nil || s.peek() != 0 || s.pos < len(line) {
		return nil, false
	}
	return e, true
}

// quickScanner scans a line that is valid UTF-8. Its methods report whether they
// succeeded.
type quickScanner struct {
	*entityParser
	line []byte
	text string // the line, of which most texts are parts
	pos  int
	last int // behind the last bracket or string
}

const (
	mostNames = 100 // in an object, each compared with each
	mostDepth = 20  // of entities in entities
)

// peek skips white space and gives the character behind it, 0 at the end.
func (s *quickScanner) peek() byte {
	for s.pos < len(s.line) {
		switch c := s.line[s.pos]; c {
		case ' ', '\t', '\r', '\n':
			s.pos++
		default:
			return c
		}
	}
	return 0
}

// take reads a bracket or another punctuation character.
func (s *quickScanner) take(c byte) bool {
	if s.peek() != c {
		return false
	}
	s.pos++
	if c != ',' && c != ':' {
		s.last = s.pos
	}
	return true
}

// next reads the comma before another item of an object or array, or its end.
func (s *quickScanner) next(first bool, end byte) (more, ok bool) {
	switch {
	case s.take(end):
		return false, true
	case first:
		return true, true
	}
	return true, s.take(',')
}

// quoted reads a string, and gives where it begins.
func (s *quickScanner) quoted() (text string, at int, ok bool) {
	if s.peek() != '"' {
		return "", 0, false
	}
	at = s.pos
	escapes := false
	for i := at + 1; i < len(s.line); i++ {
		switch c := s.line[i]; {
		case c == '"':
			s.pos, s.last = i+1, i+1
			if !escapes {
				return s.text[at+1 : i], at, true
			}
			var err error
			s.entityParser.text, err = jsontext.AppendUnquote(s.entityParser.text[:0], s.line[at:i+1])
			return string(s.entityParser.text), at, err == nil
		case c == '\\':
			escapes = true
			i++
		case c < ' ':
			return "", at, false
		}
	}
	return "", at, false
}

// name reads a name and its colon.
func (s *quickScanner) name() (string, int, bool) {
	name, at, ok := s.quoted()
	return name, at, ok && s.take(':')
}

func (s *quickScanner) entity(depth int) *entity {
	e := &entity{at: s.last, schemaAt: -1}
	if depth > mostDepth || !s.take('{') {
		return nil
	}
	for first := true; ; first = false {
		more, ok := s.next(first, '}')
		if !ok || more && !s.item(e, depth) {
			return nil
		}
		if !more {
			break
		}
	}
	if e.ID == "" || e.Schema == "" {
		return nil
	}
	return e
}

// item reads a member of an entity.
func (s *quickScanner) item(e *entity, depth int) bool {
	name, _, ok := s.name()
	switch {
	case !ok:
	case name == "id" && e.ID == "":
		e.ID, _, ok = s.quoted()
		ok = ok && e.ID != ""
	case name == "schema" && e.Schema == "":
		e.Schema, e.schemaAt, ok = s.quoted()
		ok = ok && e.Schema != ""
	case name == "properties" && e.Properties == nil:
		ok = s.properties(e, depth)
	case name == "id" || name == "schema" || name == "properties":
		return false
	default:
		ok = s.member(e, name)
	}
	return ok
}

// member reads the value of another member: a string, a list of strings without white
// space, or a word.
func (s *quickScanner) member(e *entity, name string) bool {
	if len(e.Members) >= mostNames || slices.ContainsFunc(e.Members, func(m jsonMember) bool { return m.Name == name }) {
		return false
	}
	s.peek()
	from := s.pos
	if !s.value(true) {
		return false
	}
	e.Members = append(e.Members, jsonMember{name, s.text[from:s.pos]})
	return true
}

// value reads the value of a member as it stands.
func (s *quickScanner) value(lists bool) bool {
	switch c := s.peek(); {
	case c == '"':
		_, _, ok := s.quoted()
		return ok
	case c == '[' && lists:
		from := s.pos
		s.take('[')
		for first := true; ; first = false {
			more, ok := s.next(first, ']')
			if !ok || more && !s.value(false) {
				return false
			}
			if !more {
				break
			}
		}
		return !bytes.ContainsAny(s.line[from:s.pos], " \t\r\n")
	}
	for _, word := range []string{"null", "true", "false"} {
		if bytes.HasPrefix(s.line[s.pos:], []byte(word)) {
			s.pos += len(word)
			s.last = s.pos
			return true
		}
	}
	return false
}

// properties reads the properties of an entity.
func (s *quickScanner) properties(e *entity, depth int) bool {
	if !s.take('{') {
		return false
	}
	if e.Properties = s.entityParser.properties[:0]; depth > 0 || e.Properties == nil {
		e.Properties = make([]namedValues, 0, usualProperties)
	}
	for first := true; ; first = false {
		more, ok := s.next(first, '}')
		if !ok || !more {
			if depth == 0 {
				s.entityParser.properties = e.Properties
			}
			return ok
		}
		v := namedValues{}
		v.Name, v.at, ok = s.name()
		twice := slices.ContainsFunc(e.Properties, func(other namedValues) bool { return other.Name == v.Name })
		if !ok || twice || len(e.Properties) >= mostNames || !s.values(&v, depth) {
			return false
		}
		e.Properties = append(e.Properties, v)
	}
}

// values reads the values of a property.
func (s *quickScanner) values(v *namedValues, depth int) bool {
	if !s.take('[') {
		return false
	}
	for first := true; ; first = false {
		more, ok := s.next(first, ']')
		if !ok || !more {
			return ok
		}
		if s.peek() == '{' {
			nested := s.entity(depth + 1)
			if nested == nil {
				return false
			}
			v.nested = append(v.nested, nested)
			continue
		}
		text, _, ok := s.quoted()
		if !ok {
			return false
		}
		if v.Values == nil {
			v.Values = s.entityParser.room()
		}
		v.Values = append(v.Values, text)
	}
}
