package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"

	"kg/graph"
)

// tellLosses prints what an export lost, counted by kind with the number of entities,
// and lists it by entity in the file of --losses.
func (a *app) tellLosses(lost []graph.Count, f exportFlags) error {
	counts, entities := map[string]int{}, map[string]int{}
	for _, l := range lost {
		counts[l.Of] += l.N
		entities[l.Of]++
	}
	for _, what := range slices.Sorted(maps.Keys(counts)) {
		of := "1 entity"
		if n := entities[what]; n != 1 {
			of = thousands(n) + " entities"
		}
		fmt.Fprintf(a.err, "lost: %s: %s, of %s\n", what, thousands(counts[what]), of)
	}
	if len(lost) > 0 && f.losses == "" {
		fmt.Fprintln(a.err, "--losses FILE lists them; .nq, .trig and .jsonld lose nothing")
	}
	if f.losses == "" {
		return nil
	}
	return a.writeFile(f.losses, func(w io.Writer) error {
		rows := [][]string{{"entity", "lost", "count"}}
		for _, l := range lost {
			rows = append(rows, []string{graph.Text(l.Value), l.Of, strconv.Itoa(l.N)})
		}
		return csv.NewWriter(w).WriteAll(rows)
	})
}
