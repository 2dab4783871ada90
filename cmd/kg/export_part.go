package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"kg/graph"
)

// partFlags select the part of the graph to export.
type partFlags struct {
	sources      []string
	withoutNotes bool
	redact       []string // one, or it is refused
}

func (f *partFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringSliceVar(&f.sources, "sources", nil, "the `SOURCES` to write, and no other")
	cmd.Flags().BoolVar(&f.withoutNotes, "without-notes", false, "leave out the annotators' notes")
	cmd.Flags().StringArrayVar(&f.redact, "redact", nil, "the `PERSON` whose name is removed")
}

// suits refuses flags that would export more than intended: one without a value, as
// from an empty variable of a script, and a second person to redact, whose flag would
// override the first.
func (f partFlags) suits(cmd *cobra.Command) error {
	empty := func(s string) bool { return strings.TrimSpace(s) == "" }
	switch {
	case cmd.Flags().Changed("sources") && (len(f.sources) == 0 || slices.ContainsFunc(f.sources, empty)):
		return usagef("--sources takes the sources to write, such as donga-2008-04-04, and one of these is empty: kg query sources lists them")
	case slices.ContainsFunc(f.redact, empty):
		return usagef("--redact takes a person, and this is empty: nothing is written")
	case len(f.redact) > 1:
		return usagef("--redact takes one person, and %d are given: redact the first, load that file into a store of its own, and redact the next there", len(f.redact))
	}
	return nil
}

// partOf returns the part of a store to export: the store itself if that is all.
func (a *app) partOf(cmd *cobra.Command, s *graph.Store, f partFlags) (*graph.Store, error) {
	if err := f.suits(cmd); err != nil {
		return nil, err
	}
	if len(f.sources) == 0 && !f.withoutNotes && len(f.redact) == 0 {
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
	for _, source := range opt.Sources {
		if err := a.sayReadings(cmd.Context(), v, source, opt.Sources, "is left out, unless --sources names it too"); err != nil {
			return nil, err
		}
	}
	if len(f.redact) > 0 {
		var err error
		if opt.Redact, err = v.Find(cmd.Context(), f.redact[0]); errors.As(err, new(*graph.UnknownError)) && v.Decides(f.redact[0]) {
			opt.RedactAuthor, err = f.redact[0], nil
		}
		if err != nil {
			return nil, err
		}
	}
	part, stood, err := s.Part(cmd.Context(), opt)
	if trace := new(graph.ConflictError); errors.As(err, &trace) {
		return nil, inputError{fmt.Errorf("redacting %s: a part of the name would stay, so nothing is written: change these words in the claims file, or leave them out:\n  %s", f.redact[0], strings.Join(trace.Where, "\n  "))}
	}
	if err != nil {
		return nil, err
	}
	for _, relation := range slices.Sorted(maps.Keys(stood)) {
		where := "IRIs"
		if relation != "" {
			where = opt.Base.Short(relation)
		}
		fmt.Fprintf(a.err, "redacted: the name stood in %s: %s\n", where, thousands(stood[relation]))
	}
	return a.keep(part, nil)
}
