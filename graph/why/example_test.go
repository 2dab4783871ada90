package why_test

import (
	"context"
	"fmt"
	"log"
	"os"

	"kg/data"
	"kg/graph"
	"kg/graph/why"
	"kg/schema"
)

// How two things are connected, hop by hop, with the claims that state each hop.
func ExampleFind() {
	ctx := context.Background()
	ontology, err := schema.ReadOntology()
	if err != nil {
		log.Fatal(err)
	}
	file, err := os.ReadFile("../../data/testdata/example.yaml")
	if err != nil {
		log.Fatal(err)
	}
	claims, err := data.Read("example.yaml", file, ontology, schema.DefaultBase)
	if err != nil {
		log.Fatal(err)
	}
	store := graph.Scratch()
	defer store.Close()
	if _, err := store.Load(ctx, ontology, []*data.Checked{claims}, graph.LoadOptions{Base: schema.DefaultBase}); err != nil {
		log.Fatal(err)
	}

	view := store.View(schema.DefaultBase)
	buyer, err := view.Find(ctx, "North Shore Holding")
	if err != nil {
		log.Fatal(err)
	}
	town, err := view.Find(ctx, "Harbourtown")
	if err != nil {
		log.Fatal(err)
	}
	found, err := why.Find(ctx, view, buyer, town, graph.PathOptions{})
	if err != nil {
		log.Fatal(err)
	}
	for _, story := range found.Stories {
		for _, hop := range story.Hops {
			fmt.Println(view.Base.Short(hop.From), "to", view.Base.Short(hop.To), "by", view.Base.Short(hop.Relation()))
			for _, claim := range hop.Claims {
				fmt.Println("  ", view.Base.Short(claim.IRI), claim.LocatorText())
			}
		}
		fmt.Println("independent origins:", story.Origins.String())
	}
	// Output:
	// kg:company/north-shore to kg:source/herald-2020-05-04/sale/firm-sale by kgo:buyer
	//    kg:source/herald-2020-05-04/claim/buyer paragraph 1, 113 to 146
	// kg:source/herald-2020-05-04/sale/firm-sale to kg:company/blue-line by kgo:item
	//    kg:source/herald-2020-05-04/claim/sold paragraph 1, 49 to 112
	// kg:company/blue-line to kg:city/harbourtown by kgo:located-in
	//    kg:source/herald-2020-05-04/claim/sold paragraph 1, 49 to 112
	// independent origins: 1: The Herald
}
