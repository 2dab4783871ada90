package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"kg/graph"
	"kg/schema"
)

// matchOneByOne asks on a terminal about each pair: s same, d different, u undecided,
// n next without a decision, q quit. Each decision is written at once.
func (a *app) matchOneByOne(cmd *cobra.Command, pairs []graph.Likeness, limit int) error {
	in, ok := a.in.(*os.File)
	if !ok || !term.IsTerminal(int(in.Fd())) {
		return usagef("-i needs a terminal on standard input: kg match A B --decide is for scripts")
	}
	by, err := a.settings.decider()
	if err != nil {
		return err
	}
	if limit > 0 && len(pairs) > limit {
		pairs = pairs[:limit]
	}
	lines := bufio.NewReader(in)
	for i, p := range pairs {
		if err := a.showForDecision(cmd, p, i+1, len(pairs)); err != nil {
			return err
		}
		verdict, more, err := a.askVerdict(in)
		if err != nil || !more {
			return err
		}
		if verdict == "" {
			continue
		}
		fmt.Fprint(a.err, "because: ")
		because, err := lines.ReadString('\n')
		if strings.TrimSpace(because) == "" {
			fmt.Fprintln(a.err, "a decision needs a reason: this pair stays as it is")
			continue
		}
		if err := errors.Join(err, a.decideNow(cmd, p, verdict, because, by)); err != nil {
			return err
		}
	}
	fmt.Fprintln(a.err, "that was the last pair")
	return nil
}

// showForDecision prints a pair with its reasons.
func (a *app) showForDecision(cmd *cobra.Command, p graph.Likeness, at, of int) error {
	store, err := a.open()
	if err != nil {
		return err
	}
	defer a.drop(store)
	v := store.View(a.settings.base())
	l, err := a.matchListing(cmd, v, []graph.Likeness{p})
	if err != nil {
		return err
	}
	fmt.Fprintf(a.err, "pair %s of %s\n", thousands(at), thousands(of))
	return renderers["record"](a.out, l)
}

// askVerdict waits for one key.
func (a *app) askVerdict(in *os.File) (verdict schema.Verdict, more bool, err error) {
	for {
		fmt.Fprint(a.err, "s same, d different, u undecided, n next, q quit: ")
		key, err := readKey(in)
		if err != nil {
			return "", false, err
		}
		fmt.Fprintf(a.err, "%c\n", max(key, ' '))
		switch key {
		case 's':
			return schema.Same, true, nil
		case 'd':
			return schema.Different, true, nil
		case 'u':
			return schema.Undecided, true, nil
		case 'n':
			return "", true, nil
		case 'q', 3, 4: // Ctrl-C, Ctrl-D
			return "", false, nil
		}
	}
}

// readKey reads a key without waiting for the end of a line.
func readKey(in *os.File) (byte, error) {
	state, err := term.MakeRaw(int(in.Fd()))
	if err != nil {
		return 0, fmt.Errorf("reading a key: %w", err)
	}
	var b [1]byte
	_, err = in.Read(b[:])
	return b[0], errors.Join(err, term.Restore(int(in.Fd()), state))
}

// decideNow makes a decision and closes the store, so that others can write to it
// while the next pair is shown.
func (a *app) decideNow(cmd *cobra.Command, p graph.Likeness, verdict schema.Verdict, because, by string) error {
	store, err := a.openToWrite()
	if err != nil {
		return err
	}
	nodes := [2]quad.IRI{p.A, p.B}
	changes, err := a.decideOn(cmd.Context(), store, a.settled, nodes, verdict, graph.DecisionOptions{Base: a.settings.base(), Reason: because, By: by})
	if conflict := (*graph.ConflictError)(nil); errors.As(err, &conflict) {
		fmt.Fprintln(a.err, conflict.Msg)
		return a.drop(store)
	}
	if err := errors.Join(err, a.drop(store)); err != nil {
		return err
	}
	a.sayDecided(nodes, changes)
	return nil
}
