package graph_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/internal/testsize"
	"kg/schema"
)

// anna is a source that calls an entity so.
func anna(id, entity string) string {
	return herald(id, "anna: {"+entity+"}\nbowls: {kind: Company, name: Bowls and Plates}",
		"work: {says: She works there., at: §, edges: {anna: {works-for: bowls}}}")
}

// Two names of one id are refused in either order, and when both come at once,
// whichever is the smaller; unless one of the two confirms the other's.
func TestTwoNames(t *testing.T) {
	t.Parallel()
	const weber = "kind: Person, name: Anna Weber"
	for _, c := range []struct{ other, refused string }{
		{"kind: Person, name: Antonia Weber-Stein", "Antonia Weber-Stein"},
		{"kind: Person, name: Aaron", "Aaron"},
		{"kind: Person, name: Antonia, also: [Anna, A. Weber]", "Antonia"},
		{"kind: Person, name: Antonia, also: [Anna Weber]", ""},
		{"kind: Person, name: Antonia, also: [ANNA\u00a0WEBER]", ""},
		{"kind: Person, name: anna weber", ""},
		{"kind: Person, name: \"Anna\u2009Weber\"", ""},
		{"kind: Person, description: Somebody else", ""}, // is its source's own
	} {
		one, two := anna("one", weber), anna("two", c.other)
		for _, order := range [][]string{{one, two}, {two, one}}[testsize.Of(1, 0):] {
			err := loadAll(t, order, false)
			if atOnce := loadAll(t, order, true); (err == nil) != (atOnce == nil) {
				t.Errorf("%s: one after the other %v, and at once %v", c.other, err, atOnce)
			}
			if (err != nil) != (c.refused != "") {
				t.Errorf("%s: got %v", c.other, err)
			}
			if err == nil {
				continue
			}
			for _, part := range []string{`loading claims "test.yaml":6:`, "kg:person/anna", `"Anna Weber" in kg:source/one`, `"` + c.refused + `" in kg:source/two`, "also: ["} {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%s: %v lacks %s", c.other, err, part)
				}
			}
		}
	}
}

// loadAll loads files into a store of their own, one after the other or at
// once, and returns the first refusal.
func loadAll(t *testing.T, files []string, atOnce bool) error {
	t.Helper()
	path := storePath(t)
	steps := [][]string{files}
	if !atOnce {
		steps = nil
		for _, file := range files {
			steps = append(steps, []string{file})
		}
	}
	for _, step := range steps {
		_, err := loadAt(context.Background(), path, ontology(), docs(t, step...), graph.LoadOptions{Base: base})
		var conflict *graph.ConflictError
		if err != nil && !errors.As(err, &conflict) {
			t.Fatal(err)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// The message, in full; and all that is wrong is told at once.
func TestTwoNamesMessage(t *testing.T) {
	t.Parallel()
	path := storePath(t)
	load(t, path, graph.LoadOptions{}, anna("one", "kind: Person, name: Anna Weber"))
	other := strings.Replace(anna("two", "kind: Person, name: Antonia"), "name: Bowls and Plates", "name: Bowls", 1)
	const want = `loading claims "test.yaml":7:32: kg:company/bowls is "Bowls" in kg:source/two and "Bowls and Plates" in kg:source/one: if they are one, confirm it here with also: ["Bowls and Plates"]; if not, give this one another id
loading claims "test.yaml":6:30: kg:person/anna is "Antonia" in kg:source/two and "Anna Weber" in kg:source/one: if they are one, confirm it here with also: ["Anna Weber"]; if not, give this one another id`
	for _, opt := range []graph.LoadOptions{{}, {Replace: true}, {DryRun: true}} {
		if got := refused(t, path, opt, other); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// A replaced source is judged by its new version, whatever the old one said.
func TestReplaceJudgesTheNewNames(t *testing.T) {
	t.Parallel()
	path := storePath(t)
	confirmed := anna("two", "kind: Person, name: Antonia, also: [Anna Weber]")
	load(t, path, graph.LoadOptions{}, anna("one", "kind: Person, name: Anna Weber"), confirmed)
	replace := graph.LoadOptions{Replace: true}
	refused(t, path, replace, anna("two", "kind: Person, name: Antonia")) // which confirms no more
	refused(t, path, replace, anna("one", "kind: Person, name: Anne"))
	load(t, path, replace, anna("two", "kind: Person, name: Anna Weber"))
	load(t, path, replace, anna("one", "kind: Person, name: anna weber"))
	// Both may change their names together.
	load(t, path, replace, anna("one", "kind: Person, name: Maria"), anna("two", "kind: Person, name: Maria"))
	load(t, path, graph.LoadOptions{}, anna("one", "kind: Person, name: Maria"))
}

// What another graph calls an entity is no name of a source.
func TestForeignNamesAreNotJudged(t *testing.T) {
	t.Parallel()
	path := storeOf(t, []quad.Quad{{Subject: iri("kg:person/anna"), Predicate: schema.Label, Object: quad.String("Antonia"), Label: quad.IRI("https://ex.org/g")}})
	load(t, path, graph.LoadOptions{}, anna("one", "kind: Person, name: Anna Weber"))
	equal(t, "findings", findings(t, whole(open(t, path))), nil)
}

// Quads of claims files can come as quads, and are then judged by the check. A
// load that changes nothing of them is not refused.
func TestCheckFindsTwoNames(t *testing.T) {
	t.Parallel()
	one := anna("one", "kind: Person, name: Anna Weber")
	quads := append(quadsOf(t, scratch(t, one)), quadsOf(t, scratch(t, anna("two", "kind: Person, name: Antonia")))...)
	path := storeOf(t, quads)
	const want = `unconfirmed name: kg:person/anna: it is "Anna Weber" in kg:source/one and "Antonia" in kg:source/two, and neither has the other's name among its other names`
	equal(t, "findings", findings(t, whole(open(t, path))), []string{want})
	load(t, path, graph.LoadOptions{}, one)
	refused(t, path, graph.LoadOptions{Replace: true}, strings.Replace(one, "She works there.", "She is there.", 1))
	load(t, path, graph.LoadOptions{Replace: true}, anna("one", "kind: Person, name: Anna Weber, also: [Antonia]"))
	equal(t, "findings", findings(t, whole(open(t, path))), nil)
}

// The law: whether sources can be one graph does not depend on the order in
// which they are loaded, nor on whether they come at once; and it is what the
// rules say of every two of them.
func TestJudgementDoesNotDependOnOrder(t *testing.T) {
	if testing.Short() {
		t.Skip("loads in every order")
	}
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	refusals := 0
	const rounds = 10
	for range rounds {
		var files []string
		var say []thing
		for id := range 3 {
			one := randomThing(random, id)
			say, files = append(say, one), append(files, one.file())
		}
		want := compatible(say)
		if !want {
			refusals++
		}
		for _, order := range [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
			in := []string{files[order[0]], files[order[1]], files[order[2]]}
			for _, atOnce := range []bool{false, true} {
				if atOnce && order[0] != 1 {
					continue // six ways one by one and two at once tell enough
				}
				if err := loadAll(t, in, atOnce); (err == nil) != want {
					t.Fatalf("in the order %v, at once %v: got %v, and by the rules they are compatible: %v\n%s", order, atOnce, err, want, strings.Join(files, "\n"))
				}
			}
		}
	}
	if refusals < 3 || refusals > rounds-3 {
		t.Errorf("%d of %d were refused: the test shows nothing", refusals, rounds)
	}
}

// thing is what one source says of an id, and of a thing of its own.
type thing struct {
	source           int
	kind, name, also string
	own, same        string // the kind of its own thing, and what that is joined to
}

func randomThing(random *rand.Rand, source int) thing {
	one := thing{source: source, kind: "Person", name: []string{"Anna", "ANNA", "Antonia"}[random.IntN(3)], own: []string{"Bribe", "Payment", "Payment", "Meeting"}[random.IntN(4)]}
	if random.IntN(15) == 0 {
		one.kind = "Company"
	}
	if random.IntN(3) > 0 {
		one.also = []string{"anna", "Antonia", "Maria"}[random.IntN(3)]
	}
	if random.IntN(2) == 0 {
		other := random.IntN(3)
		one.same = fmt.Sprintf("kg:source/s%d/%s/own", other, strings.ToLower([]string{"Bribe", "Payment", "Payment", "Meeting"}[random.IntN(4)]))
		if one.same == one.iri() {
			one.same = ""
		}
	}
	return one
}

func (s thing) iri() string {
	return fmt.Sprintf("kg:source/s%d/%s/own", s.source, strings.ToLower(s.own))
}

func (s thing) file() string {
	entity := fmt.Sprintf("anna: {kind: %s, name: %s", s.kind, s.name)
	if s.also != "" {
		entity += ", also: [" + s.also + "]"
	}
	own := "own: {kind: " + s.own + ", description: What happened"
	if s.same != "" {
		own += ", same-as: " + s.same
	}
	return herald(fmt.Sprintf("s%d", s.source), entity+"}\n"+own+"}", "c: {says: It is done., at: §, edges: {own: {status: done}}}")
}

// compatible are the rules, naively.
func compatible(all []thing) bool {
	for i, a := range all {
		for _, b := range all[:i] {
			equal := strings.EqualFold(a.name, b.name) || strings.EqualFold(a.name, b.also) || strings.EqualFold(b.name, a.also)
			if a.kind != b.kind || !equal {
				// Another kind is another folder, where names do not meet; it is refused all the same.
				return false
			}
		}
	}
	kinds := map[string]string{}
	joined := map[string][]string{}
	for _, a := range all {
		kinds[a.iri()] = a.own
		if a.same != "" {
			joined[a.iri()], joined[a.same] = append(joined[a.iri()], a.same), append(joined[a.same], a.iri())
		}
	}
	for start := range kinds {
		class := []string{start}
		for i := 0; i < len(class); i++ {
			for _, next := range joined[class[i]] {
				if !slices.Contains(class, next) {
					class = append(class, next)
				}
			}
		}
		bribe, meeting, payment := false, false, false
		for _, node := range class {
			bribe, meeting, payment = bribe || kinds[node] == "Bribe", meeting || kinds[node] == "Meeting", payment || kinds[node] == "Payment"
		}
		if meeting && (bribe || payment) { // a bribe is a payment
			return false
		}
	}
	return true
}
