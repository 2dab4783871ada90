// Package canon gives the blank nodes of an RDF dataset names that depend on nothing but
// the dataset: RDF Dataset Canonicalization, RDFC-1.0, a W3C Recommendation
// (https://www.w3.org/TR/rdf-canon/). Two datasets that differ by the labels of their
// blank nodes alone, by the order of their quads or by quads that come twice have the
// same canonical form, byte for byte.
//
//	var d canon.Dataset
//	d.Add(&terms) // each quad
//	form, err := d.Canonize(ctx, canon.Options{})
//
// A node is told from others by the quads it is in, its first degree. Nodes that are
// alike in that are told apart by the ways that lead from them to others, and there the
// work can grow with the factorial of the nodes: a small graph can be made to keep a
// machine busy for years. So the work has a limit, in steps: a quad visited, or a node
// added to a path. Steps are independent of the machine's speed. Near the limit the order
// of the quads can decide, for a path is abandoned as soon as a lesser one is known.
//
// Known expensive cases: a chain of n nodes that are all alike, such as an RDF list of
// one value n times, takes about n² steps; n nodes alike around one node take n factorial
// if that node is like another one, and n steps if not.
//
// The memory is about 100 bytes and twice the text per quad, and 100 bytes per node.
package canon
