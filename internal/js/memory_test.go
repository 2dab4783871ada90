package js

import (
	"context"
	"testing"
)

// TestBaseIsLowered: what a collection frees was never a part of what was used
// before the queries, so that it hides none of what they use.
func TestBaseIsLowered(t *testing.T) {
	const gib = 1 << 30
	ctx, end := context.WithCancelCause(t.Context())
	b := &bound{ctx: ctx, end: end, memory: 32 * gib}
	w := &watch{running: []*bound{b}, base: 100 * gib, was: 100 * gib, seen: amount{used: 100 * gib, live: 10 * gib, cycle: 7}}
	defer w.restore()
	for _, step := range []struct {
		now         amount
		base        uint64
		short, ends bool
	}{
		{amount{used: 110 * gib, live: 10 * gib, cycle: 7}, 100 * gib, false, false}, // no collection yet
		{amount{used: 150 * gib, live: 20 * gib, cycle: 8}, 20 * gib, false, false},  // used was right a moment ago
		{amount{used: 60 * gib, live: 40 * gib, cycle: 9}, 20 * gib, true, false},
		{amount{used: 60 * gib, live: 30 * gib, cycle: 10}, 20 * gib, false, false},
		{amount{used: 80 * gib, live: 53 * gib, cycle: 11}, 20 * gib, true, true},
	} {
		w.act(step.now)
		if short, ends := w.short(), ctx.Err() != nil; w.base != step.base || short != step.short || ends != step.ends {
			t.Errorf("%+v: base %d GiB, short %v, ended %v", step.now, w.base/gib, short, ends)
		}
	}
}

// TestUsedIsHeldToTheBase: used is held to the lower base once the runtime had a
// limit for it.
func TestUsedIsHeldToTheBase(t *testing.T) {
	const gib = 1 << 30
	ctx, end := context.WithCancelCause(t.Context())
	b := &bound{ctx: ctx, end: end, memory: 32 * gib, yields: true}
	w := &watch{running: []*bound{b}, base: 100 * gib, was: 100 * gib}
	defer w.restore()
	w.act(amount{used: 150 * gib, live: 20 * gib, cycle: 1})
	if ctx.Err() != nil {
		t.Error("it ends for what was allowed until now")
	}
	w.act(amount{used: 100 * gib, live: 20 * gib, cycle: 2})
	if ctx.Err() == nil {
		t.Error("it goes on with far more than it may have")
	}
}
