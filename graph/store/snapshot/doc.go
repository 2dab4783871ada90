// Package snapshot keeps a set of quads in one immutable file that is read
// where it lies, mapped into memory.
package snapshot
