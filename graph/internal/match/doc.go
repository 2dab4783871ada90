// Package match finds records that may be of one thing, with the reasons for it and
// against it. It knows no graph: package graph reads the records and shows the pairs.
//
// A pair is judged by Rules alone, each of which gives points or takes some; those
// that contradict each other in a way that no two spellings of one thing can rule the
// pair out. A pair needs a ground: a name or an identifier in common or, of events, a
// participant and a date or an amount.
//
// Not everything is compared with everything. Each record is entered under keys, one
// or more for each ground that a rule can find: the words of a name in order, how
// they sound, a name without a letter, an identifier. Only records with a key in
// common are judged. A key with more than mostBearers records tells nothing: a rule
// finds no ground in it, unless the dates of birth are near too. So the search loses no
// pair that the rules would give: TestBlocksLoseNothing compares it with judging all.
package match
