package web

import (
	"context"
	"errors"
	"net/http"
	"net/netip"
	"slices"
	"sync"
	"time"

	"kg/internal/js"
)

// places are those of the requests that ask at once, and those that wait for
// one: the address with the fewest places goes first, and of equal ones who came
// first. Requests whose length the client chooses (Long) have half of the places at
// most, so that those never keep out the others. No address has all that its class
// may have, nor more than half of those that may wait, but this machine: that may be
// a proxy, behind which all have one address. When memory is short each class has
// half as many, for what is running would have to end for what begins.
type places struct {
	most int

	mu    sync.Mutex
	held  map[Class]int
	by    map[holder]int
	queue []*waiter
}

// holder is who has a place: a class of requests from one address.
type holder struct {
	class Class
	from  netip.Prefix // zero for this machine
}

// waiter waits until in is closed.
type waiter struct {
	as holder
	in chan struct{}
}

var errBusy = errors.New("no place is free")

func newPlaces(most int) *places {
	return &places{most: most, held: map[Class]int{}, by: map[holder]int{}}
}

// holderOf is who sends a request. One client has as many addresses of IPv6 as
// it likes, with the same first 64 bits.
func holderOf(r *http.Request, c Class) holder {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	addr := at.Addr().Unmap()
	if err != nil || addr.IsLoopback() {
		return holder{class: c}
	}
	bits := addr.BitLen()
	if addr.Is6() {
		bits = 64
	}
	from, err := addr.WithZone("").Prefix(bits)
	if err != nil {
		return holder{class: c}
	}
	return holder{c, from}
}

// long is how many of the places the class Long may have.
func (p *places) long() int { return max(1, p.most/2) }

// running is how many places are taken.
func (p *places) running() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.held[Ask] + p.held[Long]
}

// free reports whether somebody may take a place now. The caller holds mu.
func (p *places) free(as holder) bool {
	if p.held[Ask]+p.held[Long] >= p.most {
		return false
	}
	most, few := p.most, max(1, (p.most-p.long())/2)
	if as.class == Long {
		most, few = p.long(), max(1, p.long()/2)
	}
	if as.from.IsValid() && p.by[as] >= max(1, most-1) {
		return false
	}
	return p.held[as.class] < few || p.held[as.class] < most && !js.Short()
}

// enter takes a place. The caller holds mu.
func (p *places) enter(as holder) {
	p.held[as.class]++
	p.by[as]++
}

// leave gives a place back.
func (p *places) leave(as holder) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.held[as.class]--
	if p.by[as]--; p.by[as] == 0 {
		delete(p.by, as)
	}
	p.serve()
}

// serve gives those who wait the places that are free for them. The caller
// holds mu.
func (p *places) serve() {
	for p.held[Ask]+p.held[Long] < p.most {
		next := -1
		for i, w := range p.queue {
			if (next < 0 || p.by[w.as] < p.by[p.queue[next].as]) && p.free(w.as) {
				next = i
			}
		}
		if next < 0 {
			return
		}
		w := p.queue[next]
		p.queue = slices.Delete(p.queue, next, next+1)
		p.enter(w.as)
		close(w.in)
	}
}

// await takes a place, for which it waits until ctx is done, if fewer than most
// of its class are waiting.
func (p *places) await(ctx context.Context, as holder, most int) error {
	p.mu.Lock()
	p.serve() // memory may not be short any more, and who waits goes first
	if p.free(as) {
		p.enter(as)
		p.mu.Unlock()
		return nil
	}
	if of, from := p.waiting(as); of >= most || as.from.IsValid() && from >= max(1, most/2) {
		p.mu.Unlock()
		return errBusy
	}
	w := &waiter{as, make(chan struct{})}
	p.queue = append(p.queue, w)
	p.mu.Unlock()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for {
		select {
		case <-w.in:
			return nil
		case <-again.C:
			p.mu.Lock()
			if len(p.queue) > 0 && p.queue[0] == w { // the first looks for all
				p.serve()
			}
			p.mu.Unlock()
		case <-ctx.Done():
			return p.giveUp(w, ctx.Err())
		}
	}
}

// giveUp ends a wait, unless the place came meanwhile.
func (p *places) giveUp(w *waiter, err error) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	i := slices.Index(p.queue, w)
	if i < 0 {
		return nil
	}
	p.queue = slices.Delete(p.queue, i, i+1)
	return err
}

// waiting is how many of a class wait, and how many of those from one address. The
// caller holds mu.
func (p *places) waiting(as holder) (of, from int) {
	for _, w := range p.queue {
		if w.as.class == as.class {
			of++
		}
		if w.as == as {
			from++
		}
	}
	return of, from
}
