package graph

import (
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/readings"
)

// Root is the source of whose text a source is another reading, however many readings
// of readings lie between; the source itself if it is none. The store need not have it.
func (v *View) Root(ctx context.Context, source quad.IRI) (quad.IRI, error) {
	if err := v.readReadings(ctx); err != nil {
		return "", err
	}
	return v.readings.Root(source), nil
}

// Readings are a source and the others that read the same text, the first source
// first, then by IRI; nil if there is one alone. Those that are retracted or not in
// the store are left out.
func (v *View) Readings(ctx context.Context, source quad.IRI) ([]quad.IRI, error) {
	root, err := v.Root(ctx, source)
	if err != nil {
		return nil, err
	}
	return slices.Clone(v.readings.Of(root)), nil
}

// readReadings reads which sources are readings, once.
func (v *View) readReadings(ctx context.Context) (err error) {
	if v.readings == nil {
		v.readings, err = readings.Read(ctx, v.r)
	}
	return err
}
