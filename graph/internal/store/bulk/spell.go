package bulk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
	"kg/internal/rdf/nquads"
)

// speller writes the lines of quads. Each goroutine has its own.
type speller struct {
	*export
	ctx   context.Context
	free  chan []byte // memory to use again
	known [4][cached]spelling
	key   []byte

	quads []term.Quad // of a subject, some at a time
	literals
}

// spelling is a term as it is spelled. Predicates, labels and many objects
// come again and again.
type spelling struct {
	id   term.ID
	text []byte
}

const (
	cached  = 1 << 10 // spellings for each position
	longest = 4 << 10 // bytes of a cached spelling
	chunk   = 32      // quads read at once
)

// section spells a section and closes it.
func (s *speller) section(p *lineSection) {
	defer close(p.chunks)
	out := lineChunk{lines: s.memory()}
	err := s.subjects(p, &out)
	if err != nil {
		out.err = err
	}
	if len(out.lines) > 0 || err != nil {
		s.hand(p, &out)
	}
}

func (s *speller) memory() []byte {
	select {
	case m := <-s.free:
		return m
	default:
		return make([]byte, 0, chunkSize+chunkSize/4)
	}
}

// hand passes a chunk on and begins another.
func (s *speller) hand(p *lineSection, out *lineChunk) bool {
	select {
	case p.chunks <- *out:
		*out = lineChunk{lines: s.memory()}
		return true
	case <-s.ctx.Done():
		return false
	}
}

func (s *speller) subjects(p *lineSection, out *lineChunk) (err error) {
	defer snapshot.Catch(&err)
	for id := p.from; id < p.to; id++ {
		var pattern term.Pattern
		pattern.Quad[term.Subject] = id
		rows := s.Base().Rows(pattern)
		if s.quads == nil {
			s.quads = make([]term.Quad, chunk)
		}
		for {
			n := rows.Fill(s.quads)
			if n == 0 {
				break
			}
			for _, q := range s.quads[:n] {
				if !s.shows(q) {
					continue
				}
				if err := s.quad(p, out, q); err != nil {
					return err
				}
			}
		}
		if err := s.flush(p, out); err != nil {
			return err
		}
	}
	return s.ctx.Err()
}

// shows reports whether a quad of the snapshot is to be exported.
func (s *speller) shows(q term.Quad) bool { return !s.hides(q) && !s.Removes(q) }

// quad writes the line of a quad, or keeps it with those it is to be sorted
// with.
func (s *speller) quad(p *lineSection, out *lineChunk, q term.Quad) error {
	literal := q[term.Object] < s.iris
	if !literal || q[term.Predicate] != s.same {
		if err := s.flush(p, out); err != nil {
			return err
		}
	}
	if literal {
		return s.keep(q)
	}
	return s.line(p, out, q)
}

// line writes the line of a quad, and passes on a full chunk.
func (s *speller) line(p *lineSection, out *lineChunk, q term.Quad) (err error) {
	if out.lines, err = s.append(out.lines, q); err != nil {
		return err
	}
	return s.wrote(p, out)
}

// wrote counts a line that was written.
func (s *speller) wrote(p *lineSection, out *lineChunk) error {
	if out.quads++; len(out.lines) > chunkSize && !s.hand(p, out) {
		return s.ctx.Err()
	}
	return nil
}

// append appends the line of a quad.
func (s *speller) append(dst []byte, q term.Quad) ([]byte, error) {
	if q[term.Subject] < s.iris || q[term.Predicate] < s.iris || q[term.Predicate] >= s.blanks ||
		q[term.Label] != term.None && q[term.Label] < s.iris {
		return dst, s.refuse(q)
	}
	for position, id := range q {
		if id == term.None {
			continue
		}
		if position == term.Object {
			s.object = len(dst)
		}
		known := &s.known[position][id%cached]
		if known.id != id {
			s.key = s.Base().AppendKey(s.key[:0], id)
			text, err := term.AppendNQuads(known.text[:0], s.key)
			if err != nil {
				return dst, s.refuse(q)
			}
			known.id, known.text = id, append(text, ' ')
		}
		dst = append(dst, known.text...)
		if cap(known.text) > longest {
			*known = spelling{}
		}
	}
	return append(dst, '.', '\n'), nil
}

// refuse says why a quad has no line.
func (e *export) refuse(q term.Quad) error {
	named, err := e.quad(q)
	if err == nil {
		if _, err = nquads.AppendQuad(nil, named); err == nil {
			err = errors.New("it is kept in a wrong place: check the store")
		}
	}
	text := named.NQuad()
	if len(text) > 200 {
		text = text[:200] + "..."
	}
	return fmt.Errorf("quad %s: %w", text, err)
}

// quad gives the values of a quad.
func (e *export) quad(ids term.Quad) (q quad.Quad, err error) {
	for i, id := range ids {
		if id == term.None {
			continue
		}
		value, err := term.Value(e.AppendKey(nil, id))
		if err != nil {
			return q, err
		}
		q.Set(quad.Directions[i], value)
	}
	return q, nil
}

func (e *export) hides(q term.Quad) bool { return e.Hidden != nil && e.Hidden(q[term.Label]) }

// addedLines spells the quads that came after the snapshot.
func (e *export) addedLines() (err error) {
	e.EachAdded(func(ids term.Quad) bool {
		if e.hides(ids) {
			return true
		}
		var q quad.Quad
		var line []byte
		if q, err = e.quad(ids); err == nil {
			line, err = nquads.AppendQuad(nil, q)
		}
		if err != nil {
			err = e.refuse(ids)
			return false
		}
		e.added = append(e.added, line)
		return true
	})
	slices.SortFunc(e.added, bytes.Compare)
	return err
}
