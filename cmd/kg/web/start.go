package web

import (
	"net/http"

	"kg/queries"
)

type startPage struct {
	Sources    []sourceLine // the newest
	AllSources int
	Queries    []*queries.Query
	Entities   int
	Claims     int
	Writable   bool
	Mounts     []Mount
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
	counts, err := s.kinds()
	if err != nil {
		return err
	}
	p.Entities = counts.entities
	for _, c := range sources {
		p.Claims += c.Claims
	}
	p.AllSources = len(sources)
	if p.Sources, err = a.sourceLines(sources[:min(len(sources), mostListed)]); err != nil {
		return err
	}
	for _, name := range s.offers(r.Context()) {
		p.Queries = append(p.Queries, s.Queries[name])
	}
	for _, m := range s.Mounts {
		if m.Says != "" {
			p.Mounts = append(p.Mounts, m)
		}
	}
	return s.render(w, r, "start", "kg", p)
}

// mostListed is the maximum number of sources on the start page.
const mostListed = 20

// sourceLines returns the entries of sources in a list.
func (a *asked) sourceLines(sources []sourceCount) (list []sourceLine, err error) {
	for _, c := range sources {
		publisher, err := a.termIn(c.Publisher, c.IRI)
		if err != nil {
			return nil, err
		}
		list = append(list, sourceLine{c, publisher, pageOf("source", a.Base.Short(c.IRI))})
	}
	return list, nil
}
