package queries_test

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"log"

	"kg/data"
	"kg/graph"
	"kg/queries"
	"kg/schema"
)

// A saved question is found by its name, bound to the values of its parameters, and run.
// Each row knows who says it, how sure they are, and which claims it rests on.
func ExampleQuery_Run() {
	ctx := context.Background()
	ontology, err := schema.ReadOntology()
	if err != nil {
		log.Fatal(err)
	}
	file, err := fs.ReadFile(data.Bundled, "donga-2008-04-04.yaml")
	if err != nil {
		log.Fatal(err)
	}
	claims, err := data.Read("donga-2008-04-04.yaml", file, ontology, schema.DefaultBase)
	if err != nil {
		log.Fatal(err)
	}
	store := graph.Scratch()
	defer store.Close()
	if _, err := store.Load(ctx, ontology, []*data.Checked{claims}, graph.LoadOptions{Base: schema.DefaultBase}); err != nil {
		log.Fatal(err)
	}

	set, err := queries.Read()
	if err != nil {
		log.Fatal(err)
	}
	embassies, err := set.Find("embassies")
	if err != nil {
		log.Fatal(err)
	}
	view := store.View(schema.DefaultBase)
	params, err := embassies.Bind(ctx, view, []string{"country=North Korea"})
	if err != nil {
		log.Fatal(err)
	}
	answer, err := embassies.Run(ctx, view, params)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(answer.Columns)
	for _, row := range answer.Rows {
		fmt.Println(row.Texts())
		for _, claim := range row.Evidence.Claims {
			fmt.Printf("  %s, %s\n", view.Base.Short(claim.IRI), cmp.Or(claim.LocatorText(), "derived or looked up"))
		}
	}
	// Output:
	// [embassy of in place city]
	// [Embassy of North Korea in Russia North Korea Russia Mos Film Street Moscow The Dong-A Ilbo; The kg project, from: The Dong-A Ilbo asserts; in, city: derived ]
	//   kg:source/donga-2008-04-04/claim/embassy-place, paragraph 2, 328 to 375
	//   kg:source/donga-2008-04-04/claim/embassy-to-russia, derived or looked up
	//   kg:source/donga-2008-04-04/claim/street, paragraph 1, 92 to 158
	//   kg:source/donga-2008-04-04/claim/street-in-moscow, derived or looked up
}
