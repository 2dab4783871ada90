package graph

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store"
	"kg/graph/internal/store/db"
	"kg/schema"
)

// LoadOptions say how to load.
type LoadOptions struct {
	Base    schema.Base
	Replace bool        // put a known source's new content in place of the old
	DryRun  bool        // find out what would change, and change nothing
	Warn    func(error) // see OpenToWrite
	// Background are sources of which the store has just the claims that its
	// other sources need: see merge.background. NoBackground takes them out.
	Background   []*schema.Checked
	NoBackground bool
	// Supersedes is a source to retract because the one loaded takes its place, and
	// By who decides so.
	Supersedes quad.IRI
	By         string
}

// Loaded tells what loading did to one source.
type Loaded struct {
	Source         quad.IRI
	Entities       int
	Claims         int
	Added, Removed int           // quads
	Changes        []ClaimChange // by claim
	Shared         []quad.IRI    // entities that other sources speak of too
	Missing        []quad.Quad   // joins (owl:sameAs) to what the store does not have
	// Retracted is the decision by which the source is left out of answers, loaded or
	// not; nil as a rule.
	Retracted *schema.Decision
	// Superseded is the decision to retract the source whose place this one takes; nil
	// if there is none, or that source is retracted already.
	Superseded *schema.Decision
}

// ConflictError is the refusal to load what contradicts the store.
type ConflictError struct{ Msg string }

func (e *ConflictError) Error() string { return e.Msg }

// Load puts checked claims files and their ontology into the store at path,
// making it if there is none: all of them, or nothing. Loading the same again
// changes nothing. A known source with other content is a *ConflictError
// naming the claims that differ, unless it is to be replaced.
func Load(ctx context.Context, path string, o *schema.Ontology, docs []*schema.Checked, opt LoadOptions) (report []Loaded, err error) {
	if opt.DryRun {
		return dryRun(ctx, path, o, docs, opt)
	}
	qs, err := openToLoad(path, opt.Warn)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, qs.Close()) }()
	return load(ctx, qs, o, docs, opt)
}

// dryRun needs no lock, and no store.
func dryRun(ctx context.Context, path string, o *schema.Ontology, docs []*schema.Checked, opt LoadOptions) ([]Loaded, error) {
	s, err := Open(path)
	if errors.Is(err, ErrNoStore) || errors.As(err, new(*Stray)) {
		_, report, err := newMerge(ctx, nil, opt).all(o, docs)
		return report, err
	}
	if err != nil {
		return nil, err
	}
	defer s.Close()
	_, report, err := newMerge(ctx, s.quads, opt).all(o, docs)
	return report, err
}

// Scratch returns a store without a file with the claims files in it, which is
// gone when it is closed.
func Scratch(ctx context.Context, o *schema.Ontology, docs []*schema.Checked, opt LoadOptions) (*Store, error) {
	return scratch(func(qs *store.QuadStore) error {
		_, err := load(ctx, qs, o, docs, opt)
		return err
	})
}

// ScratchQuads returns a store of its own with the quads of texts in it, as Scratch
// does.
func ScratchQuads(ctx context.Context, files []QuadsFile, opt QuadsOptions) (*Store, error) {
	return scratch(func(qs *store.QuadStore) error {
		_, err := importQuads(ctx, qs, files, opt)
		return err
	})
}

// scratch is a store without a file, filled.
func scratch(fill func(*store.QuadStore) error) (*Store, error) {
	qs := store.Scratch()
	if err := fill(qs); err != nil {
		return nil, errors.Join(err, qs.Close())
	}
	return newStore(qs)
}

// openToLoad opens a store, or makes one that is there with its first quad.
func openToLoad(path string, warn func(error)) (*store.QuadStore, error) {
	qs, err := store.Open(path, db.Options{Create: true, Warn: warn})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("opening store %q: there is no folder %q", path, filepath.Dir(path))
	}
	return qs, err
}

func load(ctx context.Context, qs *store.QuadStore, o *schema.Ontology, docs []*schema.Checked, opt LoadOptions) ([]Loaded, error) {
	deltas, report, err := newMerge(ctx, qs, opt).all(o, docs)
	if err != nil || len(deltas) == 0 {
		return report, err
	}
	if err := qs.ApplyDeltas(deltas, cayley.IgnoreOpts{}); err != nil {
		return nil, err
	}
	return report, nil
}
