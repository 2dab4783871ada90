package data

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/internal/sourcetext"
	"kg/schema"
)

// Verdict says what became of a passage, or of the whole text of a source.
type Verdict string

// The verdicts. A passage is known by its SHA-256 and by nothing else: likeness never counts.
// Each passage has the first verdict that is true.
const (
	NoText         Verdict = "no text"         // the text of the source is not at hand
	Match          Verdict = "match"           // it stands where the locator says
	WrongParagraph Verdict = "wrong paragraph" // so it does, but its paragraph, or row, has another number, or none
	WrongPage      Verdict = "wrong page"      // so it does, but its page has another number
	Moved          Verdict = "moved"           // it stands at one other position of the text
	Ambiguous      Verdict = "ambiguous"       // it stands at several other positions
	Misattributed  Verdict = "misattributed"   // it stands in the text of another source
	Altered        Verdict = "altered"         // it stands in none of them, but a range that it became does: see neighbours.go
	Missing        Verdict = "missing"         // there is no such range either
	Same           Verdict = "same"            // of a text: it has the digest that the claims were taken from
	Reextracted    Verdict = "extracted anew"  // of a text: another text of the same document
	Changed        Verdict = "changed"         // of a text: another version
)

// Verdicts lists the verdicts on passages, the good one first.
var Verdicts = []Verdict{Match, WrongParagraph, WrongPage, Moved, Ambiguous, Misattributed, Altered, Missing, NoText}

// Good reports whether nothing is to be done.
func (v Verdict) Good() bool { return v == Match || v == Same }

// Result is a locator and its verdict.
type Result struct {
	schema.Locator
	Verdict Verdict
	Nearest *Range // of the passage, or nearest to it; nil if it stands where the locator says, or nowhere
}

// Verified is the text of a source, and the verdicts on its passages.
type Verified struct {
	*schema.Locators
	Text    *sourcetext.Found // nil if there is none
	State   Verdict
	Body    int      // where paragraph 1 begins in Text
	Results []Result // in the order of Locators.List
}

// Good reports whether the text is the same and every passage where it should be.
func (v *Verified) Good() bool {
	return v.State.Good() && !slices.ContainsFunc(v.Results, func(r Result) bool { return !r.Verdict.Good() })
}

// Left counts the passages that Fix cannot put right.
func (v *Verified) Left() (n int) {
	for i := range v.Results {
		if r := &v.Results[i]; !r.Verdict.Good() && !r.fixable() {
			n++
		}
	}
	return n
}

// Texts is the files at a path in which Verify finds the texts of sources, and what it knows
// the words of passages from.
type Texts struct {
	*sourcetext.Files
	former *former
}

// OpenTexts lists the texts at a path, a file or a folder: see sourcetext.Open.
func OpenTexts(path string) (*Texts, error) {
	files, err := sourcetext.Open(path)
	if err != nil {
		return nil, err
	}
	return &Texts{Files: files}, nil
}

// Verify compares the passages of sources with their texts: of all sources, those that asked
// chooses. The texts of the others are no versions of these, and a passage found in one of
// them is misattributed. A path that is a file is the text of the one source that is asked
// for; if several are, it is that of each of which it has passages.
func (t *Texts) Verify(ctx context.Context, all []schema.Locators, asked func(quad.IRI) bool) ([]*Verified, error) {
	known := map[string]*schema.Locators{} // the sources of texts, by their digests
	var chosen []*schema.Locators
	for i := range all {
		l := &all[i]
		if l.SHA256 != "" && known[l.SHA256] == nil {
			known[l.SHA256] = l
		}
		if asked(l.Source) && (l.SHA256 != "" || len(l.List) > 0) { // background stands in no text
			chosen = append(chosen, l)
		}
	}
	if len(chosen) > 1 {
		files := *t.Files
		files.File = false
		t = &Texts{&files, t.former}
	}
	list, checks, err := t.check(ctx, chosen, known)
	if err != nil {
		return nil, err
	}
	for _, c := range checks {
		if known[c.Text.SHA256] == nil {
			known[c.Text.SHA256] = c.Locators
		}
	}
	if err := t.elsewhere(ctx, checks, known); err != nil {
		return nil, err
	}
	for _, c := range checks {
		if err := c.finish(ctx); err != nil {
			return nil, err
		}
		c.inRows()
	}
	return list, nil
}

// check compares each source with its own text. checks are those of sources that have one:
// finish ends them.
func (t *Texts) check(ctx context.Context, sources []*schema.Locators, known map[string]*schema.Locators) (list []*Verified, checks []*check, err error) {
	for _, l := range sources {
		found, err := t.Find(ctx, l, func(sha256 string) (bool, error) { return known[sha256] != nil, nil })
		if err != nil {
			return nil, nil, err
		}
		c := &check{Verified: &Verified{Locators: l, Text: found}, former: t.former}
		if err := c.start(ctx); err != nil {
			return nil, nil, err
		}
		if list = append(list, c.Verified); found != nil {
			checks = append(checks, c)
		}
	}
	return list, checks, nil
}

// elsewhere looks for passages that the text of their own source does not have in the texts
// of other sources, in the order of these.
func (t *Texts) elsewhere(ctx context.Context, checks []*check, known map[string]*schema.Locators) error {
	others := slices.DeleteFunc(t.Digests(), func(sha256 string) bool { return known[sha256] == nil })
	slices.SortStableFunc(others, func(a, b string) int { return cmp.Compare(known[a].Source, known[b].Source) })
	for _, other := range slices.Compact(others) {
		left := slices.DeleteFunc(slices.Clone(checks), func(c *check) bool { return c.Text.SHA256 == other || !c.unsettled() })
		if len(left) == 0 {
			continue
		}
		text, err := t.Of(other)
		if err != nil {
			return err
		}
		if text == nil {
			continue // the file has changed
		}
		if err := attribute(ctx, left, text, known[other]); err != nil {
			return err
		}
	}
	return nil
}

// attribute looks for passages of other sources in the text of a source.
func attribute(ctx context.Context, checks []*check, text *sourcetext.Text, source *schema.Locators) error {
	f := sourcetext.NewFinder(text)
	var unknown []sourcetext.Key
	starts := map[sourcetext.Key]int{}
	for _, c := range checks {
		for k, words := range c.unfound() {
			if words == nil {
				unknown = append(unknown, k)
			} else if spans := f.Spans(words); len(spans) > 0 {
				starts[k] = spans[0].Start
			}
		}
	}
	hits, err := f.Search(ctx, unknown)
	if err != nil {
		return err
	}
	maps.Copy(starts, hits)
	paragraphs := text.ParagraphsOf(source, source.Body)
	for _, c := range checks {
		for i := range c.Results {
			r := &c.Results[i]
			start, ok := starts[sourcetext.KeyOf(r.Locator)]
			if !ok || r.Verdict != "" {
				continue
			}
			r.Verdict, r.Nearest = Misattributed, rangeOf(paragraphs, sourcetext.Span{Start: start, End: start + r.End - r.Start})
			r.Nearest.Source = source.Source
			r.Nearest.inRows(source.Table)
		}
	}
	return nil
}
