package queries

import (
	"context"

	"github.com/cayleygraph/quad"

	"kg/graph"
)

// keys spell rows so that those that people read alike have one key: by the numbers of
// their terms, which is quick, or by their texts, which needs no numbers.
type keys struct {
	key    []byte // of the row that was spelled last
	in     any    // the numbering of all rows so far
	byText bool
}

// spell makes the key of a row's cells.
func (a *folds) spell(ctx context.Context, row graph.Row) error {
	in := row.Numbering()
	if !a.byText && (in == nil || a.in != nil && a.in != any(in)) {
		if err := a.spellTexts(ctx); err != nil {
			return err
		}
	}
	var err error
	if !a.byText {
		a.in = in
		a.key, err = a.v.AppendKey(ctx, a.key[:0], row, a.columns)
		return err
	}
	shown, err := a.canonical(ctx, row)
	if err == nil {
		err = a.spellText(ctx, shown)
	}
	return err
}

// spellText makes the key of canonical values.
func (a *folds) spellText(ctx context.Context, values []quad.Value) error {
	a.key = a.key[:0]
	for _, value := range values {
		if value != nil {
			var err error
			if a.key, err = a.v.AppendSame(ctx, a.key, value); err != nil {
				return err
			}
		}
		a.key = append(a.key, 0)
	}
	return nil
}

// spellTexts gives the answers keys by their texts, if they do not have these.
func (a *folds) spellTexts(ctx context.Context) error {
	if a.byText {
		return nil
	}
	a.byText = true
	clear(a.byKey)
	for _, f := range a.order {
		if err := a.spellText(ctx, f.values); err != nil {
			return err
		}
		f.key = string(a.key)
		a.byKey[f.key] = f
	}
	return nil
}

// alignKeys gives two sets of answers keys that can be compared.
func alignKeys(ctx context.Context, a, b *folds) error {
	if !a.byText && !b.byText && (a.in == b.in || a.in == nil || b.in == nil) {
		return nil // one without a numbering has no answers
	}
	if err := a.spellTexts(ctx); err != nil {
		return err
	}
	return b.spellTexts(ctx)
}
