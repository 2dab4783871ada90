package term

import (
	"bytes"
	"strconv"
	"time"

	"github.com/cayleygraph/quad"

	"kg/internal/rdf/nquads"
)

// Value is the value a key was made of:
//
//	Value(Append(v)) is v
//
// save that literals written alike are one term and so one value, which the
// rule of package nquads decides. It shares no memory with key. Bytes that no
// term has for a key are an error, or the value of another key.
func Value(key []byte) (quad.Value, error) {
	if n := len(key); n > 1 && key[0] == classIRI && key[n-1] == iriEnd {
		return quad.IRI(key[1 : n-1]), nil
	}
	return valueOf(key)
}

func valueOf(key []byte) (quad.Value, error) {
	var b buffers
	t, err := b.decode(key)
	if err != nil {
		return nil, err
	}
	if t.Kind == nquads.None {
		return b.far, nil
	}
	return t.Value(), nil
}

// Text is the text of the IRI or the plain string of a key, in the key's memory; it
// is not ok for a key of another value.
func Text(key []byte) (text []byte, ok bool) {
	switch n := len(key); {
	case n > 2 && key[0] == classIRI:
		return key[1 : n-1], true
	case n > 0 && key[0] == classString:
		return key[1:], true
	}
	return nil, false
}

// TextOf is a literal without its datatype or language, and any other value as it is.
func TextOf(value quad.Value) string {
	switch t := value.(type) {
	case nil:
		return ""
	case quad.IRI:
		return string(t)
	case quad.String:
		return string(t)
	case quad.LangString:
		return string(t.Value)
	case quad.TypedString:
		return string(t.Value)
	case quad.Int:
		return strconv.FormatInt(int64(t), 10)
	case quad.Float:
		return strconv.FormatFloat(float64(t), 'g', -1, 64)
	case quad.Bool:
		return strconv.FormatBool(bool(t))
	case quad.Time:
		return time.Time(t).UTC().Format(time.RFC3339Nano)
	}
	return value.String()
}

// AppendNQuads appends the canonical N-Quads spelling of the term of a key:
//
//	AppendNQuads(dst, key) is nquads.AppendTerm(dst, Value(key))
//
// with the errors of both; dst comes back as it was then.
func AppendNQuads(dst, key []byte) ([]byte, error) {
	var b buffers
	t, err := b.decode(key)
	if err != nil {
		return dst, err
	}
	if t.Kind == nquads.None {
		return nquads.AppendTerm(dst, b.far)
	}
	return t.Append(dst)
}

// buffers hold the texts of a term that do not stand in its key.
type buffers struct {
	digits, text [64]byte
	far          quad.Time
}

// decode gives the term of a key. Its bytes stand in b or in key. It is None if
// only b.far can hold it.
func (b *buffers) decode(key []byte) (t nquads.Term, err error) {
	if len(key) == 0 {
		return t, errKey
	}
	switch class, rest := key[0], key[1:]; class {
	case classIRI:
		if len(rest) == 0 || rest[len(rest)-1] != iriEnd {
			return t, errKey
		}
		return nquads.Term{Kind: nquads.IRI, Text: rest[:len(rest)-1]}, nil
	case classBlank:
		return nquads.Term{Kind: nquads.Blank, Text: rest}, nil
	case classString:
		return nquads.Term{Kind: nquads.Plain, Text: rest}, nil
	case classTagged:
		text, tag, err := cutEnded(rest)
		return nquads.Term{Kind: nquads.Tagged, Text: text, Type: tag}, err
	case classTyped:
		datatype, text, err := cutEnded(rest)
		return nquads.Term{Kind: nquads.Typed, Text: text, Type: datatype}, err
	case classNumber:
		return b.number(rest)
	case classTime:
		return b.time(rest)
	case classBoolean:
		return b.boolean(rest)
	}
	return t, errKey
}

func (b *buffers) number(key []byte) (t nquads.Term, err error) {
	n, form, err := cutNumber(key, b.digits[:0])
	if err != nil {
		return t, err
	}
	d, text, err := cutForm(n, form, b.text[:0])
	return nquads.Term{Kind: nquads.Typed, Text: text, Type: iris[d]}, err
}

func (b *buffers) time(key []byte) (t nquads.Term, err error) {
	at, form, err := cutInstant(key, b.digits[:0])
	if err != nil {
		return t, err
	}
	if len(form) == 1 && datatype(form[0]) == farTime {
		fraction := append(at.fraction, "000000000"...)
		nanos, err := strconv.Atoi(string(fraction[:9]))
		b.far = quad.Time(time.Unix(at.seconds, int64(nanos)).UTC())
		return t, err
	}
	d, text, err := cutTimeForm(at, form, b.text[:0])
	return nquads.Term{Kind: nquads.Typed, Text: text, Type: iris[d]}, err
}

func (b *buffers) boolean(key []byte) (t nquads.Term, err error) {
	text := key[min(1, len(key)):]
	switch string(key) {
	case "\x00":
		text = append(b.text[:0], "false"...)
	case "\x01":
		text = append(b.text[:0], "true"...)
	case "\x000", "\x011":
	default:
		return t, errKey
	}
	return nquads.Term{Kind: nquads.Typed, Text: text, Type: iris[boolean]}, nil
}

// cutEnded decodes a text of appendEnded, and returns the bytes after it. The text is
// copied only if it holds a NUL.
func cutEnded(key []byte) (text, rest []byte, err error) {
	for from, nuls := 0, false; ; nuls = true {
		i := bytes.IndexByte(key[from:], 0)
		if i < 0 || from+i+1 == len(key) {
			return nil, nil, errKey
		}
		i += from
		switch from = i + 2; string(key[i:from]) {
		case ending:
			text, rest = key[:i], key[from:]
			if nuls {
				text = bytes.ReplaceAll(text, []byte(nul), []byte{0})
			}
			return text, rest, nil
		case nul:
		default:
			return nil, nil, errKey
		}
	}
}
