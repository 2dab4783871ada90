package nquads

import (
	"bytes"
	"fmt"

	"kg/internal/rdf/lex"
	"kg/schema"
)

// Triples selects how a Reader treats the triple terms of RDF 1.2.
type Triples uint8

const (
	// RefuseTriples refuses them, with all of RDF 1.2.
	RefuseTriples Triples = iota

	// ClaimTriples takes a reifier for a claim that states its triple:
	//
	//	<r> rdf:reifies <<( <s> <p> <o> )>> <g> .
	//
	// is read as these two quads, and what else is said of <r> as it stands. All
	// else of RDF 1.2 is refused, for no quad of RDF 1.1 says it.
	//
	//	<s> <p> <o> <r> .
	//	<r> rdf:type kgo:Claim <g> .
	ClaimTriples

	// KeepTriples gives them as terms of the kind Triple, and texts with a direction
	// as Directed.
	KeepTriples
)

// Reifies is the relation from a reifier to its triple term.
const Reifies = "http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies"

// deepest is how deep triple terms may stand in each other.
const deepest = 100

// AppendTriple appends a triple term as canonical N-Quads spell it.
func AppendTriple(dst []byte, s, p, o *Term) ([]byte, error) {
	out := append(dst, "<<( "...)
	for _, t := range [...]*Term{s, p, o} {
		var err error
		if out, err = t.Append(out); err != nil {
			return dst, err
		}
		out = append(out, ' ')
	}
	return append(out, ")>>"...), nil
}

// Claim makes the two quads of a claim (see ClaimTriples) of the quad of a reifier, whose
// object is a Triple: the edge stays in terms, the other is returned. wrong is empty on
// success.
func Claim(terms *[4]Term) (claim [4]Term, wrong string) {
	if string(terms[1].Text) != Reifies {
		return claim, "a triple term behind " + lex.Brief(terms[1].Text)
	}
	inner := Reader{Triples: KeepTriples}
	inner.Text = bytes.TrimSuffix(bytes.TrimPrefix(terms[2].Text, []byte("<<(")), []byte(")>>"))
	var edge [4]Term
	if err := inner.triple(edge[:3], 0); err != nil {
		return claim, err.Error()
	}
	switch edge[2].Kind {
	case Triple:
		return claim, "a triple term within another"
	case Directed:
		return claim, "a text with a direction in a triple term"
	}
	edge[3] = terms[0]
	claim = [4]Term{terms[0], {Kind: IRI, Text: rdfType}, {Kind: IRI, Text: claimClass}, terms[3]}
	*terms = edge
	return claim, ""
}

var rdfType, claimClass = []byte(schema.Type), []byte(schema.ClaimClass)

// ExpectedReifier describes what is expected where Claim finds a mistake.
const ExpectedReifier = "rdf:reifies before a triple term, and in that one plain triple, as a claim has it"

// tripleTerm reads a triple term, which begins here.
func (r *Reader) tripleTerm(t *Term, depth int) error {
	start := r.Pos
	if depth == deepest {
		return r.FailFound(start, fmt.Sprintf("at most %d triple terms within each other", deepest), "one more")
	}
	r.Pos += len("<<(")
	var parts [3]Term
	if err := r.triple(parts[:], depth); err != nil {
		return err
	}
	r.peek()
	if !bytes.HasPrefix(r.Text[r.Pos:], []byte(")>>")) {
		return r.Fail(r.Pos, `")>>" at the end of the triple term`)
	}
	r.Pos += len(")>>")
	text, err := AppendTriple(nil, &parts[0], &parts[1], &parts[2])
	if err != nil {
		return r.FailFound(start, "a triple term that can be written", err.Error())
	}
	*t = Term{Kind: Triple, Text: text}
	return nil
}

// triple reads subject, predicate and object.
func (r *Reader) triple(terms []Term, depth int) error {
	if err := r.repeated(&terms[0], &r.subject, "a subject (IRI or blank node)"); err != nil {
		return err
	}
	if r.peek() != '<' {
		return r.failPredicate("a predicate (IRI)")
	}
	if err := r.iriRef(&terms[1]); err != nil {
		return err
	}
	quote := r.peek() == '"'
	if depth == 0 {
		r.object = r.Pos
	}
	switch {
	case quote:
		return r.literal(&terms[2])
	case r.Triples != RefuseTriples && bytes.HasPrefix(r.Text[r.Pos:], []byte("<<(")):
		return r.tripleTerm(&terms[2], depth+1)
	}
	return r.node(&terms[2], "an object (IRI, blank node or literal)")
}

// asClaim makes the quads of a claim from a quad with a triple term at an offset.
func (r *Reader) asClaim(terms *[4]Term, at int) error {
	claim, wrong := Claim(terms)
	if wrong != "" {
		return r.FailFound(at, ExpectedReifier, wrong)
	}
	r.claim, r.pending = claim, true
	return nil
}

// version reports whether the line announces a version of RDF, and reads it.
func (r *Reader) version() bool {
	if r.Triples == RefuseTriples || r.At(r.Pos)|0x20 != 'v' || !versionLine().Match(r.Text[r.Pos:]) {
		return false
	}
	r.Pos = len(r.Text)
	return true
}
