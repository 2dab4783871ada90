package main

import (
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

// minBatch is how long a question is asked between two readings of the clock, so that
// these do not count.
const minBatch = time.Millisecond

// repeat asks once to warm up, then for about a time and at least three times,
// and gives the median. It fails if the rows are not the same each time.
func repeat(about time.Duration, ask func() (int, error)) (done, error) {
	want, err := ask()
	if err != nil {
		return done{}, err
	}
	batch := func(n int) (time.Duration, error) {
		start := time.Now()
		for range n {
			rows, err := ask()
			if err != nil {
				return 0, err
			}
			if rows != want {
				return 0, fmt.Errorf("%d rows, and then %d for the same question", want, rows)
			}
		}
		return time.Since(start), nil
	}
	n := 1
	var took time.Duration
	for ; ; n *= 2 {
		if took, err = batch(n); err != nil {
			return done{}, err
		}
		if took >= minBatch {
			break
		}
	}
	samples := []float64{float64(took) / float64(n)}
	for all := took; len(samples) < 3 || all < about; all += took {
		if took, err = batch(n); err != nil {
			return done{}, err
		}
		samples = append(samples, float64(took)/float64(n))
	}
	return done{Nanos: median(samples), Rows: want}, nil
}

// median gives the middle of the samples, which it sorts, between two the mean
// of them; of none it is 0.
func median(samples []float64) float64 {
	if len(samples) == 0 {
		return 0
	}
	slices.Sort(samples)
	n := len(samples)
	return (samples[(n-1)/2] + samples[n/2]) / 2
}

// addMany adds n new quads one by one, numbered after from, each durable
// before its writer's next.
func addMany(e adder, from, n, writers int) error {
	var next atomic.Int64
	var g errgroup.Group
	for range writers {
		g.Go(func() error {
			for {
				i := int(next.Add(1))
				if i > n {
					return nil
				}
				s := iri(fmt.Sprintf("added-by-%d", writers), from+i)
				if err := e.Add(s, property("knows"), iri("person", i), iri("article", 0)); err != nil {
					return err
				}
			}
		})
	}
	return g.Wait()
}
