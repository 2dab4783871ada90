// Package graph keeps the quads and asks Cayley about them.
//
// A store is one file. Open reads it and hands out graph.Handles of Cayley:
// one with what is asserted, one with what is denied too. Load puts checked
// claims into the file, all or nothing; Export and Hash put out its canonical
// form, which depends on nothing but the quads. Above Open everything works on
// a Handle and does not know what keeps the quads.
//
// On a Handle: Gizmo runs a query, Describe tells what people call a term,
// Evidence finds the claims behind a row, Edges lists what joins an entity to
// others, Check looks for what should not be, and Stats counts.
//
// # The file
//
// kg.db is the graph as canonical N-Quads (RDFC-1.0): one quad a line, sorted
// by byte, none twice. It is read into memory on opening and replaced as a
// whole on loading: the new file is written beside the old, synced, and
// renamed over it, so that whoever reads sees the old graph or the new one. A
// lock file beside it lets one loader write at a time.
package graph
