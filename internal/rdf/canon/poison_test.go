package canon_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"kg/internal/rdf/canon"
)

// graphOf spells edges of one sort between n nodes.
func graphOf(n int, has func(i, j int) bool) string {
	var b strings.Builder
	for i := range n {
		for j := range n {
			if has(i, j) {
				fmt.Fprintf(&b, "_:n%d <a:p> _:n%d .\n", i, j)
			}
		}
	}
	return b.String()
}

// poison are graphs that are made to take long. Those within the limit have a
// form; the others end with ErrLimit, soon.
var poison = map[string]struct {
	text string
	ends bool // within the limit
}{
	"clique of 5":     {graphOf(5, func(i, j int) bool { return i != j }), true},
	"clique of 10":    {graphOf(10, func(i, j int) bool { return i != j }), false}, // the suite's test074
	"clique of 100":   {graphOf(100, func(i, j int) bool { return i != j }), false},
	"bipartite 4, 4":  {graphOf(8, func(i, j int) bool { return i < 4 && j >= 4 }), true},
	"bipartite 20":    {graphOf(40, func(i, j int) bool { return i < 20 && j >= 20 }), false},
	"cube":            {graphOf(8, func(i, j int) bool { x := i ^ j; return x == 1 || x == 2 || x == 4 }), true},
	"cube of 8":       {graphOf(256, func(i, j int) bool { x := i ^ j; return x > 0 && x&(x-1) == 0 }), false},
	"ring of 200":     {graphOf(200, func(i, j int) bool { return j == (i+1)%200 }), true},
	"ring of 3,000":   {graphOf(3000, func(i, j int) bool { return j == (i+1)%3000 }), false},
	"both ways":       {graphOf(300, func(i, j int) bool { return j == (i+1)%300 || i == (j+1)%300 }), false},
	"star of 3,000":   {graphOf(3000, func(i, j int) bool { return i == 0 && j > 0 }), true},
	"two stars of 50": {graphOf(102, func(i, j int) bool { return i%51 == 0 && j%51 != 0 && i/51 == j/51 }), false},
	"pairs":           {graphOf(2000, func(i, j int) bool { return j == i^1 }), true},
	"deep":            {mirrored(200_000), false},
}

// mirrored is a chain in which each node is like one other, so that a path
// leads through all of it.
func mirrored(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "_:n%d <a:value> \"%d\" .\n_:n%d <a:next> _:n%d .\n", i, min(i, n-i), i, i+1)
	}
	return b.String()
}

func TestPoison(t *testing.T) {
	if testing.Short() {
		t.Skip("takes all the steps there are")
	}
	for name, p := range poison {
		start := time.Now()
		steps := 1 << 18
		if name == "clique of 10" {
			steps = canon.UsualSteps
		}
		form, err := canonize(p.text, canon.Options{Steps: steps})
		took := time.Since(start)
		t.Logf("%s: %d bytes, %v, %v", name, len(form.Text), err, took.Round(time.Millisecond))
		if p.ends && err != nil || !p.ends && !errors.Is(err, canon.ErrLimit) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The limit is one of steps, and the work ends with its context.
func TestLimit(t *testing.T) {
	t.Parallel()
	text := poison["clique of 5"].text
	if _, err := canonize(text, canon.Options{Steps: 10}); !errors.Is(err, canon.ErrLimit) ||
		err.Error() != "blank nodes are too much alike to be told apart: 5 of them in 20 quads, given up after 8 steps" {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var d canon.Dataset
	if err := add(&d, poison["clique of 100"].text); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Canonize(ctx, canon.Options{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
