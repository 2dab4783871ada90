package web

import (
	"context"
	"net/http"

	"kg/queries"
)

type startPage struct {
	Sources  []sourceLine
	Queries  []*queries.Query
	Entities int
	Claims   int
	Writable bool
	Mounts   []Mount
}

type sourceLine struct {
	sourceCount
	Publisher term
	Href      string
}

func (s *Server) start(w http.ResponseWriter, r *http.Request) error {
	a, err := s.asked(r, true)
	if err != nil {
		return err
	}
	sources, err := s.allSources()
	if err != nil {
		return err
	}
	p := &startPage{Writable: s.authentic(bearer(r))}
	if p.Entities, err = a.View.Entities(r.Context()); err != nil {
		return err
	}
	for _, c := range sources {
		p.Claims += c.Claims
		publisher, err := a.termIn(c.Publisher, c.IRI)
		if err != nil {
			return err
		}
		p.Sources = append(p.Sources, sourceLine{c, publisher, pageOf("source", a.Base.Short(c.IRI))})
	}
	offered, err := s.offers()
	if err != nil {
		return err
	}
	for _, name := range offered {
		p.Queries = append(p.Queries, s.Queries[name])
	}
	for _, m := range s.Mounts {
		if m.Says != "" {
			p.Mounts = append(p.Mounts, m)
		}
	}
	return s.render(w, r, "start", "kg", p)
}

// offers names the questions that the graph has an answer to.
func (s *Server) offers() ([]string, error) {
	return s.offered.get(s.Version(), func(ctx context.Context) ([]string, error) {
		a, err := s.look(ctx, false)
		if err != nil {
			return nil, err
		}
		return s.Queries.Offered(ctx, a.View)
	})
}
