package graph

import (
	"context"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/compare"
)

// OneSource is the verdict of a Comparison that lists may leave out unless all are wanted.
const OneSource = string(compare.OneSource)

type (
	// Comparison is the statements of sources about one entity in one respect, or a
	// difference between two readings of one text. Its Verdict is, the most pressing first,
	//   - "contradiction": two figures of one entity that cannot both be true, or two sources
	//     that name other parties in one role of one event;
	//   - "differs from plan": the same, where one side speaks of what was planned or promised;
	//   - "denied": one claim denies what another states;
	//   - "evolved": a planned, promised or attempted event is ongoing or done later, or an
	//     entity changed one way and then another;
	//   - "differing precision": one figure lies within the other, or they overlap;
	//   - "agreement": several sources say the same;
	//   - "one source": of an entity of several sources, one source alone states it.
	//
	// Of two readings it is "read otherwise", or "one reading" for statements that only one
	// has: see CompareReadings.
	Comparison = compare.Comparison
	// Compared is comparisons, and the entities that several of the sources describe.
	Compared = compare.Compared
)

// Compare compares the statements of sources, of all if none are given; about all entities,
// or about one and the events that it takes part in. Joined entities are one entity, and
// two readings of one text are one source: see CompareReadings.
//
// Quantities and dates are compared as intervals: apart, overlapping or the same. A party in
// a role, such as the recipient of a payment, contradicts another one only across sources,
// and only if the two sources have no party in common. Other relations may have any number
// of values, and contradict nothing.
func (v *View) Compare(ctx context.Context, sources []quad.IRI, entity quad.IRI) (*Compared, error) {
	return v.comparable().Sources(ctx, sources, entity)
}

// CompareReadings compares two readings of one text, in the order of the text. It returns
// how many statements both have, and the differences: one statement, or all of a claim that
// differ in its speaker, stance, hedge or passage, or that only one reading has. A statement
// is an edge of a claim; entities without names correspond by the passages that mention
// them. Readings of two texts are an error.
func (v *View) CompareReadings(ctx context.Context, a, b quad.IRI) (same int, list []Comparison, err error) {
	return v.comparable().Readings(ctx, a, b)
}

// comparable returns the view for package compare.
func (v *View) comparable() *compare.Graph {
	return &compare.Graph{R: v.r, Base: v.Base, Claims: v.claims, Joins: v.joins, Evidence: v.evidence, Events: v.events, Texts: v.readings}
}
