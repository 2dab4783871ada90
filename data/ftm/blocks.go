package ftm

import (
	"bytes"
	"context"
	"io"
	"sync"
)

// lines reads entities: blocks of lines, on several goroutines.
func (r *Reader) lines(ctx context.Context, in io.Reader, workers int) {
	type job struct {
		text  []byte
		first int // the number of the first line
		done  chan part
	}
	jobs := make(chan job)
	var wg sync.WaitGroup
	defer wg.Wait()
	defer close(jobs)
	for range workers {
		wg.Go(func() {
			w := r.newWorker()
			for j := range jobs {
				j.done <- w.block(j.text, j.first)
			}
		})
	}
	line := 1
	err := blocks(in, func(text []byte) error {
		j := job{text, line, make(chan part, 1)}
		line += bytes.Count(text, []byte("\n"))
		select {
		case r.parts <- j.done:
		case <-ctx.Done():
			return ctx.Err()
		}
		jobs <- j
		return nil
	})
	if err != nil {
		r.send(ctx, part{err: err})
	}
}

// blocks calls do with whole lines, some hundred kilobytes of them.
func blocks(in io.Reader, do func([]byte) error) error {
	const enough = 256 << 10
	var rest []byte
	for {
		text := append(make([]byte, 0, len(rest)+enough), rest...)
		n, err := io.ReadFull(in, text[len(text):cap(text)])
		text = text[:len(text)+n]
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			if len(text) > 0 {
				return do(text)
			}
			return nil
		}
		if err != nil {
			return err
		}
		end := bytes.LastIndexByte(text, '\n') + 1
		rest = text[end:]
		if end == 0 {
			continue
		}
		if err := do(text[:end:end]); err != nil {
			return err
		}
	}
}
