package web

import (
	"slices"
	"sync"

	"github.com/cayleygraph/quad"
)

// claimOrder keeps the order of the claims of a few sources: what comes before and
// after a claim is known by all claims of its source.
type claimOrder struct {
	mu      sync.Mutex
	version string
	of      map[quad.IRI][]quad.IRI
	claims  int
}

// mostOrdered is how many claims are kept in their order: some 100 bytes each.
const mostOrdered = 100_000

// orderOf are the claims of a source in the order of its text.
func (s *Server) orderOf(a *asked, source quad.IRI) ([]quad.IRI, error) {
	o, version := &s.order, s.Version()
	o.mu.Lock()
	list, known := o.of[source]
	known = known && o.version == version
	o.mu.Unlock()
	if known {
		return list, nil
	}
	claims, err := a.SourceClaims(a.ctx, source)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(claims, compareClaims)
	list = make([]quad.IRI, len(claims))
	for i, c := range claims {
		list[i] = c.IRI
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.of == nil || o.version != version || o.claims+len(list) > mostOrdered {
		o.of, o.version, o.claims = map[quad.IRI][]quad.IRI{}, version, 0
	}
	if len(list) <= mostOrdered {
		o.of[source] = list
		o.claims += len(list)
	}
	return list, nil
}

// beside are the claims before and after one in its source, with its number from 1;
// empty at the ends.
func (s *Server) beside(a *asked, source, claim quad.IRI) (before, after term, at, all int, err error) {
	list, err := s.orderOf(a, source)
	if err != nil {
		return before, after, 0, 0, err
	}
	at = slices.Index(list, claim)
	if at > 0 {
		before, err = a.term(list[at-1])
	}
	if err == nil && at >= 0 && at < len(list)-1 {
		after, err = a.term(list[at+1])
	}
	return before, after, at + 1, len(list), err
}
