package schema

import (
	"strconv"
	"time"

	"github.com/cayleygraph/quad"

	"kg/schema/edtf"
)

// literals are the ranges of the relations that lead to a literal, by the name
// that a kind's file gives them.
var literals = map[string]quad.IRI{
	"text":    term("xsd:string"),
	"number":  term("schema:Number"), // xsd:integer, or else xsd:double
	"boolean": term("xsd:boolean"),
	"day":     term("xsd:date"),
	"time":    term("xsd:dateTime"),
	"edtf":    edtf.Type,
	"literal": term("rdfs:Literal"), // of several sorts
}

// literalNames are these names as an error lists them.
const literalNames = "text, number, boolean, day, time or edtf"

// RangeHas reports whether a literal is one of those that the range of a relation is
// for: its datatype is the range, or, of schema:Number, one of the numbers of XML
// Schema, and its text one of that datatype's. A range that no relation can have holds
// no literal.
func (iri IRI) RangeHas(value quad.Value) bool {
	is := quad.IRI(iri)
	switch v := value.(type) {
	case quad.String:
		return is == literals["text"]
	case quad.Int, quad.Float:
		return is == literals["number"]
	case quad.Bool:
		return is == literals["boolean"]
	case quad.Time:
		return is == literals["time"]
	case quad.TypedString:
		return typedInRange(string(v.Value), v.Type, is)
	}
	return false
}

func typedInRange(text string, datatype, is quad.IRI) bool {
	var err error
	switch is {
	case literals["literal"]:
		return true
	case literals["day"]:
		_, err = time.Parse(time.DateOnly, text)
		return err == nil && datatype == is
	case literals["time"]:
		_, err = time.Parse(time.RFC3339Nano, text)
		return err == nil && datatype == is
	case edtf.Type:
		_, err = edtf.Parse(text)
		return err == nil && datatype == is
	case literals["number"]:
		switch datatype {
		case term("xsd:integer"), term("xsd:decimal"), term("xsd:double"):
			_, err = strconv.ParseFloat(text, 64)
			return err == nil
		}
	}
	return false
}
