package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"runtime/debug"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"kg/graph"
	"kg/internal/strict"
	"kg/queries"
)

// The exit codes, described in kg help exit-codes.
const (
	exitDone        = 0
	exitFound       = 1
	exitUsage       = 2
	exitInput       = 3
	exitStore       = 4
	exitInterrupted = 130
)

// errFound ends a check that found something and has printed it.
var errFound = errors.New("found something")

// usageError is a mistake on the command line.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

// usagef returns a usageError; arguments of %q are shortened.
func usagef(format string, args ...any) error { return usageError{strict.Errorf(format, args...)} }

// inputError is bad input that has no error type of its own.
type inputError struct{ err error }

func (e inputError) Error() string { return e.err.Error() }
func (e inputError) Unwrap() error { return e.err }

// run runs kg with the given streams, and returns the exit code.
func run(args []string, in io.Reader, out, errOut io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second interrupt ends kg at once
	defer endOnTerm(stopping + 2*time.Second)()
	err := carryOut(ctx, args, in, out, errOut)
	switch {
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(errOut, "kg: interrupted")
	case err != nil && !errors.Is(err, errFound):
		fmt.Fprintln(errOut, "kg:", briefWords(err.Error()))
	}
	return exitCode(err)
}

// longestToken is the maximum length of a word in an error: the system's own errors
// repeat paths in full.
const longestToken = 400

// briefWords shortens words of a message that are too long to read.
func briefWords(message string) string {
	return tokens().ReplaceAllStringFunc(message, strict.Brief)
}

var tokens = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(fmt.Sprintf(`\S{%d,}`, longestToken)) })

// execute runs a verb. A fault from a store that is overwritten while it is read becomes
// an error.
func (a *app) execute(ctx context.Context, root *cobra.Command) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if x := recover(); x != nil {
			if a.rounds.missed() {
				err = graph.ErrAgain // with missing quads anything may fail
				return
			}
			if err = graph.Fault(x); err == nil {
				panic(x)
			}
			err = fmt.Errorf("reading store %q: %w", a.settings.shownDB(), err)
		}
	}()
	return root.ExecuteContext(ctx)
}

// endOnTerm ends kg some time after a SIGTERM if it has not ended by itself: some waits
// cannot be interrupted.
func endOnTerm(patience time.Duration) (done func()) {
	told, over := make(chan os.Signal, 1), make(chan struct{})
	signal.Notify(told, syscall.SIGTERM)
	go func() {
		select {
		case <-told:
			signal.Stop(told) // a second one ends kg at once
		case <-over:
			return
		}
		select {
		case <-time.After(patience):
			os.Exit(exitInterrupted)
		case <-over:
		}
	}()
	return func() {
		signal.Stop(told)
		close(over)
	}
}

func exitCode(err error) int {
	var (
		claims   *strict.Error
		conflict *graph.ConflictError
		unknown  *graph.UnknownError
		call     *queries.UsageError
		syntax   *graph.SyntaxError
	)
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errFound):
		return exitFound
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	case errors.As(err, &usageError{}) || errors.As(err, &call) || errors.As(err, &unknown):
		return exitUsage
	case errors.As(err, &inputError{}) || errors.As(err, &claims) || errors.As(err, &conflict) || errors.As(err, &syntax) || errors.Is(err, graph.ErrQuery):
		return exitInput
	}
	return exitStore
}
