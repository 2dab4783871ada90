package blank

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"

	"kg/internal/rdf/canon"
	"kg/internal/rdf/nquads"
)

// LimitError is a component that is too large or too hard to name. It wraps
// canon.ErrLimit if it is too hard.
type LimitError struct {
	Text int // the number of the text
	Line int // the first of the component
	Err  error
}

func (e *LimitError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }

func (e *LimitError) Unwrap() error { return e.Err }

// Finish passes all quads to emit, once each for a component, with IRIs for blank nodes.
// The terms are valid until emit returns. It returns how many blank nodes the texts have.
// A component beyond the limits is a *LimitError.
func (n *Namer) Finish(ctx context.Context, emit func(*[4]nquads.Term) error) (nodes uint64, err error) {
	if n.spool == nil {
		return 0, nil
	}
	var joined unionFind
	if joined, nodes, err = n.join(ctx); err != nil {
		return 0, err
	}
	parts, err := n.components(ctx, joined)
	if err != nil {
		return 0, err
	}
	forms, err := n.canonize(ctx, parts)
	if err != nil {
		return 0, err
	}
	if err := n.name(ctx, forms, emit); err != nil {
		return 0, err
	}
	return nodes, n.Close()
}

// join joins the quads that share a label, and counts the labels.
func (n *Namer) join(ctx context.Context) (unionFind, uint64, error) {
	j := make(unionFind, n.quads)
	for i := range j {
		j[i] = uint32(i)
	}
	var last []byte
	var before uint32
	nodes := uint64(0)
	err := n.labels.each(func(record []byte) error {
		label, quad := record[:len(record)-4], binary.BigEndian.Uint32(record[len(record)-4:])
		if bytes.Equal(label, last) {
			j.unite(before, quad)
		} else {
			nodes++
			last = append(last[:0], label...)
		}
		before = quad
		return interrupted(ctx, quad)
	})
	return j, nodes, errors.Join(err, n.labels.close())
}

// unionFind holds for each quad one that it is joined to, or itself.
type unionFind []uint32

// first is one quad of the component of a quad, the same for all of them.
func (j unionFind) first(i uint32) uint32 {
	for j[i] != i {
		j[i] = j[j[i]]
		i = j[i]
	}
	return i
}

func (j unionFind) unite(a, b uint32) {
	a, b = j.first(a), j.first(b)
	j[max(a, b)] = min(a, b)
}

// components sorts the quads by component: its number, the text, the terms, and
// the line at last, so that a quad that comes twice is twice in a row.
func (n *Namer) components(ctx context.Context, j unionFind) (*recordSorter, error) {
	s := n.newSorter(int(n.Memory / 2))
	var number [4]byte
	quad := uint32(0)
	err := n.spool.each(func(record []byte) error {
		binary.BigEndian.PutUint32(number[:], j.first(quad))
		quad++
		text, line, terms := record[:4], record[4:12], record[12:]
		return errors.Join(s.add(number[:], text, terms, line), interrupted(ctx, quad))
	})
	return s, errors.Join(err, n.spool.close())
}

// interrupted asks the context now and then.
func interrupted(ctx context.Context, n uint32) error {
	if n%4096 == 0 {
		return ctx.Err()
	}
	return nil
}

// canonize puts each component into its form, and sorts them by text and form.
func (n *Namer) canonize(ctx context.Context, parts *recordSorter) (*recordSorter, error) {
	forms := n.newSorter(int(n.Memory / 2))
	c := component{most: n.Largest}
	finish := func() error {
		if len(c.ends) == 0 {
			return nil
		}
		if err := c.canonize(ctx, forms); err != nil {
			if errors.Is(err, canon.ErrLimit) {
				return &LimitError{c.text(), c.line, err}
			}
			return err
		}
		return nil
	}
	err := parts.each(func(record []byte) error {
		head, quad, line := record[:8], record[8:len(record)-8], int(binary.BigEndian.Uint64(record[len(record)-8:]))
		if !bytes.Equal(head, c.head) {
			if err := finish(); err != nil {
				return err
			}
			c.begin(head)
		}
		return c.add(quad, line)
	})
	if err == nil {
		err = finish()
	}
	return forms, errors.Join(err, parts.close())
}

// component is the quads of a component.
type component struct {
	head  []byte // the numbers of component and text
	quads []byte
	ends  []int
	line  int // the first of any quad
	most  int64
	set   canon.Dataset
	terms [4]nquads.Term
	named []byte
}

func (c *component) text() int { return int(binary.BigEndian.Uint32(c.head[4:])) }

func (c *component) begin(head []byte) {
	c.head = append(c.head[:0], head...)
	c.quads, c.ends, c.line = c.quads[:0], c.ends[:0], 0
	c.set.Reset()
}

// add adds a quad, unless it is the one before.
func (c *component) add(quad []byte, line int) error {
	if c.line == 0 || line < c.line {
		c.line = line
	}
	from := 0
	if len(c.ends) > 1 {
		from = c.ends[len(c.ends)-2]
	}
	if bytes.Equal(c.quads[from:], quad) {
		return nil
	}
	c.quads = append(c.quads, quad...)
	c.ends = append(c.ends, len(c.quads))
	const perQuad = 64
	if size := int64(len(c.quads) + perQuad*len(c.ends)); size > c.most {
		return &LimitError{c.text(), c.line, fmt.Errorf("they join more quads than there is memory for: %d of them take more than %d MiB", len(c.ends), c.most>>20)}
	}
	readQuad(&c.terms, quad)
	return c.set.Add(&c.terms)
}

// canonize adds the component to forms: text, SHA-256, and the quads with the
// labels of the form.
func (c *component) canonize(ctx context.Context, forms *recordSorter) error {
	form, err := c.set.Canonize(ctx, canon.Options{})
	if err != nil {
		return err
	}
	names := make(map[string][]byte, len(form.Labels))
	for i, label := range form.Labels {
		names[label] = strconv.AppendInt([]byte("c14n"), int64(i), 10)
	}
	c.named = c.named[:0]
	for rest := c.quads; len(rest) > 0; {
		rest = readQuad(&c.terms, rest)
		for i := range c.terms {
			if t := &c.terms[i]; t.Kind == nquads.Blank {
				t.Text = names[string(t.Text)]
			}
		}
		c.named = appendQuad(c.named, &c.terms)
	}
	sum := sha256.Sum256(form.Text)
	return forms.add(c.head[4:], sum[:], c.named)
}

// name gives the quads of all forms their IRIs. Equal forms of a text are adjacent, and
// the ordinal distinguishes them.
func (n *Namer) name(ctx context.Context, forms *recordSorter, emit func(*[4]nquads.Term) error) error {
	var last, prefix []byte
	var iris [4][]byte
	var terms [4]nquads.Term
	ordinal, quads := 0, uint32(0)
	return forms.each(func(record []byte) error {
		head, rest := record[:4+sha256.Size], record[4+sha256.Size:]
		ordinal++
		if !bytes.Equal(head, last) {
			last, ordinal = append(last[:0], head...), 1
		}
		prefix = hex.AppendEncode(append(prefix[:0], n.Prefix...), head[4:])
		prefix = append(strconv.AppendInt(append(prefix, '/'), int64(ordinal), 10), '/')
		for len(rest) > 0 {
			rest = readQuad(&terms, rest)
			for i := range terms {
				if t := &terms[i]; t.Kind == nquads.Blank {
					iris[i] = append(append(iris[i][:0], prefix...), t.Text...)
					*t = nquads.Term{Kind: nquads.IRI, Text: iris[i]}
				}
			}
			quads++
			if err := errors.Join(emit(&terms), interrupted(ctx, quads)); err != nil {
				return err
			}
		}
		return nil
	})
}
