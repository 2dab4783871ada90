package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/spf13/cobra"

	"kg/graph"
	"kg/internal/claimsfile"
	"kg/internal/files"
	"kg/schema"
)

// matchDecide writes a decision on a pair to the store and to the decisions file, or
// removes it from both.
func (a *app) matchDecide(cmd *cobra.Command, args []string, f matchFlags) error {
	by := ""
	if !f.undo {
		var err error
		if by, err = a.settings.decider(); err != nil {
			return err
		}
	}
	store, err := a.toChange(false)
	if err != nil {
		return err
	}
	v := a.set(store.WholeView(a.settings.base()))
	var nodes [2]quad.IRI
	for i, arg := range args {
		if nodes[i], err = v.Find(cmd.Context(), arg); err != nil {
			return err
		}
	}
	changes, err := a.decideOn(cmd.Context(), store, a.settled, nodes, f.verdict(), graph.DecisionOptions{Base: a.settings.base(), Reason: f.because, By: by})
	if err != nil {
		return err
	}
	if err := a.drop(store); err != nil {
		return err
	}
	a.sayDecided(nodes, changes)
	return nil
}

// decideOn decides on a pair; an empty verdict undoes the decision. The decisions file
// is written once settled returns nil.
func (a *app) decideOn(ctx context.Context, store *graph.Store, settled func() error, nodes [2]quad.IRI, verdict schema.Verdict, o graph.DecisionOptions) ([][2]*schema.Decision, error) {
	v := store.WholeView(o.Base)
	pair := [2]quad.IRI{min(nodes[0], nodes[1]), max(nodes[0], nodes[1])}
	var d *schema.Decision
	var list []*schema.Decision
	var undone [][2]quad.IRI
	if verdict == "" {
		undone = append(undone, pair)
	} else {
		var err error
		if d, err = v.NewMatch(verdict, pair[0], pair[1], o); err != nil {
			return nil, fmt.Errorf("deciding on %s and %s: %w", o.Base.Short(pair[0]), o.Base.Short(pair[1]), err)
		}
		list = append(list, d)
	}
	if _, err := store.SetMatches(ctx, o.Base, list, undone, true); err != nil {
		return nil, err
	}
	if err := settled(); err != nil {
		return nil, err
	}
	restore, err := a.keepDecision(pair, d)
	if err != nil {
		return nil, err
	}
	changes, err := store.SetMatches(ctx, o.Base, list, undone, false)
	if err != nil {
		return nil, errors.Join(err, restore())
	}
	return changes, nil
}

// keepDecision writes a decision to the decisions file, and returns a function that
// restores the file.
func (a *app) keepDecision(pair [2]quad.IRI, d *schema.Decision) (restore func() error, err error) {
	name := a.settings.decisionsFile()
	if strings.HasSuffix(name, ".gz") {
		return nil, usagef("the decisions file is for people to read and edit, and is not compressed: give %q another ending", name)
	}
	base := a.settings.base()
	m := &claimsfile.DecisionsFile{Name: name}
	was, err := readWhole("decisions", name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && d == nil:
		return func() error { return nil }, nil
	case errors.Is(err, fs.ErrNotExist):
		if base != schema.DefaultBase {
			m.Base = string(base)
		}
		restore = func() error { return os.Remove(name) }
	case err != nil:
		return nil, err
	default:
		if m, _, err = a.parseDecisions(name, was); err != nil {
			return nil, err
		}
		restore = func() error { return writeFile(name, was) }
	}
	own := base
	if m.Base != "" {
		own = schema.Base(m.Base) // that could be read
	}
	m.Set(own, string(pair[0]), string(pair[1]), d)
	return restore, writeFile(name, m.Format())
}

func writeFile(name string, content []byte) error {
	return files.Replace(name, func(w io.Writer) error { _, err := w.Write(content); return err })
}

// sayDecided prints on standard error the decision and how to undo it.
func (a *app) sayDecided(nodes [2]quad.IRI, changes [][2]*schema.Decision) {
	short := a.settings.base().Short
	one, other := short(nodes[0]), short(nodes[1])
	file := a.settings.decisionsFile()
	is := map[schema.Verdict]string{schema.Same: "the same", schema.Different: "different", schema.Undecided: "undecided"}
	switch {
	case len(changes) == 0:
		fmt.Fprintf(a.err, "nothing is decided on %s and %s\n", one, other)
	case changes[0][1] == nil:
		fmt.Fprintf(a.err, "%s and %s are not decided to be %s any more\n", one, other, is[changes[0][0].Verdict])
	default:
		d := changes[0][1]
		fmt.Fprintf(a.err, "%s and %s are %s: %q (%s); %s keeps it; kg match %s %s --undo takes it back\n", one, other, is[d.Verdict], d.Reason, d.By, file, one, other)
	}
}

// addDecisions gives a verb the flag for the decisions file.
func (s *settings) addDecisions(cmd *cobra.Command) {
	cmd.Flags().StringVar(&s.decisions, "decisions", "", "the `file` with the decisions (default: the store's name with .decisions.yaml)")
}

// decisionsFile returns the decisions file: by default beside the store; for a graph on
// a server it is named after the database.
func (s *settings) decisionsFile() string {
	if s.decisions != "" {
		return s.decisions
	}
	if remote, ok := s.remote(); ok {
		return remote.Database() + ".decisions.yaml"
	}
	return strings.TrimSuffix(s.db, filepath.Ext(s.db)) + ".decisions.yaml"
}
