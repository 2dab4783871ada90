package bulk_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/bulk"
	"kg/graph/internal/store/storetest"
)

// TestExportLiterals exports more literals of one subject and predicate than have their
// lines kept, and compares with sorted lines.
func TestExportLiterals(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(4, 2))
	ends := []string{"", "!", " ", "\"", "\\", "\n", "\x01", "\x7f", "é", "#"}
	text := func() string {
		s := strings.Repeat("as all of them begin ", r.IntN(3)) + strings.Repeat("x", r.IntN(40))
		for range r.IntN(4) {
			s += ends[r.IntN(len(ends))]
		}
		return s + fmt.Sprint(r.IntN(4000))[:r.IntN(2)] + ends[r.IntN(len(ends))]
	}
	var list []quad.Quad
	for i := range 9_000 {
		q := quad.Quad{Subject: quad.IRI("http://x/s" + fmt.Sprint(i%3/2)), Predicate: quad.IRI("http://x/p"), Label: quad.IRI(fmt.Sprint("http://x/g", i%5))}
		switch {
		case i%5 == 0:
			q.Label = nil
		case i == 8:
			q.Predicate = quad.IRI("http://x/q")
		}
		switch r.IntN(6) {
		case 0:
			q.Object = quad.Int(r.IntN(3000))
		case 1:
			q.Object = quad.LangString{Value: quad.String(text()), Lang: "en"}
		case 2:
			q.Object = quad.TypedString{Value: quad.String(text()), Type: "http://x/t"}
		default:
			q.Object = quad.String(text())
		}
		list = append(list, q)
	}
	list = append(list, quad.Quad{Subject: quad.IRI("http://x/s0"), Predicate: quad.IRI("http://x/p"), Object: quad.String(strings.Repeat("long ", 300_000))})
	slices.SortFunc(list, func(a, b quad.Quad) int { return strings.Compare(spell(t, a), spell(t, b)) })
	list = slices.Compact(list)
	want := canonical(t, list)
	qs := newStore(t)
	mustImport(t, qs, bulk.Options{}, storetest.Text("x.nq", want))
	if got := exported(t, qs); got != want {
		t.Fatal("literals are exported in another order than that of their lines")
	}
	gone := list[len(list)/2]
	if err := qs.ApplyDeltas(del(gone), graph.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
	added := quad.Quad{Subject: quad.IRI("http://x/s0"), Predicate: quad.IRI("http://x/p"), Object: quad.String("as all of them begin or not")}
	mustApply(t, qs, add(added))
	list = append(slices.Delete(list, len(list)/2, len(list)/2+1), added)
	if got := exported(t, qs); got != canonical(t, list) {
		t.Fatal("literals are exported in another order than that of their lines, beside what was added and deleted")
	}
}
