//go:build !race

package session

const underRace = false // the race detector takes time and memory that no bound knows of
