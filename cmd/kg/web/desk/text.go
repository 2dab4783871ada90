package desk

import (
	"context"
	"html"
	"html/template"
	"path/filepath"
	"strings"
	"sync"

	"github.com/cayleygraph/quad"

	"kg/data"
	"kg/internal/propose"
	"kg/schema"
)

// textCache caches the last few files as verified against their texts.
type textCache struct {
	mu    sync.Mutex
	held  map[string]*data.Verified     // by the file's digest
	names map[string][]*propose.Mention // by the text's
}

// mostTexts is the maximum number of cached texts.
const mostTexts = 16

// textOf verifies a file against its text; why is the reason if it cannot.
func (d *Desk) textOf(ctx context.Context, name string, file []byte, version string) (v *data.Verified, why string, err error) {
	l, bad := data.ReadLocators(name, file, d.Base)
	if bad != nil {
		return nil, "the text is found by its SHA-256 in the source, and there " + problems(bad)[0].Msg, nil
	}
	d.texts.mu.Lock()
	v = d.texts.held[version]
	d.texts.mu.Unlock()
	if v != nil && v.State == data.Same {
		return v, "", nil
	}
	for _, path := range d.textPaths(name, l.SHA256) {
		found, err := verify(ctx, path, *l)
		if err != nil {
			return nil, "", err
		}
		if found != nil && found.Text != nil && (v == nil || found.State == data.Same) {
			v = found
		}
		if v != nil && v.State == data.Same {
			break
		}
	}
	if v == nil {
		return nil, "the text of this source is neither in the folder of this desk nor where --text says", nil
	}
	d.texts.mu.Lock()
	defer d.texts.mu.Unlock()
	if d.texts.held == nil || len(d.texts.held) >= mostTexts {
		d.texts.held = map[string]*data.Verified{}
	}
	d.texts.held[version] = v
	return v, "", nil
}

// textPaths returns the files that may be the text of a file: those with its digest, that
// of --text, and those with the file's name. Folders below are not read.
func (d *Desk) textPaths(name, sha256 string) (list []string) {
	var same []string
	for text, path := range d.textFiles() {
		switch path = ownText(path); {
		case sha256 != "" && digestOf(path) == sha256:
			return []string{path}
		case stem(text) == stem(name):
			same = append(same, path)
		}
	}
	if d.Text != "" {
		list = append(list, d.Text)
	}
	return append(list, same...)
}

// verify checks a file's locators against the text at a path.
func verify(ctx context.Context, path string, l schema.Locators) (*data.Verified, error) {
	folder, err := data.OpenTexts(path)
	if err != nil {
		return nil, err
	}
	list, err := folder.Verify(ctx, []schema.Locators{l}, func(quad.IRI) bool { return true })
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list[0], nil
}

// span is a span of the text with the same claims.
type span struct {
	Words  template.HTML
	Claims []string // the shortest first
}

// spans splits the text at the passages that match.
func spans(v *data.Verified) (list []span) {
	var locators []schema.Locator
	for _, r := range v.Results {
		at := r.Locator
		switch {
		case r.Verdict == data.Moved || r.Verdict == data.WrongParagraph || r.Verdict == data.WrongPage:
			at.Start, at.End = r.Nearest.Start, r.Nearest.End
		case r.Verdict != data.Match:
			continue
		}
		if at.Claim != "" {
			locators = append(locators, at)
		}
	}
	for at, in := range v.Text.Cut(locators) {
		p := span{Words: asItIs(string(v.Text.Slice(at.Start, at.End)))}
		for _, i := range in {
			p.Claims = append(p.Claims, schema.IRI(locators[i].Claim).LastPart())
		}
		list = append(list, p)
	}
	return list
}

// asItIs escapes a text so that a browser drops no character: the script counts them.
func asItIs(text string) template.HTML {
	return template.HTML(strings.ReplaceAll(html.EscapeString(text), "\r", "&#13;")) // which HTML would make a line feed
}

// difference describes a text that is not the one that the claims were taken from.
func difference(v *data.Verified) string { return v.Text.Difference(filepath.Base(v.Text.Name)) }
