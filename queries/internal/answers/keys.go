package answers

import (
	"context"

	"github.com/cayleygraph/quad"

	"kg/graph"
)

// keys give rows that people read alike one key. A key by numbers has the numbers of a
// row's terms and is quick; rows of several numberings, or of none, have keys by text.
// Reading figures is slow, so a key by numbers says of a figure only that it is there: the
// key is partial. Once two rows have one partial key, their groups are found by full keys.
type keys struct {
	key        []byte // of the last row
	keyPartial bool   // whether that key is partial
	numbering  any    // of all rows so far
	byText     bool   // keys are by text
	table      keyTable
	texts      keyTexts          // the keys of the groups
	full       map[string]*group // by full keys: the groups whose partial key others have, too
}

// makeKey makes the key of a row.
func (gs *groups) makeKey(ctx context.Context, row graph.Row) error {
	in := row.Numbering()
	if !gs.byText && (in == nil || gs.numbering != nil && gs.numbering != any(in)) {
		if err := gs.switchToText(ctx); err != nil {
			return err
		}
	}
	var err error
	if !gs.byText {
		gs.numbering = in
		gs.key, gs.keyPartial, err = gs.v.AppendKey(ctx, gs.key[:0], row, gs.columns, false)
		return err
	}
	shown, err := gs.canonical(ctx, row)
	if err == nil {
		err = gs.makeTextKey(ctx, shown)
	}
	return err
}

// find returns the group of a row whose key is made, or nil.
func (gs *groups) find(ctx context.Context, row graph.Row) (*group, error) {
	g := gs.get(gs.key)
	if g == nil || !gs.keyPartial {
		return g, nil
	}
	return gs.findFull(ctx, g, gs, row)
}

// findFull returns the group of a row by its full key. g is the first with its partial
// key; of are the groups of the row.
func (gs *groups) findFull(ctx context.Context, g *group, of *groups, row graph.Row) (*group, error) {
	if err := g.indexFull(ctx); err != nil {
		return nil, err
	}
	full, err := of.fullKey(ctx, row)
	return gs.full[full], err
}

// start starts the group of a row whose key is made.
func (gs *groups) start(ctx context.Context, row graph.Row) (*group, error) {
	g := gs.alloc()
	if err := gs.compareToThreshold(ctx, g, row); err != nil {
		return g, err
	}
	if g.beyond {
		row = row.Bare()
	}
	g.append(row)
	g.key, g.partial = gs.texts.add(gs.key), gs.keyPartial
	if gs.get(gs.key) != nil {
		return g, g.indexFull(ctx)
	}
	gs.index(gs.n-1, gs.key)
	return g, nil
}

func (gs *groups) keyOf(g *group) []byte { return gs.texts.get(g.key) }

// sameAs returns the group that is read as one of other groups is, or nil. Their keys are
// aligned: see alignKeys.
func (gs *groups) sameAs(ctx context.Context, other *group) (*group, error) {
	g := gs.get(other.in.keyOf(other))
	if g == nil || !g.partial {
		return g, nil
	}
	return gs.findFull(ctx, g, other.in, other.firstRow())
}

// indexFull puts the group into full.
func (g *group) indexFull(ctx context.Context) error {
	if g.inFull {
		return nil
	}
	key, err := g.in.fullKey(ctx, g.firstRow())
	if err == nil {
		g.inFull, g.in.full[key] = true, g
	}
	return err
}

func (gs *groups) fullKey(ctx context.Context, row graph.Row) (string, error) {
	key, _, err := gs.v.AppendKey(ctx, nil, row, gs.columns, true)
	return string(key), err
}

// makeTextKey makes the key by text of canonical values.
func (gs *groups) makeTextKey(ctx context.Context, values []quad.Value) error {
	gs.key, gs.keyPartial = gs.key[:0], false
	for _, value := range values {
		if value != nil {
			var err error
			if gs.key, err = gs.v.AppendSame(ctx, gs.key, value); err != nil {
				return err
			}
		}
		gs.key = append(gs.key, 0)
	}
	return nil
}

// switchToText gives all groups keys by text, unless they have them.
func (gs *groups) switchToText(ctx context.Context) error {
	if gs.byText {
		return nil
	}
	gs.byText = true
	gs.table, gs.texts = keyTable{}, keyTexts{}
	for n := range gs.n {
		g := gs.at(n)
		shown, err := g.shown(ctx)
		if err == nil {
			err = gs.makeTextKey(ctx, shown)
		}
		if err != nil {
			return err
		}
		g.key, g.partial = gs.texts.add(gs.key), false
		if gs.get(gs.key) == nil {
			gs.index(n, gs.key)
		}
	}
	return nil
}

// alignKeys makes the keys of a and b comparable.
func alignKeys(ctx context.Context, a, b *groups) error {
	if !a.byText && !b.byText && (a.numbering == b.numbering || a.numbering == nil || b.numbering == nil) {
		return nil // without a numbering there are no groups
	}
	if err := a.switchToText(ctx); err != nil {
		return err
	}
	return b.switchToText(ctx)
}
