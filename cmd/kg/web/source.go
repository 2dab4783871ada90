package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/schema"
)

// sourceCount is a source on the start page.
type sourceCount struct {
	IRI       quad.IRI
	Title     string
	Publisher quad.IRI
	Issued    string
	Claims    int
}

// sourcePage is the data of the page of a source.
type sourcePage struct {
	ID         string
	Because    string // why it is retracted
	Title      string
	Publisher  term
	publisher  quad.IRI
	Annotator  term
	ReadingOf  term   // the source of whose text it is another reading
	Readings   []term // the others of the text
	Beside     string // the address of the page that sets it beside the first of them
	Issued     string
	Language   string
	Address    string // only when it is one of the web
	SHA256     string
	Characters string
	Claims     []claimLine
	Pager      pager
	Speakers   int
	Text       []piece // the text with its passages marked; empty without a text
	NoText     string  // why there is none
	Differs    string  // what it is if it is not the one that the claims were taken from
	Formats    []format
	Cite       citation
}

func (s *Server) source(w http.ResponseWriter, r *http.Request) error {
	a, err := s.asked(r, true)
	if err != nil {
		return err
	}
	iri, elsewhere, err := a.find(r.FormValue("id"))
	if err != nil {
		return err
	}
	if page := a.href(iri); elsewhere || page != pageOf("source", a.Base.Short(iri)) {
		return redirect(w, r, page)
	}
	if done, err := s.graphFormats(w, r, a, iri, pageParam); done || err != nil {
		return err
	}
	limit, err := s.limit(r, limitParam)
	if err != nil {
		return err
	}
	p := &sourcePage{ID: a.Base.Short(iri), Because: a.because(iri), Formats: drawing{}.formats(formatsOf(r, formatParam, graphFormats))}
	if err := a.fillSource(p, iri); err != nil {
		return err
	}
	if err := a.fillReadings(p, iri); err != nil {
		return err
	}
	if err := s.fillClaims(r, a, p, iri, limit); err != nil {
		return err
	}
	if err := s.mark(a, iri, p); err != nil {
		return err
	}
	p.Cite = citation{Title: p.Title, Publisher: p.Publisher.Text, Issued: p.Issued, SHA256: p.SHA256, See: p.Address,
		Graph: s.graphHash(r.Context()), Address: s.absolute(r, a.href(iri))}
	return s.render(w, r, "source", p.Title, p)
}

// describe returns the description of the source for link previews.
func (p *sourcePage) describe() string {
	parts := []string{p.Publisher.Text, day(p.Issued), thousands(p.Pager.All) + " claims by " + thousands(p.Speakers) + " speakers"}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ") + "."
}

// fillClaims fills in the requested page of a source's claims, in the order of its text.
// Only these are read.
func (s *Server) fillClaims(r *http.Request, a *asked, p *sourcePage, source quad.IRI, limit int) error {
	order, err := s.orderOf(a, source)
	if err != nil {
		return err
	}
	p.Speakers = order.Speakers
	if p.Pager, err = partOf(r, order.Len(), limit); err != nil {
		return err
	}
	p.Claims, err = a.linesOf(order, p.Pager.From-1, p.Pager.To)
	return err
}

// fillReadings lists the other readings of the text.
func (a *asked) fillReadings(p *sourcePage, source quad.IRI) error {
	list, err := a.View.Readings(a.ctx, source)
	for _, other := range list {
		if other == source {
			continue
		}
		t, failed := a.termIn(other, other)
		if failed != nil {
			return failed
		}
		if p.Beside == "" {
			p.Beside = "/compare?" + url.Values{"a": {a.Base.Short(source)}, "b": {a.Base.Short(other)}}.Encode()
		}
		p.Readings = append(p.Readings, t)
	}
	return err
}

func (a *asked) fillSource(p *sourcePage, iri quad.IRI) error {
	for q, err := range a.Each(a.ctx, quad.Quad{Subject: iri}) {
		if err != nil {
			return err
		}
		text := graph.Text(q.Object)
		switch q.Predicate {
		case schema.Title:
			p.Title = text
		case schema.Publisher:
			p.publisher = iriOf(q.Object)
			p.Publisher, err = a.termIn(q.Object, iri)
		case schema.AnnotatedBy:
			p.Annotator, err = a.termIn(q.Object, iri)
		case schema.ReadingOf:
			p.ReadingOf, err = a.termIn(q.Object, iri)
		case schema.Issued:
			p.Issued = text
		case schema.Language:
			p.Language = text
		case schema.SHA256:
			p.SHA256 = text
		case schema.Characters:
			p.Characters = text
		case schema.Address:
			if u, err := url.Parse(text); err == nil && (u.Scheme == "http" || u.Scheme == "https") {
				p.Address = text
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// allSources returns the sources of the current graph, the newest first.
func (s *Server) allSources() ([]sourceCount, error) {
	return s.sources.get(s.Version(), func(ctx context.Context) ([]sourceCount, error) {
		a, err := s.look(ctx, true)
		if err != nil {
			return nil, err
		}
		counts, err := a.CountClaims(ctx)
		if err != nil {
			return nil, err
		}
		var list []sourceCount
		for q, err := range a.Each(ctx, quad.Quad{Predicate: schema.Type, Object: schema.SourceClass}) {
			if err != nil {
				return nil, err
			}
			iri, ok := q.Subject.(quad.IRI)
			if !ok {
				continue
			}
			p := &sourcePage{}
			if err := a.fillSource(p, iri); err != nil {
				return nil, err
			}
			list = append(list, sourceCount{iri, cmp.Or(p.Title, a.Base.Short(iri)), p.publisher, p.Issued, counts[iri]})
		}
		slices.SortFunc(list, func(x, y sourceCount) int {
			return cmp.Or(cmp.Compare(y.Issued, x.Issued), cmp.Compare(x.Title, y.Title), cmp.Compare(x.IRI, y.IRI))
		})
		return list, nil
	})
}
