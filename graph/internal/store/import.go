package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"runtime"
	"runtime/debug"
	"sync"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/rdf/nquads"
	"kg/graph/internal/store/blank"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
)

// Input is a text to import: N-Quads, or N-Triples.
type Input struct {
	Name string // what errors call it, the name of its file as a rule
	Size int64  // of the text in bytes, 0 if unknown
	Open func() (io.ReadCloser, error)
}

// ImportOptions say what becomes of some quads. The zero value takes them as
// they are, and stops at the first line that is none.
type ImportOptions struct {
	// Label is the label of quads that have none.
	Label quad.Value
	// NeedLabel refuses quads that have none and get none from Label.
	NeedLabel bool
	// BaseIRI is what relative IRIs are resolved against; nil refuses them.
	BaseIRI *nquads.Base
	// Blank, if it is not empty, is what the IRIs begin with that blank nodes
	// become, by what a text says of them (package blank): a text that is
	// loaded again brings nothing new, whatever its lines look like.
	Blank quad.IRI
	// Rejects gets the lines that are no quads, each after a comment that says
	// why. Without it the first such line is the error.
	Rejects io.Writer
	// DryRun finds out what would be added. It writes nothing to the store or
	// beside it, and so a store that is open for reading will do.
	DryRun bool
	// Progress is called now and then, by one goroutine at a time.
	Progress func(Progress)
	// Memory is about how many bytes are used; what does not fit is kept in
	// files beside the store meanwhile. 0 is half a GiB, or 2/5 of GOMEMLIMIT
	// if that is less. Quads with blank nodes take a quarter more, and what
	// package blank says; half of what 0 means is the size of their largest
	// component.
	Memory int64
}

// Progress is how far an import is.
type Progress struct {
	Quads       uint64 // read
	Bytes       int64  // read
	Total       int64  // to read, 0 if unknown
	Done, Steps uint64 // of the writing, which begins when all is read
}

// Result is what an import came to.
type Result struct {
	Read     uint64 // quads, those that were there before too
	Added    uint64 // quads that were not
	Rejected uint64 // lines
	Blank    uint64 // blank nodes that became IRIs
}

// Import adds the quads of texts, all or none: the store is written anew with
// them and put in place of the old at the end, on disk. Commits go on meanwhile
// and are kept. If nothing is new the store stays as it is. Texts that are
// known to be short are committed instead, if there is a store already.
//
// A line that is no quad is a *nquads.SyntaxError. Refs that were looked up
// before still mean the same.
func (qs *QuadStore) Import(ctx context.Context, inputs []Input, o ImportOptions) (Result, error) {
	var r Result
	err := errReadOnly
	if !qs.shadow {
		r, err = qs.core.load(ctx, inputs, o)
	}
	if err != nil {
		return Result{}, fmt.Errorf("importing into store %q: %w", qs.core.path, err)
	}
	return r, nil
}

func (c *core) load(ctx context.Context, inputs []Input, o ImportOptions) (r Result, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true)) // see snapshot.Fault
	defer catch(&err)
	c.rewriting.Lock()
	defer c.rewriting.Unlock()
	ctx, done := c.untilClosed(ctx, &err)
	defer done()
	im := &importer{options: o, source: newSource(inputs)}
	defer im.source.close()
	if err := im.check(); err != nil {
		return r, err
	}
	if o.DryRun {
		return c.tryLoad(ctx, im)
	}
	if c.unsaved {
		return c.loadScratch(ctx, im)
	}
	now, held, err := c.position()
	if err != nil {
		return r, err
	}
	if total := im.source.total; total > 0 && total <= c.limit.short && now.base != nil {
		return c.loadShort(ctx, im)
	}
	m, err := im.make(ctx, c, now.overlay)
	if err != nil {
		return r, err
	}
	r = im.result(m.Quads() - now.quads())
	c.lead.Lock()
	defer c.lead.Unlock()
	if r.Added == 0 && c.exists {
		return r, c.discard(m)
	}
	return r, c.replace(m, held, true)
}

// make writes a snapshot of an overlay and the texts.
func (im *importer) make(ctx context.Context, c *core, now *overlay) (*made, error) {
	memory := im.options.Memory
	if memory == 0 {
		memory = usualMemory()
	}
	if total := im.source.total; total > 0 { // a small text cannot fill more
		const perByte = 4
		memory = min(memory, now.need()+total*perByte)
	}
	workers := runtime.GOMAXPROCS(0)
	im.setAside(c, memory)
	return c.make(ctx, now, memory, workers, func(b *snapshot.Builder) error {
		return im.run(ctx, workers, func() sink { return b.NewBatch() })
	}, im.writing)
}

// loadShort commits the quads of the texts.
func (c *core) loadShort(ctx context.Context, im *importer) (Result, error) {
	t := &commit{ignore: graph.IgnoreOpts{IgnoreDup: true}}
	im.setAside(c, c.limit.memory)
	if err := im.run(ctx, 1, func() sink { return t }); err != nil {
		return Result{}, err
	}
	err := c.submit(t)
	return im.result(t.changes), err
}

// result is what the import came to, with as many quads added.
func (im *importer) result(added uint64) Result {
	return Result{Read: im.source.quads, Added: added, Rejected: im.source.rejected, Blank: im.blanks}
}

func usualMemory() int64 {
	const usual = 512 << 20
	if limit := debug.SetMemoryLimit(-1); limit < math.MaxInt64 {
		return min(usual, limit/5*2)
	}
	return usual
}

// check checks the options.
func (im *importer) check() (err error) {
	o := &im.options
	if o.Label != nil {
		switch o.Label.(type) {
		case quad.IRI, quad.BNode:
		default:
			return fmt.Errorf("expected an IRI or a blank node as the label of triples, found %v", o.Label)
		}
		if _, err := nquads.AppendTerm(nil, o.Label); err != nil {
			return fmt.Errorf("the label of triples: %w", err)
		}
		if im.label, err = nquads.TermOf(o.Label); err != nil {
			return err
		}
	}
	if o.Blank != "" {
		if _, err := nquads.AppendTerm(nil, o.Blank); err != nil {
			return fmt.Errorf("what the IRIs of blank nodes begin with: %w", err)
		}
	}
	return nil
}

// importer reads the texts on several goroutines.
type importer struct {
	options ImportOptions
	label   nquads.Term // options.Label
	source  *source
	aside   *blank.Namer // nil if blank nodes stay
	blanks  uint64       // nodes
}

// sink takes quads as keys, as a snapshot.Batch does. Each goroutine has one.
type sink interface {
	Add(subject, predicate, object, label []byte) error
	Close() error
}

func (im *importer) run(ctx context.Context, workers int, newSink func() sink) error {
	var wg sync.WaitGroup
	for range workers {
		to := newSink()
		wg.Go(func() {
			if err := im.worker(ctx, to); err != nil {
				im.source.fail(math.MaxInt, err)
			}
		})
	}
	wg.Wait()
	err := im.source.err
	if err == nil {
		err = ctx.Err()
	}
	if im.aside == nil {
		return err
	}
	if err == nil {
		err = im.nameBlank(ctx, newSink)
	}
	return errors.Join(err, im.aside.Close())
}

// worker reads block after block. Errors of a block are the source's to tell,
// so that the first in the text is the one that is told.
func (im *importer) worker(ctx context.Context, to sink) error {
	w := &worker{importer: im, to: to}
	w.reader.Base = im.options.BaseIRI
	w.reader.Labelled = im.options.NeedLabel && im.label.Kind == nquads.None
	for {
		err := im.source.next(&w.block)
		if errors.Is(err, io.EOF) || ctx.Err() != nil {
			return w.to.Close()
		}
		if err == nil {
			err = w.read()
		}
		if err == nil && w.aside != nil {
			err = im.aside.Take(w.block.text, &w.blank)
		}
		if err != nil {
			im.source.fail(w.block.number, err)
			return w.to.Close()
		}
		if err := im.source.done(&w.block, im.options); err != nil {
			im.source.fail(w.block.number, err)
			return w.to.Close()
		}
	}
}

type worker struct {
	*importer
	to     sink
	block  block
	reader nquads.Reader
	terms  [4]nquads.Term
	keys   [4][]byte
	blank  blank.Batch // quads of the block that are set aside
}

// read adds the quads of the block.
func (w *worker) read() error {
	w.reader.Reset(&w.block.Block)
	for {
		err := w.reader.ReadTerms(&w.terms)
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err == nil:
			err = w.add()
		case w.options.Rejects != nil:
			if line, ok := w.reader.Skip(); ok {
				w.block.reject(line, err)
				continue
			}
		}
		if err != nil {
			return err
		}
	}
}

func (w *worker) add() error {
	w.block.quads++
	if w.terms[3].Kind == nquads.None {
		w.terms[3] = w.label
	}
	if w.aside != nil && hasBlank(&w.terms) {
		w.blank.Add(w.reader.Line(), &w.terms)
		return nil
	}
	return addTerms(w.to, &w.keys, &w.terms)
}

// addTerms adds a quad to a sink, with memory for its keys.
func addTerms(to sink, keys *[4][]byte, terms *[4]nquads.Term) error {
	for i := range terms {
		keys[i] = term.AppendRaw(keys[i][:0], &terms[i])
	}
	return to.Add(keys[0], keys[1], keys[2], keys[3])
}
