package main

import (
	"io"
	"os"
	"strings"
	"unicode"

	"golang.org/x/term"

	"kg/graph"
)

// screen describes the terminal to print on.
type screen struct {
	width   int  // of the terminal in columns; 0 for none
	colours bool // whether it takes colours
}

// screenOf returns the screen behind w.
func screenOf(w io.Writer) screen {
	f := terminalOf(w)
	if f == nil {
		return screen{}
	}
	s := screen{colours: os.Getenv("NO_COLOR") == ""}
	if width, _, err := term.GetSize(int(f.Fd())); err == nil {
		s.width = width
	}
	return s
}

// terminalOf returns the terminal behind w, or nil.
func terminalOf(w any) *os.File {
	switch w := w.(type) {
	case *pendingOutput:
		return terminalOf(w.out)
	case *pager:
		return terminalOf(w.out)
	case *roundOutput:
		return terminalOf(w.to)
	case *os.File:
		if term.IsTerminal(int(w.Fd())) {
			return w
		}
	}
	return nil
}

func (s screen) strong(text string) string { return s.coloured("\x1b[1m", text) }
func (s screen) faint(text string) string  { return s.coloured("\x1b[2m", text) }

func (s screen) coloured(code, text string) string {
	if !s.colours {
		return text
	}
	return code + text + "\x1b[0m"
}

// printable replaces control characters, so that a source's text cannot control the
// terminal. Line ends, as in a passage of several lines, and tabs become spaces.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune("\n\r\t\f\v\u0085", r):
			return ' '
		case unicode.IsControl(r):
			return '\uFFFD'
		}
		return r
	}, strings.ReplaceAll(s, "\r\n", "\n"))
}

// shown returns cells as a person reads them.
func shown(cells []graph.Cell) []string {
	var list []string
	for _, c := range cells {
		list = append(list, printable(c.Words()))
	}
	return list
}
