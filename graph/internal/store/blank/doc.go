// Package blank names the blank nodes of texts by their statements, so that a text that
// is loaded again, with one comment more or in another order, adds nothing.
//
// Quads joined by blank nodes are a component. A component of a text is brought into
// canonical form (package canon), and its nodes become the IRIs
//
//	PREFIX SHA-256-of-the-form / ORDINAL / c14nNUMBER
//
// where ORDINAL, from 1, distinguishes the components of one text that have the same
// form, and NUMBER is that of the node in the form. So two equal components of a text
// stay two, those of two texts meet, and a quad elsewhere in the text changes no name.
//
//	n := blank.Namer{Prefix: …, Memory: …, Largest: …, Temp: …}
//	defer n.Close()
//	var b blank.Batch // one for each goroutine that reads
//	b.Add(line, &terms)
//	n.Take(text, &b)
//	nodes, err := n.Finish(ctx, emit)
//
// Components are known when all texts are read. Until then their quads are buffered, in
// memory while Memory allows, then in files whose names begin with Temp. Three sorts on
// disk do the rest: by label, which joins quads; by component, each of which is
// canonized; by form, which gives the ordinals. Memory bounds their buffers. In addition
// they take:
//
//   - 4 bytes for each quad with blank nodes, to join them
//   - the component that is being canonized, about four times its size
//
// The limits: the size of a component, its quads counted as their text and 64 bytes each,
// is at most Largest, and it takes at most canon.UsualSteps steps. Beyond either the
// error names the first line of the component. Texts have at most 2³²-1 quads with blank
// nodes in all.
package blank
