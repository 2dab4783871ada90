package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/spf13/cobra"

	"kg/data"
	"kg/graph"
	"kg/schema"
)

// areDecisions reports whether files are decisions files: all of them or none.
func areDecisions(files []string) (bool, error) {
	count := 0
	for _, name := range files {
		if !strings.HasSuffix(name, ".yaml") && !strings.HasSuffix(name, ".yml") {
			continue
		}
		if b, err := os.ReadFile(name); err == nil && data.IsDecisions(b) {
			count++
		}
	}
	if count > 0 && count < len(files) {
		return false, usagef("decisions files are loaded by themselves: give the others to another kg load")
	}
	return count > 0, nil
}

// loadDecisions makes the decisions of files hold: of several on the same two, and of
// the store's, the latest. With replace those of the files are all that the store has.
func (a *app) loadDecisions(cmd *cobra.Command, files []string, opt graph.LoadOptions) error {
	var list []*schema.Decision
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		m, err := data.ReadDecisions(name, b)
		if err != nil {
			return err
		}
		own, err := m.Decisions(a.settings.base())
		if err != nil {
			return err
		}
		list = append(list, own...)
	}
	open := func(path string) (*graph.Store, error) { return graph.OpenToWrite(path, a.warn) }
	if opt.DryRun {
		open = graph.Open
	}
	store, err := a.keep(open(a.settings.db))
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
		fmt.Fprintf(a.err, "the store has %s that the file has not: --replace takes them out\n", plural(more, "decision"))
	}
	l := &listing{columns: []string{"one", "other", "was", "is", "because", "by"}}
	for _, c := range changes {
		d, was, is := c.Is, "", ""
		if c.Was != nil {
			was = string(c.Was.Verdict)
		}
		if d == nil {
			d = c.Was
		} else {
			is = string(d.Verdict)
		}
		short := v.Base.Short
		l.rows = append(l.rows, listed{cells: append([]graph.Cell{{Value: d.On, Text: short(d.On)}, {Value: d.With, Text: short(d.With)}}, words(was, is, d.Reason, d.By)...)})
	}
	if len(changes) == 0 {
		fmt.Fprintln(a.err, "nothing changes: the store has these decisions")
		return nil
	}
	if opt.DryRun {
		fmt.Fprintln(a.err, "nothing is loaded: this is what would change")
	}
	return a.print(cmd, l)
}

// newerThan are the decisions of a list that hold against the store's, and the pairs
// that only the store has decided on.
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
