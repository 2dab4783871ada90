package web

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/cmd/kg/web/picture"
	"kg/graph"
)

// pathPage is what the page about two entities shows.
type pathPage struct {
	From, To     term
	FromID, ToID string // as typed, for the form
	Asked        bool
	Failed       string
	Paths        []pathLine
	Hops         int
	More         bool   // there are more paths as short
	Gone         string // how far was looked, when nothing was found
	Picture      drawing
}

// pathLine is one way from one entity to the other.
type pathLine struct {
	Hops    []hopLine
	Weakest string // what is said of its least sure hop
}

type hopLine struct {
	From, Relation, To term // the relation in words, from From to To
	said
	Claim     term
	Says      string
	Paragraph int
}

func (s *Server) path(w http.ResponseWriter, r *http.Request) error {
	if err := only(r, "from", "to", formatParam); err != nil {
		return err
	}
	form, err := wanted(r, formatParam, pathFormats)
	if err != nil {
		return err
	}
	a, err := s.asked(r, false)
	if err != nil {
		return err
	}
	p := &pathPage{FromID: r.FormValue("from"), ToID: r.FormValue("to")}
	if p.FromID == "" && p.ToID == "" && form == "html" {
		return s.render(w, r, "path", "How two are connected", p)
	}
	if p.FromID == "" || p.ToID == "" {
		p.Failed = "name two entities"
		return s.renderCode(w, r, http.StatusBadRequest, "path", "How two are connected", p)
	}
	from, to, err := a.ends(p)
	if isUsage(err) {
		p.Failed = err.Error()
		return s.renderCode(w, r, http.StatusNotFound, "path", "How two are connected", p)
	}
	if err != nil {
		return err
	}
	p.Asked = true
	pic, err := a.fillPaths(p, from, to)
	if err != nil {
		return err
	}
	if form == "svg" {
		return s.sendSVG(w, r, pic)
	}
	if p.Picture, err = s.drawn(r, formatParam, pic); err != nil {
		return err
	}
	return s.render(w, r, "path", fmt.Sprintf("How %s and %s are connected", p.From.Text, p.To.Text), p)
}

func (a *asked) ends(p *pathPage) (from, to quad.IRI, err error) {
	if from, _, err = a.find(p.FromID); err != nil {
		return "", "", err
	}
	if to, _, err = a.find(p.ToID); err != nil {
		return "", "", err
	}
	if p.From, err = a.term(from); err != nil {
		return "", "", err
	}
	p.To, err = a.term(to)
	p.FromID, p.ToID = a.Base.Short(from), a.Base.Short(to)
	return from, to, err
}

// reach bounds the search: a longer path says little, and more than a dozen are
// not read.
var reach = graph.Reach{Hops: 8, Nodes: 20000, Paths: 12}

// fillPaths looks for paths and returns their picture.
func (a *asked) fillPaths(p *pathPage, from, to quad.IRI) (*picture.Picture, error) {
	found, err := a.Paths(a.ctx, from, to, reach)
	if err != nil {
		return nil, err
	}
	if len(found.Paths) == 0 {
		switch same, err := a.Class(a.ctx, from); {
		case err != nil:
			return nil, err
		case slices.Contains(same, to):
			p.Gone = "Both are the same thing."
		case found.Cut:
			p.Gone = fmt.Sprintf("No path was found among the first %d entities that were looked at.", found.Nodes)
		default:
			p.Gone = fmt.Sprintf("No path of at most %d edges that are asserted joins them.", reach.Hops)
		}
		return &picture.Picture{}, nil
	}
	p.Hops, p.More = len(found.Paths[0]), found.More
	var facts []graph.Edge
	for _, steps := range found.Paths {
		line := pathLine{}
		all := &graph.Answer{}
		var quads []quad.Quad
		at := found.From
		for _, step := range steps {
			hop, err := a.hop(at, step)
			if err != nil {
				return nil, err
			}
			line.Hops = append(line.Hops, hop)
			quads = append(quads, step.Quad)
			facts = append(facts, step.Edge)
			at = step.To
		}
		all.Add(quads)
		e, err := a.Evidence(a.ctx, all)
		if err != nil {
			return nil, err
		}
		line.Weakest = e.Sure()
		if by := e.DeniedBy(); by != "" {
			line.Weakest += "; denied by " + by
		}
		for _, s := range e.Speakers {
			if s.Joins {
				line.Weakest += "; " + s.String()
			}
		}
		p.Paths = append(p.Paths, line)
	}
	title := fmt.Sprintf("How %s and %s are connected", p.From.Text, p.To.Text)
	return picture.OfFacts(a.ctx, a.View, title, facts, []quad.Value{found.From, found.To}, a.link)
}

func (a *asked) hop(at quad.IRI, step graph.Step) (hopLine, error) {
	hop := hopLine{Says: step.Claim.Says, Paragraph: step.Claim.Paragraph}
	e, err := a.EdgeEvidence(a.ctx, step.Quad)
	if err != nil {
		return hop, err
	}
	hop.said = saidOf(e)
	if hop.Relation, err = a.reading(step.Relation(), step.Out); err != nil {
		return hop, err
	}
	for _, t := range []struct {
		to    *term
		value quad.Value
	}{{&hop.From, at}, {&hop.To, step.To}} {
		if *t.to, err = a.allNames(t.value); err != nil {
			return hop, err
		}
	}
	hop.Claim, err = a.term(step.Claim.IRI)
	return hop, err
}
