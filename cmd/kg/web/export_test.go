package web

import "github.com/cayleygraph/quad"

// For tests of what pages are made of.
var (
	Shortest = shortest
	Accepts  = accepts
	Cut      = cut
	ErrFar   = errFar
)

type (
	Reach     = reach
	ClaimLine = claimLine
)

// NewReach bounds a search for a test.
func NewReach(hops, seen, paths int) Reach { return reach{hops, seen, paths} }

// To is where a step leads.
func (s step) To() quad.IRI { return s.to }
