package session

import (
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
)

const bribes = `<mayor> <took> <money> <claim1> .
<mayor> <took> <money> <claim2> .
<money> <from> <firm> <claim3> .
<firm> <in> <town> .
<clerk> <took> <gift> <claim4> .
<gift> <from> <firm> <claim5> .
`

// TestEvidence says what stands behind each row; short names stand for quads.
func TestEvidence(t *testing.T) {
	names := strings.NewReplacer(
		"<mayor> <took> <money> <claim1> .", "T1", "<mayor> <took> <money> <claim2> .", "T2",
		"<money> <from> <firm> <claim3> .", "F", "<firm> <in> <town> .", "I",
		"<clerk> <took> <gift> <claim4> .", "T4", "<gift> <from> <firm> <claim5> .", "F5",
	)
	tests := []struct{ what, text, want string }{
		{"nodes between that are not tagged", `g.V("<mayor>").out("<took>").out("<from>").all()`,
			"id=<firm> | T1 | F\nid=<firm> | T2 | F"},
		{"has and save", `g.V("<mayor>").has("<took>").save("<took>", "what").is("<mayor>").limit(1).all()`,
			"id=<mayor> what=<money> | T1"},
		{"a quad of the default graph", `g.V("<firm>").out("<in>").all()`, "id=<town> | I"},
		{"unique merges", `g.V("<mayor>").out("<took>").unique().all()`, "id=<money> | T1 or | T2"},
		{"unique merges what comes from two", `g.V("<mayor>", "<clerk>").out("<took>").out("<from>").unique().all()`,
			"id=<firm> | T1 | F or | T2 | F or | T4 | F5"},
		{"unique of what hides and what shows", `g.V("<mayor>", "<clerk>").tag("who").out("<took>").out("<from>").unique().all()`,
			"id=<firm> who=<mayor> | T1 | F or | T2 | F"},
		{"a way that contains another", `g.V("<firm>").in("<from>").out("<from>").unique().all()`, "id=<firm> | F or | F5"},

		{"except carries what is kept", `g.V().has("<from>", "<firm>").except(g.V("<mayor>").out("<took>")).all()`, "id=<gift> | F5"},
		{"what is optional and not there", `g.V("<firm>").saveOpt("<took>", "x").out("<in>").all()`, "id=<town> | I"},
		{"a recursion", `g.V("<clerk>").followRecursive(g.M().out()).all()`,
			"id=<gift> | T4\nid=<firm> | T4 | F5\nid=<town> | T4 | F5 | I"},
		{"all shortest ways of a recursion", `g.V("<mayor>").followRecursive(g.M().out()).all()`,
			"id=<money> | T1 or | T2\nid=<firm> | T1 | F or | T2 | F\nid=<town> | T1 | F | I or | T2 | F | I"},
		{"a recursion from two starts", `g.V("<mayor>", "<clerk>").out("<took>").followRecursive("<from>").all()`,
			"id=<firm> | T1 | F or | T2 | F or | T4 | F5"},
		{"a recursion whose starts show, by the first way", `g.V("<mayor>", "<clerk>").tag("who").out("<took>").followRecursive("<from>").all()`,
			"id=<firm> who=<mayor> | T1 | F or | T2 | F"},
		{"a recursion whose way is shown", `g.V("<mayor>").followRecursive("<took>").hops("h").all()`, "h=<mayor> -> <took> (<claim1>) <money> id=<money> | T1"},
		{"a shortest path", `g.V("<mayor>").shortestPath("<town>").all()`, "id=<town> | T1 | F | I or | T2 | F | I"},
		{"emitted in forEach", `g.V("<clerk>").out("<took>").forEach(function(d) { g.emit(d.id) })`, "value=<gift> | T4"},
		{"within forEach within forEach", `g.V("<clerk>").out("<took>").forEach(function(d) { g.V(d.id).out("<from>").forEach(function(e) { g.emit(e.id) }) })`,
			"value=<firm> | T4 | F5"},
		{"all within forEach", `g.V("<clerk>").out("<took>").forEach(function(d) { g.V(d.id).out("<from>").all() })`, "id=<firm> | T4 | F5"},
		{"a count", `g.emit(g.V("<clerk>").out("<took>").count())`, `value="1"^^<xsd:integer> | not traced`},
		{"what follows toArray", `var a = g.V("<clerk>").out("<took>").toArray(); g.V(a).out("<from>").all()`, "id=<firm> | not traced"},
		{"what follows forEach", `var n = 0; g.V("<clerk>").out("<took>").forEach(function() { n++ }); g.emit(n)`, `value="1"^^<xsd:integer> | not traced`},
		{"a path from what a callback kept", `var x; g.V("<clerk>").out("<took>").forEach(function(d) { x = d.id }); g.V(x).out("<from>").all()`, "id=<firm> | not traced"},
		{"a second forEach", `g.V("<clerk>").out("<took>").forEach(function(d) { g.emit(d.id) }); g.V("<money>").out("<from>").forEach(function(d) { g.emit({who: d.id, as: "giver"}) })`,
			"value=<gift> | T4\nas=\"giver\" who=<firm> | F"},
		{"what a callback kept of another row", `var x = "none"; g.V("<mayor>", "<clerk>").tag("who").out("<took>").unique().forEach(function(d) { g.emit({now: d.id, before: x}); x = d.id })`,
			"before=\"none\" now=<money> | T1 or | T2\nbefore=<money> now=<gift> | not traced"},
		{"made of two", `g.V("<clerk>").tag("who").out("<took>").forEach(function(d) { g.emit(d.who + d.id) })`, `value="<clerk><gift>" | not traced`},
		{"nothing was read", `g.emit(1)`, `value="1"^^<xsd:integer>`},
		{"a last value", `g.V("<clerk>").out("<took>").toValue()`, "value=<gift> | not traced"},
	}
	onBoth(t, bribes, func(t *testing.T, qs graph.QuadStore) {
		for _, test := range tests {
			got := names.Replace(table(t, qs, test.text, Options{Evidence: true}))
			if got != test.want {
				t.Errorf("%s: %s:\n%s\nexpected:\n%s", test.what, test.text, got, test.want)
			}
		}
	})
}

// A value in the query's text is traced, though an earlier row had it too: in the short
// form, and made by a function; a value the script makes from a row's own texts is not.
func TestNamedAgain(t *testing.T) {
	const tagged = "<a> <says> \"hi\"@en <c1> .\n<b> <says> \"hi\"@en <c2> .\n<a> <says> \"x\"^^<y> <c3> .\n<b> <says> \"x\"^^<y> <c4> .\n"
	again := func(step string) string {
		return `g.V("<a>", "<b>").forEach(function(n) { g.V(n.id)` + step + `.forEach(function(r) { g.emit(r.id) }) })`
	}
	options := Options{Evidence: true, Namespaces: map[string]string{"s": "say"}}
	for _, c := range []struct {
		text   string
		traced bool
	}{
		{again(`.out("<s:s>", "as")`), true},
		{again(`.out("<says>", "as")`), true},
		{again(`.out(g.IRI("s:s"), "as")`), true},
		{again(`.out(iri("says"), "as")`), true},
		{again(`.out(raw("<says>"), "as")`), true},
		{again(`.has("<says>", lang("hi", "en")).out("<says>")`), true},
		{again(`.has("<says>", typed("x", "y")).out("<says>")`), true},
		{`var as = "<s:s>"; ` + again(`.out(as, "as")`), true},
		{`var kept = "<says>"; g.V("<a>", "<b>").forEach(function(n) { g.V(n.id).out(kept, "as").forEach(function(r) { kept = r.as; g.emit(r.id) }) })`, true},
		{`var kept = null; g.V("<a>").out(null, "as").forEach(function(r) { kept = r.as }); g.V("<b>").out(kept).all()`, false},
	} {
		onBoth(t, tagged, func(t *testing.T, qs graph.QuadStore) {
			got := table(t, qs, c.text, options)
			if got == "" || strings.Contains(got, "not traced") == c.traced || strings.Contains(got, "running the query") {
				t.Errorf("%s gives\n%s", c.text, got)
			}
		})
	}
}

// TestLabelContextTags: the tags of a label context take the label of the last
// hop, with any label and with one, and nothing in the default graph.
func TestLabelContextTags(t *testing.T) {
	tests := []struct{ text, want string }{
		{`g.V("<clerk>").labelContext("<claim4>", "by").out("<took>").all()`, "by=<claim4> id=<gift>"},
		{`g.V("<clerk>").labelContext(null, "by").out("<took>").out("<from>").all()`, "by=<claim5> id=<firm>"},
		{`g.V("<clerk>").labelContext(null, ["by", "and"]).out("<took>").labelContext(null).out("<from>").all()`, "and=<claim4> by=<claim4> id=<firm>"},
		{`g.V("<firm>").labelContext(null, "by").out("<in>").all()`, "id=<town>"},
		{`g.V("<gift>").labelContext(["<claim5>"], "by").has("<from>").all()`, "by=<claim5> id=<gift>"},
		{`g.V("<gift>").labelContext(["<claim5>"], "by").save("<from>", "x").all()`, "by=<claim5> id=<gift> x=<firm>"},
		{`g.V("<clerk>").followRecursive(g.M().labelContext(null, "by").out("<took>")).all()`, "by=<claim4> id=<gift>"},
		{`g.V("<clerk>").tag("c").out("<took>").labelContext("<claim5>").out("<from>").back("c").out("<took>").all()`, "c=<clerk> id=<gift>"},
	}
	onBoth(t, bribes, func(t *testing.T, qs graph.QuadStore) {
		for _, test := range tests {
			if got := table(t, qs, test.text, Options{}); got != test.want {
				t.Errorf("%s:\n%s\nexpected:\n%s", test.text, got, test.want)
			}
		}
	})
}
