package session

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"kg/internal/testsize"
)

// TestYields: a query that yields and sits on nearly all the memory there is,
// or takes it again and again, does not end those that do not yield, though
// they are younger.
func TestYields(t *testing.T) {
	if underRace {
		t.Skip("the race detector takes time and memory that no bound knows of")
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	run := func(ctx context.Context, text string, yields bool) (err error) {
		qs := scratch(mesh(12)...) // its own: Cayley's is for one reader at a time
		for _, e := range Run(ctx, qs, text, Options{Timeout: time.Minute, MaxMemory: crowdBound, Yields: yields}).Rows() {
			err = e
		}
		return err
	}
	var strangers sync.WaitGroup
	for i, hog := range []string{
		fmt.Sprintf(`var a = []; for (var i = 0; i < %d; i++) a.push(i + 'x'.repeat((1 << 20) - 9)); for (;;) {}`, crowdBound>>20-4),
		// Slow enough not to outrun the collector where that hardly gets a processor.
		`var a = []; for (;;) { a.push('x'.repeat(1 << 16)); for (var i = 0; i < 500; i++); }`,
		`var a = []; for (;;) { a.push([1, 2, 3]); for (var i = 0; i < 50; i++); }`,
	} {
		strangers.Go(func() {
			for ctx.Err() == nil {
				if err := run(ctx, hog, true); err == nil {
					t.Errorf("stranger %d ends well", i)
				}
			}
		})
	}
	const page = `var a = []; for (var i = 0; i < 12; i++) a.push(i + 'x'.repeat((1 << 20) - 9)); g.V().both().both().limit(3).all()`
	for i := range testsize.Of(2, 8) {
		if err := run(ctx, page, false); err != nil {
			t.Errorf("page %d: %v", i, err)
		}
	}
	stop()
	strangers.Wait()
}
