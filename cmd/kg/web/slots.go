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

// slots limit the requests that query the graph at the same time, and queue the others.
// The address with the fewest slots goes first, then the one that came first. Requests
// whose length the client chooses (Long) have half of the slots at most, so that they
// never keep out the others. No address has all slots that its class may have, nor more
// than half of its queue, except for this machine: it may be a proxy, behind which all
// clients have one address. When memory is short each class has half as many slots, since
// a new request would end a running one.
type slots struct {
	most int

	mu    sync.Mutex
	held  map[Class]int
	by    map[holder]int
	queue []*waiter
}

// holder holds slots: the requests of one class from one address.
type holder struct {
	class Class
	from  netip.Prefix // zero for this machine
}

// waiter waits until in is closed.
type waiter struct {
	as holder
	in chan struct{}
}

var errBusy = errors.New("no slot is free")

func newSlots(most int) *slots {
	return &slots{most: most, held: map[Class]int{}, by: map[holder]int{}}
}

// holderOf returns the holder of a request. A client can use any IPv6 address with the
// same first 64 bits, so these are the address.
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

// long returns the number of slots that the class Long may have.
func (s *slots) long() int { return max(1, s.most/2) }

// running returns the number of slots taken.
func (s *slots) running() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.held[Ask] + s.held[Long]
}

// free reports whether a holder may take a slot now. The caller holds mu.
func (s *slots) free(as holder) bool {
	if s.held[Ask]+s.held[Long] >= s.most {
		return false
	}
	most, few := s.most, max(1, (s.most-s.long())/2)
	if as.class == Long {
		most, few = s.long(), max(1, s.long()/2)
	}
	if as.from.IsValid() && s.by[as] >= max(1, most-1) {
		return false
	}
	return s.held[as.class] < few || s.held[as.class] < most && !js.Short()
}

// enter takes a slot. The caller holds mu.
func (s *slots) enter(as holder) {
	s.held[as.class]++
	s.by[as]++
}

// leave returns a slot.
func (s *slots) leave(as holder) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.held[as.class]--
	if s.by[as]--; s.by[as] == 0 {
		delete(s.by, as)
	}
	s.serve()
}

// serve gives free slots to waiters. The caller holds mu.
func (s *slots) serve() {
	for s.held[Ask]+s.held[Long] < s.most {
		next := -1
		for i, w := range s.queue {
			if (next < 0 || s.by[w.as] < s.by[s.queue[next].as]) && s.free(w.as) {
				next = i
			}
		}
		if next < 0 {
			return
		}
		w := s.queue[next]
		s.queue = slices.Delete(s.queue, next, next+1)
		s.enter(w.as)
		close(w.in)
	}
}

// await takes a slot, and waits for one until ctx is done. It returns errBusy at once if
// most requests of the class are waiting already.
func (s *slots) await(ctx context.Context, as holder, most int) error {
	s.mu.Lock()
	s.serve() // memory may not be short any more, and waiters go first
	if s.free(as) {
		s.enter(as)
		s.mu.Unlock()
		return nil
	}
	if of, from := s.waiting(as); of >= most || as.from.IsValid() && from >= max(1, most/2) {
		s.mu.Unlock()
		return errBusy
	}
	w := &waiter{as, make(chan struct{})}
	s.queue = append(s.queue, w)
	s.mu.Unlock()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for {
		select {
		case <-w.in:
			return nil
		case <-again.C:
			s.mu.Lock()
			if len(s.queue) > 0 && s.queue[0] == w { // the first waiter checks for all
				s.serve()
			}
			s.mu.Unlock()
		case <-ctx.Done():
			return s.giveUp(w, ctx.Err())
		}
	}
}

// giveUp ends a wait, unless the slot was given meanwhile.
func (s *slots) giveUp(w *waiter, err error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.Index(s.queue, w)
	if i < 0 {
		return nil
	}
	s.queue = slices.Delete(s.queue, i, i+1)
	return err
}

// waiting returns the number of waiters of a class, and of those from one address. The
// caller holds mu.
func (s *slots) waiting(as holder) (of, from int) {
	for _, w := range s.queue {
		if w.as.class == as.class {
			of++
		}
		if w.as == as {
			from++
		}
	}
	return of, from
}
