package main

import (
	"fmt"

	"github.com/cayleygraph/quad"
	"github.com/spf13/cobra"

	"kg/graph"
	"kg/internal/claimsfile"
	"kg/schema"
)

// loadDecisions adds the decisions of files to the store: of several on the same pair,
// the store's included, the latest holds. With replace the store has no others.
func (a *app) loadDecisions(cmd *cobra.Command, files []string, opt graph.LoadOptions) error {
	list, err := a.readDecisions(cmd, files)
	if err != nil {
		return err
	}
	store, err := a.toChange(opt.DryRun)
	if err != nil {
		return err
	}
	v := store.WholeView(a.settings.base())
	keep, undone := newerThan(v, list)
	more := len(undone)
	if !opt.Replace {
		undone = nil
	} else {
		keep = list
	}
	changes, err := store.SetMatches(cmd.Context(), a.settings.base(), keep, undone, opt.DryRun)
	if err != nil {
		return err
	}
	if !opt.Replace && more > 0 {
		fmt.Fprintf(a.err, "the store has %s that the file does not have: --replace removes them\n", plural(more, "decision"))
	}
	if len(changes) == 0 {
		fmt.Fprintln(a.err, "nothing changes: the store has these decisions")
		return nil
	}
	if opt.DryRun {
		fmt.Fprintln(a.err, "nothing is loaded: this is what would change")
	}
	return a.print(cmd, changedMatches(changes, v.Base))
}

// readDecisions returns the decisions of files.
func (a *app) readDecisions(cmd *cobra.Command, files []string) (list []*schema.Decision, err error) {
	for _, name := range files {
		b, err := a.readInput(cmd, "decisions", name)
		if err != nil {
			return nil, err
		}
		_, own, err := a.parseDecisions(name, b)
		if err != nil {
			return nil, err
		}
		list = append(list, own...)
	}
	return list, nil
}

// parseDecisions returns the entries of a decisions file, as YAML and as decisions.
func (a *app) parseDecisions(name string, file []byte) (*claimsfile.DecisionsFile, []*schema.Decision, error) {
	m, err := claimsfile.ReadDecisions(name, file)
	if err != nil {
		return nil, nil, err
	}
	list, err := m.Decisions(a.settings.base())
	return m, list, err
}

// changedMatches lists decisions before and after a change.
func changedMatches(changes [][2]*schema.Decision, base schema.Base) *listing {
	l := &listing{columns: []string{"one", "other", "was", "is", "because", "by"}}
	for _, c := range changes {
		d, was, is := c[1], "", ""
		if c[0] != nil {
			was = string(c[0].Verdict)
		}
		if d == nil {
			d = c[0]
		} else {
			is = string(d.Verdict)
		}
		pair := []graph.Cell{{Value: d.On, Text: base.Short(d.On)}, {Value: d.With, Text: base.Short(d.With)}}
		l.rows = append(l.rows, listingRow{cells: append(pair, words(was, is, d.Reason, d.By)...)})
	}
	return l
}

// newerThan returns the decisions of a list that are later than the store's, and the
// pairs that only the store has decisions on.
func newerThan(v *graph.View, list []*schema.Decision) (newer []*schema.Decision, others [][2]quad.IRI) {
	named := map[[2]quad.IRI]bool{}
	for _, d := range list {
		named[[2]quad.IRI{d.On, d.With}] = true
		if last := v.Match(d.On, d.With); last == nil || d.After(last) {
			newer = append(newer, d)
		}
	}
	for _, d := range v.Matches() {
		if pair := [2]quad.IRI{d.On, d.With}; !named[pair] {
			others = append(others, pair)
		}
	}
	return newer, others
}
