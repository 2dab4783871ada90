package document

import (
	"iter"
	"runtime"
	"sync"

	"kg/internal/strict"
)

// checkClaims checks the claims and stores their quads: as many batches at once as there
// are processors, with the results in file order.
func (c *checker) checkClaims() {
	c.marks.begin()
	type checked struct {
		tape tape
		r    *strict.Report
	}
	var all []*checked
	var running sync.WaitGroup
	idle := make(chan *checker, runtime.GOMAXPROCS(0))
	for range cap(idle) {
		idle <- nil
	}
	for batch := range c.doc.batches() {
		one := &checked{r: c.r.Part()}
		all = append(all, one)
		w := <-idle
		if w == nil {
			w = c.another()
		}
		running.Go(func() {
			one.tape = w.batch(batch(one.r), one.r)
			idle <- w
		})
	}
	running.Wait()
	for _, one := range all {
		c.tape.join(&one.tape)
		c.r.Join(one.r)
	}
}

// another is a checker of some claims, with memory of its own.
func (c *checker) another() *checker {
	w := *c
	w.seen, w.nodes = map[edgeKey]bool{}, map[edgeKey]int{}
	if c.r.Problems() == 0 {
		w.taper = newTaper()
	}
	return &w
}

func (c *checker) batch(claims iter.Seq[*Claim], r *strict.Report) tape {
	c.r = r
	for cl := range claims {
		if c.doc.Once != nil {
			cl.long = len(cl.Edges)
			c.slug("claim id", cl.ID)
		}
		c.claim(cl)
	}
	if c.taper == nil {
		return tape{}
	}
	return c.taper.cut()
}
