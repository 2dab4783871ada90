package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"

	"github.com/reeflective/readline"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"kg/graph"
)

// queryShell asks one query after the other, as they are typed. Each is a
// session of its own: what one declares the next does not know.
func (a *app) queryShell(cmd *cobra.Command, f queryFlags) error {
	in, ok := a.in.(*os.File)
	if !ok || !term.IsTerminal(int(in.Fd())) {
		return usagef("-i needs a terminal; --file - asks the query that standard input holds")
	}
	before, err := term.GetState(int(in.Fd()))
	if err != nil {
		return fmt.Errorf("asking the terminal how it is set: %w", err)
	}
	v, err := a.view()
	if err != nil {
		return err
	}
	a.paged.through = true // the shell has the keyboard
	shell := readline.NewShell()
	shell.Prompt.Primary(func() string { return "gizmo> " })
	shell.Prompt.Secondary(func() string { return "  ...> " })
	shell.AcceptMultiline = func(line []rune) bool { return !graph.GizmoUnfinished(string(line)) }
	words := &completer{view: v}
	shell.Completer = words.complete
	if file := historyFile(); file != "" {
		shell.History.AddFromFile("queries", file)
	}
	// Ctrl-C is for queries: SIGTERM alone ends the shell.
	ctx, stop := signal.NotifyContext(context.WithoutCancel(cmd.Context()), syscall.SIGTERM)
	defer stop()
	fmt.Fprintf(a.err, "Gizmo on %s. Tab completes, Ctrl-C stops a query, Ctrl-D ends; kg help gizmo has the methods.\n", a.settings.db)
	for {
		text, err := await(ctx, shell.Readline)
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
		case strings.TrimSpace(text) == "":
			continue
		}
		if err := a.askOnce(ctx, cmd, v, text, f); err != nil {
			fmt.Fprintln(a.err, "kg:", err)
		}
	}
}

// askOnce asks a query that Ctrl-C stops, and nothing else.
func (a *app) askOnce(ctx context.Context, cmd *cobra.Command, v *graph.View, text string, f queryFlags) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	err := a.answerText(ctx, cmd, v, text, f)
	if errors.Is(err, context.Canceled) {
		return errors.New("the query was stopped")
	}
	return err
}

// historyFile is where the queries of earlier shells are kept, empty if there
// is no place for it.
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

// completer knows what can follow in a query: methods after a full stop,
// predicates and entities within quotes, functions elsewhere.
type completer struct {
	view *graph.View
}

var (
	openQuote  = regexp.MustCompile(`(?:^|[^\\"'])["']([^"']*)$`)
	afterStop  = regexp.MustCompile(`(\bg|\bgraph)?\.\s*(\w*)$`)
	lastWord   = regexp.MustCompile(`(\w*)$`)
	evenQuotes = regexp.MustCompile(`"[^"]*"|'[^']*'`)
)

func (c *completer) complete(line []rune, cursor int) readline.Completions {
	words, descriptions, typed := c.candidates(string(line[:cursor]))
	var list []string
	for i, word := range words {
		list = append(list, word, descriptions[i])
	}
	done := readline.CompleteValuesDescribed(list...).NoSpace('*')
	done.PREFIX = typed
	return done
}

// candidates are what the last word of text may become, and what each is.
func (c *completer) candidates(text string) (words, descriptions []string, typed string) {
	if m := openQuote.FindStringSubmatch(evenQuotes.ReplaceAllString(text, "")); m != nil {
		return c.quoted(m[1])
	}
	object := ""
	typed = lastWord.FindString(text)
	if m := afterStop.FindStringSubmatch(text); m != nil {
		object, typed = "path", m[2]
		if m[1] != "" {
			object = "graph"
		}
	}
	for _, m := range graph.Methods() {
		if m.Object == object && strings.HasPrefix(m.Name, typed) {
			words = append(words, m.Name)
			descriptions = append(descriptions, m.Signature+" "+m.Doc)
		}
	}
	return words, descriptions, typed
}

// quoted are the nodes that what is typed finds, by their short forms.
func (c *completer) quoted(typed string) (words, descriptions []string, _ string) {
	found, _, err := c.view.FindAll(context.Background(), typed, graph.FindOptions{Scope: graph.Names})
	if err != nil {
		return nil, nil, typed
	}
	for _, f := range found {
		words = append(words, c.view.Base.Short(f.IRI))
		descriptions = append(descriptions, f.Name)
	}
	return words, descriptions, typed
}
