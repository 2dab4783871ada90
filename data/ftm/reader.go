package ftm

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"runtime"
	"slices"
	"sync"

	"github.com/cayleygraph/quad"

	"kg/schema"
	"kg/schema/strict"
)

// Options say how entities are read.
type Options struct {
	Base    schema.Base
	Name    string    // of the file, for mistakes
	Label   quad.IRI  // of the quads, of the form BASE/source/NAME; empty takes the datasets'
	Dataset string    // the dataset of entities that have none
	Rejects io.Writer // gets lines that are no entities, with the reason; nil stops at the first
}

// Report is what reading came to.
type Report struct {
	Entities, Rejected int
	Kept               []Kept // by property
}

// Kept are values that had no place in the ontology, and are kept under
// FollowTheMoney's own name for their property.
type Kept struct {
	keptKey
	Count   int
	Nearest string // of an unknown property, what may be meant: (did you mean "name"?)
	Place   string // of an unknown property, where it stands first
}

// Reader reads entities, and gives them as N-Quads. Its quads have the labels of claims.
type Reader struct {
	model *Model
	o     Options
	stop  context.CancelFunc
	parts chan chan part // in the order of the text
	rest  []byte
	spent []byte      // the memory of rest, which a worker can use again; nil for none
	free  chan []byte // such memory
	err   error

	mu      sync.Mutex
	report  Report
	kept    map[keptKey]int
	unknown map[keptKey]*Error // where a property stands first that FollowTheMoney does not have
}

// part is what a part of the text became.
type part struct {
	quads   []byte
	again   bool // the memory of quads can be used again
	rejects []byte
	err     error
}

// Error is a mistake in a text of entities.
type Error struct {
	Name         string
	Line, Column int // from 1, in code points; the column is 0 if it is not known
	Err          error
}

// Error says where the mistake is, and what.
func (e *Error) Error() string {
	return fmt.Sprintf("reading entities %q:%s: %v", e.Name, e.place(), e.Err)
}

// Unwrap gives the mistake without its place.
func (e *Error) Unwrap() error { return e.Err }

func (e *Error) place() string {
	if e.Column == 0 {
		return fmt.Sprint(e.Line)
	}
	return fmt.Sprintf("%d:%d", e.Line, e.Column)
}

// Read reads entities, one in a line, or statements: JSON lines, or a table in CSV. It
// reads ahead until it is closed.
func (m *Model) Read(in io.Reader, o Options) *Reader {
	ctx, stop := context.WithCancel(context.Background())
	workers := runtime.GOMAXPROCS(0)
	r := &Reader{model: m, o: o, stop: stop, parts: make(chan chan part, 2*workers), free: make(chan []byte, 3*workers), kept: map[keptKey]int{}, unknown: map[keptKey]*Error{}}
	go func() {
		defer close(r.parts)
		r.send(ctx, part{quads: m.ontology}) // without it nobody can read the relations
		first, err := beginning(in)
		switch {
		case err != nil:
			r.send(ctx, part{err: err})
		case areStatements(first):
			r.statements(ctx, io.MultiReader(bytes.NewReader(first), in), first[0] != '{')
		default:
			r.lines(ctx, io.MultiReader(bytes.NewReader(first), in), workers)
		}
	}()
	return r
}

// Read implements io.Reader.
func (r *Reader) Read(p []byte) (int, error) {
	for len(r.rest) == 0 && r.err == nil {
		if r.spent != nil {
			select {
			case r.free <- r.spent:
			default:
			}
			r.spent = nil
		}
		done, ok := <-r.parts
		if !ok {
			r.err = io.EOF
			break
		}
		got := <-done
		if r.rest, r.err = got.quads, got.err; got.again {
			r.spent = got.quads
		}
		if len(got.rejects) > 0 && r.err == nil {
			_, r.err = r.o.Rejects.Write(got.rejects)
		}
		if got.err != nil {
			r.rest = nil
		}
	}
	if len(r.rest) == 0 {
		return 0, r.err
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

// Close stops the reading. It leaves the text that is read open.
func (r *Reader) Close() error {
	r.stop()
	for done := range r.parts {
		<-done
	}
	return nil
}

// Report is what the reading came to, once all is read.
func (r *Reader) Report() Report {
	r.mu.Lock()
	defer r.mu.Unlock()
	report := r.report
	for k, n := range r.kept {
		v := Kept{keptKey: k, Count: n}
		if k.Unknown {
			s := r.model.schemata[k.Schema]
			v.Nearest, v.Place = strict.DidYouMean(k.Property, slices.Sorted(maps.Keys(s.props))), r.unknown[k].place()
		}
		report.Kept = append(report.Kept, v)
	}
	slices.SortFunc(report.Kept, func(a, b Kept) int {
		if a.Unknown != b.Unknown {
			return map[bool]int{true: -1, false: 1}[a.Unknown]
		}
		return bytes.Compare([]byte(a.Schema+"."+a.Property), []byte(b.Schema+"."+b.Property))
	})
	return report
}

func (r *Reader) send(ctx context.Context, p part) {
	done := make(chan part, 1)
	done <- p
	select {
	case r.parts <- done:
	case <-ctx.Done():
	}
}

// worker reads blocks, one after another.
type worker struct {
	reader *Reader
	parser parser
	converter
	list []resolved
}

func (r *Reader) newWorker() *worker {
	return &worker{reader: r, converter: converter{
		Model: r.model, base: r.o.Base, label: r.o.Label, file: r.o.Dataset, seen: map[string]string{}, claims: map[string]string{}, days: map[string]schema.Date{},
		kept: map[keptKey]int{}, without: make([]int, len(r.model.numbered)),
	}}
}

// block reads the entities of a block of lines.
func (w *worker) block(text []byte, number int) (p part) {
	defer w.count()
	select {
	case w.out = <-w.reader.free:
		w.out = w.out[:0]
	default:
		const grows = 12 // N-Quads say IRIs in full
		w.out = make([]byte, 0, grows*len(text))
	}
	for ; len(text) > 0; number++ {
		line := text
		if i := bytes.IndexByte(text, '\n'); i >= 0 {
			line, text = text[:i], text[i+1:]
		} else {
			text = nil
		}
		line = bytes.TrimSuffix(line, []byte("\r"))
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if err := w.line(line, number); err != nil {
			if p.err = w.reader.reject(&p, line, err); p.err != nil {
				return p
			}
		}
	}
	p.quads, p.again = w.out, true
	return p
}

// reject notes a line that is no entity, or gives its mistake.
func (r *Reader) reject(p *part, line []byte, err error) error {
	if r.o.Rejects == nil {
		return err
	}
	p.rejects = fmt.Appendf(p.rejects, "# %v\n%s\n", err, line)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.report.Rejected++
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
		return w.reader.at(err, line, number)
	}
	for i := range w.list {
		w.entity(&w.list[i])
	}
	w.reader.mu.Lock()
	w.reader.report.Entities += len(w.list)
	w.reader.mu.Unlock()
	return nil
}

// at gives a mistake its place.
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

// count adds what a worker counted.
func (w *worker) count() {
	w.reader.mu.Lock()
	defer w.reader.mu.Unlock()
	for k, n := range w.kept {
		w.reader.kept[k] += n
	}
	for number, n := range w.without {
		if n > 0 {
			p := w.reader.model.numbered[number]
			w.reader.kept[keptKey{p.owner, p.Name, false}] += n
		}
	}
	clear(w.kept)
	clear(w.without)
}
