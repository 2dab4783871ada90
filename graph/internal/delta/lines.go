package delta

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store"
	"kg/internal/rdf/nquads"
)

// byLines merges exports, which are sorted, and keeps one line of each.
func byLines(ctx context.Context, a, b *store.QuadStore, do func(q quad.Quad, added bool)) (err error) {
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
	q, err := nquads.NewReader(bytes.NewReader(line), "export").Read()
	if err != nil {
		return fmt.Errorf("reading an export: %w", err)
	}
	do(q, added)
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

func exporting(ctx context.Context, s *store.QuadStore) *exportLines {
	from, to := io.Pipe()
	e := &exportLines{from: from, lines: bufio.NewReaderSize(from, 1<<20), done: make(chan struct{})}
	go func() {
		defer close(e.done)
		_, err := s.Export(ctx, to, nil)
		to.CloseWithError(err)
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

// close ends the export, which is not read any further, and waits for its end.
func (e *exportLines) close() {
	_ = e.from.Close()
	<-e.done
}
