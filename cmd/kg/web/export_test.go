package web

import "time"

// For tests of what pages are made of.
var (
	Accepts = accepts
	Cut     = cut
)

const MostKept = mostKept

// KeptBytes is what the answers that are kept take.
func (s *Server) KeptBytes() uint64 {
	s.answers.cache.CleanUp()
	return s.answers.cache.WeightedSize()
}

// SetNow gives the server another clock, before it is asked.
func (s *Server) SetNow(now func() time.Time) { s.now = now }

// Waiting is how many requests wait for a place.
func (s *Server) Waiting() int {
	s.slots.mu.Lock()
	defer s.slots.mu.Unlock()
	return len(s.slots.queue)
}

// Patient is how many bytes slow clients make the server keep.
func (s *Server) Patient() int64 { return s.patient.Load() }

type (
	ClaimLine = claimLine
)
