package graph

import (
	"context"
	"errors"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/merge"
	"kg/graph/internal/share"
	"kg/schema"
)

// LoadOptions say how to load.
type LoadOptions struct {
	Base    schema.Base
	Replace bool // put a known source's new content in place of the old
	DryRun  bool // find out what would change, and change nothing
	// Background are sources of which the store has just the claims that its
	// other sources need: see package merge. NoBackground takes them out.
	Background   []*schema.Checked
	NoBackground bool
	// Supersedes is a source to retract because the one loaded takes its place, and
	// By who decides so.
	Supersedes quad.IRI
	By         string
}

// Loaded tells what loading did to a Source: how many Entities and Claims it has, how many
// quads were Added and Removed, the Changes by claim, which of its entities other sources
// speak of too (Shared), which of its joins are Missing an end, the source it is another
// ReadingOf, if the store does not have that, and the decisions by which it is Retracted
// or has Superseded another.
type Loaded = merge.Loaded

// ClaimChange is what loading did to one Claim: the Change is added, removed or changed.
type ClaimChange = merge.ClaimChange

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
func (s *Store) Load(ctx context.Context, o *schema.Ontology, docs []*schema.Checked, opt LoadOptions) ([]Loaded, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	changes, report, err := merge.Load(ctx, s.quads, o, docs, opt.merging())
	if err != nil {
		return nil, refused(err)
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
