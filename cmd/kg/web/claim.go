package web

import (
	"net/http"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/cmd/kg/web/picture"
	"kg/graph"
	"kg/schema"
)

// claimLine is a claim in a list.
type claimLine struct {
	Claim term
	ID    string // its own part of its IRI, which is also its anchor on the page of its source
	Says  string
	said
	InSource   string // the address of its passage on the page of its source
	Paragraph  int
	Locator    string // the paragraph, or the row and columns
	See        string // where it can be looked up, in no text
	Start, End int
	SHA256     string
	Holds      bool // the text of the page that lists it has from Start to End what it was taken from
	verdict
	Hedge string
	Note  string
}

// line returns the entry of a claim in a list.
func (a *asked) line(c *graph.Claim) (claimLine, error) {
	l := claimLine{
		ID: schema.IRI(c.IRI).LastPart(), Says: c.Says, Paragraph: c.Paragraph, Locator: c.ParagraphText(), See: string(c.See), Start: c.Start, End: c.End, SHA256: c.SHA256,
		Hedge: c.Hedge, Note: c.Note,
	}
	evidence, err := a.ClaimEvidence(a.ctx, c)
	if err != nil {
		return l, err
	}
	l.said = a.saidOf(evidence)
	l.Denied = c.Stance == schema.Denies
	l.InSource = a.href(c.Source) + "#" + l.ID
	l.Claim, err = a.term(c.IRI)
	return l, err
}

// claimPage is what the page of a claim shows.
type claimPage struct {
	claimLine
	ShortID       string
	Because       string // why it is retracted
	Source        term
	Speaker       term
	Via           []term
	Annotator     term
	Stance        string
	Derived       []term
	Supports      []term // claims derived from it
	Edges         []factLine
	Passage       passage
	Before, After term // in its source
	At, Of        int  // its number among the claims of its source
	Picture       drawing
	Formats       []format
	Cite          citation
}

// factLine is an edge with both of its ends.
type factLine struct{ Subject, Relation, Object term }

func (s *Server) claim(w http.ResponseWriter, r *http.Request) error {
	a, err := s.asked(r, true)
	if err != nil {
		return err
	}
	iri, elsewhere, err := a.find(r.FormValue("id"))
	if err != nil {
		return err
	}
	c, err := a.Claim(a.ctx, iri)
	if err != nil {
		return err
	}
	if page := a.href(iri); elsewhere || c == nil {
		return redirect(w, r, page)
	}
	if done, err := s.graphFormats(w, r, a, iri); done || err != nil {
		return err
	}
	p := &claimPage{ShortID: a.Base.Short(iri), Because: a.because(iri), Stance: string(c.Stance), Formats: formatsOf(r, formatParam, graphFormats)}
	if err := a.fillClaim(p, c); err != nil {
		return err
	}
	if p.Passage, err = s.passage(a, c); err != nil {
		return err
	}
	if p.Before, p.After, p.At, p.Of, err = s.beside(a, c.Source, c.IRI); err != nil {
		return err
	}
	pic, err := picture.OfClaims(a.ctx, a.View, "What the claim asserts", []*graph.Claim{c}, a.link)
	if err != nil {
		return err
	}
	if p.Picture, err = s.drawn(r, formatParam, pic); err != nil {
		return err
	}
	p.Formats = p.Picture.formats(p.Formats)
	if err := s.citeClaim(r, a, p, c); err != nil {
		return err
	}
	return s.render(w, r, "claim", p.Says, p)
}

func (a *asked) fillClaim(p *claimPage, c *graph.Claim) (err error) {
	set := func(to *term, value quad.IRI) {
		if err == nil && value != "" {
			*to, err = a.termIn(value, c.Source)
		}
	}
	if p.claimLine, err = a.line(c); err != nil {
		return err
	}
	set(&p.Source, c.Source)
	set(&p.Speaker, c.Speaker)
	set(&p.Annotator, c.Annotator)
	for _, via := range c.Via {
		p.Via = append(p.Via, term{})
		set(&p.Via[len(p.Via)-1], via)
	}
	for _, from := range c.DerivedFrom {
		p.Derived = append(p.Derived, term{})
		set(&p.Derived[len(p.Derived)-1], from)
	}
	if err != nil {
		return err
	}
	for q, failed := range a.Each(a.ctx, quad.Quad{Predicate: schema.DerivedFrom, Object: c.IRI}) {
		if failed != nil {
			return failed
		}
		if iri, ok := q.Subject.(quad.IRI); ok {
			p.Supports = append(p.Supports, term{})
			set(&p.Supports[len(p.Supports)-1], iri)
		}
	}
	if err != nil {
		return err
	}
	p.Edges, err = a.facts(c)
	return err
}

// facts returns the edges of a claim, without the inner nodes of its figures.
func (a *asked) facts(c *graph.Claim) ([]factLine, error) {
	quads, err := a.Asserted(a.ctx, c)
	if err != nil {
		return nil, err
	}
	var lines []factLine
	for _, q := range quads {
		l := factLine{}
		if l.Relation, err = a.reading(iriOf(q.Predicate), true); err != nil {
			return nil, err
		}
		for _, end := range []struct {
			to    *term
			value quad.Value
		}{{&l.Subject, q.Subject}, {&l.Object, q.Object}} {
			if *end.to, err = a.termIn(end.value, c.Source); err != nil {
				return nil, err
			}
		}
		lines = append(lines, l)
	}
	return lines, nil
}

// citeClaim fills in the citation of the claim.
func (s *Server) citeClaim(r *http.Request, a *asked, p *claimPage, c *graph.Claim) error {
	source := &sourcePage{}
	if err := a.fillSource(source, c.Source); err != nil {
		return err
	}
	p.Cite = citation{Says: p.Says, Who: p.By, Sure: p.Sure, Title: source.Title, Publisher: source.Publisher.Text, Issued: source.Issued,
		Locator: c.LocatorText(), SHA256: p.SHA256, See: p.See, Graph: s.graphHash(r.Context()), Address: s.absolute(r, a.href(c.IRI))}
	return nil
}

// describe returns the description of the claim for link previews.
func (p *claimPage) describe() string {
	return p.By + "; " + p.Sure + ". " + strings.TrimSuffix(p.Cite.Title+", "+p.Cite.Locator, ", ") + "."
}
