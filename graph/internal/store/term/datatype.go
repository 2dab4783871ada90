package term

import "kg/internal/rdf/nquads"

// xsd begins the IRIs of the datatypes of XML Schema.
const xsd = "http://www.w3.org/2001/XMLSchema#"

// datatype is a datatype whose valid literals are stored by value. Its number is part of
// keys, and so of files: it is never changed. Among terms of one value it is the order.
type datatype byte

const (
	integer datatype = 1 + iota
	decimal
	double
	float
	long
	xsdInt
	short
	xsdByte
	nonNegativeInteger
	positiveInteger
	unsignedLong
	unsignedInt
	unsignedShort
	unsignedByte
	nonPositiveInteger
	negativeInteger
	dateTime
	dateTimeStamp
	date
	gYearMonth
	gYear
	farTime // not of XML Schema: a quad.Time outside the years 1 to 9999
	boolean
)

// names are the datatypes' names in XML Schema.
var names = [...]string{
	integer: "integer", decimal: "decimal", double: "double", float: "float",
	long: "long", xsdInt: "int", short: "short", xsdByte: "byte",
	nonNegativeInteger: "nonNegativeInteger", positiveInteger: "positiveInteger",
	unsignedLong: "unsignedLong", unsignedInt: "unsignedInt",
	unsignedShort: "unsignedShort", unsignedByte: "unsignedByte",
	nonPositiveInteger: "nonPositiveInteger", negativeInteger: "negativeInteger",
	dateTime: "dateTime", dateTimeStamp: "dateTimeStamp", date: "date",
	gYearMonth: "gYearMonth", gYear: "gYear", boolean: "boolean",
}

var (
	byName = makeNames()
	iris   = makeIRIs()
)

func makeNames() map[string]datatype {
	m := map[string]datatype{}
	for i, name := range names {
		if name != "" {
			m[name] = datatype(i)
		}
	}
	return m
}

// makeIRIs makes the full IRIs, as Terms want them.
func makeIRIs() (full [len(names)][]byte) {
	for i, name := range names {
		if name != "" {
			full[i] = []byte(xsd + name)
		}
	}
	return full
}

// datatypeOf returns the datatype an IRI names, 0 if its literals are stored as text.
func datatypeOf(iri []byte) datatype {
	if len(iri) <= len(xsd) || string(iri[:len(xsd)]) != xsd {
		return 0
	}
	switch name := iri[len(xsd):]; string(name) {
	case "integer":
		return integer
	case "date":
		return date
	case "decimal":
		return decimal
	default:
		return byName[string(name)]
	}
}

// class is the class of a datatype's valid literals.
func (d datatype) class() byte {
	switch {
	case d == 0:
		return classTyped
	case d <= negativeInteger:
		return classNumber
	case d <= farTime:
		return classTime
	}
	return classBoolean
}

// magnitude is the greatest absolute value, in digits, of a datatype derived from
// integer, for one sign. No bound ends in 0.
type magnitude string

const (
	unbounded magnitude = "unbounded"
	none      magnitude = "" // not even zero, where it is the bound of both signs
)

type bounds struct {
	below, above magnitude
	zero         bool
}

var limits = [...]bounds{
	integer:            {unbounded, unbounded, true},
	long:               {"9223372036854775808", "9223372036854775807", true},
	xsdInt:             {"2147483648", "2147483647", true},
	short:              {"32768", "32767", true},
	xsdByte:            {"128", "127", true},
	nonNegativeInteger: {none, unbounded, true},
	positiveInteger:    {none, unbounded, false},
	unsignedLong:       {none, "18446744073709551615", true},
	unsignedInt:        {none, "4294967295", true},
	unsignedShort:      {none, "65535", true},
	unsignedByte:       {none, "255", true},
	nonPositiveInteger: {unbounded, none, true},
	negativeInteger:    {unbounded, none, false},
}

// holds reports whether an integer lies within the bounds of d.
func (d datatype) holds(n number) bool {
	l := limits[d]
	if n.zero() {
		return l.zero
	}
	b := l.above
	if n.neg {
		b = l.below
	}
	switch {
	case b == unbounded:
		return true
	case n.exp != len(b):
		return n.exp < len(b)
	}
	return string(n.digits) <= string(b)
}

// IsInteger reports whether a term is a valid literal of xsd:integer or of a
// datatype derived from it.
func IsInteger(t *nquads.Term) bool {
	if t.Kind != nquads.Typed {
		return false
	}
	d := datatypeOf(t.Type)
	if d.class() != classNumber || d == decimal || d == double || d == float {
		return false
	}
	var scratch [64]byte
	_, _, ok := parseNumber(d, t.Text, scratch[:0])
	return ok
}
