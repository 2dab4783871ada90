package graph_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/schema"
)

// bribed is a source of its own annotator that tells of a bribe.
func bribed(id, kind, sameAs string) string {
	if sameAs != "" {
		sameAs = ", same-as: " + sameAs
	}
	file := herald(id, "bribe: {kind: "+kind+", description: The bribe of "+id+sameAs+"}", "c: {says: It was paid., at: §, edges: {bribe: {status: done}}}")
	file = strings.Replace(file, "jane-doe: {kind: Person, name: Jane Doe}", "reader-of-"+id+": {kind: Person, name: Reader of "+id+"}", 1)
	return strings.Replace(file, "annotator: jane-doe", "annotator: reader-of-"+id, 1)
}

func joinsOf(t *testing.T, v *graph.View, node string) (list []string) {
	t.Helper()
	joins, err := v.SameAs(context.Background(), iri(node))
	if err != nil {
		t.Fatal(err)
	}
	again, err := v.SameAs(context.Background(), iri(node))
	if err != nil || fmt.Sprint(again) != fmt.Sprint(joins) {
		t.Errorf("asked again: %v, %v", again, err)
	}
	for _, j := range joins {
		if j.Quad.Label != j.Source || j.Quad.Predicate != schema.SameAs {
			t.Errorf("%s: a join by %v", node, j.Quad)
		}
		list = append(list, strings.Join([]string{base.Short(j.From), base.Short(j.Node), base.Short(j.Source), base.Short(j.Annotator)}, " "))
	}
	return list
}

func TestSameAs(t *testing.T) {
	t.Parallel()
	a, b, c := "kg:source/a/bribe/bribe", "kg:source/b/bribe/bribe", "kg:source/c/payment/bribe"
	files := []string{bribed("a", "Bribe", ""), bribed("b", "Bribe", a), bribed("c", "Payment", "["+b+", <https://kg.example/source/a/bribe/bribe>]")}
	ba, cb, ca := " kg:source/b kg:person/reader-of-b", " kg:source/c kg:person/reader-of-c", " kg:source/c kg:person/reader-of-c"
	for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}} {
		v := whole(scratch(t, files[order[0]], files[order[1]], files[order[2]]))
		equal(t, "a", joinsOf(t, v, a), []string{a + " " + b + ba, a + " " + c + ca, b + " " + c + cb})
		equal(t, "b", joinsOf(t, v, b), []string{b + " " + a + ba, b + " " + c + cb, a + " " + c + ca})
		equal(t, "c", joinsOf(t, v, c), []string{c + " " + a + ca, c + " " + b + cb, a + " " + b + ba})
		equal(t, "a person", joinsOf(t, v, "kg:person/reader-of-a"), nil)
		equal(t, "nobody", joinsOf(t, v, "kg:person/nobody"), nil)
	}
	without := whole(scratch(t, files[0]))
	equal(t, "without joins", joinsOf(t, without, a), nil)
}

// A chain is walked to its end, from either end, and a ring once round.
func TestSameAsChain(t *testing.T) {
	t.Parallel()
	node := func(i int) quad.IRI { return quad.IRI(fmt.Sprintf("https://ex.org/%02d", i)) }
	var quads []quad.Quad
	const length = 40
	for i := range length {
		from, to := node(i), node((i+1)%length)
		if i%3 == 0 {
			from, to = to, from
		}
		quads = append(quads, quad.Quad{Subject: from, Predicate: schema.SameAs, Object: to, Label: quad.IRI("https://ex.org/g")})
	}
	quads = append(quads, quad.Quad{Subject: node(0), Predicate: schema.SameAs, Object: node(0), Label: quad.IRI("https://ex.org/g")})
	v := whole(open(t, storeOf(t, quads)))
	for _, from := range []int{0, 7, length - 1} {
		joins, err := v.SameAs(context.Background(), node(from))
		if err != nil || len(joins) != length {
			t.Fatalf("from %d: %d joins, %v", from, len(joins), err)
		}
		reached := map[quad.IRI]bool{node(from): true}
		for _, j := range joins {
			if !reached[j.From] || j.Annotator != "" || j.Source != "https://ex.org/g" {
				t.Errorf("from %d: %+v comes before its nearer end", from, j)
			}
			reached[j.Node] = true
		}
		if len(reached) != length {
			t.Errorf("from %d: %d nodes are reached", from, len(reached))
		}
	}
}

// What a load is told of joins to what is not there: of its own, and of those
// of others to what it takes away.
func TestMissingJoins(t *testing.T) {
	t.Parallel()
	path := storePath(t)
	const there = "kg:source/a/bribe/bribe"
	first, second := bribed("a", "Bribe", ""), bribed("b", "Bribe", there)
	missing := func(opt graph.LoadOptions, files ...string) (list []string) {
		for _, l := range load(t, path, opt, files...) {
			for _, q := range l.Missing {
				list = append(list, fmt.Sprintf("%s: %s to %s", base.Short(l.Source), base.Short(q.Subject.(quad.IRI)), base.ShortTerm(q.Object)))
			}
		}
		return list
	}
	const gone = "kg:source/b/bribe/bribe to " + there
	equal(t, "before it is there", missing(graph.LoadOptions{DryRun: true}, second), []string{"kg:source/b: " + gone})
	equal(t, "before it is there", missing(graph.LoadOptions{}, second), []string{"kg:source/b: " + gone})
	equal(t, "again", missing(graph.LoadOptions{}, second), []string{"kg:source/b: " + gone})
	equal(t, "when it comes", missing(graph.LoadOptions{}, first), nil)
	equal(t, "when it is there", missing(graph.LoadOptions{}, second), nil)
	other := strings.ReplaceAll(first, "bribe: ", "kickback: ")
	equal(t, "when it goes", missing(graph.LoadOptions{Replace: true, DryRun: true}, other), []string{"kg:source/a: " + gone})
	equal(t, "when it goes", missing(graph.LoadOptions{Replace: true}, other), []string{"kg:source/a: " + gone})
	equal(t, "joins", joinsOf(t, whole(open(t, path)), there), []string{there + " kg:source/b/bribe/bribe kg:source/b kg:person/reader-of-b"})
	equal(t, "both at once", missing(graph.LoadOptions{Replace: true}, first, bribed("b", "Bribe", "")), nil)
	equal(t, "joins", joinsOf(t, whole(open(t, path)), there), nil)
	if export(t, open(t, path)) != export(t, scratch(t, first, bribed("b", "Bribe", ""))) {
		t.Error("a join that was replaced left something behind")
	}
}

func TestJoinedKinds(t *testing.T) {
	t.Parallel()
	const there = "kg:source/a/payment/bribe"
	one, other := bribed("a", "Payment", ""), bribed("b", "Meeting", there)
	want := func(place string) string {
		return `loading claims "test.yaml":` + place + `: same-as joins kg:source/a/payment/bribe, which is a kgo:Payment in kg:source/a, and ` +
			`kg:source/b/meeting/bribe, which is a kgo:Meeting in kg:source/b: only things of one kind can be the same`
	}
	path := storePath(t)
	load(t, path, graph.LoadOptions{}, one)
	for _, opt := range []graph.LoadOptions{{}, {Replace: true}, {DryRun: true}} {
		if got := refused(t, path, opt, other); got != want("6:64") {
			t.Errorf("got %s", got)
		}
	}
	load(t, path, graph.LoadOptions{}, bribed("b", "Bribe", there)) // is a payment
	path = storePath(t)
	load(t, path, graph.LoadOptions{}, other)
	if got := refused(t, path, graph.LoadOptions{}, one); got != want("6:17") { // the kind that comes
		t.Errorf("got %s", got)
	}
	quads := append(quadsOf(t, scratch(t, one)), quadsOf(t, scratch(t, other))...)
	equal(t, "findings", findings(t, whole(open(t, storeOf(t, quads)))), []string{
		"joined kinds: kg:source/a/payment/bribe: it is of kind kgo:Payment, and joined to kg:source/b/meeting/bribe, which is of kind kgo:Meeting"})
}

// A name of several nodes is that of one thing when all of them are joined.
func TestFindWhatIsJoined(t *testing.T) {
	t.Parallel()
	same := func(file string) string {
		for _, id := range []string{"a", "b", "c"} {
			file = strings.Replace(file, "The bribe of "+id, "The money", 1)
		}
		return file
	}
	files := []string{same(bribed("a", "Bribe", "")), same(bribed("b", "Bribe", "kg:source/c/bribe/bribe")), same(bribed("c", "Bribe", "kg:source/a/bribe/bribe"))}
	v := whole(scratch(t, files...))
	found, _, err := v.FindAll(context.Background(), "the money", graph.FindOptions{Limit: 1})
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	if got, err := v.Find(context.Background(), "the money"); err != nil || got != found[0].IRI {
		t.Errorf("got %s, %v, want %s", got, err, found[0].IRI)
	}
	files[2] = same(bribed("c", "Bribe", ""))
	if got, err := whole(scratch(t, files...)).Find(context.Background(), "the money"); err == nil {
		t.Errorf("got %s, and two of three are joined", got)
	}
}
