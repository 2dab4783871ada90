package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"kg/cmd/kg/mcp"
	"kg/graph"
	"kg/queries"
)

// assistantVerbs runs verbs for assistants.
type assistantVerbs struct {
	app    *app
	bounds graph.Bounds // of one answer, and of the memory of all
	known  queries.Set
	slots  chan struct{} // one per answer made at the same time; nil if others limit these
	log    *slog.Logger  // where errors go that are not the client's; nil shows them: it is the user's own kg

	mu   sync.Mutex
	live *served // the store, once it could be opened
}

// readers are the verbs that assistants can run. Each is created by itself, so that its
// arguments cannot reach another verb.
var readers = map[string]func(*app) *cobra.Command{
	"find": newFind, "show": newShow, "why": newWhy, "query": newQuery, "verify": newVerify, "compare": newCompare,
}

// longest is the maximum length of an answer in bytes.
const longest = 1 << 20

var errLong = fmt.Errorf("the answer is longer than %s bytes: ask for less, with a smaller limit or without evidence", thousands(longest))

// call runs a verb, and returns its rows and its notes.
func (r *assistantVerbs) call(ctx context.Context, verb string, args []string) (mcp.Answer, error) {
	var answer mcp.Answer
	err := r.within(ctx, func(ctx context.Context, store *graph.Store) error {
		var out, said bytes.Buffer
		a := newApp(strings.NewReader(""), &answerBuffer{&out}, &answerBuffer{&said})
		a.settings, a.bounds, a.lent, a.known = r.app.settings, r.bounds, store, r.known
		cmd := readers[verb](a)
		if verb == "query" { // the bounds are those of the whole answer
			args = append([]string{"--timeout=0", "--max-memory=0"}, args...)
		}
		cmd.SetArgs(append([]string{"--output=json"}, args...))
		cmd.SetOut(io.Discard)
		cmd.SetErr(io.Discard)
		cmd.SilenceErrors, cmd.SilenceUsage = true, true
		err := cmd.ExecuteContext(ctx)
		answer.Notes = notes(said.String())
		if err != nil && !errors.Is(err, errFound) { // a check that found something has rows
			return err
		}
		return json.Unmarshal(out.Bytes(), &answer.Rows)
	})
	if err != nil {
		return mcp.Answer{Notes: answer.Notes}, err
	}
	return answer, nil
}

// notes returns the lines that a verb printed on standard error.
func notes(said string) (list []string) {
	for line := range strings.Lines(said) {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

// view calls do with a view of the whole graph.
func (r *assistantVerbs) view(ctx context.Context, do func(context.Context, *graph.View) error) error {
	return r.within(ctx, func(ctx context.Context, store *graph.Store) error {
		v := r.app.set(store.WholeView(r.app.settings.base()))
		v.Took = nil // it is said when the thing is asked for
		return do(ctx, v)
	})
}

// within calls do with an intact store, within the bounds, once a slot is free. An error
// that is not the client's is logged and not shown.
func (r *assistantVerbs) within(ctx context.Context, do func(context.Context, *graph.Store) error) error {
	if r.slots != nil {
		select {
		case r.slots <- struct{}{}:
			defer func() { <-r.slots }()
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	err := r.safely(ctx, do)
	if err == nil || r.log == nil || ctx.Err() != nil || exitCode(err) == exitUsage || errors.Is(err, graph.ErrQuery) ||
		errors.Is(err, errLong) || errors.Is(err, errOverwritten) {
		return err
	}
	r.log.Error("an answer failed", "error", err.Error())
	return errors.New("internal error; the server's log has the details")
}

// safely turns panics, and faults of a store that is overwritten while it is read, into
// errors: in the SDK's goroutines they would end the server.
func (r *assistantVerbs) safely(ctx context.Context, do func(context.Context, *graph.Store) error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		x := recover()
		switch {
		case x == nil:
		case graph.Fault(x) != nil:
			err = errOverwritten
		default:
			fmt.Fprintf(r.app.err, "kg: panic: %v\n%s", x, debug.Stack())
			err = errors.New("this is a bug in kg: please report it with what kg printed on standard error")
		}
	}()
	live, err := r.open()
	if err != nil {
		return err
	}
	still, err := live.ready()
	if err != nil {
		return err
	}
	// The names are read once for all answers, so the end of one answer does not stop it.
	reading, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer cancel()
	if err = live.view(true).ReadNames(reading); err == nil {
		err = r.bounds.In(ctx, func(ctx context.Context) error { return do(ctx, live.current()) })
	}
	if gone := still(); gone != nil {
		return gone
	}
	return err
}

// open opens the store at the first question, so that it can be created while the
// assistant runs.
func (r *assistantVerbs) open() (live *served, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.live == nil {
		if live, err = r.app.openServed(false); err != nil {
			return nil, err
		}
		r.live = live
	}
	return r.live, nil
}

// answerBuffer is a buffer of at most longest bytes.
type answerBuffer struct{ *bytes.Buffer }

func (s *answerBuffer) Write(b []byte) (int, error) {
	if s.Len()+len(b) > longest {
		return 0, errLong
	}
	return s.Buffer.Write(b)
}
