package data

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/internal/claimsfile"
	"kg/internal/strict"
	"kg/schema"
)

// formerly are what the words of passages are known from, since claims keep none:
// texts as they were, and drafts of claims files, before kg locate. A nil one
// knows none.
type formerly struct {
	texts  []*Text
	drafts map[string][]byte    // words by their SHA-256
	short  map[string][2]string // the two sides of an ellipsis, by source and claim
}

// Formerly reads texts as they were and drafts as they were before kg locate, from which
// Verify has the words of passages that it does not find: each path is a file, or a
// folder of them. A draft is a file that ends in .yaml or .yml.
func (t *Texts) Formerly(paths []string) error {
	w := &formerly{drafts: map[string][]byte{}, short: map[string][2]string{}}
	for _, name := range paths {
		before := len(w.texts) + len(w.drafts) + len(w.short)
		err := eachFile(name, func(name string) error {
			b, err := readText(name)
			if err != nil {
				return err
			}
			if ending := filepath.Ext(name); ending == ".yaml" || ending == ".yml" {
				w.draft(name, b)
			} else if text, err := ReadText(name, b); err == nil {
				w.texts = append(w.texts, text)
			}
			return nil
		})
		if err == nil && len(w.texts)+len(w.drafts)+len(w.short) == before {
			err = fmt.Errorf("%q has neither a text nor a draft with words", name)
		}
		if err != nil {
			return fmt.Errorf("looking for the words of passages: %w", err)
		}
	}
	t.was = w
	return nil
}

// draft takes the words of a draft. What is none has none.
func (w *formerly) draft(name string, file []byte) {
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
			w.drafts[digest([]byte(first))] = []byte(first)
		} else if first != "" && last != "" {
			w.short[d.Source.ID.Text+"/"+c.ID.Text] = [2]string{first, last}
		}
	}
}

// and adds a text, if there is one.
func (w *formerly) and(text *Text) *formerly {
	if text == nil {
		return w
	}
	with := &formerly{texts: []*Text{text}}
	if w != nil {
		with.texts, with.drafts, with.short = append(with.texts, w.texts...), w.drafts, w.short
	}
	return with
}

// of returns the words of a passage, or nil.
func (w *formerly) of(l schema.Locator) []byte {
	if w == nil {
		return nil
	}
	if words := w.drafts[l.SHA256]; words != nil {
		return words
	}
	if i := slices.IndexFunc(w.texts, func(t *Text) bool { return t.Holds(l) }); i >= 0 {
		return w.texts[i].Slice(l.Start, l.End)
	}
	return nil
}

// ends returns what a draft has of the passage of a claim: its beginning and end.
func (w *formerly) ends(claim quad.IRI) (first, last string, ok bool) {
	if w == nil {
		return "", "", false
	}
	source, id, _, _ := schema.IRI(claim).SplitClaim()
	s, ok := w.short[path.Base(string(source))+"/"+path.Base(string(id))]
	return s[0], s[1], ok
}
