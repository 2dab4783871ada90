package web

import (
	"context"
	"math"
	"net/http"
	"sync"
	"time"
)

// place takes one of the places of those who ask, and waits a little for it.
func (s *Server) place(w http.ResponseWriter, r *http.Request, as holder) error {
	ctx, cancel := context.WithTimeout(r.Context(), s.limits.Wait)
	defer cancel()
	if s.places.await(ctx, as, s.limits.Waiting) == nil {
		return nil
	}
	w.Header().Set("Retry-After", "1")
	return refuse(http.StatusTooManyRequests, "the server is busy: it answers %d requests at a time, of them at most %d of the API; try again in a second",
		s.places.most, s.places.long())
}

// slow is how long sending may take before the place is given to others.
const slow = 50 * time.Millisecond

// placed is the answer to a request that has a place. While a client is slow to
// take what is sent, others have the place.
type placed struct {
	http.ResponseWriter
	s   *Server
	ctx context.Context
	as  holder

	mu    sync.Mutex
	holds bool
}

// leave gives the place back, if it is held.
func (p *placed) leave() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.holds {
		p.s.places.leave(p.as)
		p.holds = false
	}
}

// enter takes a place again before more is made for a client that was slow.
func (p *placed) enter() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.holds {
		return nil
	}
	if err := p.s.places.await(p.ctx, p.as, math.MaxInt); err != nil {
		return err
	}
	p.holds = true
	return nil
}

func (p *placed) Write(b []byte) (int, error) {
	if err := p.enter(); err != nil {
		return 0, err
	}
	return p.s.patiently(p.ResponseWriter, b, p.leave)
}

// patiently writes to a client that may be slow: what is kept for all of those is
// bounded, and late is called once it is one of them.
func (s *Server) patiently(w http.ResponseWriter, b []byte, late func()) (int, error) {
	size := int64(len(b))
	done := make(chan struct{})
	timer := time.AfterFunc(slow, func() {
		defer close(done)
		if s.patient.Add(size) > s.limits.Patient {
			// Too much is kept for slow clients: this one is cut off.
			_ = http.NewResponseController(w).SetWriteDeadline(time.Now())
		}
		late()
	})
	n, err := w.Write(b)
	if !timer.Stop() {
		<-done
		s.patient.Add(-size)
	}
	return n, err
}

// Unwrap lets http.ResponseController reach what is beneath.
func (p *placed) Unwrap() http.ResponseWriter { return p.ResponseWriter }
