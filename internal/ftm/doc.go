// Package ftm reads FollowTheMoney entities as quads, and writes the entities of a graph
// as FollowTheMoney's.
//
// A Model holds two tables of package schema: the kind of each schema, and the mapping of
// each property. A Reader takes entities, one per line and nested or not, or statements.
// It gives quads in parts of the text, which several goroutines read concurrently. Values
// that the ontology has no relation for, or that do not fit, are stored under
// FollowTheMoney's own names: dates with a time, two amounts with one currency.
//
// Values with the same provenance are one claim of their dataset: it labels the quads,
// and the dataset labels its record. A date, an amount or a share is a node under the
// claim. A date of birth is an event under the entity.
//
// A Writer is given the quads of one subject after the other, and looks up the rest. An
// entity that was read is written unchanged: TestRoundTrip holds that for random entities
// of all schemata. Other entities are written as far as the same tables map them, and the
// rest is counted as lost. In the statement formats each value stands with the provenance
// of each claim that states it.
package ftm
