package main

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"

	"github.com/cayleygraph/quad"

	"kg/cmd/kg/web"
	"kg/data"
	"kg/graph"
	"kg/internal/claimrows"
	"kg/internal/sourcetext"
)

// passages finds the words of claims in the texts that --text gives.
type passages struct {
	app   *app
	view  *graph.View
	path  string
	files *data.Texts                    // at path, once looked at
	texts map[quad.IRI]*sourcetext.Found // by source; nil for a text that is not there
}

func (a *app) passages(v *graph.View) *passages {
	return &passages{app: a, view: v, path: a.settings.text, texts: map[quad.IRI]*sourcetext.Found{}}
}

// of returns the words of a claim, or why they cannot be shown.
func (p *passages) of(ctx context.Context, c *graph.Claim) (string, error) {
	words, missing, err := p.words(ctx, c)
	return cmp.Or(words, missing), err
}

// behind returns the claims that state an edge and those that deny it, as cells of
// claimrows.Columns.
func (p *passages) behind(ctx context.Context, edge quad.Quad) ([][]graph.Cell, error) {
	e, err := p.view.EdgeEvidence(ctx, edge)
	if err != nil {
		return nil, err
	}
	return claimrows.Cells(ctx, p.view, e, func(c *graph.Claim) (string, error) { return p.of(ctx, c) })
}

// behindClaim returns a claim itself, and the claims that deny one of its edges.
func (p *passages) behindClaim(ctx context.Context, iri quad.IRI) ([][]graph.Cell, error) {
	c, err := p.view.Claim(ctx, iri)
	if c == nil || err != nil {
		return nil, err
	}
	e, err := p.view.ClaimEvidence(ctx, c)
	if err != nil {
		return nil, err
	}
	return claimrows.Cells(ctx, p.view, e, func(c *graph.Claim) (string, error) { return p.of(ctx, c) })
}

// words returns the words of a claim, or, in parentheses, why they are missing.
func (p *passages) words(ctx context.Context, c *graph.Claim) (words, missing string, err error) {
	if p.path == "" || c.Paragraph == 0 {
		return "", "", nil
	}
	text, err := p.text(ctx, c.Source)
	if err != nil {
		return "", "", err
	}
	if text == nil {
		return "", "(the text of this source is not given)", nil
	}
	passage, same := text.Passage(c.Start, c.End, c.SHA256)
	if !same {
		return "", fmt.Sprintf("(the text from %d to %d is not the passage of the claim)", c.Start, c.End), nil
	}
	return passage, "", nil
}

// fileName returns the name of a file to print; an assistant gets it without its folder.
func (a *app) fileName(path string) string {
	if a.lent != nil {
		return filepath.Base(path)
	}
	return path
}

// text returns the text of a source and caches it. It warns on standard error if the
// text is another than the one that the claims were taken from.
func (p *passages) text(ctx context.Context, source quad.IRI) (*sourcetext.Found, error) {
	if text, looked := p.texts[source]; looked {
		return text, nil
	}
	if p.files == nil {
		files, err := data.OpenTexts(p.path)
		if err != nil {
			return nil, err
		}
		p.files = files
	}
	text, err := web.FindText(ctx, p.view, p.files, source)
	if err != nil {
		return nil, err
	}
	p.texts[source] = text
	if text != nil && !text.Same {
		fmt.Fprintf(p.app.err, "%s: %s\n", p.view.Base.Short(source), text.Difference(p.app.fileName(text.Name)))
	}
	return text, nil
}
