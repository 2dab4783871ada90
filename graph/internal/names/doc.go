// Package names keeps what the nodes of a snapshot are called in a file beside
// it, by words, so that a name is found without reading the others. It knows
// nodes by the numbers of their terms, and nothing of what names mean.
//
// A Dict has the words of names. A Writer takes nodes in the order in which they
// are to be found, among equals, with their names as lists of words. The file has the words in order,
// for each the nodes that have it, and for each node its names: a Reader gives
// the nodes that can have a word, and their names tell whether they do. It also has
// an order in which nodes are listed.
//
// Where names are kept elsewhere, they are found by grams: Lists has the numbers of
// those that have each, AppendGrams gives those of a name, and Part and Slips what a
// name must have to be found.
//
// The file belongs to one snapshot, whose identity it has, and to the rules by
// which names were read and folded. That of another snapshot or of other rules
// is none. Each page has a checksum, which is checked when the page is first
// read: methods of a Reader panic with *DamageError. All that the file says can
// be read from the snapshot, too, so whoever has no file, or a damaged one, goes
// without.
package names
