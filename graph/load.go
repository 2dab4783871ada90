package graph

import (
	"context"
	"errors"
	"io"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/merge"
	"kg/graph/internal/share"
	"kg/internal/document"
	"kg/schema"
)

// LoadOptions are the options of Load, LoadQuads and Remove.
type LoadOptions struct {
	Base    schema.Base
	Replace bool // replace a known source, or, of LoadQuads, all quads under Label
	DryRun  bool // report what would change, and change nothing

	// Of Load: Background holds sources of which the store keeps only the claims that
	// its other sources need, see package merge; NoBackground removes them. Remove
	// uses Background too.
	Background   []*document.Checked
	NoBackground bool
	// Of Load: Supersedes is a source to retract because the loaded one replaces it,
	// and By is the author of that decision.
	Supersedes quad.IRI
	By         string

	// Of LoadQuads:
	BaseIRI string    // an absolute IRI that relative IRIs are resolved against; if empty, they are refused
	Label   quad.IRI  // the label of triples that have none; if empty, they are refused
	Rejects io.Writer // receives the lines, or statements, that are no quads, with the reason; nil stops at the first
	Report  func(Progress)
}

// Loaded tells what a load, or a removal, did to a source, or to quads of another graph.
type Loaded struct {
	Source         quad.IRI    // or the label that was removed; empty for texts of quads
	Foreign        bool        // it is the label of another graph
	Entities       int         // of the source
	Claims         int         // of the source
	Added, Removed int         // quads that were not there, and that were
	Changes        [][2]string // claims, the first empty for the source itself, and what became of each: added, removed or changed
	Shared         []quad.IRI  // entities that other sources speak of too
	Missing        []quad.Quad // joins (owl:sameAs) to what the store does not have
	ReadingOf      quad.IRI    // the source that it is another reading of, if the store does not have it
	// Retracted is the decision by which the source is left out of answers, loaded or
	// not; nil as a rule.
	Retracted *schema.Decision
	// Superseded is the decision to retract the source whose place this one takes; nil
	// if there is none, or that source is retracted already.
	Superseded *schema.Decision
	// Of texts of quads:
	Read     int // quads, those that were there before too
	Rejected int // lines, or statements of Turtle and TriG
	Blank    int // blank nodes that became IRIs
}

// ConflictError is the refusal of what contradicts the store, or may not be in a store:
// of a load, a decision, a quad, or a name that was to be redacted.
type ConflictError struct {
	Msg   string
	Where []string // of a name that would stay: the texts that have it
}

func (e *ConflictError) Error() string { return e.Msg }

// refused makes a *ConflictError of the refusal of a room below.
func refused(err error) error {
	if conflict, trace := new(merge.ConflictError), new(share.TraceError); errors.As(err, &conflict) || errors.As(err, &trace) {
		return &ConflictError{Msg: err.Error(), Where: trace.Where}
	}
	return err
}

// Load puts checked claims files and their ontology into a store of Create,
// OpenToWrite or Scratch: all of them, or nothing. Loading the same again changes
// nothing. A known source with other content is a *ConflictError naming the claims
// that differ, unless it is to be replaced. A dry run can be had of any store.
func (s *Store) Load(ctx context.Context, o *schema.Ontology, docs []*document.Checked, opt LoadOptions) ([]Loaded, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	changes, sources, err := merge.Load(ctx, s.quads, o, docs, opt.merging())
	if err != nil {
		return nil, refused(err)
	}
	report := make([]Loaded, len(sources))
	for i, l := range sources {
		report[i] = Loaded{Source: l.Source, Entities: l.Entities, Claims: l.Claims, Added: l.Added, Removed: l.Removed,
			Changes: l.Changes, Shared: l.Shared, Missing: l.Missing, ReadingOf: l.ReadingOf}
	}
	decided, err := s.supersede(ctx, docs, report, opt)
	if err != nil {
		return nil, err
	}
	deltas := append(changes.Deltas, adding(decided)...)
	if len(deltas)+len(changes.Streams) == 0 || opt.DryRun {
		return report, nil
	}
	return report, s.commit(deltas, changes.Streams...)
}

func (o LoadOptions) merging() merge.Options {
	return merge.Options{Base: o.Base, Replace: o.Replace, Background: o.Background, NoBackground: o.NoBackground}
}
