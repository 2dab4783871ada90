package data

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// Verdict is what became of a passage, or of the whole text of a source.
type Verdict string

// The verdicts. A passage is known by its SHA-256 and by nothing else: what is
// merely like it is never taken for it. Each passage has the first that is true.
const (
	NoText         Verdict = "no text"         // the text of the source is not at hand
	Match          Verdict = "match"           // it stands where the locator says
	WrongParagraph Verdict = "wrong paragraph" // so it does, and the paragraph, or the row, has another number, or none
	WrongPage      Verdict = "wrong page"      // so it does, and the page has another number
	Moved          Verdict = "moved"           // it stands at one other place of the text
	Ambiguous      Verdict = "ambiguous"       // it stands at several other places
	Misattributed  Verdict = "misattributed"   // it stands in the text of another source
	Altered        Verdict = "altered"         // it stands in none of them, and what it became is there: see nearest.go
	Missing        Verdict = "missing"         // nor is that
	Same           Verdict = "same"            // of a text: it has the digest that the claims were taken from
	Reextracted    Verdict = "extracted anew"  // of a text: another one was taken out of the same document
	Changed        Verdict = "changed"         // of a text: it is another version
)

// Verdicts are those of passages, the good one first.
var Verdicts = []Verdict{Match, WrongParagraph, WrongPage, Moved, Ambiguous, Misattributed, Altered, Missing, NoText}

// Good reports whether there is nothing to do.
func (v Verdict) Good() bool { return v == Match || v == Same }

// Result is a locator and its verdict.
type Result struct {
	schema.Locator
	Verdict Verdict
	Nearest *Stretch // where the passage, or what is nearest to it, stands; nil where the locator says, or nowhere
}

// Verified is the text of a source, and the passages held against it.
type Verified struct {
	*schema.Locators
	Text    *Found // nil if it is not at hand
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

// Verify holds the passages of sources against their texts: of all sources, those
// that asked chooses. The others count as known: their texts are no versions of
// these, and a passage found in one of them is misattributed. A path that is a file is the text of the source that
// is asked for; if there are several, it is that of those of which it has passages.
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
		t = &Texts{files: t.files, was: t.was}
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

// check holds each source against its own text. Those that have one are to be
// finished.
func (t *Texts) check(ctx context.Context, sources []*schema.Locators, known map[string]*schema.Locators) (list []*Verified, checks []*check, err error) {
	for _, l := range sources {
		found, err := t.Find(ctx, l, func(sha256 string) (bool, error) { return known[sha256] != nil, nil })
		if err != nil {
			return nil, nil, err
		}
		c := &check{Verified: &Verified{Locators: l, Text: found}, was: t.was}
		if err := c.start(ctx); err != nil {
			return nil, nil, err
		}
		if list = append(list, c.Verified); found != nil {
			checks = append(checks, c)
		}
	}
	return list, checks, nil
}

// elsewhere looks in the texts of other sources for the passages that their own
// does not have, in the order of the sources.
func (t *Texts) elsewhere(ctx context.Context, checks []*check, known map[string]*schema.Locators) error {
	files := slices.DeleteFunc(slices.Clone(t.files), func(f textFile) bool { return known[f.sha256] == nil })
	slices.SortStableFunc(files, func(a, b textFile) int {
		return cmp.Compare(known[a.sha256].Source, known[b.sha256].Source)
	})
	files = slices.CompactFunc(files, func(a, b textFile) bool { return a.sha256 == b.sha256 })
	for _, file := range files {
		left := slices.DeleteFunc(slices.Clone(checks), func(c *check) bool { return c.Text.SHA256 == file.sha256 || !c.leaves() })
		if len(left) == 0 {
			continue
		}
		text, err := file.read()
		if err != nil {
			return err
		}
		if text == nil || text.SHA256 != file.sha256 {
			continue // it was changed meanwhile
		}
		if err := attribute(ctx, left, text, known[file.sha256]); err != nil {
			return err
		}
	}
	return nil
}

// attribute looks in the text of a source for passages of others.
func attribute(ctx context.Context, checks []*check, text *Text, source *schema.Locators) error {
	f := newFinder(text)
	var unknown []wanted
	at := map[wanted]int{}
	for _, c := range checks {
		for w, words := range c.unfound() {
			if words == nil {
				unknown = append(unknown, w)
			} else if places := f.places(words); len(places) > 0 {
				at[w] = places[0].Start
			}
		}
	}
	hits, err := f.search(ctx, unknown)
	if err != nil {
		return err
	}
	maps.Copy(at, hits)
	paragraphs := text.parts(source, source.Body)
	for _, c := range checks {
		for i := range c.Results {
			r := &c.Results[i]
			start, ok := at[newWanted(r.Locator)]
			if !ok || r.Verdict != "" {
				continue
			}
			r.Verdict, r.Nearest = Misattributed, nearestAt(paragraphs, Span{start, start + r.End - r.Start})
			r.Nearest.Source = source.Source
			r.Nearest.inRows(source.Table)
		}
	}
	return nil
}
