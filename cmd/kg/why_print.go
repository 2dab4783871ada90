package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/graph/why"
	"kg/schema"
)

// whyPrinter makes rows of paths with their evidence.
type whyPrinter struct {
	app      *app
	ctx      context.Context
	v        *graph.View
	passages *passages
	inWords  bool // a hop is one sentence
}

// sayWhat says on standard error what kind of paths they are, or why there are none.
func (p whyPrinter) sayWhat(w *why.Connection) error {
	var names [2]string
	for i, end := range []quad.IRI{w.From, w.To} {
		cell, err := p.v.DescribeAll(p.ctx, end, nil)
		if err != nil {
			return err
		}
		names[i] = cell.Text
	}
	say := func(format string, args ...any) {
		fmt.Fprintf(p.app.err, "%s and %s %s\n", names[0], names[1], fmt.Sprintf(format, args...))
	}
	switch {
	case w.From == w.To:
		say("are the same thing")
	case len(w.Stories) == 0 && w.Cut:
		say("were not found to be connected among the first %s entities visited", thousands(w.Nodes))
	case len(w.Stories) == 0:
		say("are not connected within these bounds: no path that anybody asserts or denies")
	case w.OnlyDenied:
		say("are connected only through what sources deny")
	case w.OnlyRetracted:
		say("are connected only through what is retracted")
	case len(w.Stories[0].Hubs) > 0:
		text, err := p.hubs(w.Stories[0].Hubs)
		if err != nil {
			return err
		}
		say("are joined only through what many share: %s", text)
	}
	if w.More {
		fmt.Fprintf(p.app.err, "showing %d paths, and there are more: -k shows as many as asked for\n", len(w.Stories))
	}
	return nil
}

// hubs returns the names of hubs with their kinds.
func (p whyPrinter) hubs(hubs []quad.IRI) (string, error) {
	var list []string
	for _, hub := range hubs {
		cell, err := p.v.DescribeAll(p.ctx, hub, nil)
		if err != nil {
			return "", err
		}
		kind, err := p.v.Kind(p.ctx, hub)
		if err != nil {
			return "", err
		}
		if kind != "" {
			cell.Text += " (" + strings.ToLower(schema.IRI(kind).LastPart()) + ")"
		}
		list = append(list, cell.Text)
	}
	return strings.Join(list, ", "), nil
}

func (p whyPrinter) listing(w *why.Connection) (*listing, error) {
	l := &listing{columns: []string{"path", "length", "weakest", "origins", "shared", "without", "joined"}, nested: "hops"}
	l.details = []string{"hop", "from", "direction", "relation", "to", "said by", "sure", "denied by", "origins", "claims", "says", "source", "paragraph", "passage"}
	if p.inWords {
		l.details = []string{"hop", "", "said by", "sure", "denied by", "origins", "says", "stands in", "passage"}
	}
	for i, s := range w.Stories {
		row := listingRow{}
		weakest := ""
		if s.Weakest >= 0 {
			weakest = fmt.Sprintf("hop %d", s.Weakest+1)
			if sure := s.Hops[s.Weakest].Evidence.Sure(); sure != "" {
				weakest += ": " + sure
			}
			if by := s.Hops[s.Weakest].Evidence.DeniedBy(); by != "" {
				weakest += "; denied by " + by
			}
		}
		shared, err := p.hubs(s.Hubs)
		if err != nil {
			return nil, err
		}
		without, err := p.without(s)
		if err != nil {
			return nil, err
		}
		joined, err := p.joined(s)
		if err != nil {
			return nil, err
		}
		row.cells = append([]graph.Cell{number(i + 1), number(len(s.Hops))}, words(weakest, s.Origins.String(), shared, without, joined)...)
		for n, hop := range s.Hops {
			cells, err := p.hop(n, hop)
			if err != nil {
				return nil, err
			}
			row.details = append(row.details, cells)
		}
		l.rows = append(l.rows, row)
	}
	return l, nil
}

// joined returns the joins of entities on the path, with their authors.
func (p whyPrinter) joined(s why.Story) (string, error) {
	var list []string
	for _, j := range s.Joined {
		one, err1 := p.v.Describe(p.ctx, j.From)
		other, err2 := p.v.Describe(p.ctx, j.Node)
		by, err3 := joinText(p.ctx, p.v, j)
		if err := errors.Join(err1, err2, err3); err != nil {
			return "", err
		}
		list = append(list, one.Text+" = "+other.Text+", "+by)
	}
	return strings.Join(list, "; "), nil
}

// without returns, for each source that the path needs, the first hop lost without it.
func (p whyPrinter) without(s why.Story) (string, error) {
	var list []string
	for _, f := range s.Falls {
		source, err := p.v.Describe(p.ctx, f.Source)
		if err != nil {
			return "", err
		}
		text := "it stands"
		switch {
		case f.Hop >= 0:
			text = fmt.Sprintf("hop %d falls", f.Hop+1)
		case f.Joins:
			text = "what it joins as the same falls apart"
		}
		list = append(list, source.Text+": "+text)
	}
	return strings.Join(list, "; "), nil
}

func (p whyPrinter) hop(n int, h why.Hop) ([]graph.Cell, error) {
	from, err := p.v.DescribeAll(p.ctx, h.From, h.Evidence.Sources())
	if err != nil {
		return nil, err
	}
	to, err := p.v.DescribeAll(p.ctx, h.To, h.Evidence.Sources())
	if err != nil {
		return nil, err
	}
	relation, err := p.v.Reading(p.ctx, h.Relation(), h.Out)
	if err != nil {
		return nil, err
	}
	var ids, says, passages []string
	for _, c := range h.Claims {
		passage, err := p.passages.of(p.ctx, c)
		if err != nil {
			return nil, err
		}
		if passage != "" {
			passages = append(passages, passage)
		}
		ids, says = append(ids, p.v.Base.Short(c.IRI)), append(says, c.Says)
	}
	e := h.Evidence
	origins := ""
	if len(h.Claims) > 0 {
		origins = h.Origins.String()
	}
	if p.inWords {
		return append([]graph.Cell{number(n + 1)}, words(from.Words()+" — "+relation.Text+" → "+to.Words(), e.SaidBy(), e.Sure(), e.DeniedBy(),
			origins, strings.Join(says, " / "), p.stands(h), strings.Join(passages, " / "))...), nil
	}
	if relation, err = p.v.Describe(p.ctx, h.Relation()); err != nil {
		return nil, err
	}
	source, err := p.v.Describe(p.ctx, h.Source())
	if err != nil {
		return nil, err
	}
	direction := "<-"
	if h.Out {
		direction = "->"
	}
	paragraph := graph.Cell{}
	if len(h.Claims) > 0 && h.Claims[0].Paragraph > 0 {
		if paragraph = number(h.Claims[0].Paragraph); len(h.Claims[0].Columns) > 0 || h.Claims[0].Page > 0 {
			paragraph = word(h.Claims[0].ParagraphText())
		}
	}
	cells := append([]graph.Cell{number(n + 1), from, word(direction), relation, to}, words(e.SaidBy(), e.Sure(), e.DeniedBy(), origins,
		strings.Join(ids, " "), strings.Join(says, " / "))...)
	return append(append(cells, source, paragraph), words(strings.Join(passages, " / "))...), nil
}

// stands returns the claims of a hop with their locators, or the label of its edge.
func (p whyPrinter) stands(h why.Hop) string {
	var list []string
	for _, c := range h.Claims {
		text := p.v.Base.Short(c.IRI)
		if c.Paragraph > 0 {
			text += ", " + c.ParagraphText()
		}
		list = append(list, text)
	}
	return cmp.Or(strings.Join(list, "; "), "graph "+p.v.Base.ShortTerm(h.Quad.Label))
}
