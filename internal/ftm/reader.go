package ftm

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"

	"github.com/cayleygraph/quad"

	"kg/internal/strict"
	"kg/schema"
	"kg/schema/edtf"
)

// Options say how entities are read.
type Options struct {
	Base    schema.Base
	Name    string   // of the file, for mistakes
	Label   quad.IRI // of the quads, of the form BASE/source/NAME; empty takes the datasets'
	Dataset string   // the dataset of entities that have none
}

// ReadReport is the result of reading.
type ReadReport struct {
	Entities int
	Kept     []Unmapped // by property
}

// Unmapped counts values that the ontology has no relation for, stored under
// FollowTheMoney's own name for their property.
type Unmapped struct {
	keptKey
	Count    int
	Nearest  string // for an unknown property, a suggestion: (did you mean "name"?)
	Position string // of an unknown property, where it stands first
}

// Reader reads entities, and gives them as quads, part by part. They have the labels of
// claims.
type Reader struct {
	model *Model
	o     Options
	next  func() (fragment, error)
	stop  func()
	some  bool // a line was seen, an entity or not

	mu      sync.Mutex
	idle    []*worker
	report  ReadReport
	kept    map[keptKey]int
	unknown map[keptKey]*Error // where a property stands first that FollowTheMoney does not have
}

// fragment is a part of a text.
type fragment interface{ read(*worker) error }

// Error is a mistake in a text of entities.
type Error struct {
	Name         string
	Line, Column int // from 1, in code points; 0 if it is not known
	Err          error
}

// Error returns the position and the mistake.
func (e *Error) Error() string {
	return fmt.Sprintf("reading entities %q%s: %v", e.Name, e.colon(), e.Err)
}

// Unwrap returns the mistake without its position.
func (e *Error) Unwrap() error { return e.Err }

func (e *Error) colon() string {
	if e.Line == 0 {
		return ""
	}
	return ":" + e.position()
}

func (e *Error) position() string {
	if e.Column == 0 {
		return fmt.Sprint(e.Line)
	}
	return fmt.Sprintf("%d:%d", e.Line, e.Column)
}

// Read reads entities, one in a line, or statements: JSON lines, or a table in CSV.
func (m *Model) Read(in io.Reader, o Options) *Reader {
	r := &Reader{model: m, o: o, stop: func() {}, kept: map[keptKey]int{}, unknown: map[keptKey]*Error{}}
	r.next = func() (fragment, error) { // relations cannot be read without the ontology
		first, err := beginning(in)
		in := io.MultiReader(bytes.NewReader(first), in)
		if areStatements(first) {
			r.next, r.stop = r.statements(in, first[0] != '{')
		} else {
			r.next = r.lines(in)
		}
		return ontology(m.ontology), err
	}
	return r
}

type ontology []quad.Quad

func (o ontology) read(w *worker) error {
	for _, q := range o {
		w.quad(q.Subject, q.Predicate, q.Object, q.Label)
	}
	return w.err
}

// Next returns the next part of the text as a function that passes its quads to add. A
// line that is no entity goes to reject with its mistake, an *Error, and ends the part
// unless reject returns nil. io.EOF is the end of the text; a text without an entity is
// an error, since it is a failed copy rather than an empty list. Parts can be read
// concurrently, while one goroutine at a time calls Next.
func (r *Reader) Next() (func(add func(quad.Quad) error, reject func(text []byte, err error) error) error, error) {
	p, err := r.next()
	if err == io.EOF && !r.some {
		err = &Error{Name: r.o.Name, Err: errors.New("there are none in it")}
	}
	if mistake := (*Error)(nil); err != nil && err != io.EOF && !errors.As(err, &mistake) {
		err = fmt.Errorf("reading entities %q: %w", r.o.Name, err)
	}
	if err != nil {
		return nil, err
	}
	return func(add func(quad.Quad) error, reject func([]byte, error) error) error {
		w := r.worker()
		w.add, w.reject = add, reject
		err := p.read(w)
		r.done(w)
		return err
	}, nil
}

// Close ends the reading. It leaves the text that is read open.
func (r *Reader) Close() error {
	r.stop()
	return nil
}

// Report returns the report, once all is read.
func (r *Reader) Report() ReadReport {
	r.mu.Lock()
	defer r.mu.Unlock()
	report := r.report
	for k, n := range r.kept {
		v := Unmapped{keptKey: k, Count: n}
		if k.Unknown {
			s := r.model.schemata[k.Schema]
			v.Nearest, v.Position = strict.DidYouMean(k.Property, slices.Sorted(maps.Keys(s.props))), r.unknown[k].position()
		}
		report.Kept = append(report.Kept, v)
	}
	slices.SortFunc(report.Kept, func(a, b Unmapped) int {
		if a.Unknown != b.Unknown {
			return map[bool]int{true: -1, false: 1}[a.Unknown]
		}
		return bytes.Compare([]byte(a.Schema+"."+a.Property), []byte(b.Schema+"."+b.Property))
	})
	return report
}

// worker reads parts, one after another.
type worker struct {
	reader *Reader
	reject func(text []byte, err error) error
	parser entityParser
	converter
	list     []resolved
	entities int
}

// worker returns an idle worker, or a new one: it remembers what it wrote before.
func (r *Reader) worker() *worker {
	r.mu.Lock()
	defer r.mu.Unlock()
	if n := len(r.idle); n > 0 {
		w := r.idle[n-1]
		r.idle = r.idle[:n-1]
		return w
	}
	return &worker{reader: r, converter: converter{
		Model: r.model, base: r.o.Base, label: r.o.Label, file: r.o.Dataset, seen: map[string]string{}, claims: map[string]string{}, days: map[string]edtf.Date{},
		kept: map[keptKey]int{}, without: make([]int, len(r.model.numbered)),
	}}
}

// done adds a worker's counts, and makes it idle.
func (r *Reader) done(w *worker) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.report.Entities += w.entities
	for k, n := range w.kept {
		r.kept[k] += n
	}
	for number, n := range w.without {
		if n > 0 {
			p := r.model.numbered[number]
			r.kept[keptKey{p.owner, p.Name, false}] += n
		}
	}
	clear(w.kept)
	clear(w.without)
	w.entities = 0
	r.idle = append(r.idle, w)
}

// at adds a position to a mistake.
func (r *Reader) at(err error, line []byte, number int) *Error {
	e := &Error{Name: r.o.Name, Line: number, Err: err}
	if syntax, ok := err.(*syntaxError); ok {
		e.Column, e.Err = syntax.column(line), syntax.err
	}
	return e
}

// unknownProperty notes where a property stands first that FollowTheMoney does not
// have.
func (r *Reader) unknownProperty(s *class, name string, at *Error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	k := keptKey{s.Name, name, true}
	if old := r.unknown[k]; old == nil || at.Line < old.Line {
		r.unknown[k] = at
	}
}
