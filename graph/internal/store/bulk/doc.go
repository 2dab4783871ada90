// Package bulk moves whole graphs as text: Import reads N-Quads on several goroutines and
// loads them into a store, Export writes canonical N-Quads, sorted. An import that does
// not fit in memory spills to files beside the store; an export streams.
package bulk
