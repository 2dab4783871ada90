package turtle

import (
	"bytes"
	"io"
	"strings"

	"kg/internal/rdf/lex"
	"kg/internal/rdf/nquads"
)

// chunk reads the next chunk: a directive, the beginning or the end of a graph, or one
// object with what precedes it.
func (r *Reader) chunk() error {
	c := r.Peek()
	switch r.now.expects {
	case object:
		return r.objectOf()
	case predicate:
		return r.predicateOf()
	}
	switch {
	case r.Pos == len(r.Text) && r.now.inGraph:
		return r.Fail(r.Pos, "'}' at the end of the graph")
	case r.Pos == len(r.Text):
		return io.EOF
	case c == '}' && r.now.inGraph:
		r.closeGraph()
		return nil
	case c == '@':
		return r.atDirective()
	}
	if word := r.Word(); len(word) > 0 && r.At(r.Pos+len(word)) != ':' {
		if done, err := r.keyword(word); done {
			return err
		}
	}
	if r.TriG && !r.now.inGraph {
		return r.block(c)
	}
	return r.triples(c)
}

// atDirective reads @prefix, @base or @version, with the full stop.
func (r *Reader) atDirective() error {
	start := r.Pos
	r.Pos++
	word := string(r.Word())
	r.Pos = start
	var read func() error
	switch word {
	case "prefix":
		read = r.prefix
	case "base":
		read = r.base
	case "version":
		read = r.version
	default:
		return r.Fail(start+1, "prefix, base or version after '@'")
	}
	if r.now.inGraph {
		return r.FailFound(start, "triples or '}' in a graph", "@"+word)
	}
	r.Pos += len("@") + len(word)
	if err := read(); err != nil {
		return err
	}
	return r.take('.', "'.' at the end of the directive")
}

// keyword reads PREFIX, BASE or VERSION or, in TriG, GRAPH with its label.
func (r *Reader) keyword(word []byte) (done bool, err error) {
	var read func() error
	switch strings.ToUpper(string(word[:min(len(word), len("VERSION")+1)])) {
	case "PREFIX":
		read = r.prefix
	case "BASE":
		read = r.base
	case "VERSION":
		read = r.version
	case "GRAPH":
		if !r.TriG {
			return true, r.FailFound(r.Pos, "a subject", "GRAPH, which is TriG")
		}
		read = r.graph
	default:
		return false, nil
	}
	if r.now.inGraph {
		return true, r.FailFound(r.Pos, "triples or '}' in a graph", string(word))
	}
	r.Pos += len(word)
	return true, read()
}

// prefix reads the name and the IRI of a prefix.
func (r *Reader) prefix() error {
	if r.Peek() != ':' {
		word := r.Word()
		if len(word) == 0 {
			return r.Fail(r.Pos, "the name of a prefix with its ':'")
		}
		if r.At(r.Pos+len(word)) != ':' {
			return r.Fail(r.Pos+len(word), "':' behind the name of a prefix")
		}
	}
	name := string(r.Word())
	r.Pos += len(name) + len(":")
	iri, err := r.bracketed("an IRI for the prefix")
	if err == nil {
		r.prefixes[name] = bytes.Clone(iri)
	}
	return err
}

// base reads the base.
func (r *Reader) base() error {
	iri, err := r.bracketed("an IRI for the base")
	if err != nil {
		return err
	}
	if r.now.base, err = lex.NewBase(string(iri)); err != nil {
		return r.FailFound(r.Pos, "an IRI for the base", err.Error())
	}
	r.Base = r.now.base
	return nil
}

// version reads a version directive, which has no effect.
func (r *Reader) version() error {
	c := r.Peek()
	if c != '"' && c != '\'' || r.At(r.Pos+1) == c && r.At(r.Pos+2) == c {
		return r.Fail(r.Pos, "a version in one pair of quotes")
	}
	_, err := r.Quoted()
	return err
}

// bracketed reads an IRI in angle brackets.
func (r *Reader) bracketed(expected string) ([]byte, error) {
	if r.Peek() != '<' {
		return nil, r.Fail(r.Pos, expected)
	}
	return r.IRIRef()
}

// take reads one punctuation character.
func (r *Reader) take(mark byte, expected string) error {
	if r.Peek() != mark {
		return r.Fail(r.Pos, expected)
	}
	r.Pos++
	return nil
}

// graph reads the label of a graph behind GRAPH, and its opening brace.
func (r *Reader) graph() error {
	label, ok, err := r.node(r.Peek())
	if err == nil && !ok {
		err = r.Fail(r.Pos, "a graph label (IRI or blank node)")
	}
	if err != nil {
		return err
	}
	return r.openGraph(label)
}

// openGraph begins a graph, whose label outlives the chunk.
func (r *Reader) openGraph(label nquads.Term) error {
	if err := r.take('{', "'{' at the beginning of the graph"); err != nil {
		return err
	}
	label.Text = bytes.Clone(label.Text)
	r.now.graph, r.now.inGraph = label, true
	return nil
}

func (r *Reader) closeGraph() {
	r.Pos++
	r.now.graph, r.now.inGraph, r.now.expects = nquads.Term{}, false, statement
}

// block reads a block of TriG outside of graphs: a graph's beginning, or triples.
func (r *Reader) block(c byte) error {
	if c == '{' {
		return r.openGraph(nquads.Term{})
	}
	label, ok, err := r.node(c)
	switch {
	case err != nil:
		return err
	case !ok:
		return r.triples(c)
	case r.Peek() == '{':
		return r.openGraph(label)
	}
	r.now.subject = label
	return r.predicateOf()
}

// triples reads a subject, and its first predicate and object.
func (r *Reader) triples(c byte) error {
	alone := c == '[' || c == '<' && r.At(r.Pos+1) == '<' // such a subject is a statement already
	subject, plain, err := r.subject(c)
	if err != nil {
		return err
	}
	r.now.subject = subject
	if alone && !plain {
		if next := r.Peek(); next == '.' || next == '}' {
			return r.after()
		}
	}
	return r.predicateOf()
}

// predicateOf reads a predicate of the subject, and its first object.
func (r *Reader) predicateOf() (err error) {
	if r.now.predicate, err = r.verb(); err != nil {
		return err
	}
	return r.objectOf()
}

// objectOf reads an object of subject and predicate, with its annotations, and the
// punctuation after it.
func (r *Reader) objectOf() error {
	if err := r.objectWith(r.now.subject, r.now.predicate); err != nil {
		return err
	}
	return r.after()
}

// after reads the punctuation after an object, which determines what comes next.
func (r *Reader) after() error {
	switch c := r.Peek(); {
	case c == ',':
		r.Pos++
		r.now.expects = object
		return nil
	case c == ';':
		for r.Peek() == ';' {
			r.Pos++
		}
		if c := r.Peek(); c != '.' && !(c == '}' && r.now.inGraph) {
			r.now.expects = predicate
			return nil
		}
		return r.after()
	case c == '.':
		r.Pos++
		r.now.expects = statement
		return nil
	case c == '}' && r.now.inGraph:
		r.closeGraph()
		return nil
	}
	return r.Fail(r.Pos, "',', ';' or '.' behind an object")
}
