package main

import (
	"context"
	"fmt"

	"github.com/cayleygraph/quad"

	"kg/data"
	"kg/graph"
)

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
