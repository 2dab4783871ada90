//go:build !race

package snapshot

const underRace = false // the race detector makes the long tests too long
