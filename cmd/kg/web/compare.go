package web

import (
	"net/http"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/schema"
)

// comparePage is the data of the page that compares sources.
type comparePage struct {
	Entity      string // as typed, for the form
	About       term   // empty for all
	Failed      string
	Sources     int
	Shared      []term
	AllShared   int
	Comparisons []comparisonLine
	OneSource   int    // comparisons with a statement of one source only
	Everything  string // the address that shows them; empty when they are shown
	Rest        int    // number of comparisons left out
}

type comparisonLine struct {
	Verdict   string
	About, In term
	Said      []statementLine
}

// statementLine is one statement, with its passage if the text is given.
type statementLine struct {
	Value, Source, Claim  term
	Says, Status, Locator string
	said
	Passage passage
}

// Bounds of the page.
const (
	mostComparisons = 200
	mostNamed       = 20
	oneParam        = "all"
)

func (s *Server) compare(w http.ResponseWriter, r *http.Request) error {
	if err := only(r, "entity", oneParam, "a", "b"); err != nil {
		return err
	}
	a, err := s.asked(r, true)
	if err != nil {
		return err
	}
	if r.FormValue("a") != "" || r.FormValue("b") != "" {
		return s.compareReadings(w, r, a)
	}
	p := &comparePage{Entity: r.FormValue("entity")}
	var entity quad.IRI
	if p.Entity != "" {
		entity, _, err = a.find(p.Entity)
		if isUsage(err) {
			p.Failed = err.Error()
			return s.renderCode(w, r, http.StatusNotFound, "compare", "What sources say of the same things", p)
		}
		if err != nil {
			return err
		}
		if p.About, err = a.allNames(entity); err != nil {
			return err
		}
		p.Entity = a.chosenName(a.Base.Short(entity), "entity")
	}
	out, err := a.Compare(a.ctx, nil, entity)
	if err != nil {
		return err
	}
	all := r.FormValue(oneParam) != ""
	if !all {
		p.Everything = with(r, oneParam, "1")
	}
	if err := s.fillComparisons(a, p, out, all); err != nil {
		return err
	}
	return s.render(w, r, "compare", "What sources say of the same things", p)
}

func (s *Server) fillComparisons(a *asked, p *comparePage, out *graph.Compared, all bool) error {
	p.Sources, p.AllShared = out.Sources, len(out.Shared)
	for _, node := range out.Shared[:min(len(out.Shared), mostNamed)] {
		t, err := a.allNames(node)
		if err != nil {
			return err
		}
		p.Shared = append(p.Shared, t)
	}
	for _, c := range out.Comparisons {
		if c.Verdict == graph.OneSource && !all {
			p.OneSource++
			continue
		}
		if len(p.Comparisons) == mostComparisons {
			p.Rest++
			continue
		}
		line, err := s.comparison(a, c)
		if err != nil {
			return err
		}
		p.Comparisons = append(p.Comparisons, line)
	}
	return nil
}

func (s *Server) comparison(a *asked, c graph.Comparison) (line comparisonLine, err error) {
	line.Verdict = c.Verdict
	if line.About, err = a.allNames(c.About); err != nil {
		return line, err
	}
	if line.In, err = a.reading(c.Relation, c.Relation != schema.Changes); err != nil {
		return line, err
	}
	for _, said := range c.Said {
		one, err := s.statement(a, c, said)
		if err != nil {
			return line, err
		}
		line.Said = append(line.Said, one)
	}
	return line, nil
}

func (s *Server) statement(a *asked, c graph.Comparison, said graph.Edge) (line statementLine, err error) {
	value := said.Quad.Object
	if c.Relation == schema.Changes { // the event, not what changed
		value = said.Quad.Subject
	}
	line.Says, line.Status, line.Locator = said.Claim.Says, said.Status, said.Claim.LocatorText()
	for _, t := range []struct {
		to    *term
		value quad.Value
	}{{&line.Value, value}, {&line.Source, said.Claim.Source}, {&line.Claim, said.Claim.IRI}} {
		if *t.to, err = a.termIn(t.value, said.Claim.Source); err != nil {
			return line, err
		}
	}
	e, err := a.EdgeEvidence(a.ctx, said.Quad)
	if err != nil {
		return line, err
	}
	line.said = a.saidOf(e)
	line.Passage, err = s.passage(a, said.Claim)
	return line, err
}
