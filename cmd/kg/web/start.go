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
	x := a.index
	p := &startPage{Entities: len(x.byIRI) - len(x.ofKind[graph.LastPart(schema.SourceClass)]), Writable: s.authentic(bearer(r))}
	for _, c := range sources {
		p.Claims += c.Claims
		publisher, err := a.termIn(c.Publisher, c.IRI)
		if err != nil {
			return err
		}
		p.Sources = append(p.Sources, sourceLine{c, publisher, pageOf("source", a.Base.Short(c.IRI))})
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

// lookFor finds what the request's q names; with terms also what the ontology's
// own are called.
func (s *Server) lookFor(r *http.Request, limit int, terms bool) (*searchPage, error) {
	a, err := s.asked(r, true)
	if err != nil {
		return nil, err
	}
	p := &searchPage{Typed: r.FormValue("q")}
	var found []entry
	found, p.All = a.index.find(p.Typed, limit, terms)
	for _, e := range found {
		called, err := a.name(&e)
		if err != nil {
			return nil, err
		}
		if called == e.Name {
			called = ""
		}
		p.Found = append(p.Found, foundLine{e.Name, called, e.Kind, a.href(e.IRI), a.Base.Short(e.IRI)})
	}
	return p, nil
}

func (s *Server) search(w http.ResponseWriter, r *http.Request) error {
	p, err := s.lookFor(r, mostFound, true)
	if err != nil {
		return err
	}
	return s.render(w, r, "search", "Search: "+p.Typed, p)
}

// suggest is search for the script of the pages: of entities alone to pick one
// for a form.
func (s *Server) suggest(w http.ResponseWriter, r *http.Request) error {
	p, err := s.lookFor(r, mostSuggested, r.FormValue("for") != "pick")
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
	w.Header().Set("Vary", vary)
	return json.NewEncoder(w).Encode(map[string]any{"found": list, "all": p.All})
}
