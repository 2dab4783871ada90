package graph_test

import (
	"context"
	"fmt"
	"io"
	"log"
	"os"
	"strings"

	"kg/data"
	"kg/graph"
	"kg/schema"
)

// A claims file is read, which checks every word of it, and loaded. Scratch keeps the
// graph in memory, Create in a file. Each edge knows the claim that states it.
func ExampleStore_Load() {
	ctx := context.Background()
	ontology, err := schema.ReadOntology()
	if err != nil {
		log.Fatal(err)
	}
	file, err := os.ReadFile("../data/testdata/example.yaml")
	if err != nil {
		log.Fatal(err)
	}
	claims, err := data.Read("example.yaml", file, ontology, schema.DefaultBase)
	if err != nil {
		log.Fatal(err) // all mistakes, each with its line and column
	}
	store := graph.Scratch()
	defer store.Close()
	loaded, err := store.Load(ctx, ontology, []*data.Checked{claims}, graph.LoadOptions{Base: schema.DefaultBase})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(loaded[0].Claims, "claims of", loaded[0].Entities, "entities")

	view := store.View(schema.DefaultBase)
	company, err := view.Find(ctx, "Blue Line")
	if err != nil {
		log.Fatal(err)
	}
	edges, err := view.Edges(ctx, company)
	if err != nil {
		log.Fatal(err)
	}
	for _, edge := range edges {
		if edge.Claim == nil {
			continue // what the file says of the company itself, such as its name
		}
		other, err := view.Describe(ctx, edge.Other())
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s %s, says %s\n", view.Base.Short(edge.Relation()), other.Text, view.Base.Short(edge.Claim.IRI))
	}
	// Output:
	// 6 claims of 11 entities
	// kgo:located-in Harbourtown, says kg:source/herald-2020-05-04/claim/sold
	// kgo:trade ferries, says kg:source/herald-2020-05-04/claim/sold
	// kgo:item The sale of Blue Line, says kg:source/herald-2020-05-04/claim/sold
}

// Equal graphs are equal files, to the byte, in whatever order they were loaded.
func ExampleStore_Export() {
	ctx := context.Background()
	const (
		owns  = "<https://a.example/ann> <https://a.example/owns> <https://a.example/firm> <https://a.example/register> .\n"
		named = "<https://a.example/ann> <https://a.example/name> \"Ann Lee\" <https://a.example/register> .\n"
	)
	var hashes []string
	for _, text := range []string{owns + named, named + owns + named} {
		store := graph.Scratch()
		defer store.Close()
		open := func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }
		files := []graph.QuadsFile{{Name: "register.nq", Format: graph.NQuads, Open: open}}
		if _, err := store.LoadQuads(ctx, files, graph.LoadOptions{Base: schema.DefaultBase}); err != nil {
			log.Fatal(err)
		}
		hash, err := store.Hash(ctx, graph.ExportOptions{})
		if err != nil {
			log.Fatal(err)
		}
		if hashes = append(hashes, hash); len(hashes) == 1 {
			if err := store.Export(ctx, os.Stdout, graph.ExportOptions{}); err != nil {
				log.Fatal(err)
			}
		}
	}
	fmt.Println("the same hash:", hashes[0] == hashes[1])
	// Output:
	// <https://a.example/ann> <https://a.example/name> "Ann Lee" <https://a.example/register> .
	// <https://a.example/ann> <https://a.example/owns> <https://a.example/firm> <https://a.example/register> .
	// the same hash: true
}
