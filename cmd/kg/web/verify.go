package web

import (
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/data"
	"kg/graph"
	"kg/internal/sourcetext"
	"kg/schema"
)

// FindText finds the text of a source, as data.Texts.Find does.
func FindText(ctx context.Context, v *graph.View, texts *data.Texts, source quad.IRI) (*sourcetext.Found, error) {
	l, err := v.SourceLocators(ctx, source, false)
	if err != nil {
		return nil, err
	}
	if text, err := texts.Of(l.SHA256); text != nil || err != nil { // no place is needed to know it
		return &sourcetext.Found{Text: text, Same: true}, err
	}
	if l, err = v.SourceLocators(ctx, source, true); err != nil {
		return nil, err
	}
	return texts.Find(ctx, l, func(sha256 string) (bool, error) {
		other, err := v.SourceOfText(ctx, sha256)
		return other != "", err
	})
}

// Verify checks the claims of sources, or of all if none is given, against their texts,
// as data.Texts.Verify does.
func Verify(ctx context.Context, v *graph.View, texts *data.Texts, sources ...quad.IRI) ([]*data.Verified, error) {
	asked := func(source quad.IRI) bool { return len(sources) == 0 || slices.Contains(sources, source) }
	all, err := v.Locators(ctx, asked)
	if err != nil {
		return nil, err
	}
	return texts.Verify(ctx, all, asked)
}

// VerifyFile checks the locators of a claims file against its text. The texts of the other
// sources in v, which may be nil, are recognised as theirs.
func VerifyFile(ctx context.Context, v *graph.View, texts *data.Texts, own *schema.Locators) (*data.Verified, error) {
	var all []schema.Locators
	if v != nil {
		list, err := v.Locators(ctx, func(quad.IRI) bool { return false })
		if err != nil {
			return nil, err
		}
		all = slices.DeleteFunc(list, func(l schema.Locators) bool { return l.Source == own.Source })
	}
	list, err := texts.Verify(ctx, append(all, *own), func(source quad.IRI) bool { return source == own.Source })
	if err != nil {
		return nil, err
	}
	return list[0], nil
}
