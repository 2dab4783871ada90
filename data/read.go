package data

import (
	"bytes"
	"embed"
	"slices"
	"strconv"

	"kg/internal/claimsfile"
	"kg/internal/document"
	"kg/internal/sourcetext"
	"kg/internal/strict"
	"kg/schema"
)

// Bundled holds the claims files that come with kg, each named by its source and
// its day.
//
//go:embed *-[0-9][0-9].yaml
var Bundled embed.FS

//go:embed background.yaml
var background []byte

// Checked is the claims of a source that were read and checked, ready for a store of package
// graph to load.
type Checked = document.Checked

// Background reads the claims about what no source states because every reader knows it, for
// the entities of a base.
func Background(o *schema.Ontology, base schema.Base) (*Checked, error) {
	return Read("background.yaml", background, o, base)
}

// Read reads a claims file and checks it against the ontology. name is the file's in errors;
// the error lists every mistake with line and column.
func Read(name string, file []byte, o *schema.Ontology, base schema.Base) (*Checked, error) {
	r := strict.NewReport("claims", name)
	fields, err := claimsfile.Parse(file, r, "source", "entities", "claims")
	if err != nil {
		return nil, err
	}
	d := fields.Once()
	return document.Check(o, d, base, r)
}

// ReadDraft is Read for a draft, whose passages may be words: each gets the locator that Locate
// would give it. The error lists every mistake at once, words that cannot be located among
// them. open returns the text with the digest that the source has, and is called only if there
// are words.
func ReadDraft(name string, file []byte, o *schema.Ontology, base schema.Base, open func(sha256 string) (*sourcetext.Text, error)) (*Checked, error) {
	r := strict.NewReport("claims", name)
	fields, err := claimsfile.Parse(file, r, "source", "entities", "claims")
	if err != nil {
		return nil, err
	}
	d := fields.Once()
	passages := passagesOf(d)
	if slices.ContainsFunc(passages, func(p *schema.Locator) bool { return p.Words != "" }) {
		text, err := open(d.Source.SHA256.Text)
		if err != nil {
			return nil, err
		}
		if text != nil {
			locateAll(file, d, passages, text, r)
		}
	}
	return document.Check(o, d, base, r)
}

// locateAll gives locators to the words of a document. Words that cannot be located are
// reported, and get the whole text, so that they are not reported again.
func locateAll(file []byte, d *document.Document, passages []*schema.Locator, text *sourcetext.Text, r *strict.Report) {
	l := &locator{lines: bytes.SplitAfter(file, []byte("\n")), text: text, r: r}
	s, at := &d.Source, d.Source.ID.Pos
	body, found := l.begin(s, passages)
	if s.SHA256.Text == "" {
		s.SHA256 = strict.Word{Text: text.SHA256, Pos: at}
	}
	if s.Characters == 0 {
		s.Characters = text.Len()
	}
	if s.FromFile.Text == "" && text.FromFile != "" {
		s.FromFile, s.Extractor = strict.Word{Text: text.FromFile, Pos: at}, strict.Word{Text: text.Extractor, Pos: at}
	}
	if s.Body.Text != "" {
		s.Body.Text = strconv.Itoa(body)
	}
	for _, p := range passages {
		if p.Words == "" {
			if found {
				l.check(p)
			}
			continue
		}
		to := sourcetext.Span{Start: 0, End: text.Len()}
		if found {
			if hit, ok := l.find(strict.Word{Text: p.Words, Pos: p.Pos}, l.paragraphs); ok {
				to = hit
			}
		}
		*p = schema.Locator{Pos: p.Pos, Page: text.Page(to.Start), Paragraph: max(1, to.In(l.paragraphs)), Start: to.Start, End: min(to.End, s.Characters), SHA256: sourcetext.Digest(text.Slice(to.Start, to.End))}
	}
}
