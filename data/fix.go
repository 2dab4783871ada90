package data

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kg/internal/claimsfile"
	"kg/internal/document"
	"kg/internal/strict"
	"kg/schema"
)

// fileLocator is a locator in a claims file.
type fileLocator struct {
	schema.Locator
	claim string // whose passage it is; empty for one that is skipped
	node  strict.Node
}

// locatorsIn lists the locators of a claims file in its order: those of claims, then those of
// passages that are skipped. Words of a draft are none yet.
func locatorsIn(fields claimsfile.Fields) (list []fileLocator) {
	add := func(claim string, at strict.Node) {
		if !at.Present() || at.IsList() {
			return
		}
		if p := claimsfile.Passage(at); p.Words == "" {
			list = append(list, fileLocator{p, claim, at})
		}
	}
	for id, n := range fields.Claims() {
		add(id.Text, n.Child("at"))
	}
	for _, n := range fields["skipped"].Items("skipped") {
		add("", n.Child("at"))
	}
	return list
}

// ReadLocators reads the locators of a claims file, in the order of the file.
func ReadLocators(name string, file []byte, base schema.Base) (*schema.Locators, error) {
	r := strict.NewReport("claims", name)
	fields, err := claimsfile.Parse(file, r, "source")
	if err != nil {
		return nil, err
	}
	d := fields.Document()
	if d.Base.Text != "" {
		if base, err = schema.ParseBase(d.Base.Text); err != nil {
			r.Addf(d.Base.Pos, "%w", err)
		}
	}
	s := d.Source
	elsewhere := slices.ContainsFunc(d.Claims, func(c document.Claim) bool { return c.See.Text != "" })
	switch {
	case s.SHA256.Text != "":
	case elsewhere:
		r.Addf(s.ID.Pos, "the source stands in no text: each of its claims says where it can be looked up (see)")
	default:
		r.Addf(s.ID.Pos, "the source has no sha256 of its text: kg locate FILE --text TEXT fills it in")
	}
	l := &schema.Locators{Source: base.Source(s.ID.Text), SHA256: s.SHA256.Text, FromFile: s.FromFile.Text, Extractor: s.Extractor.Text, Characters: s.Characters, Heading: s.Heading.Text}
	if s.Body.Text != "" {
		if l.Body, err = strconv.Atoi(s.Body.Text); err != nil || l.Body < 0 {
			r.Addf(s.Body.Pos, "body is where paragraph 1 begins, in code points, not %q: kg locate FILE --text TEXT finds it", s.Body.Text)
		}
	}
	if err := r.Err(); err != nil {
		return nil, err
	}
	for _, p := range locatorsIn(fields) {
		at := schema.Locator{Page: p.Page, Paragraph: p.Paragraph, Start: p.Start, End: p.End, SHA256: p.SHA256}
		if p.claim != "" {
			at.Claim = base.Claim(s.ID.Text, p.claim)
		}
		l.List = append(l.List, at)
	}
	return l, r.Err()
}

// Fix returns the claims file, of which ReadLocators read the locators of v, with the locators
// that passages have now: those that moved, and those whose paragraph has another number. n
// is how many it fixed. Then the file is about the text of v, so the source gets its SHA-256,
// length and body; passages that are not in that text keep their locators, which kg verify
// reports. If the text has none of the passages, it is another text, and nothing is fixed.
// Nothing else of the file changes.
func (v *Verified) Fix(name string, file []byte) (fixed []byte, n int, err error) {
	if v.Text == nil {
		return file, 0, nil
	}
	r := strict.NewReport("claims", name)
	fields, err := claimsfile.Parse(file, r, "source", "claims")
	if err != nil {
		return nil, 0, err
	}
	l := &locator{lines: bytes.SplitAfter(file, []byte("\n")), text: v.Text.Text, r: r}
	held := 0
	for i, p := range locatorsIn(fields) {
		res := &v.Results[i]
		if res.Verdict == Match {
			held++
		}
		if !res.fixable() {
			continue
		}
		n++
		l.move(p, res.Nearest)
	}
	if n+held == 0 {
		return file, 0, nil
	}
	if source := fields["source"]; v.State == Changed || v.State == Reextracted {
		if v.Text.FromFile != "" {
			l.word(source.Child("extracted-from"), v.Text.FromFile)
			l.word(source.Child("extractor"), v.Text.Extractor)
		}
		l.word(source.Child("sha256"), v.Text.SHA256)
		l.number(source.Child("characters"), v.Text.Len())
		l.number(source.Child("body"), v.Body)
	}
	if err := r.Err(); err != nil {
		return nil, 0, err
	}
	return l.apply(), n, nil
}

// fixable reports whether the locator can be put right without a guess: one in a claims file
// needs a paragraph.
func (r *Result) fixable() bool {
	return (r.Verdict == Moved || r.Verdict == WrongParagraph || r.Verdict == WrongPage) && r.Nearest.Paragraph > 0
}

// move notes an edit of a locator, in its line or its fields.
func (l *locator) move(p fileLocator, to *Range) {
	if !p.node.IsMapping() {
		now := schema.Locator{Page: p.Page, Paragraph: to.Paragraph, Start: to.Start, End: to.End, SHA256: p.SHA256}
		if p.Page > 0 && to.Page > 0 {
			now.Page = to.Page
		}
		l.replace(p.node.Word("at"), now.Line())
		return
	}
	l.number(p.node.Child("paragraph"), to.Paragraph)
	l.number(p.node.Child("start"), to.Start)
	l.number(p.node.Child("end"), to.End)
	if to.Page > 0 {
		l.number(p.node.Child("page"), to.Page)
	}
}

// number notes an edit of a whole number.
func (l *locator) number(n strict.Node, to int) { l.word(n, strconv.Itoa(to)) }

// word notes an edit of a value without spaces, such as a number or a digest. It adds no
// value that the file does not have.
func (l *locator) word(n strict.Node, to string) {
	if !n.Present() {
		return
	}
	w := n.Word("the value")
	if w.Text == to {
		return
	}
	line := []rune(string(l.lines[w.Pos.Line-1]))
	rest := string(line[min(len(line), max(0, w.Pos.Column-1)):])
	for _, quote := range []string{"", `"`, `'`} {
		if old := quote + w.Text + quote; strings.HasPrefix(rest, old) {
			l.edits = append(l.edits, edit{pos: w.Pos, old: old, new: quote + to + quote})
			return
		}
	}
	l.r.Addf(w.Pos, "%s cannot be put in place of %q: write the value on the line of its key, plainly", fmt.Sprintf("%q", to), w.Text)
}
