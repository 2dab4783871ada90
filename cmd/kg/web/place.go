package web

import (
	"context"
	"net/http"
	"sync"
	"time"

	"kg/graph"
)

// place takes one of the places of those who ask, and waits a little for it.
func (s *Server) place(w http.ResponseWriter, r *http.Request) error {
	if s.enter() {
		return nil
	}
	busy := func() error {
		w.Header().Set("Retry-After", "1")
		return refuse(http.StatusTooManyRequests, "%d queries are running, as many as this server runs at once: try again in a second", len(s.asking))
	}
	select {
	case s.waiting <- struct{}{}:
		defer func() { <-s.waiting }()
	default:
		return busy()
	}
	ctx, cancel := context.WithTimeout(r.Context(), s.limits.Wait)
	defer cancel()
	for {
		select {
		case s.asking <- struct{}{}:
		case <-ctx.Done():
			return busy()
		}
		if s.roomy() {
			return nil
		}
		<-s.asking
		select {
		case <-time.After(20 * time.Millisecond):
		case <-ctx.Done():
			return busy()
		}
	}
}

// enter takes a place if one is free at once.
func (s *Server) enter() bool {
	select {
	case s.asking <- struct{}{}:
	default:
		return false
	}
	if s.roomy() {
		return true
	}
	<-s.asking
	return false
}

// roomy reports whether so many may ask: when memory is short there are half as
// many places, for what is running would have to end for what begins.
func (s *Server) roomy() bool {
	return len(s.asking) <= max(1, cap(s.asking)/2) || !graph.MemoryShort()
}

// slow is how long sending may take before the place is given to others.
const slow = 50 * time.Millisecond

// placed is the answer to a request that has a place. While a client is slow to
// take what is sent, others have the place.
type placed struct {
	http.ResponseWriter
	s   *Server
	ctx context.Context

	mu    sync.Mutex
	holds bool
}

// leave gives the place back, if it is held.
func (p *placed) leave() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.holds {
		<-p.s.asking
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
	select {
	case p.s.asking <- struct{}{}:
		p.holds = true
		return nil
	case <-p.ctx.Done():
		return p.ctx.Err()
	}
}

func (p *placed) Write(b []byte) (int, error) {
	if err := p.enter(); err != nil {
		return 0, err
	}
	size := int64(len(b))
	late := make(chan struct{})
	timer := time.AfterFunc(slow, func() {
		defer close(late)
		if p.s.patient.Add(size) > p.s.limits.Patient {
			// Too much is kept for slow clients: this one is cut off.
			_ = http.NewResponseController(p.ResponseWriter).SetWriteDeadline(time.Now())
		}
		p.leave()
	})
	n, err := p.ResponseWriter.Write(b)
	if !timer.Stop() {
		<-late
		p.s.patient.Add(-size)
	}
	return n, err
}

// Unwrap lets http.ResponseController reach what is beneath.
func (p *placed) Unwrap() http.ResponseWriter { return p.ResponseWriter }
