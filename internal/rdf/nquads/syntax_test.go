package nquads_test

import (
	"errors"
	"strings"
	"testing"

	"kg/internal/rdf/nquads"
)

const (
	rdf12  = ", which is RDF 1.2: this reads RDF 1.1"
	turtle = ", which is Turtle: N-Quads write every term in full"
	trig   = ", which is TriG: N-Quads write the graph behind each triple"
)

// syntaxErrors are texts the grammar does not allow, and the message without
// its common start: line, column, what was expected and what was found.
var syntaxErrors = []struct{ text, want string }{
	{"\ufeff<a:s> <a:p> <a:o> .", `1:1: expected UTF-8 without a byte order mark, found U+FEFF`},
	{"\n\ufeff", `2:1: expected a subject (IRI or blank node), found '\ufeff' (U+FEFF)`},
	{"# é\xff", `1:4: expected UTF-8, found byte 0xFF`},
	{"<a:s> <a:p> \"\xed\xa0\x80\" .", `1:14: expected UTF-8, found byte 0xED`},
	{"\r\n\r\n\"x\" <a:p> <a:o> .", `3:1: expected a subject (IRI or blank node), found '"'`},
	{"\r\r<a:s> _:p <a:o> .", `3:7: expected a predicate (IRI), found '_'`},
	{"<a:é> <a:p> 1 .", `1:13: expected an object (IRI, blank node or literal), found a number or truth value without quotes and datatype` + turtle},
	{"<a:s> <a:p> true .", `1:13: expected an object (IRI, blank node or literal), found a number or truth value without quotes and datatype` + turtle},
	{"<a:s> <a:p> 'x' .", `1:13: expected an object (IRI, blank node or literal), found '\''` + turtle},
	{"ex:é <a:p> <a:o> .", `1:1: expected a subject (IRI or blank node), found the short form "ex:é"` + turtle},
	{"<a:s> a <a:o> .", `1:7: expected a predicate (IRI), found 'a'` + turtle},
	{"<a:s> and <a:o> .", `1:7: expected a predicate (IRI), found 'a'`},
	{"A man took bribes .", `1:1: expected a subject (IRI or blank node), found 'A'`},
	{"<a:s> rdf:type <a:o> .", `1:7: expected a predicate (IRI), found the short form "rdf:type"` + turtle},
	{`<a:s> <a:p> "1"^^xsd:int .`, `1:18: expected a datatype (IRI) after '^^', found the short form "xsd:int"` + turtle},
	{"<a:s> <a:p> <a:o>, <a:o> .", `1:18: expected a graph label (IRI or blank node) or '.', found ','` + turtle},
	{"<a:s> <a:p> <a:o> <a:g> ; <a:q> <a:o> .", `1:25: expected '.', found ';'` + turtle},
	{"[] <a:p> <a:o> .", `1:1: expected a subject (IRI or blank node), found '['` + turtle},
	{"@prefix x: <a:b> .", `1:1: expected a subject (IRI or blank node), found the declaration of a prefix or base` + turtle},
	{"Base <a:b>", `1:1: expected a subject (IRI or blank node), found the declaration of a prefix or base` + turtle},
	{"VERSION \"1.2\"", `1:1: expected a subject (IRI or blank node), found a version directive` + rdf12},
	{"@version '1.2-basic' .", `1:1: expected a subject (IRI or blank node), found a version directive` + rdf12},
	{"<a:s> <a:p> <a:o> .\n  version \"1.2\"", `2:3: expected a subject (IRI or blank node), found a version directive` + rdf12},
	{"version is a word .", `1:1: expected a subject (IRI or blank node), found 'v'`},
	{"<a:s> <a:p> <a:o> {| <a:q> <a:r> |} .", `1:19: expected a graph label (IRI or blank node) or '.', found an annotation of the triple` + rdf12},
	{"<a:s> <a:p> <a:o> ~ <a:r> .", `1:19: expected a graph label (IRI or blank node) or '.', found an annotation of the triple` + rdf12},
	{"<a:s> <a:p> <a:o> <a:g> ~<a:r> .", `1:25: expected '.', found an annotation of the triple` + rdf12},
	{"<a:s> <a:p> <<<a:s> <a:p> <a:o> ~ <a:r>>> .", `1:13: expected an IRI, found a triple in "<<"` + rdf12},
	{"<a:s> <a:p> <a:o> <<( <a:s> <a:p> <a:o> )>> .", `1:19: expected an IRI, found a triple in "<<"` + rdf12},
	{`<a:s> <a:p> "x"^^<<<a:s> <a:p> <a:o>>> .`, `1:18: expected an IRI, found a triple in "<<"` + rdf12},
	{"<a:g> { <a:s> <a:p> <a:o> }", `1:7: expected a predicate (IRI), found '{'` + trig},
	{"{ <a:s> <a:p> <a:o> }", `1:1: expected a subject (IRI or blank node), found '{'` + trig},
	{"<a:s> <a:p> :o .", `1:13: expected an object (IRI, blank node or literal), found the short form ":o"` + turtle},
	{"<a:s> <a:p> -.5 .", `1:13: expected an object (IRI, blank node or literal), found a number or truth value without quotes and datatype` + turtle},
	{`<a:s> <a:p> """x""" .`, `1:15: expected a graph label (IRI or blank node) or '.', found a text in """` + turtle},
	{`<a:s> <a:p> "x"@en---ltr .`, `1:19: expected the end of the language tag, found a direction of text` + rdf12},
	{"<<a:s> <a:p> <a:o>> <a:p> <a:o> .", `1:1: expected an IRI, found a triple in "<<"` + rdf12},
	{"<a:s> <a:p> <<( <a:s> <a:p> <a:o> )>> .", `1:13: expected an IRI, found a triple in "<<"` + rdf12},
	{`_:a <a:p> "x"@en_US .`, `1:17: expected a language tag whose parts are joined by '-', such as en-US, found '_'`},
	{"<a:s> <a:p> <a:o>", `1:18: expected a graph label (IRI or blank node) or '.', found the end of the line`},
	{"<a:s> <a:p> <a:o> # .", `1:19: expected a graph label (IRI or blank node) or '.', found '#'`},
	{"<a:s> <a:p> <a:o> \"g\" .", `1:19: expected a graph label (IRI or blank node) or '.', found '"'`},
	{"<a:s> <a:p> <a:o> <a:g>", `1:24: expected '.', found the end of the line`},
	{"<a:s> <a:p> <a:o> <a:g> <a:x> .", `1:25: expected '.', found '<'`},
	{"<a:s> <a:p> <a:o> . <a:s> <a:p> <a:o> .", `1:21: expected a comment or the end of the line after '.', found '<'`},
	{"<a:s> <a:p> <a:o> ..", `1:20: expected a comment or the end of the line after '.', found '.'`},
	{"<a:s>\n<a:p> <a:o> .", `1:6: expected a predicate (IRI), found the end of the line`},
	{"<a:s>\u00a0<a:p> <a:o> .", `1:6: expected a predicate (IRI), found '\u00a0' (U+00A0)`},
	{"\x00", `1:1: expected a subject (IRI or blank node), found '\x00' (U+0000)`},
	{"<s> <a:p> <a:o> .", `1:2: expected an absolute IRI (one with a scheme), found "s"`},
	{"<> <a:p> <a:o> .", `1:2: expected an absolute IRI (one with a scheme), found ""`},
	{"<:s> <a:p> <a:o> .", `1:2: expected an absolute IRI (one with a scheme), found ":s"`},
	{"<1a:s> <a:p> <a:o> .", `1:2: expected an absolute IRI (one with a scheme), found "1a:s"`},
	{"<//a:s> <a:p> <a:o> .", `1:2: expected an absolute IRI (one with a scheme), found "//a:s"`},
	{"<a:s> <a:p> \"\"^^<d> .", `1:18: expected an absolute IRI (one with a scheme), found "d"`},
	{"<a:s t> <a:p> <a:o> .", `1:5: expected a character that may stand in an IRI, or '>', found ' ' (U+0020)`},
	{"<a:<s> <a:p> <a:o> .", `1:4: expected a character that may stand in an IRI, or '>', found '<'`},
	{"<a:s", `1:5: expected '>' at the end of the IRI, found the end of the line`},
	{`<a:\u0020> <a:p> <a:o> .`, `1:4: expected a character that may stand in an IRI, found an escaped ' ' (U+0020)`},
	{`<a:\u003E> <a:p> <a:o> .`, `1:4: expected a character that may stand in an IRI, found an escaped '>'`},
	{`<a:\U00000000> <a:p> <a:o> .`, `1:4: expected a character that may stand in an IRI, found an escaped '\x00' (U+0000)`},
	{`<a:\n> <a:p> <a:o> .`, `1:5: expected u or U after '\', found 'n'`},
	{`<a:\u00`, `1:8: expected a hexadecimal digit, found the end of the line`},
	{`_:a <a:p> "\u12G4" .`, `1:16: expected a hexadecimal digit, found 'G'`},
	{`_:a <a:p> "\uD83D\uDE00" .`, `1:12: expected a Unicode character, no surrogate and up to U+10FFFF, found \uD83D`},
	{`_:a <a:p> "\U00110000" .`, `1:12: expected a Unicode character, no surrogate and up to U+10FFFF, found \U00110000`},
	{`_:a <a:p> "\UFFFFFFFF" .`, `1:12: expected a Unicode character, no surrogate and up to U+10FFFF, found \UFFFFFFFF`},
	{`_:a <a:p> "\x" .`, `1:13: expected one of t b n r f " ' \ u U after '\', found 'x'`},
	{`_:a <a:p> "x\`, `1:14: expected one of t b n r f " ' \ u U after '\', found the end of the line`},
	{`_:a <a:p> "x .`, `1:15: expected '"' at the end of the literal, found the end of the line`},
	{"_:a <a:p> \"x\ry\" .", `1:13: expected '"' at the end of the literal, found the end of the line`},
	{`_:a <a:p> "x"@1 .`, `1:15: expected a language tag after '@', found '1'`},
	{`_:a <a:p> "x"@en- .`, `1:18: expected letters or digits after '-' in a language tag, found ' ' (U+0020)`},
	{`_:a <a:p> "x"@en--ltr .`, `1:17: expected the end of the language tag, found a direction of text` + rdf12},
	{`_:a <a:p> "x"^<a:d> .`, `1:15: expected '^^' before a datatype, found '<'`},
	{`_:a <a:p> "x"^^_:d .`, `1:16: expected a datatype (IRI) after '^^', found '_'`},
	{`_:a <a:p> "x"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString> .`,
		`1:16: expected a language tag with rdf:langString, found it as a datatype`},
	{"_ <a:p> <a:o> .", `1:2: expected ':' after '_', found ' ' (U+0020)`},
	{"_:-a <a:p> <a:o> .", `1:3: expected a blank node label, found '-'`},
	{"_:a:b <a:p> <a:o> .", `1:4: expected a predicate (IRI), found ':'`},
	{"_:a. <a:p> <a:o> .", `1:4: expected a predicate (IRI), found '.'`},
	{"_:\u00b7 <a:p> <a:o> .", `1:3: expected a blank node label, found '·' (U+00B7)`},
	{"_:a\u00d7 <a:p> <a:o> .", `1:4: expected a predicate (IRI), found '×' (U+00D7)`},
}

func TestSyntaxErrors(t *testing.T) {
	t.Parallel()
	for _, c := range syntaxErrors {
		_, err := readAll(c.text)
		var syntax *nquads.SyntaxError
		if !errors.As(err, &syntax) {
			t.Errorf("%q: got %v, want %s", c.text, err, c.want)
			continue
		}
		if want := `reading quads "x.nq":` + c.want; err.Error() != want {
			t.Errorf("%q:\n got %s\nwant %s", c.text, err, want)
		}
	}
}

// However long a line is, an error repeats little of it.
func TestErrorsAreBrief(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 10_000)
	for _, text := range []string{long, "<" + long + "> <a:p> <a:o> .", "ex:" + long + " <a:p> <a:o> .", "<a:s> <a:p> \"" + long, "_:" + long + " " + long,
		"<a:s> <a:p> \"x\"@" + long + "_" + long, "<a:s> <a:p> \"x\"^^" + long + ":" + long, "<a:s " + long, "# \xff" + long} {
		if _, err := readAll(text); err == nil || strings.Contains(err.Error(), long[:70]) {
			t.Errorf("%.20s…: %.200v", text, err)
		}
	}
}
