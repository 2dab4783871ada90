package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/spf13/cobra"

	"kg/graph"
	"kg/schema"
)

// shownClaim is a claim that states edges of the entity.
type shownClaim struct {
	claim               *graph.Claim
	said, sures, denied []string // of its edges, without duplicates
	passage             string
}

// showPage prints an entity for people: its names, its claims as sentences, their edges,
// and at the end what is stated without a claim.
func (a *app) showPage(cmd *cobra.Command, v *graph.View, p *passages, entity quad.IRI, edges []graph.Edge) error {
	ctx := cmd.Context()
	page := &showPage{screen: screenOf(a.paged)}
	if err := page.headline(ctx, v, entity, edges); err != nil {
		return err
	}
	stated := &listing{columns: []string{"relation", "other", "sure", "denied by", "claim"}}
	unsourced := &listing{columns: []string{"relation", "other", "said by", "stated in"}}
	for _, e := range edges {
		cells, err := edgeCells(ctx, v, p, entity, e, true)
		if err != nil {
			return err
		}
		if e.Claim == nil {
			unsourced.rows = append(unsourced.rows, listingRow{cells: []graph.Cell{cells[1], cells[2], cells[4], cells[3]}})
			continue
		}
		n := page.note(e.Claim, cells)
		stated.rows = append(stated.rows, listingRow{cells: []graph.Cell{cells[1], cells[2], cells[5], cells[6], number(n)}})
	}
	page.sentences(v)
	if _, err := fmt.Fprint(a.paged, page.text.String()); err != nil {
		return err
	}
	for _, section := range []struct {
		title string
		rows  *listing
	}{{"Edges", stated}, {"Stated without a claim", unsourced}} {
		if len(section.rows.rows) == 0 {
			continue
		}
		if _, err := fmt.Fprintf(a.paged, "\n%s\n", page.strong(section.title)); err != nil {
			return err
		}
		section.rows.leaveOutEmpty() // the page has other columns where it needs them
		if err := a.print(cmd, section.rows); err != nil {
			return err
		}
	}
	return nil
}

// showPage collects the page of an entity.
type showPage struct {
	screen
	text   strings.Builder
	claims []*shownClaim
}

// headline prints the name and the kind, the IRI, and the descriptions.
func (p *showPage) headline(ctx context.Context, v *graph.View, entity quad.IRI, edges []graph.Edge) error {
	name, err := v.Describe(ctx, entity)
	if err != nil {
		return err
	}
	kind, err := v.Kind(ctx, entity)
	if err != nil {
		return err
	}
	head := p.strong(printable(name.Words()))
	if kind != "" {
		kindName, err := v.KindName(ctx, kind)
		if err != nil {
			return err
		}
		head += ", " + printable(kindName)
	}
	p.text.WriteString(head + "\n")
	p.paragraph("", v.Base.Short(entity))
	for _, e := range edges {
		if about := graph.Text(e.Other()); e.Out && e.Relation() == schema.Description && about != name.Text {
			p.paragraph("", about)
		}
	}
	return nil
}

// note adds the claim of an edge, and returns its number on the page.
func (p *showPage) note(c *graph.Claim, cells []graph.Cell) int {
	at := slices.IndexFunc(p.claims, func(s *shownClaim) bool { return s.claim.IRI == c.IRI })
	if at < 0 {
		at = len(p.claims)
		p.claims = append(p.claims, &shownClaim{claim: c})
	}
	s := p.claims[at]
	s.said, s.sures, s.denied = once(s.said, cells[4].Text), once(s.sures, cells[5].Text), once(s.denied, cells[6].Text)
	if len(cells) > 8 {
		s.passage = cells[8].Text
	}
	return at + 1
}

// once appends s unless the list has it.
func once(list []string, s string) []string {
	if s == "" || slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// sentences prints the claims, each with its speaker, stance and locator.
func (p *showPage) sentences(v *graph.View) {
	if len(p.claims) == 0 {
		return
	}
	p.text.WriteString("\n" + p.strong("Claims") + "\n")
	digits := len(strconv.Itoa(len(p.claims)))
	indent := strings.Repeat(" ", digits+2)
	for i, s := range p.claims {
		says := cmp.Or(s.claim.Says, "(a claim without a sentence: what it states is below)")
		p.paragraph(fmt.Sprintf("%*d  ", digits, i+1), says)
		said := "said by " + strings.Join(s.said, " / ")
		if len(s.said) == 0 {
			said = "without a speaker"
		}
		for _, more := range []string{strings.Join(s.sures, " / "), s.claim.LocatorText(), string(s.claim.See)} {
			if more != "" {
				said += "; " + more
			}
		}
		p.paragraph(indent, said)
		if len(s.denied) > 0 {
			p.paragraph(indent, "denied by "+strings.Join(s.denied, " / "))
		}
		if s.passage != "" {
			p.paragraph(indent, s.passage)
		}
		p.paragraph(indent, v.Base.Short(s.claim.IRI))
	}
}

// paragraph prints a text after first, with hanging indentation.
func (p *showPage) paragraph(first, text string) {
	lines := []string{printable(text)}
	if p.width > 0 {
		lines = wrap(lines[0], max(p.width-len(first), leastValue))
	}
	p.text.WriteString(first + strings.Join(lines, "\n"+strings.Repeat(" ", len(first))) + "\n")
}
