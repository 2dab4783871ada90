package ftm

import (
	"bytes"
	"io"
)

// lineBlock is some whole lines with entities.
type lineBlock struct {
	text  []byte
	first int // the number of the first line
}

// lines cuts entities into blocks, of some hundred kilobytes.
func (r *Reader) lines(in io.Reader) func() (fragment, error) {
	const enough = 256 << 10
	var rest []byte
	line := 1
	return func() (fragment, error) {
		for {
			text := append(make([]byte, 0, len(rest)+enough), rest...)
			n, err := io.ReadFull(in, text[len(text):cap(text)])
			text = text[:len(text)+n]
			end := bytes.LastIndexByte(text, '\n') + 1
			switch {
			case err == io.EOF || err == io.ErrUnexpectedEOF:
				end = len(text)
			case err != nil:
				return nil, err
			}
			if rest = text[end:]; end > 0 {
				b := &lineBlock{text[:end:end], line}
				line += bytes.Count(b.text, []byte("\n"))
				r.some = r.some || len(bytes.TrimSpace(b.text)) > 0
				return b, nil
			}
			if err != nil {
				return nil, io.EOF
			}
		}
	}
}

// read reads the entities of a block.
func (b *lineBlock) read(w *worker) error {
	number := b.first
	for line := range bytes.Lines(b.text) {
		line = bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
		if len(bytes.TrimSpace(line)) > 0 {
			if err := w.line(line, number); err != nil {
				return err
			}
		}
		number++
	}
	return nil
}

// line reads the entity of a line, with those nested in it.
func (w *worker) line(line []byte, number int) error {
	e, err := w.parser.entityOf(line)
	if err == nil {
		w.list, err = w.resolve(e, w.list[:0], func(s *class, name string, at, _ int) {
			w.reader.unknownProperty(s, name, w.reader.at(&syntaxError{at: at}, line, number))
		})
	}
	if err != nil {
		return w.reject(line, w.reader.at(err, line, number))
	}
	return w.write(w.list)
}

// write gives the quads of entities.
func (w *worker) write(list []resolved) error {
	for i := range list {
		w.entity(&list[i])
	}
	w.entities += len(list)
	return w.err
}
