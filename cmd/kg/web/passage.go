package web

import (
	"path/filepath"
	"slices"
	"sync"

	"github.com/cayleygraph/quad"

	"kg/data"
	"kg/graph"
	"kg/internal/sourcetext"
	"kg/schema"
)

// textCache caches the last few sources verified against their texts: finding a text reads
// the files of a folder, and a moved passage is searched in the whole text.
type textCache struct {
	mu    sync.Mutex
	texts map[quad.IRI]heldText
}

// heldText is a source verified against its text in one version of the graph.
type heldText struct {
	*data.Verified
	version string
}

// mostTexts is the maximum number of cached texts.
const mostTexts = 32

// get verifies a source against its text, or returns the cached result. Without the
// source's own text it searches again, since the file may be added later.
func (c *textCache) get(a *asked, path, version string, source quad.IRI) (*data.Verified, error) {
	c.mu.Lock()
	held, known := c.texts[source]
	c.mu.Unlock()
	known = known && held.version == version
	if known && held.State == data.Same {
		return held.Verified, nil
	}
	texts, err := data.OpenTexts(path)
	if err != nil {
		return nil, err
	}
	text, err := FindText(a.ctx, a.View, texts, source)
	if err != nil || text == nil {
		return nil, err
	}
	if known && held.Text.SHA256 == text.SHA256 {
		return held.Verified, nil
	}
	list, err := Verify(a.ctx, a.View, texts, source)
	if err != nil || len(list) == 0 || list[0].Text == nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.texts == nil || len(c.texts) >= mostTexts {
		c.texts = map[quad.IRI]heldText{}
	}
	c.texts[source] = heldText{list[0], version}
	return list[0], nil
}

// passage is a claim's passage with its context, or why it cannot be shown.
type passage struct {
	Before, Words, After string
	Why                  string
	verdict
}

// verdict is the verdict on a passage that has changed.
type verdict struct {
	Verdict string // empty if it matches, or no text is given
	Nearest string // the position of the passage, or of the nearest one
}

// around is the number of code points shown before and after a passage.
const around = 160

// text verifies a source against its text; why is the reason if it cannot be shown.
func (s *Server) text(a *asked, source quad.IRI) (text *data.Verified, why string, err error) {
	digest, err := a.TextDigest(a.ctx, source)
	switch {
	case err != nil:
		return nil, "", err
	case digest == "":
		return nil, "the source has no text; each claim has an address to look it up", nil
	case s.Copied:
		return nil, "a copy has no texts of sources", nil
	case s.Text == "":
		return nil, "kg serve was started without --text, which gives the texts of sources", nil
	}
	text, err = s.texts.get(a, s.Text, s.Version(), source)
	if text == nil || text.State != data.Same { // it may be put there later
		unkept(a.ctx)
	}
	if err == nil && text == nil {
		why = "the text of this source is not given"
	}
	return text, why, err
}

// became returns the result of a claim.
func became(text *data.Verified, claim quad.IRI) *data.Result {
	i := slices.IndexFunc(text.Results, func(r data.Result) bool { return r.Claim == claim })
	if i < 0 {
		return nil
	}
	return &text.Results[i]
}

// verdictOf returns the verdict for a page, and the position of the passage if the text
// has it exactly once.
func (a *asked) verdictOf(r *data.Result) (v verdict, start, end int, err error) {
	if r.Verdict == data.Match {
		return v, r.Start, r.End, nil
	}
	v = verdict{string(r.Verdict), r.Nearest.String()}
	switch r.Verdict {
	case data.WrongParagraph, data.WrongPage, data.Moved:
		return v, r.Nearest.Start, r.Nearest.End, nil
	case data.Misattributed:
		var other term
		if other, err = a.term(r.Nearest.Source); err == nil {
			v.Nearest = other.Text + ", " + v.Nearest
		}
	}
	return v, 0, 0, err
}

func (s *Server) passage(a *asked, c *graph.Claim) (p passage, err error) {
	if c.Paragraph == 0 {
		return p, nil
	}
	text, why, err := s.text(a, c.Source)
	if err != nil || text == nil {
		return passage{Why: why}, err
	}
	r := became(text, c.IRI)
	if r == nil {
		return p, nil
	}
	var start, end int
	if p.verdict, start, end, err = a.verdictOf(r); err != nil {
		return p, err
	}
	if start == end {
		p.Why = "the text at this position is not the passage of the claim"
		if d := text.Text.Difference(filepath.Base(text.Text.Name)); d != "" {
			p.Why += "; " + d
		}
		return p, nil
	}
	p.Words, _ = text.Text.Passage(start, end, "")
	p.Before, _ = text.Text.Passage(max(0, start-around), start, "")
	p.After, _ = text.Text.Passage(end, min(text.Text.Len(), end+around), "")
	return p, nil
}

// piece is a span of a text with the same claims.
type piece struct {
	Words  string
	Claims []claimLine // the narrowest first; none for what no claim is taken from
	Begins []string    // the ids of those that begin here
}

// mark fills in a source's text, split at the passages of its claims, or why it cannot be
// shown.
func (s *Server) mark(a *asked, source quad.IRI, p *sourcePage) error {
	text, why, err := s.text(a, source)
	if err != nil || text == nil {
		p.NoText = why
		return err
	}
	results := map[string]*data.Result{}
	for i := range text.Results {
		results[schema.IRI(text.Results[i].Claim).LastPart()] = &text.Results[i]
	}
	for i := range p.Claims {
		c := &p.Claims[i]
		r := results[c.ID]
		if r == nil {
			continue
		}
		var start, end int
		if c.verdict, start, end, err = a.verdictOf(r); err != nil {
			return err
		}
		if c.Holds = start < end; c.Holds {
			c.Start, c.End = start, end
		}
	}
	p.Text, p.Differs = cut(text.Text.Text, p.Claims), text.Text.Difference(filepath.Base(text.Text.Name))
	return nil
}

// cut splits a text at the passages that match.
func cut(text *sourcetext.Text, claims []claimLine) (pieces []piece) {
	placed := slices.DeleteFunc(slices.Clone(claims), func(c claimLine) bool { return !c.Holds })
	var locators []schema.Locator
	for _, c := range placed {
		locators = append(locators, schema.Locator{Start: c.Start, End: c.End})
	}
	for at, in := range text.Cut(locators) {
		p := piece{Words: string(text.Slice(at.Start, at.End))}
		for _, i := range in {
			p.Claims = append(p.Claims, placed[i])
			if placed[i].Start == at.Start {
				p.Begins = append(p.Begins, placed[i].ID)
			}
		}
		pieces = append(pieces, p)
	}
	return pieces
}
