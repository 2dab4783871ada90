package queries

import (
	"context"

	"github.com/cayleygraph/quad"

	"kg/graph"
)

// keys spell rows so that those that people read alike have one key: by the numbers of
// their terms, which is quick, or by their texts, which needs no numbers. What figures
// say is read only for rows that have all else in common.
type keys struct {
	key    []byte // of the row that was spelled last
	open   bool   // it tells of figures only that they are there
	in     any    // the numbering of all rows so far
	byText bool
	byKey  keyTable
	texts  keyTexts         // of the answers
	closed map[string]*fold // of those of one open key, if there are several, all by keys that tell of figures, too
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
		a.key, a.open, err = a.v.AppendKey(ctx, a.key[:0], row, a.columns, false)
		return err
	}
	shown, err := a.canonical(ctx, row)
	if err == nil {
		err = a.spellText(ctx, shown)
	}
	return err
}

// find is the answer of a row that was spelled, nil if it is a new one.
func (a *folds) find(ctx context.Context, row graph.Row) (*fold, error) {
	f := a.get(a.key)
	if f == nil || !a.open {
		return f, nil
	}
	if err := f.close(ctx); err != nil {
		return nil, err
	}
	closed, err := a.closedKey(ctx, row)
	return a.closed[closed], err
}

// put makes the answer of a row that find did not have.
func (a *folds) put(ctx context.Context, row graph.Row) (*fold, error) {
	f := a.more()
	if err := a.stand(ctx, f, row); err != nil {
		return f, err
	}
	if f.behind {
		row = row.Bare()
	}
	f.keep(row)
	f.key, f.open = a.texts.add(a.key), a.open
	if a.get(a.key) != nil {
		return f, f.close(ctx)
	}
	a.index(a.found-1, a.key)
	return f, nil
}

func (a *folds) keyOf(f *fold) []byte { return a.texts.get(f.key) }

// like is the answer that is read like one of other answers whose keys are aligned.
func (a *folds) like(ctx context.Context, other *fold) (*fold, error) {
	f := a.get(other.of.keyOf(other))
	if f == nil || !f.open {
		return f, nil
	}
	if err := f.close(ctx); err != nil {
		return nil, err
	}
	closed, err := other.of.closedKey(ctx, other.one())
	return a.closed[closed], err
}

// close has the answer found by what its figures say.
func (f *fold) close(ctx context.Context) error {
	if f.closed {
		return nil
	}
	closed, err := f.of.closedKey(ctx, f.one())
	if err == nil {
		f.closed, f.of.closed[closed] = true, f
	}
	return err
}

func (a *folds) closedKey(ctx context.Context, row graph.Row) (string, error) {
	key, _, err := a.v.AppendKey(ctx, nil, row, a.columns, true)
	return string(key), err
}

// spellText makes the key of canonical values.
func (a *folds) spellText(ctx context.Context, values []quad.Value) error {
	a.key, a.open = a.key[:0], false
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
	a.byKey, a.texts = keyTable{}, keyTexts{}
	for n := range a.found {
		f := a.at(n)
		shown, err := f.shown(ctx)
		if err == nil {
			err = a.spellText(ctx, shown)
		}
		if err != nil {
			return err
		}
		f.key, f.open = a.texts.add(a.key), false
		if a.get(a.key) == nil {
			a.index(n, a.key)
		}
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
