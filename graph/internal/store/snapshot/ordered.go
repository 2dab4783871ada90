package snapshot

import (
	"context"
	"sync"
	"sync/atomic"
)

// ordered calls work for 0 to n-1 on several goroutines and use, on the
// caller's, with each result in order. No more than a few results wait. The
// first error, or the end of ctx, ends it; when it returns nothing runs any
// more.
func ordered[T any](ctx context.Context, workers, n int, work func(i int) (T, error), use func(T) error) error {
	type result struct {
		v   T
		err error
	}
	window := workers + 2
	ring := make([]chan result, window)
	tickets := make(chan struct{}, window)
	for i := range ring {
		ring[i] = make(chan result, 1)
		tickets <- struct{}{}
	}
	stop := make(chan struct{})
	var wg sync.WaitGroup
	defer wg.Wait()
	defer close(stop)
	var next atomic.Int64
	for range min(workers, n) {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				case <-tickets:
				}
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				v, err := work(i)
				ring[i%window] <- result{v, err}
			}
		})
	}
	for i := range n {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case r := <-ring[i%window]:
			if r.err != nil {
				return r.err
			}
			if err := use(r.v); err != nil {
				return err
			}
			tickets <- struct{}{}
		}
	}
	return ctx.Err()
}

// pool keeps values for another use.
type pool[T any] struct {
	mu   sync.Mutex
	free []T
}

// get returns a value put back, or the zero value.
func (p *pool[T]) get() (v T) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n := len(p.free); n > 0 {
		v = p.free[n-1]
		p.free = p.free[:n-1]
	}
	return v
}

func (p *pool[T]) put(v T) {
	p.mu.Lock()
	p.free = append(p.free, v)
	p.mu.Unlock()
}
