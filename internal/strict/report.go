package strict

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Pos is a position in a file: line and column, both counted from 1, the column in code
// points. The zero Pos is the file as a whole.
type Pos struct{ Line, Column int }

// Problem is one mistake in a file.
type Problem struct {
	Pos Pos
	Msg string
}

// Report collects the problems of one file.
type Report struct {
	what, file string
	problems   []noted
	most, more int      // how many problems are listed, if not all; how many more there are
	columns    []string // of a table
	beside     [2]string
}

// noted is a problem, and what is needed to suggest another word when it is listed.
type noted struct {
	Problem
	propose func() string // nil when there is none, or when it was called
	near    string        // the suggestion
}

// mostListed is how many problems of a file are listed individually; computing suggestions
// for a hundred thousand unknown words would take hours.
const mostListed = 1000

// Table makes the report that of a table: its positions are rows and columns, which have
// names, and beyond the first problems it only counts them. A wrong column is wrong in a
// million rows. A table is read by another file, such as a mapping: Pos.Beside makes
// positions in that file.
func (r *Report) Table(columns []string, most int, what, file string) {
	r.columns, r.most, r.beside = columns, most, [2]string{what, file}
}

// Problems is how many problems there are.
func (r *Report) Problems() int { return len(r.problems) + r.more }

// NewReport starts the report of a file; what names its contents in errors,
// such as "claims".
func NewReport(what, file string) *Report { return &Report{what: what, file: file} }

// Position formats a position in the file as errors do: `claims "x.yaml":12:7`.
func (r *Report) Position(pos Pos) string {
	what, file := r.what, r.file
	if pos.Line < 0 {
		what, file, pos.Line = r.beside[0], r.beside[1], -pos.Line
	} else if n := pos.Column - 1; 0 <= n && n < len(r.columns) {
		return fmt.Sprintf("%s (%s)", position(what, file, pos), Brief(r.columns[n]))
	}
	return position(what, file, pos)
}

func position(what, file string, pos Pos) string {
	at := fmt.Sprintf("%s %q", what, file)
	if pos != (Pos{}) {
		at += fmt.Sprintf(":%d:%d", pos.Line, pos.Column)
	}
	return at
}

// Addf adds a problem at pos. Values of %q in it are truncated.
func (r *Report) Addf(pos Pos, format string, args ...any) {
	if r.most > 0 && len(r.problems) >= r.most {
		r.more++
		return
	}
	r.problems = append(r.problems, noted{Problem: Problem{pos, Sprintf(format, args...)}})
}

// AddUnknown adds the problem of an unknown name: unknown entity "x". The ending, such as
// the nearest known word, is computed when the problem is listed.
func (r *Report) AddUnknown(pos Pos, what, word string, propose func() string) {
	before := len(r.problems)
	r.Addf(pos, "unknown %s %q", what, word)
	if last := len(r.problems) - 1; last == before {
		r.problems[last].propose = propose
	}
}

// Part begins a report of a part of the file, which Join takes in.
func (r *Report) Part() *Report {
	part := *r
	part.problems, part.more = nil, 0
	return &part
}

// Join appends the problems of the report of a part.
func (r *Report) Join(part *Report) {
	n := len(part.problems)
	if r.most > 0 {
		n = min(n, r.most-len(r.problems))
	}
	r.problems = append(r.problems, part.problems[:n]...)
	r.more += part.Problems() - n
}

// Problemf is the error of a file with one problem, of the file as a whole.
func Problemf(what, file, format string, args ...any) error {
	r := NewReport(what, file)
	r.Addf(Pos{}, format, args...)
	return r.Err()
}

// Err returns nil for a file without problems, and otherwise an *Error with
// all of them in the order of the file. Beyond the first 1,000 no word is proposed.
func (r *Report) Err() error {
	if len(r.problems) == 0 {
		return nil
	}
	slices.SortStableFunc(r.problems, func(a, b noted) int {
		// Positions in the file beside a table come first; their lines are negative.
		abs := func(n int) int { return max(n, -n) }
		beside := func(p Pos) int { return min(max(p.Line, -1), 0) }
		return cmp.Or(beside(a.Pos)-beside(b.Pos),
			cmp.Compare(abs(a.Pos.Line), abs(b.Pos.Line)), cmp.Compare(a.Pos.Column, b.Pos.Column))
	})
	e := &Error{What: r.what, File: r.file, of: r}
	for i := range r.problems {
		p := &r.problems[i]
		if i > 0 && p.Problem == r.problems[i-1].Problem {
			continue
		}
		if p.propose != nil && len(e.Problems) < mostListed {
			p.near, p.propose = p.propose(), nil
		}
		e.Problems = append(e.Problems, Problem{p.Pos, p.Msg + p.near})
	}
	return e
}

// Error is all that is wrong with one file.
type Error struct {
	What, File string
	Problems   []Problem

	of *Report // for positions
}

// Error prints one line a problem: `reading claims "x.yaml":12:7: …`. Of very many it
// prints the first, and how many more there are.
func (e *Error) Error() string {
	listed := e.Problems[:min(len(e.Problems), mostListed)]
	lines := make([]string, len(listed))
	for i, p := range listed {
		lines[i] = fmt.Sprintf("reading %s: %s", e.of.Position(p.Pos), p.Msg)
	}
	if more := e.of.more + len(e.Problems) - len(listed); more > 0 {
		lines = append(lines, fmt.Sprintf("reading %s: %d more mistakes", e.of.Position(Pos{}), more))
	}
	return strings.Join(lines, "\n")
}

// Beside returns the position in the file by which a table is read: see Report.Table.
func (p Pos) Beside() Pos {
	if p.Line > 0 {
		p.Line = -p.Line
	}
	return p
}
