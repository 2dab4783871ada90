package web

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync"

	"github.com/cayleygraph/quad"

	"kg/data"
	"kg/graph"
)

// SourceText is the text of a source as it was found.
type SourceText struct {
	*data.Text
	Same            bool // byte for byte the one that the claims were taken from
	Holding, Places int  // passages that stand where they stood, and all, if it is not the same
}

// Difference says of a text that is not the same what it is, with its name; it
// is empty of one that is.
func (t *SourceText) Difference(name string) string {
	if t.Same {
		return ""
	}
	return fmt.Sprintf("%s is not byte for byte the text that its claims were taken from: %d of %d passages still hold", name, t.Holding, t.Places)
}

// FindText looks at path, a file or a folder, for the text of a source. It
// returns nil if that is not there, nor one that could be another version of it.
func FindText(ctx context.Context, v *graph.View, path string, source quad.IRI) (*SourceText, error) {
	digest, err := v.TextDigest(ctx, source)
	if err != nil {
		return nil, err
	}
	if text, err := data.FindText(path, digest); text != nil || err != nil {
		return &SourceText{Text: text, Same: true}, err
	}
	claims, err := v.SourceClaims(ctx, source)
	if err != nil {
		return nil, err
	}
	var places []data.Place
	for _, c := range claims {
		if c.Paragraph > 0 {
			places = append(places, data.Place{Start: c.Start, End: c.End, SHA256: c.SHA256})
		}
	}
	text, err := data.ClosestText(path, places)
	if err != nil || text == nil {
		return nil, err
	}
	found := &SourceText{Text: text, Holding: text.Holding(places), Places: len(places)}
	if found.Holding == 0 { // the only file there may be the text of another source
		if other, err := v.SourceOfText(ctx, text.SHA256); err != nil || other != "" {
			return nil, err
		}
	}
	return found, nil
}

// textCache keeps the texts of sources that were looked for: finding one means
// reading the files of a folder. It holds few.
type textCache struct {
	mu    sync.Mutex
	texts map[quad.IRI]*SourceText
}

// mostTexts is how many texts are kept.
const mostTexts = 32

func (c *textCache) get(a *asked, path string, source quad.IRI) (*SourceText, error) {
	digest, err := a.TextDigest(a.ctx, source)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if text := c.texts[source]; text != nil && text.SHA256 == digest {
		return text, nil
	}
	text, err := FindText(a.ctx, a.View, path, source)
	if err != nil || text == nil || !text.Same { // it may be put there later: look again
		return text, err
	}
	if c.texts == nil || len(c.texts) >= mostTexts {
		c.texts = map[quad.IRI]*SourceText{}
	}
	c.texts[source] = text
	return text, nil
}

// passage is a claim's place in its text, or why it cannot be shown.
type passage struct {
	Before, Words, After string
	Why                  string
}

// around is how many code points before and after a passage are shown with it.
const around = 160

// text finds the text of a source; why says what keeps it from being shown.
func (s *Server) text(a *asked, source quad.IRI) (text *SourceText, why string, err error) {
	digest, err := a.TextDigest(a.ctx, source)
	switch {
	case err != nil:
		return nil, "", err
	case digest == "":
		return nil, "the source has none, and each claim says where to look it up", nil
	case s.Text == "":
		return nil, "kg serve was started without --text, which gives the texts of sources", nil
	}
	text, err = s.texts.get(a, s.Text, source)
	if err == nil && text == nil {
		why = "the text of this source is not at hand"
	}
	return text, why, err
}

func (s *Server) passage(a *asked, c *graph.Claim) (passage, error) {
	if c.Paragraph == 0 {
		return passage{}, nil
	}
	text, why, err := s.text(a, c.Source)
	if err != nil || text == nil {
		return passage{Why: why}, err
	}
	words, same := text.Passage(c.Start, c.End, c.SHA256)
	if !same {
		why := "the text at this place is not what the claim was taken from"
		if d := text.Difference(filepath.Base(text.Name)); d != "" {
			why += "; " + d
		}
		return passage{Why: why}, nil
	}
	before, _ := text.Passage(max(0, c.Start-around), c.Start, "")
	after, _ := text.Passage(c.End, min(text.Len(), c.End+around), "")
	return passage{Before: before, Words: words, After: after}, nil
}

// piece is a stretch of a text under the same claims.
type piece struct {
	Words  string
	Claims []claimLine // the narrowest first; none for what no claim is taken from
	Begins []string    // the ids of those that begin here
}

// mark fills in a source's text, cut where the passages of its claims begin and
// end, or what keeps it from being shown.
func (s *Server) mark(a *asked, source quad.IRI, p *sourcePage) error {
	text, why, err := s.text(a, source)
	if err != nil || text == nil {
		p.NoText = why
		return err
	}
	for i, c := range p.Claims {
		if c.Paragraph > 0 && c.Start < c.End {
			_, p.Claims[i].Holds = text.Passage(c.Start, c.End, c.SHA256)
		}
	}
	p.Text, p.Differs = cut(text.Text, p.Claims), text.Difference(filepath.Base(text.Name))
	return nil
}

// cut marks the passages that hold, and no others.
func cut(text *data.Text, claims []claimLine) []piece {
	cuts := []int{0, text.Len()}
	placed := slices.DeleteFunc(slices.Clone(claims), func(c claimLine) bool { return !c.Holds })
	for _, c := range placed {
		cuts = append(cuts, c.Start, c.End)
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	slices.SortStableFunc(placed, func(a, b claimLine) int { return (a.End - a.Start) - (b.End - b.Start) })
	var pieces []piece
	for i := 1; i < len(cuts); i++ {
		words, _ := text.Passage(cuts[i-1], cuts[i], "")
		p := piece{Words: words}
		for _, c := range placed {
			if c.Start <= cuts[i-1] && cuts[i] <= c.End {
				p.Claims = append(p.Claims, c)
			}
			if c.Start == cuts[i-1] {
				p.Begins = append(p.Begins, c.ID)
			}
		}
		pieces = append(pieces, p)
	}
	return pieces
}
