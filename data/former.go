package data

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/internal/claimsfile"
	"kg/internal/sourcetext"
	"kg/internal/strict"
	"kg/schema"
)

// former is what the words of passages are known from, since claims keep none: former texts,
// and drafts of claims files from before kg locate. A nil one knows none.
type former struct {
	texts  []*sourcetext.Text
	drafts map[string][]byte    // words by their SHA-256
	ends   map[string][2]string // the words on both sides of an ellipsis, by source and claim
}

// Formerly reads former texts, and drafts from before kg locate, from which Verify knows the
// words of passages that it does not find: each path is a file, or a folder of them. A draft
// is a file that ends in .yaml or .yml.
func (t *Texts) Formerly(paths []string) error {
	w := &former{drafts: map[string][]byte{}, ends: map[string][2]string{}}
	for _, name := range paths {
		before := len(w.texts) + len(w.drafts) + len(w.ends)
		err := sourcetext.EachFile(name, func(name string) error {
			b, err := sourcetext.ReadBytes(name)
			if err != nil {
				return err
			}
			if ending := filepath.Ext(name); ending == ".yaml" || ending == ".yml" {
				w.draft(name, b)
			} else if text, err := sourcetext.Read(name, b); err == nil {
				w.texts = append(w.texts, text)
			}
			return nil
		})
		if err == nil && len(w.texts)+len(w.drafts)+len(w.ends) == before {
			err = fmt.Errorf("%q has neither a text nor a draft with words", name)
		}
		if err != nil {
			return fmt.Errorf("looking for the words of passages: %w", err)
		}
	}
	t.former = w
	return nil
}

// draft adds the words of a draft. A file that is no draft has none.
func (w *former) draft(name string, file []byte) {
	r := strict.NewReport("draft", name)
	fields, err := claimsfile.Parse(file, r, "source")
	if err != nil {
		return
	}
	d := fields.Document()
	for _, c := range d.Claims {
		if c.At == nil || c.At.Words == "" {
			continue
		}
		first, last, shortened := strings.Cut(c.At.Words, "…")
		if first, last = strings.TrimSpace(first), strings.TrimSpace(last); !shortened {
			w.drafts[sourcetext.Digest([]byte(first))] = []byte(first)
		} else if first != "" && last != "" {
			w.ends[d.Source.ID.Text+"/"+c.ID.Text] = [2]string{first, last}
		}
	}
}

// and returns w with a text, if that is not nil.
func (w *former) and(text *sourcetext.Text) *former {
	if text == nil {
		return w
	}
	with := &former{texts: []*sourcetext.Text{text}}
	if w != nil {
		with.texts, with.drafts, with.ends = append(with.texts, w.texts...), w.drafts, w.ends
	}
	return with
}

// words returns the words of a passage, or nil.
func (w *former) words(l schema.Locator) []byte {
	if w == nil {
		return nil
	}
	if words := w.drafts[l.SHA256]; words != nil {
		return words
	}
	if i := slices.IndexFunc(w.texts, func(t *sourcetext.Text) bool { return t.Holds(l) }); i >= 0 {
		return w.texts[i].Slice(l.Start, l.End)
	}
	return nil
}

// endsOf returns the beginning and the end of a claim's passage, if a draft has them.
func (w *former) endsOf(claim quad.IRI) (first, last string, ok bool) {
	if w == nil {
		return "", "", false
	}
	source, id, _, _ := schema.IRI(claim).SplitClaim()
	s, ok := w.ends[path.Base(string(source))+"/"+path.Base(string(id))]
	return s[0], s[1], ok
}
