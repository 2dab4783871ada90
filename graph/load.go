package graph

import (
	"context"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// LoadOptions say how to load.
type LoadOptions struct {
	Base    schema.Base
	Replace bool // put a known source's new content in place of the old
	DryRun  bool // find out what would change, and change nothing
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
	ReadingOf      quad.IRI      // the source that it is another reading of, if the store does not have it
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

// Load puts checked claims files and their ontology into a store of Create,
// OpenToWrite or Scratch: all of them, or nothing. Loading the same again changes
// nothing. A known source with other content is a *ConflictError naming the claims
// that differ, unless it is to be replaced. A dry run can be had of any store.
func (s *Store) Load(ctx context.Context, o *schema.Ontology, docs []*schema.Checked, opt LoadOptions) ([]Loaded, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	m := newMerge(ctx, s.quads, opt)
	deltas, report, err := m.all(o, docs)
	if err != nil || len(deltas)+len(m.streams) == 0 || opt.DryRun {
		return report, err
	}
	return report, s.commit(deltas, m.streams...)
}
