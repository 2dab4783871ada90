package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/reeflective/readline"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"kg/graph"
	"kg/internal/js"
	"kg/queries"
)

// shell is the interactive query shell of kg query -i.
type shell struct {
	app         *app
	cmd         *cobra.Command
	view, whole *graph.View // of one state of the store; whole has what is denied, too
	set         queries.Set
	flags       queryFlags
	timing      bool
	kept        []string       // declarations, in the order in which they were typed
	asking      *graph.Asking  // of a graph on a server; nil for a file
	interrupts  chan os.Signal // Ctrl-C, from the shell's beginning on
}

func (a *app) queryShell(cmd *cobra.Command, f queryFlags) (failed error) {
	in := terminalOf(a.in)
	if in == nil {
		return usagef("-i needs a terminal; --file - runs a query from standard input")
	}
	before, err := term.GetState(int(in.Fd()))
	if err != nil {
		return fmt.Errorf("reading the terminal's settings: %w", err)
	}
	s := &shell{app: a, cmd: cmd, flags: f}
	if err := s.open(); err != nil {
		return err
	}
	defer func() { failed = errors.Join(failed, s.close()) }()
	if s.set, err = a.queries(); err != nil {
		return err
	}
	a.paged.through = true // the shell has the keyboard
	// Ctrl-C stops a query; only SIGTERM ends the shell.
	ctx, stop := signal.NotifyContext(context.WithoutCancel(cmd.Context()), syscall.SIGTERM)
	defer stop()
	s.interrupts = make(chan os.Signal, 1)
	signal.Notify(s.interrupts, os.Interrupt)
	defer signal.Stop(s.interrupts)
	if s.asking == nil {
		go func() { _ = s.view.ReadNames(ctx) }() // that the first Tab need not wait
	}
	fmt.Fprintf(a.err, "Gizmo and saved questions on %s. Tab completes, Ctrl-C stops a query, Ctrl-D quits; help lists commands.\n", a.settings.shownDB())
	line := s.line(ctx, screenOf(a.out))
	for {
		select {
		case <-s.interrupts: // of the query before
		default:
		}
		text, err := await(ctx, line.Readline)
		switch {
		case ctx.Err() != nil:
			return errors.Join(ctx.Err(), term.Restore(int(in.Fd()), before))
		case errors.Is(err, readline.ErrInterrupt):
			continue
		case errors.Is(err, io.EOF):
			fmt.Fprintln(a.err)
			return nil
		case err != nil:
			return fmt.Errorf("reading a query: %w", err)
		}
		if done := s.answer(ctx, text); done {
			return nil
		}
	}
}

// line returns the line editor.
func (s *shell) line(ctx context.Context, on screen) *readline.Shell {
	line := readline.NewShell()
	line.Prompt.Primary(func() string { return on.strong("gizmo> ") })
	line.Prompt.Secondary(func() string { return "  ...> " })
	line.AcceptMultiline = func(typed []rune) bool { return s.isCommand(string(typed)) || !js.Unfinished(string(typed)) }
	words := &shellCompleter{set: s.set, ask: func(question func(*graph.View) error) error {
		return s.run(ctx, func(context.Context) error { return question(s.view) })
	}}
	line.Completer = words.complete
	if on.colours {
		line.SyntaxHighlighter = func(typed []rune) string { return highlight(string(typed)) }
	}
	_ = line.Config.Set("menu-complete-display-prefix", true) // Tab lists before it takes the first
	dropWhole(line)
	if file := historyFile(); file != "" {
		line.History.AddFromFile("queries", file)
	}
	return line
}

// dropWhole makes Ctrl-C clear the line even while completions are listed: by default
// readline only closes the list.
func dropWhole(line *readline.Shell) {
	abort := line.Keymap.Commands()["abort"]
	line.Keymap.Register(map[string]func(){"abort": func() {
		listing := line.Keymap.Local() != ""
		abort()
		if listing {
			abort()
		}
	}})
}

// historyFile returns the file with the history of earlier shells; empty if there is no
// folder for it.
func historyFile() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	dir = filepath.Join(dir, "kg")
	if os.MkdirAll(dir, 0o700) != nil {
		return ""
	}
	return filepath.Join(dir, "queries")
}
