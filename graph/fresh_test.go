package graph_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"kg/graph"
	"kg/internal/testsize"
)

// A source that is new to the store is written as its quads are made. The graph is the
// one that comes of comparing it with what was there, quad by quad: for a source of a
// few quads, which is committed, and for one of many, which is written as a snapshot.
// What a claim says twice in two spellings is counted once.
func TestFreshLaw(t *testing.T) {
	t.Parallel()
	for _, claims := range testsize.Of([]int{1}, []int{1, 3000}) {
		var entities, said strings.Builder
		for i := range claims {
			fmt.Fprintf(&entities, "p-%d: {kind: Person, name: Person %[1]d, also: [P %[1]d, 'P %[1]d']}\n", i)
			fmt.Fprintf(&said, "c-%d: {says: They have a phone., at: §, edges: {p-%[1]d: {phone: '%[1]d'}}}\n", i)
		}
		entities.WriteString("joined: {kind: Person, name: Joined, same-as: [kg:person/nobody]}\n")
		file := herald("many", entities.String(), said.String())
		fresh := storePath(t)
		report, err := loadAt(context.Background(), fresh, ontology(), docs(t, file), graph.LoadOptions{Base: base})
		if err != nil {
			t.Fatal(err)
		}
		if report[0].Claims != claims || len(report[0].Changes) != claims+1 || len(report[0].Missing) != 1 {
			t.Errorf("%d claims, %d changes and %d joins to what is not there, want %d, one more and one", report[0].Claims, len(report[0].Changes), len(report[0].Missing), claims)
		}
		again, err := loadAt(context.Background(), fresh, ontology(), docs(t, file), graph.LoadOptions{Base: base})
		if err != nil || again[0].Added+again[0].Removed != 0 {
			t.Errorf("the same again: %v, %v", again, err)
		}
		path := storePath(t)
		other := strings.Replace(file, "Person 0,", "Another,", 1)
		if _, err := loadAt(context.Background(), path, ontology(), docs(t, other), graph.LoadOptions{Base: base}); err != nil {
			t.Fatal(err)
		}
		if _, err := loadAt(context.Background(), path, ontology(), docs(t, file), graph.LoadOptions{Base: base, Replace: true}); err != nil {
			t.Fatal(err)
		}
		if hash(t, open(t, fresh)) != hash(t, open(t, path)) {
			t.Errorf("of %d claims, a fresh load and one in place of another differ", claims)
		}
		if ofDoc := docs(t, file)[0].Quads(); report[0].Added != len(ofDoc) {
			t.Errorf("%d quads are counted, of %d", report[0].Added, len(ofDoc))
		}
	}
}
