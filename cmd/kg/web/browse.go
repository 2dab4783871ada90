package web

import (
	"context"
	"net/http"
	"slices"

	"kg/graph"
)

// browsePage has the counts of all lists, and one list.
type browsePage struct {
	List    string // what it lists: kinds, entities, speakers, sources or claims
	Lists   []listLink
	Kinds   []countLine
	Lines   []countLine
	Sources []sourceLine
	Claims  []claimLine
	Titles  map[string]term // of the claims' sources, by the claims' ids
	Pager   pager
}

// listLink is a link to a list.
type listLink struct {
	Name, Href string
	N          int
	Here       bool
}

// countLine is an entry of a list with a count.
type countLine struct {
	term
	N int
}

// browse shows one list, page by page.
func (s *Server) browse(w http.ResponseWriter, r *http.Request) error {
	if err := only(r, pageParam, limitParam); err != nil {
		return err
	}
	a, err := s.asked(r, true)
	if err != nil {
		return err
	}
	limit, err := s.limit(r, limitParam)
	if err != nil {
		return err
	}
	p := &browsePage{List: r.PathValue("list")}
	if err := s.fillLists(a, p); err != nil {
		return err
	}
	fill, ok := map[string]func(*asked, *http.Request, *browsePage, int) error{
		"kinds": s.allKinds, "entities": s.allEntities, "speakers": s.allSpeakers, "sources": s.someSources, "claims": s.allClaims,
	}[p.List]
	if !ok {
		return errNoPage
	}
	if err := fill(a, r, p, limit); err != nil {
		return err
	}
	return s.render(w, r, "browse", "All "+p.List, p)
}

// fillLists counts the entries of each list, and chooses the first non-empty one if the
// address names none.
func (s *Server) fillLists(a *asked, p *browsePage) error {
	counts, err := s.kinds()
	if err != nil {
		return err
	}
	speakers, err := s.speakers()
	if err != nil {
		return err
	}
	sources, err := s.allSources()
	if err != nil {
		return err
	}
	claims := 0
	for _, c := range sources {
		claims += c.Claims
	}
	lists := []listLink{{Name: "kinds", N: len(counts.kinds)}, {Name: "entities", N: counts.entities}, {Name: "speakers", N: len(speakers)},
		{Name: "sources", N: len(sources)}, {Name: "claims", N: claims}}
	if p.List == "" {
		first := slices.IndexFunc(lists, func(l listLink) bool { return l.N > 0 })
		p.List = lists[max(0, first)].Name
	}
	for _, l := range lists {
		l.Href, l.Here = "/browse/"+l.Name, l.Name == p.List
		p.Lists = append(p.Lists, l)
	}
	return nil
}

// counted fills in the requested page of a list of counts.
func (a *asked) counted(r *http.Request, p *browsePage, all []graph.Count, limit int) (err error) {
	if p.Pager, err = partOf(r, len(all), limit); err != nil {
		return err
	}
	for _, c := range all[max(0, p.Pager.From-1):p.Pager.To] {
		t, err := a.term(c.Value)
		if err != nil {
			return err
		}
		p.Lines = append(p.Lines, countLine{t, c.N})
	}
	return nil
}

func (s *Server) allKinds(a *asked, r *http.Request, p *browsePage, limit int) error {
	all, err := s.kinds()
	if err != nil {
		return err
	}
	return a.counted(r, p, all.kinds, limit)
}

func (s *Server) allSpeakers(a *asked, r *http.Request, p *browsePage, limit int) error {
	all, err := s.speakers()
	if err != nil {
		return err
	}
	return a.counted(r, p, all, limit)
}

// allEntities lists the entities in the order of their names.
func (s *Server) allEntities(a *asked, r *http.Request, p *browsePage, limit int) (err error) {
	var terms []term
	p.Pager, terms, err = a.pageOfKind(r, "", limit)
	for _, t := range terms {
		p.Lines = append(p.Lines, countLine{term: t})
	}
	return err
}

func (s *Server) someSources(a *asked, r *http.Request, p *browsePage, limit int) error {
	all, err := s.allSources()
	if err != nil {
		return err
	}
	if p.Pager, err = partOf(r, len(all), limit); err != nil {
		return err
	}
	p.Sources, err = a.sourceLines(all[max(0, p.Pager.From-1):p.Pager.To])
	return err
}

// allClaims lists the claims by source, the newest first, in the order of the texts. Only
// the sources on the requested page are read.
func (s *Server) allClaims(a *asked, r *http.Request, p *browsePage, limit int) error {
	sources, err := s.allSources()
	if err != nil {
		return err
	}
	all := 0
	for _, c := range sources {
		all += c.Claims
	}
	if p.Pager, err = partOf(r, all, limit); err != nil {
		return err
	}
	p.Titles = map[string]term{}
	at := 0 // claims of the sources before
	for _, c := range sources {
		from, to := max(0, p.Pager.From-1-at), min(c.Claims, p.Pager.To-at)
		at += c.Claims
		if from >= to {
			continue
		}
		order, err := s.orderOf(a, c.IRI)
		if err != nil {
			return err
		}
		lines, err := a.linesOf(order, from, to)
		if err != nil {
			return err
		}
		for _, line := range lines {
			if p.Titles[line.Claim.Title], err = a.term(c.IRI); err != nil {
				return err
			}
		}
		p.Claims = append(p.Claims, lines...)
	}
	return nil
}

// kindCounts are the kinds with their numbers of entities, and the total.
type kindCounts struct {
	kinds    []graph.Count
	entities int
}

// kinds counts the entities, once per version of the graph.
func (s *Server) kinds() (kindCounts, error) {
	return s.kindCounts.get(s.Version(), func(ctx context.Context) (c kindCounts, err error) {
		a, err := s.look(ctx, true)
		if err != nil {
			return c, err
		}
		if c.kinds, err = a.KindCounts(ctx); err != nil {
			return c, err
		}
		c.entities, err = a.View.Entities(ctx)
		return c, err
	})
}

// speakers counts the claims of each speaker, once per version of the graph.
func (s *Server) speakers() ([]graph.Count, error) {
	return s.speakerCounts.get(s.Version(), func(ctx context.Context) ([]graph.Count, error) {
		a, err := s.look(ctx, true)
		if err != nil {
			return nil, err
		}
		return a.CountSpeakers(ctx)
	})
}
