package web_test

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"kg/cmd/kg/web"
	"kg/graph"
)

// TestOffersBeside: the first page waits little for which questions have an answer. It
// offers all that may have one, and that page is not kept; then those that have one. A
// panic meanwhile ends nothing.
func TestOffersBeside(t *testing.T) {
	t.Parallel()
	let, panics := make(chan struct{}), atomic.Bool{}
	panics.Store(true)
	s, asked, version := keptServer(t, func(o *web.Options) {
		view := o.View
		o.View = func(denied bool) *graph.View {
			if v := view(denied); denied {
				return v
			}
			if panics.CompareAndSwap(true, false) {
				panic("a secret of the server")
			}
			<-let
			return view(denied)
		}
		o.Limits.Beside = time.Nanosecond
	})
	offered := func() bool { return strings.Contains(get(t, s, "/", 200), "/query/embassies") }
	for range 3 {
		if !offered() {
			t.Error("what may have an answer is not offered")
		}
	}
	close(let)
	for range 2 {
		for kept := false; !kept; time.Sleep(time.Millisecond) {
			before := asked.Load()
			get(t, s, "/", 200)
			kept = asked.Load() == before
		}
		if offered() {
			t.Error("what has no answer is offered")
		}
		version.Add(1) // they are tried anew
	}
}
