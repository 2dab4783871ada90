// Package match finds records that may be of one entity, with the reasons for and
// against. It knows no graph: package graph reads the records and shows the pairs.
//
// A pair is scored by Rules alone, each of which adds or subtracts points; contradictions
// that no two spellings of one name explain rule the pair out. A pair needs a ground: a
// name or an identifier in common or, for events, a participant and a date or an amount.
//
// Not all pairs are compared. Each record is entered under blocking keys, one or more for
// each ground that a rule can find: the words of a name in order, their sounds, a name
// with one letter removed, an identifier. Only records with a key in common are compared.
// A key with more than mostBearers records is ignored: a rule finds no ground in it,
// unless the dates of birth are near too. So blocking loses no pair that the rules would
// give: TestBlocksLoseNothing compares it with judging all.
package match
