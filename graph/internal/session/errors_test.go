package session

import (
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
)

// TestErrorsAreBrief: an error repeats little of a query, of a thrown value, and of the
// text that kg generated from it.
func TestErrorsAreBrief(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 3000)
	for _, text := range []string{long, "g." + long + "()", "throw '" + long + "'", "throw new Error('" + long + "')", "throw new Error('" + strings.Repeat("x ", 3000) + "')",
		"var " + long + " " + long, "'" + long, "/(" + long + "/", "/(?=" + long + "/u", "/[" + long + "/", "/x/" + long, "/\\p{" + long + "}/u", "/\\p{L}(/u", "/\\p{L}(?=/u",
		"new RegExp('(" + long + "')", "new RegExp('x', '" + long + "')", "g.V().filter(regex('(" + long + "'))", "g.V().filter(regex('" + long + "**'))", "g.V().back('" + long + "')",
		"g.V().limit('" + long + "')", "g.V().has('" + long + "', gt(1), '" + long + "')", "JSON.parse('" + long + "')", "g.V().tag(g.V('" + long + "'))", strings.Repeat("9", 3000) + " + 1",
		"null." + long, "({})." + long + "()", long + " = " + long + " = ;", "import " + long, "x?.[" + long + "]"} {
		got := table(t, scratch(quad.Make(quad.IRI("a"), quad.IRI("b"), quad.IRI("c"), nil)), text, Options{})
		if !strings.HasPrefix(got, "running the query: ") {
			t.Errorf("%.40s…: no error: %.200s", text, got)
		}
		if len(got) > 700 || strings.Contains(got, long[:70]) || strings.Contains(got, strings.Repeat("9", 70)) {
			t.Errorf("%.40s…: %.300s", text, got)
		}
	}
	for text, want := range map[string]string{
		`/a**/`:                        "Invalid regular expression: invalid nested repetition operator in `**`",
		`/(?=(/u`:                      "Invalid regular expression: missing closing ) in `(?=(`",
		`g.V().filter(regex("(\\pL"))`: "regex: argument 1: missing closing ) in `(\\pL`",
	} {
		if got := table(t, scratch(), text, Options{}); !strings.HasSuffix(got, ": "+want) {
			t.Errorf("%s: %s", text, got)
		}
	}
}
