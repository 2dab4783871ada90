// Package testsize says how much tests do: little in the fast loop, all in the whole run.
package testsize

import "testing"

// Of is short with -short, and else whole: how many seeds, worlds or rows a test tries, or
// which of them. A law is tried in both; what costs much and finds little is for whole.
func Of[T any](short, whole T) T {
	if testing.Short() {
		return short
	}
	return whole
}
