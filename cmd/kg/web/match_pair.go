package web

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/schema"
)

// pairPage is the data of the page of a pair, with the form that decides.
type pairPage struct {
	pairLine
	Sides    [2]side
	Compared []comparedLine
	Joined   bool
	Decision *decisionLine
	Failed   string
	Because  string // as typed
	Verdict  schema.Verdict
	Writes   bool // the server decides
	Author   string
	Command  string // that decides, where the page cannot
}

// side is one entity of the pair.
type side struct {
	entityPage
	More string // the address of its page, if that has more of it
}

// decisionLine is what is decided.
type decisionLine struct {
	Verdict, Because, By, At string
}

// comparedLine is a property of the two: their names, a date, a number.
type comparedLine struct {
	What   string
	Values [2][]term
	Agree  bool // they have one in common
}

// mostOfSide is the maximum number of edges shown of each entity.
const mostOfSide = 50

// pair shows a pair side by side; failed is the reason why a decision was not made.
func (s *Server) pair(w http.ResponseWriter, r *http.Request, a *asked, failed string) error {
	nodes, err := a.pairAsked(r)
	if err != nil {
		return err
	}
	l, err := a.View.Pair(a.ctx, nodes[0], nodes[1])
	if err != nil {
		return err
	}
	p := &pairPage{Joined: l.Joined, Failed: failed, Writes: s.Decide != nil && s.token != "", Author: s.Author}
	if p.pairLine, err = a.pairLine(l); err != nil {
		return err
	}
	for i, node := range []quad.IRI{l.A, l.B} {
		if err := a.fillSide(r, &p.Sides[i], node); err != nil {
			return err
		}
	}
	p.Compared = compared(&p.Sides)
	if d := l.Decision; d != nil {
		p.Decision = &decisionLine{string(d.Verdict), d.Reason, d.By, d.At.Format("2006-01-02 15:04 MST")}
	}
	p.Command = "kg match " + p.Sides[0].ID + " " + p.Sides[1].ID
	code := http.StatusOK
	if failed != "" {
		code, p.Because, p.Verdict = http.StatusConflict, r.PostFormValue("because"), schema.Verdict(r.PostFormValue("verdict"))
	}
	return s.renderCode(w, r, code, "pair", p.One.Text+" and "+p.Other.Text, p)
}

// pairAsked resolves the two entities that a request names.
func (a *asked) pairAsked(r *http.Request) (nodes [2]quad.IRI, err error) {
	for i, name := range []string{oneThing, otherThing} {
		if nodes[i], _, err = a.find(r.FormValue(name)); err != nil {
			return nodes, err
		}
	}
	if nodes[0] == nodes[1] {
		return nodes, refuse(http.StatusBadRequest, "%q and %q are one thing, %s", r.FormValue(oneThing), r.FormValue(otherThing), a.Base.Short(nodes[0]))
	}
	return nodes, nil
}

// fillSide fills in one entity and its claims.
func (a *asked) fillSide(r *http.Request, p *side, iri quad.IRI) (err error) {
	p.ID, p.IRI = a.Base.Short(iri), string(iri)
	if p.term, err = a.term(iri); err != nil {
		return err
	}
	if err := errors.Join(a.itself(&p.entityPage, iri), a.joined(&p.entityPage, iri)); err != nil {
		return err
	}
	page, err := a.Neighbours(a.ctx, iri, graph.EdgeFilter{}, "", mostOfSide)
	if err != nil {
		return err
	}
	if p.Whole = page.All; page.Next != "" {
		p.More = p.Href
	}
	edges := slices.DeleteFunc(page.Edges, func(e graph.Edge) bool { return e.Claim == nil && slices.Contains(ofHead, e.Relation()) })
	return a.sortEdges(&p.edgeList, iri, edges)
}

// compared returns the properties side by side: names first, then values without a page
// of their own, such as dates and numbers, and countries.
func compared(sides *[2]side) (list []comparedLine) {
	names := comparedLine{What: "name"}
	byWhat := map[string]*comparedLine{}
	var order []string
	for i := range sides {
		for _, name := range append([]string{sides[i].Text}, sides[i].Also...) {
			names.Values[i] = append(names.Values[i], term{Text: name})
		}
		for _, c := range sides[i].Claims {
			for _, role := range c.Roles {
				if !role.Forward || role.Denied {
					continue
				}
				line := byWhat[role.Relation.Text]
				if line == nil {
					line = &comparedLine{What: role.Relation.Text}
					byWhat[line.What] = line
					order = append(order, line.What)
				}
				if !slices.ContainsFunc(line.Values[i], func(t term) bool { return t.Text == role.Other.Text }) {
					line.Values[i] = append(line.Values[i], role.Other)
				}
			}
		}
	}
	list = append(list, names)
	for _, what := range order {
		list = append(list, *byWhat[what])
	}
	for i := range list {
		list[i].Agree = slices.ContainsFunc(list[i].Values[0], func(x term) bool {
			return slices.ContainsFunc(list[i].Values[1], func(y term) bool { return strings.EqualFold(x.Text, y.Text) })
		})
	}
	slices.SortStableFunc(list[1:], func(x, y comparedLine) int { return cmp.Compare(y.filled(), x.filled()) })
	return list
}

// filled returns the number of sides with a value.
func (l comparedLine) filled() (n int) {
	for _, values := range l.Values {
		if len(values) > 0 {
			n++
		}
	}
	return n
}

// matchDecide decides on a pair, and then shows it. The token is in the header, or in a
// field of the form, for browsers without JavaScript.
func (s *Server) matchDecide(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return refuse(http.StatusBadRequest, "the form cannot be read")
	}
	if err := s.mayWrite(w, cmp.Or(bearer(r), strings.TrimSpace(r.PostFormValue("token")))); err != nil {
		return err
	}
	if s.Decide == nil {
		return errNoPage
	}
	a, err := s.asked(r, true)
	if err != nil {
		return err
	}
	nodes, err := a.pairAsked(r)
	if err != nil {
		return err
	}
	d := Decision{On: nodes, Verdict: schema.Verdict(r.PostFormValue("verdict")), Because: strings.TrimSpace(r.PostFormValue("because"))}
	undo := r.PostFormValue("undo") != ""
	if undo {
		d.Verdict = ""
	}
	if wrong := s.mayDecide(d, undo); wrong != "" {
		return s.pair(w, r, a, wrong)
	}
	err = s.Decide(a.ctx, d)
	if conflict := (*graph.ConflictError)(nil); errors.As(err, &conflict) {
		return s.pair(w, r, a, conflict.Error())
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, pairHref(a.Base.Short(min(nodes[0], nodes[1])), a.Base.Short(max(nodes[0], nodes[1]))), http.StatusSeeOther)
	return nil
}

// mayDecide returns what is wrong with a decision, in words for the form.
func (s *Server) mayDecide(d Decision, undo bool) string {
	switch {
	case s.Author == "":
		return "a decision needs an author: start kg serve with --author NAME, KG_AUTHOR, or author in kg.yaml"
	case undo:
		return ""
	case !slices.Contains([]schema.Verdict{schema.Same, schema.Different, schema.Undecided}, d.Verdict):
		return "choose what they are: same, different or undecided"
	case d.Because == "":
		return "a decision needs a reason: say why"
	}
	return ""
}
