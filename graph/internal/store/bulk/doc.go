// Package bulk moves whole graphs as text: Import reads N-Quads on several
// goroutines and loads them into a store, Export writes canonical N-Quads,
// sorted. What does not fit in memory on the way in is kept in files beside the
// store; nothing is kept on the way out.
package bulk
