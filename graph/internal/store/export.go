package store

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"sync"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
)

// Export writes the quads as canonical N-Quads (RDFC-1.0), sorted by code
// point, which is by byte, and returns how many. What canonical N-Quads cannot
// spell, such as a literal for a subject, is an error that names the quad; w
// may have got quads before it. progress may be nil; it gets quads and their
// total.
func (qs *QuadStore) Export(ctx context.Context, w io.Writer, progress func(done, total uint64)) (n uint64, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("exporting store %q: %w", qs.core.path, err)
		}
	}()
	defer catch(&err)
	v, err := qs.view()
	if err != nil {
		return 0, err
	}
	e := &export{view: v, ctx: ctx, total: v.quadCount(), progress: progress}
	e.iris, e.blanks = v.classes()
	if err := e.addedLines(); err != nil {
		return 0, err
	}
	if err := e.run(w); err != nil {
		return 0, err
	}
	if e.written != e.total {
		return 0, fmt.Errorf("expected %d quads, wrote %d: check the store", e.total, e.written)
	}
	return e.written, nil
}

// classes gives the snapshot's first IRI and its first blank node.
func (s *state) classes() (iris, blanks term.ID) {
	if s.base == nil {
		return 1, 1
	}
	return s.base.Seek(term.Prefix(quad.IRI(""))[0].From), s.base.Seek(term.Prefix(quad.BNode(""))[0].From)
}

// export writes a view. The IDs of a snapshot are in the order of canonical
// lines, but for literals: so its subjects are spelled in parts by several
// goroutines, and only the literals of one subject and predicate are sorted.
// The lines of quads that came later are sorted apart and merged in.
type export struct {
	*view
	ctx          context.Context
	iris, blanks term.ID
	added        [][]byte // the lines of quads that came later
	written      uint64
	total        uint64
	progress     func(done, total uint64)
}

// part is the lines of some subjects, in pieces of whole lines.
type part struct {
	from, to term.ID
	pieces   chan piece
}

type piece struct {
	lines []byte
	quads uint64
	err   error
}

const (
	partIDs   = 1 << 12   // subjects in a part, at most
	pieceSize = 256 << 10 // of lines handed over at once, about
)

// run spells the parts on all processors and writes them in their order.
func (e *export) run(w io.Writer) error {
	workers := runtime.GOMAXPROCS(0)
	ctx, cancel := context.WithCancel(e.ctx)
	defer cancel()
	todo, order := make(chan *part), make(chan *part, 4*workers)
	free := make(chan []byte, 8*workers)
	var wg sync.WaitGroup
	defer wg.Wait()
	defer cancel()
	first := e.first()
	wg.Go(func() { e.cut(ctx, first, todo, order) })
	for range workers {
		wg.Go(func() {
			debug.SetPanicOnFault(true) // see snapshot.Fault
			s := &speller{export: e, ctx: ctx, free: free}
			for p := range todo {
				s.part(p)
			}
		})
	}
	for p := range order {
		for piece := range p.pieces {
			if piece.err != nil {
				return piece.err
			}
			if err := e.write(w, piece); err != nil {
				return err
			}
			select {
			case free <- piece.lines[:0]:
			default:
			}
		}
	}
	if err := e.ctx.Err(); err != nil {
		return err
	}
	return e.rest(w)
}

// cut makes the parts. Each goes to who writes, then to who spells it.
func (e *export) cut(ctx context.Context, first term.ID, todo, order chan<- *part) {
	defer close(todo)
	defer close(order)
	for from := first; from <= e.terms; from += partIDs {
		p := &part{from: from, to: min(from+partIDs, e.terms+1), pieces: make(chan piece, 4)}
		select {
		case order <- p:
		case <-ctx.Done():
			return
		}
		select {
		case todo <- p:
		case <-ctx.Done():
			close(p.pieces)
			return
		}
	}
}

// first is the snapshot's first subject; the IDs before it are those of
// literals.
func (e *export) first() term.ID {
	if e.base == nil {
		return 1
	}
	rows := e.base.Rows(term.Pattern{})
	if !rows.Next() {
		return e.terms + 1
	}
	return rows.Quad()[term.Subject]
}

// write writes a piece, and before each of its lines those of added that come
// before it.
func (e *export) write(w io.Writer, p piece) error {
	lines := p.lines
	for len(e.added) > 0 && len(lines) > 0 {
		last := lines[bytes.LastIndexByte(lines[:len(lines)-1], '\n')+1:]
		if bytes.Compare(e.added[0], last) > 0 {
			break
		}
		// The first line that is not before the added one.
		at := 0
		for bytes.Compare(lines[at:at+lineLen(lines[at:])], e.added[0]) < 0 {
			at += lineLen(lines[at:])
		}
		if err := e.put(w, lines[:at], e.added[0]); err != nil {
			return err
		}
		e.written++
		lines = lines[at:]
		e.added = e.added[1:]
	}
	e.written += p.quads
	if e.progress != nil {
		e.progress(e.written, e.total)
	}
	return e.put(w, lines)
}

func (e *export) put(w io.Writer, texts ...[]byte) error {
	for _, text := range texts {
		if len(text) == 0 {
			continue
		}
		if _, err := w.Write(text); err != nil {
			return err
		}
	}
	return nil
}

// rest writes what is left of added.
func (e *export) rest(w io.Writer) error {
	for _, line := range e.added {
		if err := e.put(w, line); err != nil {
			return err
		}
		e.written++
	}
	return nil
}

// lineLen is the length of the first line, with its end.
func lineLen(lines []byte) int { return bytes.IndexByte(lines, '\n') + 1 }
