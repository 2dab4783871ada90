package web

import (
	"encoding/json"
	"net/http"

	"kg/graph"
	"kg/queries"
	"kg/schema"
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
	Href string
}

func (s *Server) start(w http.ResponseWriter, r *http.Request) error {
	x, err := s.index()
	if err != nil {
		return err
	}
	sources, err := s.allSources()
	if err != nil {
		return err
	}
	v := s.View(true)
	p := &startPage{Entities: len(x.byIRI) - len(x.ofKind[graph.LastPart(schema.SourceClass)]), Writable: s.authentic(bearer(r))}
	for _, c := range sources {
		p.Claims += c.Claims
		p.Sources = append(p.Sources, sourceLine{c, pageOf("source", v.Base.Short(c.IRI))})
	}
	for _, name := range s.Queries.Names() {
		p.Queries = append(p.Queries, s.Queries[name])
	}
	for _, m := range s.Mounts {
		if m.Says != "" {
			p.Mounts = append(p.Mounts, m)
		}
	}
	return s.render(w, r, "start", "kg", p)
}

// mostFound is how many names a search shows; mostSuggested how many appear as
// one types.
const mostFound, mostSuggested = 100, 12

type searchPage struct {
	Typed string
	Found []foundLine
	All   int
}

type foundLine struct {
	Name, Called, Kind, Href, ID string
}

func (s *Server) lookFor(typed string, limit int) (*searchPage, error) {
	x, err := s.index()
	if err != nil {
		return nil, err
	}
	a := &asked{View: s.View(true), index: x}
	found, all := x.find(typed, limit)
	p := &searchPage{Typed: typed, All: all}
	for _, e := range found {
		p.Found = append(p.Found, foundLine{e.Name, e.Called, e.Kind, a.href(e.IRI), a.Base.Short(e.IRI)})
	}
	return p, nil
}

func (s *Server) search(w http.ResponseWriter, r *http.Request) error {
	p, err := s.lookFor(r.FormValue("q"), mostFound)
	if err != nil {
		return err
	}
	return s.render(w, r, "search", "Search: "+p.Typed, p)
}

// suggest is search for the script of the pages.
func (s *Server) suggest(w http.ResponseWriter, r *http.Request) error {
	p, err := s.lookFor(r.FormValue("q"), mostSuggested)
	if err != nil {
		return err
	}
	type suggestion struct {
		Name string `json:"name"`
		Kind string `json:"kind"`
		Href string `json:"href"`
		ID   string `json:"id"`
	}
	list := []suggestion{}
	for _, f := range p.Found {
		list = append(list, suggestion{f.Name, kindWords(f.Kind), f.Href, f.ID})
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	return json.NewEncoder(w).Encode(map[string]any{"found": list, "all": p.All})
}
