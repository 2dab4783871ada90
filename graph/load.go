package graph

import (
	"context"
	"io"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/change"
	"kg/graph/internal/decide"
	"kg/graph/internal/merge"
	"kg/graph/internal/read"
	"kg/graph/internal/store"
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

// Loaded is what a load, or a removal, did to a source, or to quads of another graph.
type Loaded = merge.Loaded

// ConflictError is the refusal of what contradicts the store, or may not be in a store: of
// a load, a decision, a quad, or a name that was to be redacted. Where lists the texts in
// which that name would stay.
type ConflictError = decide.ConflictError

// Load adds checked claims files and their ontology to a store of Create, OpenToWrite or
// Scratch: all of them, or nothing. Loading the same files again changes nothing. A
// known source with other content is a *ConflictError that names the claims that differ,
// unless Replace is set. A dry run works on any store.
func (s *Store) Load(ctx context.Context, o *schema.Ontology, docs []*document.Checked, opt LoadOptions) ([]Loaded, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	changes, report, err := merge.Load(ctx, s.quads, o, docs, merge.Options{Base: opt.Base, Replace: opt.Replace, Background: opt.Background, NoBackground: opt.NoBackground})
	if err != nil {
		return nil, err
	}
	decided, err := s.retractions(ctx, docs, report, opt)
	if err != nil {
		return nil, err
	}
	deltas := append(changes.Deltas, change.Deltas(cayley.Add, decided)...)
	if len(deltas)+len(changes.Streams) == 0 || opt.DryRun {
		return report, nil
	}
	return report, s.commit(deltas, changes.Streams...)
}

// retractions notes in the report which sources of a load are retracted, and returns the
// quads of the decision to retract the source that the load supersedes.
func (s *Store) retractions(ctx context.Context, docs []*document.Checked, report []Loaded, opt LoadOptions) ([]quad.Quad, error) {
	r := read.Of(s.quads)
	d, err := decide.Read(ctx, r)
	if err != nil {
		return nil, err
	}
	for i := range report {
		if last := d.Latest[report[i].Source]; last != nil && last.Retracts {
			report[i].Retracted = last
		}
	}
	if opt.Supersedes == "" {
		return nil, nil
	}
	one, err := (&change.Graph{R: r, Decisions: d, Base: opt.Base}).Supersede(ctx, opt.Supersedes, docs, opt.By)
	if err != nil || one == nil {
		return nil, err
	}
	report[0].Superseded = one
	return one.Quads(), nil
}

// commit writes deltas and publishes the new state. The caller holds writing.
func (s *Store) commit(deltas []cayley.Delta, streams ...store.Stream) error {
	if err := s.quads.ApplyWith(deltas, cayley.IgnoreOpts{}, streams); err != nil {
		return err
	}
	return s.lookAgain()
}

// Remove deletes a source with its claims, or what another graph has under a label, for
// good, in one commit. Decisions about it stay: a source that is retracted, removed and
// loaded again is retracted. Of a store of Open only a dry run is possible. Remove uses the
// options Base, DryRun and Background: background that no other source needs is removed
// too. It reports the quads Removed, the Claims, and what is Missing to other sources.
func (s *Store) Remove(ctx context.Context, label quad.IRI, o LoadOptions) (*Loaded, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	v := s.state.Load().view(o.Base, true).WithRetracted()
	l, deltas, err := v.changing().Remove(ctx, s.quads, label, o.Background)
	if err != nil {
		return nil, err
	}
	if !l.Foreign {
		claims, err := v.SourceClaims(ctx, label)
		if err != nil {
			return nil, err
		}
		l.Claims = len(claims)
	}
	if o.DryRun {
		return l, nil
	}
	return l, s.commit(deltas)
}
