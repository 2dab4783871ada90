// Package term encodes terms as bytes whose order is the order of values, and quads as
// the numbers of their terms (ID, Quad, Pattern).
//
// # Keys
//
// A key is a term as bytes; two terms have the same key only if they are the same term of
// RDF, that is if N-Quads spell them alike. Keys are compared with bytes.Compare. So in a
// sorted dictionary of keys the answer to a comparison is one range or a few (Ranges),
// and that to a prefix search is one (Prefix).
//
// The first byte of a key is its class:
//
//	01 number    value, datatype, form
//	02 time      instant, datatype, form
//	03 boolean   00 false or 01 true; then "0" or "1" if it is spelled so
//	04 string    the text
//	05 tagged    the text, ended; the language tag
//	06 typed     the datatype IRI, ended; the text
//	07 IRI       the IRI, '>'
//	08 blank     the label
//
// A text that is ended has 00 FF for each of its NULs, and 00 01 after it. All other
// texts are the bytes themselves, whether UTF-8 or not. The '>' gives IRIs the order of
// the lines they begin in N-Quads.
//
// Numbers are the valid literals of xsd:integer and the datatypes derived from it, of
// xsd:decimal, xsd:double and xsd:float, in order of their exact value (number.go); that
// of a double or float is the shortest decimal that rounds to it. Times are those of
// xsd:dateTime, dateTimeStamp, date, gYearMonth and gYear, in order of the instant at
// which they begin, in UTC where they name no zone (instant.go). The datatype follows as
// one byte (datatype.go), and nothing else if the literal is in canonical form; another
// spelling is appended (numbertext.go, timetext.go). So 7, 7.0, 7.00 and 007 are adjacent
// and each is decoded as it was written.
//
// Absent on purpose: a value for xsd:time, the durations, gMonth and the like, which have
// no total order; for datatypes in Cayley's short form (xsd:integer) and for those of
// schema.org, which are other IRIs to RDF; for NaN, which is no number. All of them are
// stored as typed literals.
package term
