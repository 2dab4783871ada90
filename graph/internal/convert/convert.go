// Package convert reads texts of Turtle, TriG and JSON-LD as the N-Quads that package
// bulk loads, while they are loaded.
package convert

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"kg/graph/internal/store/bulk"
	"kg/internal/rdf/jsonld"
	"kg/internal/rdf/lex"
	"kg/internal/rdf/nquads"
	"kg/internal/rdf/turtle"
)

// The formats of texts.
const (
	NQuads = "nq" // and N-Triples; the empty format is it too
	Turtle = "ttl"
	TriG   = "trig"
	JSONLD = "jsonld"
)

// Converter makes inputs of texts, for one load.
type Converter struct {
	Base     *lex.BaseIRI // against which relative IRIs are resolved; they are refused if it is nil
	BaseIRI  string       // the same, as it is written
	Labelled bool         // statements without a label are refused
	// Rejects gets statements that are at fault, of other formats than N-Quads; nil stops
	// at the first.
	Rejects  io.Writer
	Rejected uint64 // how many it got

	texts []text
}

// text is one that is not of N-Quads.
type text struct {
	bulk.Input
	format string
}

// Input returns the input to load for a text: the text itself, if it is N-Quads.
func (c *Converter) Input(in bulk.Input, format string) (bulk.Input, error) {
	if format == "" || format == NQuads {
		return in, nil
	}
	t := text{in, format}
	if _, err := c.newTerms(t, nil); err != nil {
		return bulk.Input{}, err
	}
	c.texts = append(c.texts, t)
	const longer = 6 // N-Quads are than the other formats, about
	return bulk.Input{Name: in.Name, Size: longer * in.Size, Open: func() (io.ReadCloser, error) {
		opened, err := in.Open()
		if err != nil {
			return nil, err
		}
		terms, err := c.newTerms(t, opened)
		return &conversion{Converter: c, terms: terms, text: opened}, err
	}}, nil
}

// termReader reads quads.
type termReader interface {
	ReadTerms(*[4]nquads.Term) error
}

// skipper is a termReader that can go on behind a mistake.
type skipper interface{ Skip() ([]byte, bool) }

// newTerms gives the reader of a text's format.
func (c *Converter) newTerms(t text, from io.Reader) (termReader, error) {
	switch t.format {
	case Turtle, TriG:
		r := turtle.NewReader(from, t.Name, c.Base)
		r.TriG, r.Labelled, r.Triples, r.WholeStatements = t.format == TriG, c.Labelled, nquads.ClaimTriples, c.Rejects != nil
		return r, nil
	case JSONLD:
		r := jsonld.NewReader(from, t.Name, c.BaseIRI)
		r.Labelled = c.Labelled
		return r, nil
	}
	return nil, fmt.Errorf("reading quads %q: unknown format %q", t.Name, t.format)
}

// conversion is a text of another format, read as N-Quads.
type conversion struct {
	*Converter
	terms  termReader
	text   io.Closer
	rest   []byte // lines that are not read yet
	memory []byte
	err    error
}

// Read implements io.Reader.
func (c *conversion) Read(p []byte) (int, error) {
	const enough = 64 << 10
	if len(c.rest) == 0 {
		c.memory = c.memory[:0]
		for c.err == nil && len(c.memory) < enough {
			c.err = c.line()
		}
		if c.rest = c.memory; len(c.rest) == 0 {
			return 0, c.err
		}
	}
	n := copy(p, c.rest)
	c.rest = c.rest[n:]
	return n, nil
}

// line adds the line of the next quad to the memory.
func (c *conversion) line() error {
	var terms [4]nquads.Term
	err := c.terms.ReadTerms(&terms)
	if skip, ok := c.terms.(skipper); ok && err != nil && c.Rejects != nil {
		if text, ok := skip.Skip(); ok {
			c.Rejected++
			_, err = fmt.Fprintf(c.Rejects, "# %v\n%s\n", err, text)
			return err
		}
	}
	if err != nil {
		return err
	}
	line := c.memory
	for i := range terms {
		if terms[i].Kind == nquads.None {
			continue
		}
		if line, err = terms[i].Append(line); err != nil {
			return err
		}
		line = append(line, ' ')
	}
	c.memory = append(line, ".\n"...)
	return nil
}

// Close closes the text.
func (c *conversion) Close() error { return c.text.Close() }

// WithPosition adds to an error about a line of converted N-Quads the position in the original
// text. Errors of reading have it already.
func (c *Converter) WithPosition(ctx context.Context, err error) error {
	var syntax *nquads.SyntaxError
	if !errors.As(err, &syntax) || !strings.HasPrefix(syntax.Msg, bulk.NamingBlank) {
		return err
	}
	i := slices.IndexFunc(c.texts, func(t text) bool { return t.Name == syntax.File })
	if i < 0 {
		return err
	}
	t := c.texts[i]
	there := *syntax
	there.Line = 1
	if opened, openErr := t.Open(); openErr == nil {
		defer opened.Close()
		if r, readErr := c.newTerms(t, opened); readErr == nil {
			there.Line = lineOf(ctx, r, syntax.Line)
		}
	}
	return &there
}

// lineOf is the line of a text on which its nth quad ends, 1 if that is not known.
func lineOf(ctx context.Context, r termReader, n int) int {
	t, ok := r.(*turtle.Reader)
	if !ok {
		return 1
	}
	var terms [4]nquads.Term
	for n > 0 && ctx.Err() == nil {
		switch err := t.ReadTerms(&terms); {
		case err == nil:
			n--
		default:
			if _, ok := t.Skip(); !ok {
				return 1
			}
		}
	}
	line, _ := t.Position(max(0, len(bytes.TrimRight(t.Text[:t.Pos], " \t\r\n"))))
	return line
}
