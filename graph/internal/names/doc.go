// Package names stores the names of a snapshot's nodes in a file beside it, as an
// inverted index by words, so that a name is found without reading the others. It knows
// nodes by their term ids, and nothing of what names mean.
//
// A Dict holds the words of names. A Writer takes nodes in the order in which equal
// matches are listed, with their names as lists of words. The file has the words in
// order, the nodes of each word, and the names of each node: a Reader returns the nodes
// that can have a word, and their names decide whether they do. It also has an order in
// which nodes are listed.
//
// On a server, names are found by grams instead: Lists holds the numbers of the names
// that have each gram, AppendGrams returns those of a name, and Part and Slips those that
// a matching name must have.
//
// The file belongs to one snapshot, whose identity it has, and to one version of the
// rules by which names are read and folded. A file of another snapshot or other rules is
// ignored. Each page has a checksum, which is verified when the page is first read:
// methods of a Reader panic with *DamageError. All data of the file can be read from the
// snapshot, too, so readers do without a missing or damaged file.
package names
