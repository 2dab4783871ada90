package web

import (
	"sync"

	"github.com/cayleygraph/quad"

	"kg/graph"
)

// claimOrder caches the order of the claims of sources: the neighbours of a claim, and a
// page of a list, need all claims of the source.
type claimOrder struct {
	mu      sync.Mutex
	version string
	of      map[quad.IRI]*graph.ClaimOrder
	claims  int
}

// mostOrdered is the maximum number of cached claims, of some four bytes each; sourceCost
// is the overhead of a source in claims.
const mostOrdered, sourceCost = 4_000_000, 50

// orderOf returns the claims of a source in the order of its text.
func (s *Server) orderOf(a *asked, source quad.IRI) (*graph.ClaimOrder, error) {
	o, version := &s.order, s.Version()
	o.mu.Lock()
	list := o.of[source]
	known := list != nil && o.version == version && list.Fits(a.View)
	o.mu.Unlock()
	if known {
		return list, nil
	}
	list, err := a.ClaimOrder(a.ctx, source)
	if err != nil {
		return nil, err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	cost := list.Len() + sourceCost
	if o.of == nil || o.version != version || o.claims+cost > mostOrdered {
		o.of, o.version, o.claims = map[quad.IRI]*graph.ClaimOrder{}, version, 0
	}
	if cost <= mostOrdered && o.of[source] == nil {
		o.claims += cost
	}
	if cost <= mostOrdered {
		o.of[source] = list
	}
	return list, nil
}

// linesOf describes the claims at the positions from..to of an order.
func (a *asked) linesOf(order *graph.ClaimOrder, from, to int) (lines []claimLine, err error) {
	list, err := order.Part(a.View, from, to)
	if err != nil {
		return nil, err
	}
	for _, iri := range list {
		c, err := a.Claim(a.ctx, iri)
		if err != nil {
			return nil, err
		}
		if c == nil {
			continue
		}
		line, err := a.line(c)
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// beside returns the claims before and after one in its source, empty at the ends, and
// its number from 1.
func (s *Server) beside(a *asked, source, claim quad.IRI) (before, after term, at, all int, err error) {
	order, err := s.orderOf(a, source)
	if err != nil {
		return before, after, 0, 0, err
	}
	if at, err = order.Index(a.View, claim); err != nil || at < 0 {
		return before, after, 0, order.Len(), err
	}
	for _, one := range []struct {
		at int
		to *term
	}{{at - 1, &before}, {at + 1, &after}} {
		list, err := order.Part(a.View, one.at, one.at+1)
		if err != nil {
			return before, after, 0, 0, err
		}
		for _, iri := range list {
			if *one.to, err = a.term(iri); err != nil {
				return before, after, 0, 0, err
			}
		}
	}
	return before, after, at + 1, order.Len(), nil
}
