// Package picture draws parts of a graph: Around an entity, OfAnswer for the edges of
// an answer, OfClaims for all that its claims assert, OfFacts along a path. A Picture is nodes by kind and edges with their
// relation, dashed when nobody plainly asserts them; it becomes DOT, SVG or PNG.
//
// # Graphviz
//
// The layout is Graphviz's, as WebAssembly in wazero. graphviz.wasm.gz is
// internal/wasm/graphviz.wasm of github.com/goccy/go-graphviz v0.2.10
// (Graphviz 12.1.2; go-graphviz is under the MIT licence, Graphviz under the
// EPL 1.0, its source is at https://gitlab.com/graphviz/graphviz), packed with
// gzip and otherwise as it is; a test holds its SHA-256. That package itself
// is not imported: it compiles the file when the program starts, which costs
// every verb 0.5 s, or 25 ms with the machine code it keeps in a folder of
// /tmp that anybody may have put there; and it draws in one memory that only
// grows. Here it is unpacked for the first picture, each picture has a memory
// of its own that is given back, of bounded size, and ends with its context.
//
// Nor is machine code kept in a folder of the user's own. A single picture is
// interpreted, for 0.23 s of processor time: kept code would make that 0.1 s, and save
// one of the many seconds of a folder of pages, for a file that kg would run unread.
//
// The PNG is painted from the SVG, since this Graphviz has none of the libraries
// with which it paints. Its letters are those of the Go fonts: what these do not
// have is drawn as a box, and PNG says so.
package picture
