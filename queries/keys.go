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
	texts  []byte           // for the keys of answers: one allocation serves many
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
	f := a.byKey.get(a.key)
	if f == nil || !a.open {
		return f, nil
	}
	if err := f.close(ctx); err != nil {
		return nil, err
	}
	closed, err := a.closedKey(ctx, row)
	return a.closed[closed], err
}

// put adds the answer of a row that find did not have.
func (a *folds) put(ctx context.Context, f *fold) error {
	f.key, f.open = a.keep(a.key), a.open
	a.order = append(a.order, f)
	if a.byKey.get(f.key) != nil {
		return f.close(ctx)
	}
	a.byKey.put(f)
	return nil
}

func (a *folds) keep(key []byte) []byte {
	if len(a.texts)+len(key) > cap(a.texts) {
		a.texts = make([]byte, 0, max(len(key), min(1<<16, 64+2*cap(a.texts))))
	}
	at := len(a.texts)
	a.texts = append(a.texts, key...)
	return a.texts[at:len(a.texts):len(a.texts)]
}

// like is the answer that is read like one of other answers whose keys are aligned.
func (a *folds) like(ctx context.Context, other *fold) (*fold, error) {
	f := a.byKey.get(other.key)
	if f == nil || !f.open {
		return f, nil
	}
	if err := f.close(ctx); err != nil {
		return nil, err
	}
	closed, err := other.of.closedKey(ctx, other.one[0])
	return a.closed[closed], err
}

// close has the answer found by what its figures say.
func (f *fold) close(ctx context.Context) error {
	if f.closed {
		return nil
	}
	closed, err := f.of.closedKey(ctx, f.one[0])
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
	a.byKey = keyTable{}
	for _, f := range a.order {
		shown, err := f.shown(ctx)
		if err == nil {
			err = a.spellText(ctx, shown)
		}
		if err != nil {
			return err
		}
		f.key, f.open = a.keep(a.key), false
		if a.byKey.get(f.key) == nil {
			a.byKey.put(f)
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
