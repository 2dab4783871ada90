package check

import (
	"context"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/agree"
	"kg/graph/internal/read"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// readings checks that readings are of the text of their source.
func (a *audit) readings(ctx context.Context, r *read.Quads) error {
	of := map[quad.IRI]quad.IRI{}
	err := r.Do(ctx, quad.Quad{Predicate: schema.ReadingOf}, func(q quad.Quad) {
		if a.sources[q.Subject] && q.Label == q.Subject {
			of[read.IRI(q.Subject)] = read.IRI(q.Object)
		}
	})
	if err != nil {
		return err
	}
	for reading, source := range of {
		if root := agree.RootOf(reading, of); of[root] != "" {
			a.find("readings in a ring", reading, "it is a reading of a reading of itself: one of them must be the first")
		}
		if !a.sources[source] {
			continue
		}
		own, err := digestOf(ctx, r, reading)
		if err != nil {
			return err
		}
		its, err := digestOf(ctx, r, source)
		if err != nil {
			return err
		}
		if own != its {
			a.find("another text", reading, "%s", agree.OtherText(a.base, reading, source, own, its))
		}
	}
	return nil
}

// digestOf is the SHA-256 of a source's text.
func digestOf(ctx context.Context, r *read.Quads, source quad.IRI) (string, error) {
	digest, err := r.Object(ctx, source, schema.SHA256)
	return term.TextOf(digest), err
}
