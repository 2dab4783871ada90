package session

import (
	"testing"

	"github.com/cayleygraph/cayley/graph"
)

// TestRecursionsWithin: what stands in the step of a recursion knows which node
// the step went on from, though it keeps rows or is no plan of the store's.
func TestRecursionsWithin(t *testing.T) {
	tests := []struct{ text, want string }{
		{`g.V("<mayor>").followRecursive(g.M().shortestPath(["<money>", "<firm>", "<town>"])).all()`,
			"id=<money> | <mayor> <took> <money> <claim1> . or | <mayor> <took> <money> <claim2> ."},
		{`g.V("<mayor>", "<clerk>").tag("who").followRecursive(g.M().shortestPath(["<money>", "<firm>", "<town>"]), "d").all()`,
			`d="1"^^<xsd:integer> id=<money> who=<mayor> | <mayor> <took> <money> <claim1> . or | <mayor> <took> <money> <claim2> .`},
		{`g.V("<mayor>").followRecursive(g.M().out().and(g.V("<town>").in().or(g.M().shortestPath("<firm>")))).all()`,
			""},
		{`g.V("<mayor>").followRecursive(g.M().shortestPath("<firm>").followRecursive(g.M().out("<in>"))).hops("h").all()`,
			"h=<mayor> -> <in> <town> id=<town> | <firm> <in> <town> ."},
		{`g.V("<clerk>").followRecursive(g.M().out().order()).hops("h").all()`,
			`h=<clerk> -> <took> (<claim4>) <gift> id=<gift> | <clerk> <took> <gift> <claim4> .
h=<clerk> -> <took> (<claim4>) <gift> -> <from> (<claim5>) <firm> id=<firm> | <clerk> <took> <gift> <claim4> . | <gift> <from> <firm> <claim5> .
h=<clerk> -> <took> (<claim4>) <gift> -> <from> (<claim5>) <firm> -> <in> <town> id=<town> | <clerk> <took> <gift> <claim4> . | <gift> <from> <firm> <claim5> . | <firm> <in> <town> .`},
		{`g.V("<gift>").tag("of").followRecursive(g.M().both().labels()).all()`,
			"id=<claim4> of=<gift> | <clerk> <took> <gift> <claim4> .\n" +
				"id=<claim3> of=<gift> | <gift> <from> <firm> <claim5> . | <money> <from> <firm> <claim3> .\n" +
				"id=<claim5> of=<gift> | <gift> <from> <firm> <claim5> ."},
	}
	onBoth(t, bribes, func(t *testing.T, qs graph.QuadStore) {
		for _, test := range tests {
			if got := table(t, qs, test.text, Options{Evidence: true}); got != test.want {
				t.Errorf("%s:\n%s\nexpected:\n%s", test.text, got, test.want)
			}
		}
	})
}
