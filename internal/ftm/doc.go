// Package ftm reads entities of FollowTheMoney as quads, and writes the things of a
// graph as entities.
//
// A Model is what two tables of package schema say: the kind that each schema is, and
// what each property becomes. A Reader takes entities, one in a line and nested or
// not, or statements. It gives quads in parts of the text, which several goroutines
// read side by side. What is kept under FollowTheMoney's own names has no place in the
// ontology, or does not fit: dates with a time, two sums with one currency.
//
// What has the same provenance is one claim of its dataset: it labels the quads, and
// the dataset labels its record. A date, a sum or a share is a node under the claim.
// A date of birth is an event under the entity.
//
// A Writer is given the quads of one subject after the other, and looks up what else
// it needs. What was read is written as it was: TestRoundTrip holds that for random
// entities of all schemata. What came from elsewhere is written as far as the same
// tables say it, and the rest is counted as lost. As statements each value stands with
// the provenance of each claim that states it.
package ftm
