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

// reader carries out verbs for assistants.
type reader struct {
	app    *app
	bounds graph.Bounds // of one answer, and of the memory of all
	known  queries.Set
	places chan struct{} // has room for the answers that are made at once; nil if others see to that
	log    *slog.Logger  // where errors go that are not the client's; nil shows them: it is the user's own kg

	mu   sync.Mutex
	live *served // the store, once it could be opened
}

// readers are the verbs that can be carried out. Each is made alone: no other verb can
// be reached through its arguments.
var readers = map[string]func(*app) *cobra.Command{
	"find": newFind, "show": newShow, "why": newWhy, "query": newQuery, "verify": newVerify, "compare": newCompare,
}

// longest is how long an answer may be in bytes.
const longest = 1 << 20

var errLong = fmt.Errorf("the answer is longer than %s bytes: ask for less, with a smaller limit or without evidence", thousands(longest))

// call carries out a verb, and returns its rows and what it says of them.
func (r *reader) call(ctx context.Context, verb string, args []string) (mcp.Answer, error) {
	var answer mcp.Answer
	err := r.within(ctx, func(ctx context.Context, store *graph.Store) error {
		var out, said bytes.Buffer
		a := newApp(strings.NewReader(""), &short{&out}, &short{&said})
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

// notes are the lines of what was said.
func notes(said string) (list []string) {
	for line := range strings.Lines(said) {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

// view asks the whole graph.
func (r *reader) view(ctx context.Context, do func(context.Context, *graph.View) error) error {
	return r.within(ctx, func(ctx context.Context, store *graph.Store) error {
		v := r.app.set(store.WholeView(r.app.settings.base()))
		v.Took = nil // it is said when the thing is asked for
		return do(ctx, v)
	})
}

// within asks a store that is whole, within the bounds, once a place is free. An error
// that is not the client's is logged and not shown.
func (r *reader) within(ctx context.Context, do func(context.Context, *graph.Store) error) error {
	if r.places != nil {
		select {
		case r.places <- struct{}{}:
			defer func() { <-r.places }()
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

// safely makes an error of a store that is overwritten while it is read, and of a
// panic: the SDK calls from goroutines of its own, in which it would end the server.
func (r *reader) safely(ctx context.Context, do func(context.Context, *graph.Store) error) (err error) {
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
	// The names are read once for all answers, so an answer's end does not end it.
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

// open opens the store when it is first asked: one that is not there yet can be made
// while the assistant runs.
func (r *reader) open() (live *served, err error) {
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

// short is a buffer that takes no more than an answer may have.
type short struct{ *bytes.Buffer }

func (s *short) Write(b []byte) (int, error) {
	if s.Len()+len(b) > longest {
		return 0, errLong
	}
	return s.Buffer.Write(b)
}
