package web

import (
	"net/http"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/cmd/kg/web/picture"
	"kg/graph"
	"kg/queries"
	"kg/schema"
)

// dossierPage is an entity, a source, a claim or an answer with its evidence, for print:
// it is complete without links.
type dossierPage struct {
	Title, Of, Lead string
	Back            string // the page it is the dossier of
	Address         string
	Day             string // that it was made on
	Graph           string // the hash of the graph
	Columns         []string
	Rows            []dossierRow
	Evidence        []evidenceLine
	Unclaimed       []unclaimed
	Left            string // which part was left out
	Picture         drawing
	number          map[quad.IRI]int
}

// dossierRow is a row of an answer, with the numbers of the claims behind it.
type dossierRow struct {
	Cells []answerCell
	said
	Behind []int
}

// evidenceLine is a claim with all its details.
type evidenceLine struct {
	claimLine
	Number  int
	Source  sourcePage
	Passage passage
	From    []int // the claims that it follows from
}

// newDossier begins a dossier with today's date.
func (s *Server) newDossier(r *http.Request, of, title, lead, back string) *dossierPage {
	return &dossierPage{Of: of, Title: title, Lead: lead, Back: back, Address: s.absolute(r, back), Day: s.today(),
		Graph: s.graphHash(r.Context()), number: map[quad.IRI]int{}}
}

// cite adds a claim and those it is derived from, and returns its number.
func (s *Server) cite(a *asked, p *dossierPage, c *graph.Claim) (int, error) {
	if n := p.number[c.IRI]; n > 0 {
		return n, nil
	}
	n := len(p.Evidence) + 1
	p.number[c.IRI] = n
	p.Evidence = append(p.Evidence, evidenceLine{Number: n})
	line := evidenceLine{Number: n}
	var err error
	if line.claimLine, err = a.line(c); err != nil {
		return 0, err
	}
	if err := a.fillSource(&line.Source, c.Source); err != nil {
		return 0, err
	}
	if line.Passage, err = s.passage(a, c); err != nil {
		return 0, err
	}
	for _, from := range c.DerivedFrom {
		basis, err := a.Claim(a.ctx, from)
		if err != nil {
			return 0, err
		}
		if basis != nil {
			of, err := s.cite(a, p, basis)
			if err != nil {
				return 0, err
			}
			line.From = append(line.From, of)
		}
	}
	p.Evidence[n-1] = line
	return n, nil
}

// answerDossier sends an answer as a dossier.
func (s *Server) answerDossier(w http.ResponseWriter, r *http.Request, a *asked, q *queries.Query, n *narrowing, res *queries.Result) error {
	limit, err := s.limit(r, n.names[limitParam])
	if err != nil {
		return err
	}
	back := without(r, n.names[formatParam])
	p := s.newDossier(r, "Answer", q.Question, q.Call(given(q, r.URL.Query())...), back)
	part := n.pageOfRows(len(res.Rows), limit)
	if part.To-part.From+1 < part.All {
		p.Left = "Answers " + thousands(part.From) + " to " + thousands(part.To) + " of " + thousands(part.All) + "."
	}
	shown := filled(res.Columns, res.Rows)
	for _, row := range res.Rows[max(0, part.From-1):part.To] {
		line := dossierRow{said: a.saidOf(row.Evidence)}
		for i, cell := range row.Cells {
			if !shown[i] || cell.Text == "" {
				continue
			}
			t, err := a.cell(cell)
			if err != nil {
				return err
			}
			line.Cells = append(line.Cells, answerCell{term: t, Column: res.Columns[i]})
		}
		for _, c := range slices.Concat(row.Evidence.Claims, row.Evidence.Denials) {
			number, err := s.cite(a, p, c)
			if err != nil {
				return err
			}
			line.Behind = append(line.Behind, number)
		}
		p.Rows = append(p.Rows, line)
	}
	pic, err := a.answerPicture(n.get(edgesParam), q, res)
	if err != nil {
		return err
	}
	if err := s.drawOn(r, p, n.names[formatParam], pic); err != nil {
		return err
	}
	return s.render(w, r, "dossier", "Dossier: "+p.Title, p)
}

// dossier sends an entity, a source or a claim as a dossier.
func (s *Server) dossier(w http.ResponseWriter, r *http.Request, a *asked, iri quad.IRI) error {
	limit, err := s.limit(r, limitParam)
	if err != nil {
		return err
	}
	t, err := a.term(iri)
	if err != nil {
		return err
	}
	p := s.newDossier(r, kindWords(t.Kind), t.Text, a.Base.Short(iri), t.Href)
	claims, unclaimed, left, err := a.dossierClaims(iri, limit)
	if err != nil {
		return err
	}
	p.Left, p.Unclaimed = left, unclaimed
	for _, c := range claims {
		if c.IRI == iri {
			p.Title = c.Says
		}
		if _, err := s.cite(a, p, c); err != nil {
			return err
		}
	}
	pic, err := picture.OfClaims(a.ctx, a.View, p.Title, claims[:min(len(claims), mostPictured)], a.link)
	if err != nil {
		return err
	}
	if err := s.drawOn(r, p, formatParam, pic); err != nil {
		return err
	}
	return s.render(w, r, "dossier", "Dossier: "+p.Title, p)
}

// drawOn draws the picture of a dossier, without a link to Explore.
func (s *Server) drawOn(r *http.Request, p *dossierPage, param string, pic *picture.Picture) (err error) {
	p.Picture, err = s.drawn(r, param, pic)
	p.Picture.Explore = ""
	return err
}

// mostPictured is the maximum number of claims in a printed picture.
const mostPictured = 40

// dossierClaims returns the claims about and by an entity, those of a source, or one.
func (a *asked) dossierClaims(iri quad.IRI, limit int) (claims []*graph.Claim, bare []unclaimed, left string, err error) {
	if c, err := a.Claim(a.ctx, iri); err != nil || c != nil {
		return []*graph.Claim{c}, nil, "", err
	}
	if kind, err := a.View.Kind(a.ctx, iri); err != nil {
		return nil, nil, "", err
	} else if kind == schema.SourceClass {
		claims, err = a.SourceClaims(a.ctx, iri)
		claims = inTexts(claims)
		if limit > 0 && limit < len(claims) {
			left = "The first " + thousands(limit) + " of " + thousands(len(claims)) + " claims."
			claims = claims[:limit]
		}
		return claims, nil, left, err
	}
	page, err := a.Neighbours(a.ctx, iri, graph.EdgeFilter{}, "", limit)
	if err != nil {
		return nil, nil, "", err
	}
	if page.Next != "" {
		left = "The first " + thousands(len(page.Edges)) + " of " + thousands(page.All) + " edges."
	}
	var l edgeList
	seen := map[quad.IRI]bool{}
	for _, e := range page.Edges {
		c := e.Claim
		if c == nil {
			if c, err = a.madeBy(e); err != nil {
				return nil, nil, "", err
			}
		}
		switch {
		case c == nil:
			err = a.addUnclaimed(&l, e)
		case !seen[c.IRI]:
			seen[c.IRI] = true
			claims = append(claims, c)
		}
		if err != nil {
			return nil, nil, "", err
		}
	}
	return inTexts(claims), l.Unclaimed, left, nil
}
