package term_test

import (
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
)

// FuzzAppend: any two terms obey the laws and the order of the oracle.
func FuzzAppend(f *testing.F) {
	s := newSource(4)
	for range 200 {
		f.Add(uint8(s.IntN(256)), s.number(), s.number(), "integer")
		f.Add(uint8(s.IntN(256)), s.time(), s.time(), s.pick("dateTime", "date"))
	}
	f.Add(uint8(0), "a>\x00", "a", "a:d\x00")
	f.Fuzz(func(t *testing.T, kinds uint8, a, b, datatype string) {
		v, w := valueOf(kinds&15, a, datatype), valueOf(kinds>>4, b, datatype)
		checkLaw(t, v)
		checkLaw(t, w)
		checkOrder(t, v, w)
	})
}

func valueOf(kind uint8, text, datatype string) quad.Value {
	switch kind {
	case 0:
		return quad.IRI(text)
	case 1:
		return quad.BNode(text)
	case 2:
		return quad.String(text)
	case 3:
		return quad.LangString{Value: quad.String(text), Lang: datatype}
	case 4:
		return quad.TypedString{Value: quad.String(text), Type: quad.IRI(datatype)}
	}
	return typed(text, []string{"integer", "decimal", "double", "float", "byte", "unsignedLong",
		"dateTime", "date", "gYear", "boolean", "negativeInteger"}[kind-5])
}

// FuzzValue: any bytes are a key or an error, and what they give can be kept.
func FuzzValue(f *testing.F) {
	s := newSource(5)
	for range 200 {
		k, err := term.Append(nil, s.value())
		if err != nil {
			f.Fatal(err)
		}
		f.Add(k)
	}
	f.Add([]byte("\x01\xfd\x00\x00\x00\x01\x02\x01"))
	f.Add([]byte("\x02\x01\x00\x00\x00\x00\x00\x00\x00\x00\x80\x01\x03\x06"))
	f.Fuzz(func(t *testing.T, k []byte) {
		v, err := term.Value(k)
		text, errText := term.AppendNQuads([]byte("+"), k)
		if err != nil {
			if errText == nil || err.Error() != errText.Error() || string(text) != "+" {
				t.Errorf("%q: %v, but spelled %q, %v", k, err, text, errText)
			}
			return
		}
		checkSpelling(t, v, k)
		checkLaw(t, v)
	})
}
