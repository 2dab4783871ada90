package strict

import (
	"fmt"
	"slices"
	"strings"
)

// Pos is a place in a file: line and column, both counted from 1, the column
// in code points. The zero Pos is the file as a whole.
type Pos struct{ Line, Column int }

// Problem is one mistake in a file.
type Problem struct {
	Pos Pos
	Msg string
}

// Report collects the problems of one file.
type Report struct {
	what, file string
	problems   []Problem
}

// NewReport starts the report of a file; what names its contents in errors,
// such as "claims".
func NewReport(what, file string) *Report { return &Report{what: what, file: file} }

// Place names a place in the file as errors do: `claims "x.yaml":12:7`.
func (r *Report) Place(pos Pos) string { return place(r.what, r.file, pos) }

func place(what, file string, pos Pos) string {
	at := fmt.Sprintf("%s %q", what, file)
	if pos != (Pos{}) {
		at += fmt.Sprintf(":%d:%d", pos.Line, pos.Column)
	}
	return at
}

// Addf notes a problem at pos. What %q quotes in it is brief.
func (r *Report) Addf(pos Pos, format string, args ...any) {
	r.problems = append(r.problems, Problem{pos, Sprintf(format, args...)})
}

// Problemf is the error of a file with one problem, of the file as a whole.
func Problemf(what, file, format string, args ...any) error {
	r := NewReport(what, file)
	r.Addf(Pos{}, format, args...)
	return r.Err()
}

// Err returns nil for a file without problems, and otherwise an *Error with
// all of them in the order of the file.
func (r *Report) Err() error {
	if len(r.problems) == 0 {
		return nil
	}
	slices.SortStableFunc(r.problems, func(a, b Problem) int {
		if a.Pos.Line != b.Pos.Line {
			return a.Pos.Line - b.Pos.Line
		}
		return a.Pos.Column - b.Pos.Column
	})
	return &Error{What: r.what, File: r.file, Problems: slices.Compact(slices.Clone(r.problems))}
}

// Error is all that is wrong with one file.
type Error struct {
	What, File string
	Problems   []Problem
}

// Error prints one line a problem: `reading claims "x.yaml":12:7: …`.
func (e *Error) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = fmt.Sprintf("reading %s: %s", place(e.What, e.File, p.Pos), p.Msg)
	}
	return strings.Join(lines, "\n")
}
