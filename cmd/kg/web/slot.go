package web

import (
	"context"
	"math"
	"net/http"
	"sync"
	"time"
)

// takeSlot takes a slot for a request, and waits for one for at most Limits.Wait.
func (s *Server) takeSlot(w http.ResponseWriter, r *http.Request, as holder) error {
	ctx, cancel := context.WithTimeout(r.Context(), s.limits.Wait)
	defer cancel()
	if s.slots.await(ctx, as, s.limits.Waiting) == nil {
		return nil
	}
	w.Header().Set("Retry-After", "1")
	return refuse(http.StatusTooManyRequests, "the server is busy: it answers %d requests at a time, of them at most %d of the API; try again in a second",
		s.slots.most, s.slots.long())
}

// slow is how long sending may take before the slot is given to others.
const slow = 50 * time.Millisecond

// slotWriter writes the answer to a request that has a slot. While a client is slow to
// read, the slot is given to others.
type slotWriter struct {
	http.ResponseWriter
	s   *Server
	ctx context.Context
	as  holder

	mu    sync.Mutex
	holds bool
}

// leave returns the slot, if it is held.
func (w *slotWriter) leave() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.holds {
		w.s.slots.leave(w.as)
		w.holds = false
	}
}

// enter takes a slot again before more is computed for a client that was slow.
func (w *slotWriter) enter() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.holds {
		return nil
	}
	if err := w.s.slots.await(w.ctx, w.as, math.MaxInt); err != nil {
		return err
	}
	w.holds = true
	return nil
}

func (w *slotWriter) Write(b []byte) (int, error) {
	if err := w.enter(); err != nil {
		return 0, err
	}
	return w.s.patiently(w.ResponseWriter, b, w.leave)
}

// patiently writes to a client that may be slow. The bytes buffered for all slow clients
// are bounded; late is called when this client turns out to be slow.
func (s *Server) patiently(w http.ResponseWriter, b []byte, late func()) (int, error) {
	size := int64(len(b))
	done := make(chan struct{})
	timer := time.AfterFunc(slow, func() {
		defer close(done)
		if s.patient.Add(size) > s.limits.Patient {
			// The bound for slow clients is exceeded: this one is cut off.
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

// Unwrap returns the underlying writer, for http.ResponseController.
func (w *slotWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
