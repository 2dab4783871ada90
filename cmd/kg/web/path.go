package web

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/cayleygraph/quad"

	"kg/cmd/kg/web/picture"
	"kg/graph"
	"kg/graph/why"
)

// pathPage is the data of the page of paths between two entities.
type pathPage struct {
	From, To     term
	FromID, ToID string // as typed, for the form
	Asked        bool
	Failed       string
	Taken        []string
	Paths        []pathLine
	More         bool   // there are more paths as short
	Longer       string // the address that shows longer ones, too
	Gone         string // how far was looked, when nothing was found
	Picture      drawing
}

// pathLine is one path.
type pathLine struct {
	Hops    []hopLine
	Hop     int    // the hop that is least sure, from 1; 0 where all are alike
	Weakest string // how sure it is
	Origins string
	Hubs    []term
	Needs   []term // the sources without which it is lost
}

type hopLine struct {
	From, Relation, To term // the relation in words, from From to To
	said
	Claim     term
	Says      string
	Paragraph int
	Locator   string
}

func (s *Server) path(w http.ResponseWriter, r *http.Request) error {
	if err := only(r, "from", "to", pathsParam, formatParam); err != nil {
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
	p.Asked, p.Taken = true, a.taken
	most, err := pathsWanted(r)
	if err != nil {
		return err
	}
	if most == 0 {
		p.Longer = with(r, pathsParam, strconv.Itoa(longerPaths))
	}
	pic, err := a.fillPaths(p, from, to, most)
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
	p.FromID, p.ToID = a.chosenName(a.Base.Short(from), "entity"), a.chosenName(a.Base.Short(to), "entity")
	return from, to, err
}

// pathsParam is the number of paths to show, longer ones too; without it the page shows
// the shortest.
const (
	pathsParam  = "k"
	longerPaths = 12
	mostWanted  = 100
)

func pathsWanted(r *http.Request) (int, error) {
	text := r.FormValue(pathsParam)
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > mostWanted {
		return 0, refuse(http.StatusBadRequest, "%s takes a number of paths from 1 to %d", pathsParam, mostWanted)
	}
	return n, nil
}

// fillPaths finds paths and returns their picture.
func (a *asked) fillPaths(p *pathPage, from, to quad.IRI, most int) (*picture.Picture, error) {
	w, err := why.Find(a.ctx, a.View, from, to, graph.PathOptions{Paths: most})
	if err != nil {
		return nil, err
	}
	switch {
	case w.From == w.To:
		p.Gone = "Both are the same thing."
	case len(w.Stories) == 0 && w.Cut:
		p.Gone = fmt.Sprintf("No path was found among the first %s entities visited.", thousands(w.Nodes))
	case len(w.Stories) == 0:
		p.Gone = "No path joins them, not even through what is denied."
	case w.OnlyDenied:
		p.Gone = "They are joined only through what sources deny."
	case w.OnlyRetracted:
		p.Gone = "They are joined only through what is retracted."
	}
	if w.OnlyRetracted {
		a.View = a.WithRetracted()
	}
	if len(w.Stories) == 0 {
		return &picture.Picture{}, nil
	}
	p.More = w.More
	for _, s := range w.Stories {
		line, err := a.pathLine(s)
		if err != nil {
			return nil, err
		}
		p.Paths = append(p.Paths, line)
	}
	title := fmt.Sprintf("How %s and %s are connected", p.From.Text, p.To.Text)
	return picture.OfFacts(a.ctx, a.View, title, w.Facts(), []quad.Value{w.From, w.To}, a.link)
}

func (a *asked) pathLine(s why.Story) (pathLine, error) {
	line := pathLine{Hop: s.Weakest + 1, Origins: s.Origins.String()}
	weakest := s.Evidence
	if s.Weakest >= 0 {
		weakest = s.Hops[s.Weakest].Evidence
	}
	line.Weakest = weakest.Sure()
	if by := weakest.DeniedBy(); by != "" {
		line.Weakest += "; denied by " + by
	}
	for _, speaker := range s.Evidence.Speakers {
		if speaker.Joins {
			line.Weakest += "; " + speaker.String()
		}
	}
	for _, hub := range s.Hubs {
		t, err := a.allNames(hub)
		if err != nil {
			return line, err
		}
		line.Hubs = append(line.Hubs, t)
	}
	for _, f := range s.Falls {
		if f.Stands() {
			continue
		}
		t, err := a.term(f.Source)
		if err != nil {
			return line, err
		}
		line.Needs = append(line.Needs, t)
	}
	for _, h := range s.Hops {
		hop, err := a.hop(h)
		if err != nil {
			return line, err
		}
		line.Hops = append(line.Hops, hop)
	}
	return line, nil
}

func (a *asked) hop(h why.Hop) (hop hopLine, err error) {
	hop.said = a.saidOf(h.Evidence)
	if hop.Relation, err = a.reading(h.Relation(), h.Out); err != nil {
		return hop, err
	}
	for _, t := range []struct {
		to    *term
		value quad.Value
	}{{&hop.From, h.From}, {&hop.To, h.To}} {
		if *t.to, err = a.allNames(t.value); err != nil {
			return hop, err
		}
	}
	if h.Claim == nil {
		hop.Claim, err = a.term(h.Quad.Label)
		hop.Says = hop.Claim.Text
		return hop, err
	}
	hop.Says, hop.Paragraph, hop.Locator = h.Claim.Says, h.Claim.Paragraph, h.Claim.ParagraphText()
	hop.Claim, err = a.term(h.Claim.IRI)
	return hop, err
}
