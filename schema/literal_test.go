package schema_test

import (
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// A literal is in the range whose datatype it has, and in no other.
func TestInRange(t *testing.T) {
	t.Parallel()
	full := func(short string) quad.IRI {
		iri, err := schema.Base(schema.DefaultBase).Expand(short)
		if err != nil {
			t.Fatal(err)
		}
		return iri
	}
	typed := func(text, datatype string) quad.Value {
		return quad.TypedString{Value: quad.String(text), Type: full(datatype)}
	}
	values := map[string][]quad.Value{
		"xsd:string":    {quad.String(""), quad.String("2008"), quad.String(strings.Repeat("x", 1e5))},
		"schema:Number": {quad.Int(0), quad.Float(2.5), typed("2.50", "xsd:decimal"), typed("123456789012345678901234567890", "xsd:integer")},
		"xsd:boolean":   {quad.Bool(true), quad.Bool(false)},
		"xsd:date":      {typed("2008-02-29", "xsd:date")},
		"xsd:dateTime":  {typed("2008-02-29T12:00:00.5Z", "xsd:dateTime"), quad.Time(time.Unix(0, 0))},
		"edtf:EDTF":     {typed("2008-02", "edtf:EDTF"), typed("../2008-04-04", "edtf:EDTF"), typed("1990~/1993~", "edtf:EDTF")},
		"kgo:nothing": {nil, quad.IRI("a:x"), quad.LangString{Value: "x", Lang: "en"}, typed("2008-02-30", "xsd:date"), typed("2008-13", "edtf:EDTF"),
			typed("x", "xsd:integer"), typed("2008", "xsd:gYear"), typed("2008-02-29", "xsd:dateTime"), typed("x", "xsd:string")},
	}
	for of, list := range values {
		for _, v := range list {
			for is := range values {
				if want := of == is && is != "kgo:nothing"; schema.IRI(full(is)).RangeHas(v) != want {
					t.Errorf("%v is in the range %s: %v", v, is, !want)
				}
			}
		}
	}
}
