package graph_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/schema"
)

func decide(t *testing.T, s *graph.Store, verdict schema.Verdict, a, b string) error {
	t.Helper()
	d, err := s.View(base).NewMatch(verdict, iri(a), iri(b), options("one hull"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.SetMatches(context.Background(), base, []*schema.Decision{d}, nil, false)
	return err
}

func undo(t *testing.T, s *graph.Store, a, b string) {
	t.Helper()
	pair := [2]quad.IRI{min(iri(a), iri(b)), max(iri(a), iri(b))}
	changes, err := s.SetMatches(context.Background(), base, nil, [][2]quad.IRI{pair}, false)
	if err != nil || len(changes) != 1 {
		t.Fatal(changes, err)
	}
}

// Two ships that are decided to be one are one at reading; undone, the graph is what
// it was, quad for quad.
func TestDecideAndUndo(t *testing.T) {
	t.Parallel()
	s := scratch(t, listedFile("list", small), paper)
	ctx := context.Background()
	before := hash(t, s)
	const a, b, c = "kg:vessel/list-2", "kg:vessel/list-1", "kg:vessel/list-3"
	for _, verdict := range []schema.Verdict{schema.Undecided, schema.Different, schema.Same} {
		if err := decide(t, s, verdict, a, b); err != nil {
			t.Fatal(err)
		}
		if d := s.View(base).Match(iri(b), iri(a)); d == nil || d.Verdict != verdict {
			t.Errorf("it is decided %+v, not %s", d, verdict)
		}
		listed := strings.Contains(strings.Join(pairsOf(t, s.View(base), graph.PairOptions{Least: graph.MatchLeast}), "\n"), "CHON MYONG 1 | ")
		if listed != (verdict == schema.Undecided) {
			t.Errorf("decided %s it is proposed: %v", verdict, listed)
		}
		class, err := s.View(base).Class(ctx, iri(a))
		if err != nil || (len(class) == 2) != (verdict == schema.Same) {
			t.Errorf("decided %s the class is %v, %v", verdict, class, err)
		}
	}
	joins, err := s.View(base).SameAs(ctx, iri(a))
	if err != nil || len(joins) != 1 || joins[0].Node != iri(b) || joins[0].Source != base.Decisions() {
		t.Fatalf("the joins are %v, %v", joins, err)
	}
	if who, err := s.View(base).DescribeFor(ctx, joins[0].Annotator, nil); err != nil || who.Text != "Ann Lee" {
		t.Errorf("joined by %v, %v", who, err)
	}
	checkWhole(t, s)
	if hash(t, s) == before {
		t.Error("a decision is no fact of the graph")
	}
	undo(t, s, b, a)
	if after := hash(t, s); after != before {
		t.Error("decided and undone the graph is another one")
	}
	if err := decide(t, s, schema.Same, b, c); err != nil { // what numbers say, a person may overrule
		t.Fatal(err)
	}
	undo(t, s, b, c)
}

// What is true of two ships is true of two events: the bribe that two papers tell of is
// one, with both speakers behind it, as same-as would join it; undone, the graph is what
// it was.
func TestDecideOnEvents(t *testing.T) {
	t.Parallel()
	told := func(id, day, more string) string {
		return herald(id, `
			editor-`+id+`: {kind: Person, name: Editor `+id+`}
			firm: {kind: Company, name: Firm}
			mayor: {kind: Person, name: Max Mayor}
			gift: {kind: Bribe, description: The gift`+more+`}
		`, `c: {says: It was paid., speaker: editor-`+id+`, at: §, edges: {gift: {payer: firm, recipient: mayor, amount: {value: 500, unit: EUR}, date: `+day+`, status: done}}}`)
	}
	const a, b = "kg:source/one/bribe/gift", "kg:source/two/bribe/gift"
	one, two := told("one", "2008-03", ""), told("two", "2008-03-12", "")
	s := scratch(t, one, two)
	before := hash(t, s)
	equal(t, "proposed", pairsOf(t, s.View(base), graph.PairOptions{Least: graph.MatchLikely}),
		[]string{"The gift | The gift | 87 | participant, participant, same amount, date overlaps"})
	if err := decide(t, s, schema.Same, a, b); err != nil {
		t.Fatal(err)
	}
	equal(t, "proposed again", pairsOf(t, s.View(base), graph.PairOptions{Least: 1}), nil)
	if got, want := comparedEvents(t, s), comparedEvents(t, scratch(t, one, told("two", "2008-03-12", ", same-as: "+a))); got != want {
		t.Errorf("decided to be one they compare as\n%s\nand joined by same-as as\n%s", got, want)
	}
	checkWhole(t, s)
	undo(t, s, a, b)
	if hash(t, s) != before {
		t.Error("decided and undone the graph is another one")
	}
}

// comparedEvents tells the verdicts on all things.
func comparedEvents(t *testing.T, s *graph.Store) string {
	t.Helper()
	c, err := s.View(base).Compare(t.Context(), nil, "")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, one := range c.Comparisons {
		fmt.Fprintf(&b, "%s %s %s", one.Verdict, base.Short(one.About), base.Short(one.Relation))
		for _, said := range one.Said {
			fmt.Fprintf(&b, " %s", base.Short(said.Claim.IRI))
		}
		b.WriteByte('\n')
	}
	if !strings.Contains(b.String(), "differing precision kg:source/one/bribe/gift kgo:date kg:source/one/claim/c kg:source/two/claim/c") {
		t.Errorf("the dates are not compared:\n%s", &b)
	}
	return b.String()
}

// What goes against other decisions, or against what things are, is refused, and
// changes nothing.
func TestContraryDecisions(t *testing.T) {
	t.Parallel()
	s := scratch(t, listedFile("list", small), paper)
	const a, b, c, person = "kg:vessel/list-1", "kg:vessel/list-2", "kg:vessel/list-3", "kg:person/list-5"
	for _, one := range []struct {
		verdict    schema.Verdict
		a, b, want string
	}{
		{schema.Same, a, b, ""},
		{schema.Different, b, c, ""},
		{schema.Same, a, c, "would join kg:vessel/list-2 and kg:vessel/list-3, which are decided to be different"},
		{schema.Same, c, person, "only things of one kind"},
		{schema.Undecided, b, c, ""},
		{schema.Same, a, c, ""},
		{schema.Different, b, c, "joined otherwise"},
	} {
		before := hash(t, s)
		err := decide(t, s, one.verdict, one.a, one.b)
		var conflict *graph.ConflictError
		switch {
		case one.want == "" && err != nil:
			t.Errorf("%+v: %v", one, err)
		case one.want != "" && (!errors.As(err, &conflict) || !strings.Contains(err.Error(), one.want)):
			t.Errorf("%+v: %v", one, err)
		case one.want != "" && hash(t, s) != before:
			t.Errorf("%+v: refused, and the graph is another one", one)
		}
	}
}

// A decision that came in as quads, past what kg match refuses, is found by the check:
// it joins what cannot be one thing, also through a third.
func TestCheckFindsDecidedKinds(t *testing.T) {
	t.Parallel()
	sound := scratch(t, listedFile("list", small), paper)
	const a, b, person = "kg:vessel/list-1", "kg:vessel/list-2", "kg:person/list-5"
	decided := func(verdict schema.Verdict, a, b string) []quad.Quad {
		d, err := sound.View(base).NewMatch(verdict, iri(a), iri(b), options("one hull"))
		if err != nil {
			t.Fatal(err)
		}
		return d.Quads()
	}
	clash := "joined kinds: kg:person/list-5: it is of kind schema:Person, and joined to kg:vessel/list-1, which is of kind kgo:Vessel"
	for _, c := range []struct {
		quads []quad.Quad
		want  []string
	}{
		{decided(schema.Same, a, b), nil},
		{decided(schema.Different, a, person), nil},
		{decided(schema.Undecided, a, person), nil},
		{decided(schema.Same, a, person), []string{clash}},
		{append(decided(schema.Same, a, b), decided(schema.Same, b, person)...), []string{clash}},
	} {
		quads := append(quadsOf(t, sound), c.quads...)
		got := findings(t, whole(open(t, storeOf(t, quads))).WithRetracted())
		if !slices.Equal(got, c.want) {
			t.Errorf("found %q, not %q", got, c.want)
		}
	}
}
