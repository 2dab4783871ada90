// Open opens a store of kg, counts the persons that a person knows, and ends: the whole
// process is measured. Without arguments it ends at once.
//
//	open STORE PERSON
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store"
	"kg/graph/internal/store/db"
)

func main() {
	if len(os.Args) != 3 {
		return
	}
	n, err := count(os.Args[1], os.Args[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, "open:", err)
		os.Exit(1)
	}
	fmt.Println(n)
}

func count(file, person string) (int64, error) {
	qs, err := store.Open(file, db.Options{ReadOnly: true})
	if err != nil {
		return 0, err
	}
	defer qs.Close()
	known := path.StartPath(qs, quad.IRI(person)).Out(quad.IRI("http://kg.example/knows"))
	return known.Iterate(context.Background()).Count()
}
