package web

import (
	"context"
	"slices"
	"sync"
	"time"

	"kg/queries"
)

// offers are the questions that the graph has an answer to. They are tried in the
// background: finding that there is no answer can read the whole graph.
type offers struct {
	mu      sync.Mutex
	version string
	names   []string      // all that may have one
	sure    bool          // they have
	trying  chan struct{} // closed when that is known; nil if nobody tries
}

// brieflyTried bounds the first try of each question.
const brieflyTried = 10 * time.Millisecond

// offers returns the names of the questions that the graph has an answer to. A page waits
// a little for them, and is not cached if some are untried.
func (s *Server) offers(ctx context.Context) []string {
	version, o := s.Version(), &s.offered
	o.mu.Lock()
	if o.version != version {
		o.version, o.names, o.sure = version, s.Queries.Names(), false
	}
	if o.sure {
		defer o.mu.Unlock()
		return o.names
	}
	if o.trying == nil {
		o.trying = make(chan struct{})
		go s.tryOffers(version)
	}
	tried := o.trying
	o.mu.Unlock()
	timer := time.NewTimer(s.limits.Beside)
	defer timer.Stop()
	select {
	case <-tried:
	case <-timer.C:
	case <-ctx.Done():
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.version != version || !o.sure {
		unkept(ctx)
	}
	return o.names
}

// tryOffers tries the questions while the graph has this version.
func (s *Server) tryOffers(version string) {
	ctx, cancel := context.WithTimeout(context.Background(), mostHashing)
	defer cancel()
	o := &s.offered
	err := faultless(func() error { return s.tryEach(ctx, version) })
	if err != nil {
		s.log.Error("trying which questions have an answer", "error", err.Error())
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	close(o.trying)
	o.trying = nil
}

func (s *Server) tryEach(ctx context.Context, version string) error {
	a, err := s.look(ctx, false)
	if err != nil {
		return err
	}
	names, unsure, err := s.Queries.Offered(ctx, a.View, brieflyTried)
	if err != nil {
		return err
	}
	s.offered.set(version, names, len(unsure) == 0)
	for i, name := range unsure {
		if s.Version() != version {
			return nil
		}
		has, _, err := queries.Set{name: s.Queries[name]}.Offered(ctx, a.View, s.limits.Trying)
		if err != nil {
			return err
		}
		if len(has) == 0 {
			names = slices.DeleteFunc(slices.Clone(names), func(other string) bool { return other == name })
		}
		s.offered.set(version, names, i == len(unsure)-1)
	}
	return nil
}

// set records the result for a version of the graph.
func (o *offers) set(version string, names []string, sure bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.version == version {
		o.names, o.sure = names, sure
	}
}
