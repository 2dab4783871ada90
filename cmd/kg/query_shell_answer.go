package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"kg/graph"
	"kg/internal/strict"
	"kg/queries"
)

// shellCommands are the commands beside Gizmo and saved questions.
var shellCommands = []struct{ name, argument, does string }{
	{`\format`, strings.Join(formats, "|"), "how rows are printed"},
	{`\limit`, "N", "show at most so many rows; 0 shows all"},
	{`\evidence`, "on|off", "list the claims behind each row"},
	{`\timing`, "on|off", "print how long each query takes"},
	{`\help`, "", "print this list; help does the same"},
	{`\q`, "", "quit; exit and Ctrl-D do the same"},
}

// answer carries out a line, and reports whether it ends the shell.
func (s *shell) answer(ctx context.Context, text string) (done bool) {
	words := splitCommand(text)
	if len(words) == 0 {
		return false
	}
	switch words[0] {
	case "exit", "quit", `\q`:
		return true
	case "help", `\help`, `\?`:
		s.help()
		return false
	}
	started := time.Now()
	var err error
	if strings.HasPrefix(words[0], `\`) {
		err = s.setting(words)
	} else {
		err = s.ask(ctx, words, text)
		if s.timing {
			fmt.Fprintf(s.app.err, "%.1f ms\n", time.Since(started).Seconds()*1000)
		}
	}
	if err != nil {
		fmt.Fprintln(s.app.err, "kg:", briefWords(err.Error()))
	}
	return false
}

// isCommand reports whether a line is a command or a saved question, not Gizmo.
func (s *shell) isCommand(text string) bool {
	words := splitCommand(text)
	return len(words) > 0 && (strings.HasPrefix(words[0], `\`) || slices.Contains([]string{"help", "exit", "quit"}, words[0]) || s.saved(words) != nil)
}

// saved returns the saved question that a line calls: its name, followed only by
// param=value.
func (s *shell) saved(words []string) *queries.Query {
	q := s.set[words[0]]
	if q == nil || slices.ContainsFunc(words[1:], func(w string) bool { return !parameter.MatchString(w) }) {
		return nil
	}
	return q
}

var parameter = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*=[^=]`)

func (s *shell) help() {
	var b strings.Builder
	b.WriteString("Type Gizmo, over several lines if need be, or a saved question: bribes party=captain\n" +
		"Declarations are kept from line to line: var bank = g.V(g.IRI(\"kg:bank/banco-delta-asia\"))\n\n")
	for _, c := range shellCommands {
		fmt.Fprintf(&b, "  %-9s  %-34s  %s\n", c.name, c.argument, c.does)
	}
	fmt.Fprintf(&b, "\nThe saved questions: %s\nThe methods of Gizmo: kg help gizmo\n", strings.Join(s.set.Names(), ", "))
	fmt.Fprint(s.app.out, b.String())
}

// setting carries out a line that begins with a backslash.
func (s *shell) setting(words []string) error {
	value := strings.Join(words[1:], " ")
	var err error
	switch words[0] {
	case `\format`:
		if err := checkFormat(value); err != nil {
			return err
		}
		err = s.cmd.Flags().Set("output", value)
	case `\limit`:
		n, notNumber := strconv.Atoi(value)
		if notNumber != nil || n < 0 {
			return usagef(`\limit takes a number of rows, or 0 for all, not %q`, value)
		}
		s.flags.limit = n
	case `\evidence`:
		s.flags.evidence, err = onOff(words[0], value)
	case `\timing`:
		s.timing, err = onOff(words[0], value)
	default:
		var names []string
		for _, c := range shellCommands {
			names = append(names, c.name)
		}
		err = usagef("unknown command %q%s: help lists them", words[0], strict.DidYouMean(words[0], names))
	}
	return err
}

func onOff(name, value string) (bool, error) {
	if value != "on" && value != "off" {
		return false, usagef("%s is on or off, not %q", name, value)
	}
	return value == "on", nil
}

// ask runs a query; Ctrl-C stops the query only.
func (s *shell) ask(ctx context.Context, words []string, text string) error {
	ctx, stop := s.interruptible(ctx)
	defer stop()
	err := s.run(ctx, func(ctx context.Context) error {
		q := s.saved(words)
		switch {
		case q == nil:
			return s.gizmo(ctx, text)
		case q.Denied:
			return s.app.askOf(ctx, s.cmd, s.whole, q, words[1:], s.flags)
		}
		return s.app.askOf(ctx, s.cmd, s.view, q, words[1:], s.flags)
	})
	if errors.Is(err, context.Canceled) {
		return errors.New("the query was stopped")
	}
	return err
}

// interruptible returns a context that Ctrl-C cancels, even if it was pressed before the
// call; stop returns when no later one can be taken for this query's.
func (s *shell) interruptible(ctx context.Context) (_ context.Context, stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		select {
		case <-s.interrupts:
			cancel()
		case <-ctx.Done():
		}
	}()
	return ctx, func() {
		cancel()
		<-done
	}
}

// gizmo runs a text after all earlier declarations. Each query is a session of its own,
// so declarations are kept as text and run again, which costs little: a path is
// evaluated only when it is asked for rows.
func (s *shell) gizmo(ctx context.Context, text string) error {
	before := ""
	for _, line := range s.kept {
		before += line + "\n"
	}
	declaration := declares.MatchString(text)
	if declaration {
		text = redeclarable.ReplaceAllString(text, "${1}var ")
		kept, err := s.declare(ctx, before+text)
		if err == nil && kept {
			s.kept = append(s.kept, text)
			return nil
		}
		if err != nil {
			return inLines(err, strings.Count(before, "\n"))
		}
	}
	err := s.app.answerText(ctx, s.cmd, s.view, before+text, s.flags)
	if err == nil && declaration {
		fmt.Fprintln(s.app.err, "declarations in a line that has an answer are not kept")
	}
	return inLines(err, strings.Count(before, "\n"))
}

var (
	declares     = regexp.MustCompile(`^\s*(?:(?:var|let|const|function|class)\b|[A-Za-z_$][\w$]*\s*=[^=>])`)
	redeclarable = regexp.MustCompile(`^(\s*)(?:let|const)\s`)
)

// declare runs a text, and reports whether it has no rows.
func (s *shell) declare(ctx context.Context, text string) (none bool, err error) {
	err = s.flags.bounds.In(ctx, func(ctx context.Context) error {
		res, err := queries.Text(text).Run(ctx, s.view, false, 1)
		none = err == nil && res.All == 0
		return err
	})
	return none, err
}

var lineOf = regexp.MustCompile(`\bline (\d+), column`)

// inLines subtracts the lines of earlier declarations from the line of an error.
func inLines(err error, others int) error {
	if err == nil || !errors.Is(err, graph.ErrQuery) {
		return err
	}
	return inputError{errors.New(lineOf.ReplaceAllStringFunc(err.Error(), func(m string) string {
		n, _ := strconv.Atoi(lineOf.FindStringSubmatch(m)[1]) // the expression has digits there
		return fmt.Sprintf("line %d, column", n-others)
	}))}
}

// splitCommand splits a command line at spaces outside quotes.
func splitCommand(line string) []string {
	var list []string
	var word strings.Builder
	quote, in := rune(0), false
	for _, r := range line + " " {
		switch {
		case quote == 0 && (r == '"' || r == '\''):
			quote, in = r, true
		case r == quote:
			quote = 0
		case (r == ' ' || r == '\n' || r == '\t') && quote == 0:
			if in {
				list = append(list, word.String())
			}
			word.Reset()
			in = false
		default:
			word.WriteRune(r)
			in = true
		}
	}
	return list
}
