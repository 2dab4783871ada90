package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"kg/graph"
)

// partFlags say what part of the graph leaves.
type partFlags struct {
	sources      []string
	withoutNotes bool
	redact       string
}

func (f *partFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringSliceVar(&f.sources, "sources", nil, "the `SOURCES` to write, and no other")
	cmd.Flags().BoolVar(&f.withoutNotes, "without-notes", false, "leave out the annotators' notes")
	cmd.Flags().StringVar(&f.redact, "redact", "", "the `PERSON` whose name must not leave")
}

// partOf is the part of a store that leaves: the store itself if all does.
func (a *app) partOf(cmd *cobra.Command, s *graph.Store, f partFlags) (*graph.Store, error) {
	if len(f.sources) == 0 && !f.withoutNotes && f.redact == "" {
		return s, nil
	}
	opt := graph.PartOptions{Base: a.settings.base(), WithoutNotes: f.withoutNotes}
	v := s.WholeView(opt.Base).WithRetracted()
	for _, name := range f.sources {
		iri, err := v.FindRetractable(cmd.Context(), name)
		if err != nil {
			return nil, err
		}
		opt.Sources = append(opt.Sources, iri)
	}
	if f.redact != "" {
		var err error
		if opt.Redact, err = v.Find(cmd.Context(), f.redact); err != nil {
			return nil, err
		}
	}
	part, stood, err := s.Part(cmd.Context(), opt)
	if trace := new(graph.TraceError); errors.As(err, &trace) {
		return nil, inputError{fmt.Errorf("redacting %s: a part of the name would stay, and nothing is written: change these words in the claims file, or leave them out:\n  %s", f.redact, strings.Join(trace.Where, "\n  "))}
	}
	if err != nil {
		return nil, err
	}
	for _, r := range stood {
		where := "IRIs"
		if r.Relation != "" {
			where = opt.Base.Short(r.Relation)
		}
		fmt.Fprintf(a.err, "redacted: the name stood in %s: %s\n", where, thousands(r.Count))
	}
	return a.keep(part, nil)
}
