package bulk

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"sync"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/memtable"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
)

// Shown are the quads to export: those of a table, total in number, but for
// those under a label that is hidden.
type Shown struct {
	*memtable.Table
	Hidden func(label term.ID) bool // nil if none is; label may be term.None
	Total  uint64
}

// Export writes quads as canonical N-Quads (RDFC-1.0), sorted by code point, which is by
// byte, and returns how many. A quad that canonical N-Quads cannot spell, such as one
// with a literal for a subject, is an error that names it; w may have got quads before
// it. progress may be nil; it gets the number of quads and their total.
func Export(ctx context.Context, s Shown, w io.Writer, progress func(done, total uint64)) (n uint64, err error) {
	defer snapshot.Catch(&err)
	e := &export{Shown: s, ctx: ctx, progress: progress}
	if base := s.Base(); base != nil {
		e.terms = base.Terms()
		e.iris, e.blanks = base.Seek(term.Prefix(quad.IRI(""))[0].From), base.Seek(term.Prefix(quad.BNode(""))[0].From)
	}
	if err := e.addedLines(); err != nil {
		return 0, err
	}
	if err := e.run(w); err != nil {
		return 0, err
	}
	if e.written != e.Total {
		return 0, fmt.Errorf("expected %d quads, wrote %d: check the store", e.Total, e.written)
	}
	return e.written, nil
}

// export is an export under way. The IDs of a snapshot are in the order of canonical
// lines, but for literals: so its subjects are spelled in sections by several
// goroutines, and only the literals of one subject and predicate are sorted (literals).
// The lines of quads that came later are sorted apart and merged in.
type export struct {
	Shown
	ctx          context.Context
	terms        term.ID  // of the snapshot
	iris, blanks term.ID  // the first of each
	added        [][]byte // the lines of quads that came later
	written      uint64
	progress     func(done, total uint64)
}

// lineSection is the lines of some subjects, in chunks of whole lines.
type lineSection struct {
	from, to term.ID
	chunks   chan lineChunk
}

type lineChunk struct {
	lines []byte
	quads uint64
	err   error
}

const (
	sectionIDs = 1 << 12   // subjects in a section, at most
	chunkSize  = 256 << 10 // of lines handed over at once, about
)

// run spells the sections on all processors and writes them in their order.
func (e *export) run(w io.Writer) error {
	workers := runtime.GOMAXPROCS(0)
	ctx, cancel := context.WithCancel(e.ctx)
	defer cancel()
	todo, order := make(chan *lineSection), make(chan *lineSection, 4*workers)
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
				s.section(p)
			}
		})
	}
	for p := range order {
		for chunk := range p.chunks {
			if chunk.err != nil {
				return chunk.err
			}
			if err := e.write(w, chunk); err != nil {
				return err
			}
			if cap(chunk.lines) > 4*chunkSize { // of a long literal
				continue
			}
			select {
			case free <- chunk.lines[:0]:
			default:
			}
		}
	}
	if err := e.ctx.Err(); err != nil {
		return err
	}
	return e.rest(w)
}

// cut makes the sections. Each goes to the goroutine that writes, then to one
// that spells it.
func (e *export) cut(ctx context.Context, first term.ID, todo, order chan<- *lineSection) {
	defer close(todo)
	defer close(order)
	for from := first; from <= e.terms; from += sectionIDs {
		p := &lineSection{from: from, to: min(from+sectionIDs, e.terms+1), chunks: make(chan lineChunk, 4)}
		select {
		case order <- p:
		case <-ctx.Done():
			return
		}
		select {
		case todo <- p:
		case <-ctx.Done():
			close(p.chunks)
			return
		}
	}
}

// first is the snapshot's first subject; the IDs before it are those of
// literals.
func (e *export) first() term.ID {
	if e.Base() == nil {
		return 1
	}
	rows := e.Base().Rows(term.Pattern{})
	if !rows.Next() {
		return e.terms + 1
	}
	return rows.Quad()[term.Subject]
}

// write writes a chunk, and before each of its lines those of added that come before it.
func (e *export) write(w io.Writer, p lineChunk) error {
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
		e.progress(e.written, e.Total)
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

// rest writes the remaining lines of added.
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
