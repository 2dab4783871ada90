// Package picture draws parts of a graph: Around an entity, OfAnswer for the evidence of
// an answer, OfClaims for all edges of its claims, OfFacts along a path. A Picture has
// nodes by kind and edges with their relation, dashed if no speaker plainly asserts them;
// it is written as DOT, SVG or PNG.
//
// # Graphviz
//
// The layout is Graphviz's, as WebAssembly in wazero. graphviz.wasm.gz is
// internal/wasm/graphviz.wasm of github.com/goccy/go-graphviz v0.2.10
// (Graphviz 12.1.2; go-graphviz is under the MIT licence, Graphviz under the
// EPL 1.0, its source is at https://gitlab.com/graphviz/graphviz), compressed
// with gzip and otherwise unchanged; a test checks its SHA-256. That package itself
// is not imported: it compiles the file when the program starts, which costs
// every verb 0.5 s, or 25 ms with the machine code it keeps in a folder of
// /tmp that any user may have created; and it draws in one memory that only
// grows. Here it is unpacked for the first picture; each picture has a memory
// of its own, bounded and released afterwards, and ends with its context.
//
// Machine code is not cached in a folder of the user either. A single picture is
// interpreted, in 0.23 s of processor time: cached code would make that 0.1 s, and save
// one of the many seconds of a folder of pages, for a file that kg would run unchecked.
//
// The PNG is painted from the SVG, since this Graphviz is built without its raster
// libraries. Its letters are those of the Go fonts: a missing letter is drawn as a box,
// and PNG reports it.
package picture
