package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/data"
	"kg/graph"
)

// evidenceColumns are what is said of each claim behind a row.
var evidenceColumns = []string{"claim", "speaker", "via", "stance", "hedge", "paragraph", "passage", "note"}

func evidenceCells(ctx context.Context, v *graph.View, p *passages, c *graph.Claim) ([]graph.Cell, error) {
	speaker, err := v.Describe(ctx, c.Speaker)
	if c.Speaker == "" {
		speaker, err = graph.Cell{}, nil
	}
	if err != nil {
		return nil, err
	}
	var via []string
	for _, step := range c.Via {
		cell, err := v.Describe(ctx, step)
		if err != nil {
			return nil, err
		}
		via = append(via, cell.Text)
	}
	paragraph := graph.Cell{}
	if c.Paragraph > 0 {
		paragraph = number(c.Paragraph)
	}
	passage, err := p.of(ctx, c)
	if err != nil {
		return nil, err
	}
	stance := string(c.Stance)
	if c.Speaker == "" {
		stance = "derived from " + strings.Join(shorts(v, c.DerivedFrom), ", ")
	}
	claim := graph.Cell{Value: c.IRI, Text: v.Base.Short(c.IRI)}
	cells := append([]graph.Cell{claim, speaker}, words(strings.Join(via, ", "), stance, c.Hedge)...)
	return append(append(cells, paragraph), words(passage, c.Note)...), nil
}

func shorts(v *graph.View, iris []quad.IRI) []string {
	var list []string
	for _, iri := range iris {
		list = append(list, v.Base.Short(iri))
	}
	return list
}

// passages finds the words of claims in the texts that --text gives.
type passages struct {
	view  *graph.View
	path  string
	texts map[quad.IRI]*data.Text // by source; nil for a text that is not there
}

func (a *app) passages(v *graph.View) *passages {
	return &passages{view: v, path: a.settings.text, texts: map[quad.IRI]*data.Text{}}
}

// of returns the words of a claim, or what keeps them from being shown.
func (p *passages) of(ctx context.Context, c *graph.Claim) (string, error) {
	if p.path == "" || c.Paragraph == 0 {
		return "", nil
	}
	text, looked := p.texts[c.Source]
	if !looked {
		digest, err := p.view.TextDigest(ctx, c.Source)
		if err != nil {
			return "", err
		}
		if text, err = data.FindText(p.path, digest); err != nil {
			return "", err
		}
		p.texts[c.Source] = text
	}
	if text == nil {
		return "(the text of this source is not at hand)", nil
	}
	passage, same := text.Passage(c.Start, c.End, c.SHA256)
	if !same {
		return fmt.Sprintf("(the text from %d to %d is not what the claim was taken from)", c.Start, c.End), nil
	}
	return passage, nil
}
