package graph

import (
	"context"
	"errors"
	"io"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/change"
	"kg/graph/internal/convert"
	"kg/graph/internal/read"
	"kg/graph/internal/store"
	"kg/graph/internal/store/bulk"
	"kg/internal/rdf/nquads"
)

// Progress reports how far a long operation is. It is sent a few times per second.
type Progress struct {
	Doing       string // reading, writing, checking
	Quads       int64  // so far
	Done, Total int64  // bytes of a text, if Bytes, or steps; Total is 0 if unknown
	Bytes       bool
}

// The formats of a QuadsFile.
const (
	NQuads = convert.NQuads // and N-Triples; the empty format is it too
	Turtle = convert.Turtle
	TriG   = convert.TriG
	JSONLD = convert.JSONLD
)

// SyntaxError is a mistake in a text of quads, with its position.
type SyntaxError = nquads.SyntaxError

// QuadsFile is a text of quads.
type QuadsFile struct {
	Name   string
	Format string // NQuads, Turtle, TriG or JSONLD
	Size   int64  // in bytes, 0 if unknown
	Open   func() (io.ReadCloser, error)
	// Parts, in place of Open and Format, gives the quads of a text that others read.
	Parts func() (QuadParts, error)
}

// QuadParts are the quads of a text, in parts that are read in parallel: see bulk.Parts.
type QuadParts = bulk.Parts

// LoadQuads adds the quads of texts to a store of Create, OpenToWrite or Scratch: all of
// them, or nothing. Loading the same texts again changes nothing. A blank node becomes
// an IRI that is derived from what its text says of it. A line that is no quad, or has
// blank nodes that cannot be distinguished, is a *nquads.SyntaxError. A dry run works on
// any store. The result has the quads Read, Added and Removed, the lines Rejected, and
// the number of blank nodes.
func (s *Store) LoadQuads(ctx context.Context, files []QuadsFile, opt LoadOptions) (r Loaded, err error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	if opt.DryRun && opt.Rejects != nil {
		opt.Rejects = io.Discard // counted only
	}
	if opt.Replace {
		r, err = replaceQuads(ctx, s.quads, files, opt)
	} else {
		r, err = importQuads(ctx, s.quads, files, opt)
	}
	if err != nil || opt.DryRun {
		return r, err
	}
	return r, s.lookAgain()
}

// replaceQuads replaces all quads under the label by the quads of texts, in one commit.
// The texts are first loaded into a store of their own, where blank nodes get their
// IRIs; quads that both stores have are not written again.
func replaceQuads(ctx context.Context, qs *store.QuadStore, files []QuadsFile, opt LoadOptions) (r Loaded, err error) {
	texts := store.Scratch()
	defer func() { err = errors.Join(err, texts.Close()) }()
	write := opt
	write.DryRun = false
	if r, err = importQuads(ctx, texts, files, write); err != nil {
		return Loaded{}, err
	}
	deltas, err := (&change.Graph{R: read.Of(qs), Base: opt.Base}).Replace(ctx, opt.Label, read.Of(texts))
	if err != nil {
		return Loaded{}, err
	}
	r.Added = 0
	for _, d := range deltas {
		if d.Action == cayley.Add {
			r.Added++
		} else {
			r.Removed++
		}
	}
	if opt.DryRun || len(deltas) == 0 {
		return r, nil
	}
	return r, qs.ApplyDeltas(deltas, cayley.IgnoreOpts{})
}

// importQuads adds the quads of texts to a store.
func importQuads(ctx context.Context, qs *store.QuadStore, files []QuadsFile, opt LoadOptions) (Loaded, error) {
	o := bulk.Options{Rejects: opt.Rejects, NeedLabel: true, DryRun: opt.DryRun, Blank: quad.IRI(opt.Base) + "node/"}
	if opt.Label != "" {
		o.Label = opt.Label
	}
	if opt.BaseIRI != "" {
		var err error
		if o.BaseIRI, err = nquads.NewBase(opt.BaseIRI); err != nil {
			return Loaded{}, err
		}
	}
	texts := &convert.Converter{Base: o.BaseIRI, BaseIRI: opt.BaseIRI, Labelled: opt.Label == "", Rejects: opt.Rejects}
	var inputs []bulk.Input
	for _, f := range files {
		in, err := texts.Input(bulk.Input{Name: f.Name, Size: f.Size, Open: f.Open, Parts: f.Parts}, f.Format)
		if err != nil {
			return Loaded{}, err
		}
		inputs = append(inputs, in)
	}
	if opt.Report != nil {
		o.Progress = func(p bulk.Progress) { opt.Report(reading(p)) }
	}
	r, err := qs.Import(ctx, inputs, o)
	return Loaded{Read: int(r.Read), Added: int(r.Added), Rejected: int(r.Rejected + texts.Rejected), Blank: int(r.Blank)},
		texts.WithPosition(ctx, syntaxOf(err))
}

// syntaxOf returns the syntax error that an error wraps, which has the position in the
// text; otherwise the error itself.
func syntaxOf(err error) error {
	var syntax *nquads.SyntaxError
	if errors.As(err, &syntax) {
		return syntax
	}
	return err
}

// reading converts the progress of package bulk: first of reading the text, then of
// writing.
func reading(p bulk.Progress) Progress {
	if p.Steps > 0 {
		return Progress{Doing: "writing", Quads: int64(p.Quads), Done: int64(p.Done), Total: int64(p.Steps)}
	}
	return Progress{Doing: "reading", Quads: int64(p.Quads), Done: p.Bytes, Total: p.Total, Bytes: true}
}
