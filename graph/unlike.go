package graph

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store"
	"kg/graph/internal/store/snapshot"
)

// unlike calls do with every quad that one of two stores has and the other has not;
// added are those of b. Snapshots are held against each other by the numbers of their
// terms, and what changed since is looked up. Where much did, or a server has the
// graph, the exports are merged.
func unlike(ctx context.Context, a, b *Store, do func(q quad.Quad, added bool)) (err error) {
	defer snapshot.Catch(&err)
	if a.quads.IsFed() || b.quads.IsFed() {
		return unlikeLines(ctx, a, b, do)
	}
	x, err1 := a.quads.IDs()
	y, err2 := b.quads.IDs()
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	if x.Changes() > changesKept || y.Changes() > changesKept {
		return unlikeLines(ctx, a, b, do)
	}
	u := &unlikeIDs{ctx: ctx, ids: [2]*store.IDs{x, y}, do: do}
	return u.run()
}

// unlikeLines merges exports, which are sorted, and keeps one line of each.
func unlikeLines(ctx context.Context, a, b *Store, do func(q quad.Quad, added bool)) (err error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	x, y := exporting(ctx, a), exporting(ctx, b)
	defer x.close()
	defer y.close()
	x.next()
	y.next()
	for {
		if err := errors.Join(x.err, y.err); err != nil {
			return err
		}
		if x.line == nil && y.line == nil {
			return nil
		}
		switch order := compareLines(x.line, y.line); {
		case order == 0:
			x.next()
			y.next()
		case order < 0:
			if err := parsed(x.line, false, do); err != nil {
				return err
			}
			x.next()
		default:
			if err := parsed(y.line, true, do); err != nil {
				return err
			}
			y.next()
		}
	}
}

// compareLines orders lines; the end comes after all.
func compareLines(a, b []byte) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	return bytes.Compare(a, b)
}

func parsed(line []byte, added bool, do func(quad.Quad, bool)) error {
	for q, err := range ReadQuads(bytes.NewReader(line), "export") {
		if err != nil {
			return fmt.Errorf("reading an export: %w", err)
		}
		do(q, added)
	}
	return nil
}

// exportLines are the lines of a store's export as it is made.
type exportLines struct {
	from  *io.PipeReader
	lines *bufio.Reader
	line  []byte // nil at the end
	err   error
	done  chan struct{} // the export has ended
}

func exporting(ctx context.Context, s *Store) *exportLines {
	from, to := io.Pipe()
	e := &exportLines{from: from, lines: bufio.NewReaderSize(from, 1<<20), done: make(chan struct{})}
	go func() {
		defer close(e.done)
		to.CloseWithError(s.Export(ctx, to, ExportOptions{}))
	}()
	return e
}

func (e *exportLines) next() {
	line, err := e.lines.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		var rest []byte
		rest, err = e.lines.ReadBytes('\n')
		line = append(bytes.Clone(line), rest...)
	}
	if e.line = line; err != nil {
		e.line = nil
		if err != io.EOF {
			e.err = err
		}
	}
}

// close ends the export, which nobody reads any more, and waits for its end.
func (e *exportLines) close() {
	_ = e.from.Close()
	<-e.done
}
