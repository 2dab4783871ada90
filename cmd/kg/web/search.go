package web

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"kg/graph"
)

// mostFound is the maximum number of results of a search, mostSuggested that of
// suggestions while typing.
const mostFound, mostSuggested = 100, 12

type searchPage struct {
	Typed string
	Found []foundLine
	All   int
	Near  []foundLine // what can be meant, when nothing is found
}

type foundLine struct {
	Name, Called, Kind, Href, ID string
	Words                        string // the words of a passage, or the note of a claim
}

// lookFor searches for the request's q.
func (s *Server) lookFor(r *http.Request, o graph.FindOptions) (*asked, *searchPage, error) {
	a, err := s.asked(r, true)
	if err != nil {
		return nil, nil, err
	}
	p := &searchPage{Typed: r.FormValue("q")}
	if strings.TrimSpace(p.Typed) == "" {
		return a, p, nil
	}
	if o.Texts && s.Text != "" {
		o.Passage = func(_ context.Context, c *graph.Claim) (string, error) {
			found, err := s.passage(a, c)
			return found.Words, err
		}
	}
	found, all, err := a.FindAll(a.ctx, p.Typed, o)
	p.Found, p.All = a.lines(found), all
	return a, p, err
}

// lines returns the entries of results. An entity found by another name is listed under
// that name.
func (a *asked) lines(found []graph.Found) (lines []foundLine) {
	for _, f := range found {
		l := foundLine{Name: f.Name, Kind: f.Kind, Href: a.href(f.IRI), ID: a.Base.Short(f.IRI)}
		switch {
		case f.Matched == f.Name || f.ByKind:
		case f.OfClaim:
			l.Words = f.Matched
		default:
			l.Name, l.Called = f.Matched, f.Name
		}
		lines = append(lines, l)
	}
	return lines
}

func (s *Server) search(w http.ResponseWriter, r *http.Request) error {
	a, p, err := s.lookFor(r, graph.FindOptions{Texts: true, Limit: mostFound})
	if err != nil {
		return err
	}
	if p.Typed != "" && p.All == 0 {
		near, err := a.Nearest(a.ctx, p.Typed)
		if err != nil {
			return err
		}
		p.Near = a.lines(near)
	}
	return s.render(w, r, "search", "Search: "+p.Typed, p)
}

// suggest searches names for the script of the pages; for a form it suggests entities
// only.
func (s *Server) suggest(w http.ResponseWriter, r *http.Request) error {
	o := graph.FindOptions{Terms: true, Limit: mostSuggested}
	if r.FormValue("for") == "pick" {
		o.Terms, o.Kind = false, r.FormValue("kind")
	}
	_, p, err := s.lookFor(r, o)
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
	body, err := json.Marshal(map[string]any{"found": list, "all": p.All})
	if err != nil {
		return err
	}
	return Send(w, r, http.StatusOK, append(body, '\n'))
}
