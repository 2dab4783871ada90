//go:build !race

package main

const underRace = false // the race detector takes time and memory that no bound knows of
