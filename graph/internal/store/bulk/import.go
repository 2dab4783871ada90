package bulk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"sync"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/blank"
	"kg/graph/internal/store/db"
	"kg/graph/internal/store/term"
	"kg/internal/rdf/nquads"
)

// Input is a text to import: N-Quads, or N-Triples, or one that others read.
type Input struct {
	Name  string // its name in errors, that of its file as a rule
	Size  int64  // of the text in bytes, as N-Quads, 0 if unknown
	Open  func() (io.ReadCloser, error)
	Parts func() (Parts, error) // instead of Open
}

// Options select the treatment of special quads. The zero value loads all quads
// unchanged, and stops at the first malformed line.
type Options struct {
	// Label is the label of quads that have none.
	Label quad.Value
	// NeedLabel refuses quads that have none and get none from Label.
	NeedLabel bool
	// BaseIRI is the base of relative IRIs; nil refuses them.
	BaseIRI *nquads.Base
	// Blank, if it is not empty, is the prefix of the IRIs that replace blank nodes, by
	// their statements in a text (package blank): a text that is loaded again adds
	// nothing, whatever its lines look like.
	Blank quad.IRI
	// Rejects gets the lines that are no quads, each after a comment that says
	// why. Without it the first such line is the error.
	Rejects io.Writer
	// DryRun computes the result without writing to the store or beside it, and so a
	// store that is open for reading will do.
	DryRun bool
	// Progress is called now and then, by one goroutine at a time.
	Progress func(Progress)
	// Memory is about how many bytes are used; data that does not fit spills to files
	// beside the store. 0 is half a GiB, or 2/5 of GOMEMLIMIT if that is less. Quads with
	// blank nodes take a quarter more, and the memory that package blank states; half of
	// the default is the size of their largest component.
	Memory int64
}

// Progress is how far an import is.
type Progress struct {
	Quads       uint64 // read
	Bytes       int64  // read
	Total       int64  // to read, 0 if unknown
	Done, Steps uint64 // of the writing, which begins when all is read
}

// Imported is the result of an import.
type Imported struct {
	Read     uint64 // quads, those that were there before too
	Added    uint64 // quads that were not
	Rejected uint64 // lines
	Blank    uint64 // blank nodes that became IRIs
}

// Import adds the quads of texts to a store, all or none: see db.Load. Texts
// that are known to be short are committed, if there is a store already; others
// are written with all the store holds into a new snapshot. If nothing is new
// the store stays as it is.
//
// A line that is no quad is a *nquads.SyntaxError.
func Import(ctx context.Context, d *db.DB, inputs []Input, o Options) (Imported, error) {
	im := &importer{options: o, texts: newTexts(inputs)}
	defer im.texts.close()
	if err := im.check(); err != nil {
		return Imported{}, err
	}
	added, err := d.Load(ctx, db.Load{
		Size:     im.texts.total,
		Memory:   o.Memory,
		DryRun:   o.DryRun,
		Progress: im.writing,
		Fill:     im.fill,
	})
	if err != nil {
		return Imported{}, err
	}
	return Imported{Read: im.texts.quads, Added: added, Rejected: im.texts.rejected, Blank: im.blanks}, nil
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
	options Options
	label   nquads.Term // options.Label
	texts   *textBlocks
	aside   *blank.Namer // nil if blank nodes stay
	blanks  uint64       // nodes
}

// fill gives the quads of all texts to a target.
func (im *importer) fill(ctx context.Context, to db.Target) error {
	im.setAside(to)
	var wg sync.WaitGroup
	for range to.Workers {
		sink := to.NewSink()
		wg.Go(func() {
			if err := im.worker(ctx, sink); err != nil {
				im.texts.fail(math.MaxInt, err)
			}
		})
	}
	wg.Wait()
	err := im.texts.err
	if err == nil {
		err = ctx.Err()
	}
	if im.aside == nil {
		return err
	}
	if err == nil {
		err = im.nameBlank(ctx, to.NewSink())
	}
	return errors.Join(err, im.aside.Close())
}

// worker reads block after block. Errors of a block go to textBlocks, so that the first
// in the text is returned.
func (im *importer) worker(ctx context.Context, to db.Sink) error {
	w := &blockWorker{importer: im, to: to, adder: Adder{To: to}}
	w.reader.Base, w.reader.Triples = im.options.BaseIRI, nquads.ClaimTriples
	w.reader.Labelled = im.options.NeedLabel && im.label.Kind == nquads.None
	for {
		err := im.texts.next(&w.block)
		if errors.Is(err, io.EOF) || ctx.Err() != nil {
			return w.to.Close()
		}
		switch {
		case err != nil:
		case w.block.part != nil:
			err = w.readPart(ctx)
		default:
			if err = w.read(); err == nil && w.aside != nil {
				err = im.aside.Take(w.block.text, &w.blank)
			}
		}
		if err != nil {
			im.texts.fail(w.block.number, err)
			return w.to.Close()
		}
		if err := im.texts.done(&w.block, im.options); err != nil {
			im.texts.fail(w.block.number, err)
			return w.to.Close()
		}
	}
}

type blockWorker struct {
	*importer
	to     db.Sink
	adder  Adder // of parts
	block  numberedBlock
	reader nquads.Reader
	terms  [4]nquads.Term
	keys   [4][]byte
	blank  blank.Batch // quads of the block with blank nodes, set aside
}

// read adds the quads of the block.
func (w *blockWorker) read() error {
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

func (w *blockWorker) add() error {
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
func addTerms(to db.Sink, keys *[4][]byte, terms *[4]nquads.Term) error {
	for i := range terms {
		keys[i] = term.AppendRaw(keys[i][:0], &terms[i])
	}
	return to.Add(keys[0], keys[1], keys[2], keys[3])
}
