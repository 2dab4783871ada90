package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
)

// scan calls each with the terms of every line of a file of N-Quads, spelled
// as they are there; the label is empty where there is none. The slices live
// until each returns.
//
// It only finds the ends of terms and checks nothing, which is as fast as the
// peers could wish. It takes one blank between terms and no comments, as in
// every canonical file; kg's own reader is not used, so that the peers do not
// pay for its strictness.
func scan(path string, each func(s, p, o, l []byte) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	r := bufio.NewReaderSize(f, 1<<20)
	for n := 1; ; n++ {
		line, err := r.ReadSlice('\n')
		if errors.Is(err, io.EOF) && len(line) == 0 {
			return nil
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("reading quads %q:%d: %w", path, n, err)
		}
		s, p, o, l, ok := split(line)
		if !ok {
			return fmt.Errorf("reading quads %q:%d: not a line of canonical N-Quads: write the file with kg export first", path, n)
		}
		if err := each(s, p, o, l); err != nil {
			return err
		}
	}
}

// split finds the terms of a line.
func split(line []byte) (s, p, o, l []byte, ok bool) {
	line, ok = bytes.CutSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte(" ."))
	if !ok {
		return nil, nil, nil, nil, false
	}
	s, line, ok = bytes.Cut(line, []byte(" "))
	if !ok {
		return nil, nil, nil, nil, false
	}
	p, line, ok = bytes.Cut(line, []byte(" "))
	if !ok || len(line) == 0 {
		return nil, nil, nil, nil, false
	}
	end := 0
	if line[0] == '"' {
		if end = closingQuote(line); end < 0 {
			return nil, nil, nil, nil, false
		}
	}
	if i := bytes.IndexByte(line[end:], ' '); i >= 0 {
		o, l = line[:end+i], line[end+i+1:]
	} else {
		o = line
	}
	return s, p, o, l, len(s) > 0 && len(p) > 0 && len(o) > 0
}

// closingQuote returns the position of the quote that ends the text beginning at b[0], or
// -1.
func closingQuote(b []byte) int {
	for i := 1; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return -1
}

// number gives the value of a numeric literal in N-Quads spelling.
func number(term []byte) (float64, bool) {
	if len(term) == 0 || term[0] != '"' || term[len(term)-1] != '>' {
		return 0, false
	}
	end := closingQuote(term)
	if end < 0 {
		return 0, false
	}
	switch string(term[end+1:]) {
	case "^^<" + xsd + "integer>", "^^<" + xsd + "decimal>", "^^<" + xsd + "double>", "^^<" + xsd + "float>":
		v, err := strconv.ParseFloat(string(term[1:end]), 64)
		return v, err == nil
	}
	return 0, false
}
