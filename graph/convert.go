package graph

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"kg/graph/internal/store/bulk"
	"kg/internal/rdf/jsonld"
	"kg/internal/rdf/lex"
	"kg/internal/rdf/nquads"
	"kg/internal/rdf/turtle"
)

// The formats of a QuadsFile.
const (
	NQuads = "nq" // and N-Triples; the empty format is it too
	Turtle = "ttl"
	TriG   = "trig"
	JSONLD = "jsonld"
)

// SyntaxError is a mistake in a text of quads, with its position.
type SyntaxError = nquads.SyntaxError

// inputOf is what the store reads of a file: N-Quads, into which other formats are
// converted on the way.
func inputOf(f QuadsFile, base *lex.Base, opt QuadsOptions, rejected *uint64) (bulk.Input, error) {
	if f.Format == "" || f.Format == NQuads {
		return bulk.Input{Name: f.Name, Size: f.Size, Open: f.Open, Parts: f.Parts}, nil
	}
	if _, err := newTerms(f, nil, base, opt); err != nil {
		return bulk.Input{}, err
	}
	const longer = 6 // N-Quads are than the other formats, about
	return bulk.Input{Name: f.Name, Size: longer * f.Size, Open: func() (io.ReadCloser, error) {
		text, err := f.Open()
		if err != nil {
			return nil, err
		}
		terms, err := newTerms(f, text, base, opt)
		return &conversion{terms: terms, text: text, rejects: opt.Rejects, rejected: rejected}, err
	}}, nil
}

// termReader reads quads.
type termReader interface {
	ReadTerms(*[4]nquads.Term) error
}

// skipper is a termReader that can go on behind a mistake.
type skipper interface{ Skip() ([]byte, bool) }

// newTerms gives the reader of a file's format.
func newTerms(f QuadsFile, text io.Reader, base *lex.Base, opt QuadsOptions) (termReader, error) {
	labelled := opt.Label == ""
	switch f.Format {
	case Turtle, TriG:
		r := turtle.NewReader(text, f.Name, base)
		r.TriG, r.Labelled, r.Triples, r.WholeStatements = f.Format == TriG, labelled, nquads.ClaimTriples, opt.Rejects != nil
		return r, nil
	case JSONLD:
		r := jsonld.NewReader(text, f.Name, opt.BaseIRI)
		r.Labelled = labelled
		return r, nil
	}
	return nil, fmt.Errorf("reading quads %q: unknown format %q", f.Name, f.Format)
}

// conversion is a text of another format, read as N-Quads.
type conversion struct {
	terms    termReader
	text     io.Closer
	rejects  io.Writer // gets statements that are at fault; nil stops at the first
	rejected *uint64
	rest     []byte // lines that are not read yet
	memory   []byte
	err      error
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
	if skip, ok := c.terms.(skipper); ok && err != nil && c.rejects != nil {
		if text, ok := skip.Skip(); ok {
			*c.rejected++
			_, err = fmt.Fprintf(c.rejects, "# %v\n%s\n", err, text)
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

// placed gives an error about a line of converted N-Quads the place in the text that
// the line comes from. Errors of reading have it already.
func placed(ctx context.Context, err error, files []QuadsFile, base *lex.Base, opt QuadsOptions) error {
	var syntax *nquads.SyntaxError
	if !errors.As(err, &syntax) || !strings.HasPrefix(syntax.Msg, bulk.NamingBlank) {
		return err
	}
	for _, f := range files {
		if f.Name != syntax.File || f.Format == "" || f.Format == NQuads {
			continue
		}
		there := *syntax
		there.Line = 1
		if text, openErr := f.Open(); openErr == nil {
			defer text.Close()
			if r, readErr := newTerms(f, text, base, opt); readErr == nil {
				there.Line = lineOf(ctx, r, syntax.Line)
			}
		}
		return &there
	}
	return err
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
	line, _ := t.Place(max(0, len(bytes.TrimRight(t.Text[:t.Pos], " \t\r\n"))))
	return line
}
