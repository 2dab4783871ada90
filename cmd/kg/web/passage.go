package web

import (
	"slices"
	"sync"

	"github.com/cayleygraph/quad"

	"kg/data"
	"kg/graph"
)

// textCache keeps the texts of sources that were looked for, by their digest:
// finding one means reading the files of a folder. It holds few.
type textCache struct {
	mu    sync.Mutex
	texts map[string]*data.Text // nil for one that is not at hand
}

// mostTexts is how many texts are kept.
const mostTexts = 32

func (c *textCache) get(path, digest string) (*data.Text, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if text := c.texts[digest]; text != nil {
		return text, nil
	}
	text, err := data.FindText(path, digest)
	if err != nil || text == nil { // it may be put there later: look again
		return nil, err
	}
	if c.texts == nil || len(c.texts) >= mostTexts {
		c.texts = map[string]*data.Text{}
	}
	c.texts[digest] = text
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
func (s *Server) text(a *asked, source quad.IRI) (text *data.Text, why string, err error) {
	if s.Text == "" {
		return nil, "kg serve was started without --text, which gives the texts of sources", nil
	}
	digest, err := a.TextDigest(a.ctx, source)
	if err != nil {
		return nil, "", err
	}
	text, err = s.texts.get(s.Text, digest)
	if err != nil {
		return nil, "", err
	}
	if text == nil {
		return nil, "the text of this source is not at hand", nil
	}
	return text, "", nil
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
		return passage{Why: "the text at this place is not what the claim was taken from"}, nil
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

// marked cuts a source's text where passages begin and end.
func (s *Server) marked(a *asked, source quad.IRI, claims []claimLine) ([]piece, string, error) {
	text, why, err := s.text(a, source)
	if err != nil || text == nil {
		return nil, why, err
	}
	return cut(text, claims), "", nil
}

func cut(text *data.Text, claims []claimLine) []piece {
	cuts := []int{0, text.Len()}
	placed := slices.DeleteFunc(slices.Clone(claims), func(c claimLine) bool {
		return c.Paragraph == 0 || c.Start >= c.End || c.End > text.Len()
	})
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
