package session

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"

	"kg/internal/js"

	"github.com/cayleygraph/quad"
)

func TestParams(t *testing.T) {
	qs := scratch(parse(people)...)
	opts := Options{Params: map[string]quad.Value{
		"who": quad.IRI("a"), "text": quad.String(`"); g.V().all(); ("`), "n": quad.Int(7), "yes": quad.Bool(true), "bob": quad.LangString{Value: "Bob", Lang: "en"},
	}, Namespaces: map[string]string{"k": "kno"}}
	for text, want := range map[string]string{
		`g.V(who).out(g.IRI("k:ws")).all()`:                                                    "id=<b>",
		`var who = typeof who === "undefined" ? null : who; g.V(who).out("<age>").is(n).all()`: `id="7"^^<xsd:integer>`,
		`g.V(bob).in("<name>").all()`:                                                          "id=<b>",
		`g.emit([n + 1, yes, typeof n, typeof absent, "" + text])`:                             "value=\"8\"^^<xsd:integer>\nvalue=\"True\"^^<xsd:boolean>\nvalue=\"number\"\nvalue=\"undefined\"\nvalue=\"\\\"); g.V().all(); (\\\"\"",
	} {
		if got := table(t, qs, text, opts); got != want {
			t.Errorf("%s:\n%s\nexpected:\n%s", text, got, want)
		}
	}
}

func TestLimit(t *testing.T) {
	qs := scratch(mesh(5)...)
	for text, want := range map[string]struct {
		rows int
		cut  bool
	}{
		"g.V().both().all()":                                  {7, true},
		"g.V().getLimit(-1)":                                  {6, false}, // five nodes and a predicate
		"g.V().getLimit(-1); g.V().getLimit(-1)":              {7, true},
		"g.V().all(); g.V().all()":                            {7, true},
		"g.V().limit(3).all(); g.V().limit(4).all()":          {7, false},
		"g.emit([1, 2, 3, 4, 5, 6, 7, 8, 9])":                 {7, true},
		"for (var i = 0; i < 7; i++) g.emit(i); undefined":    {7, false},
		"for (var i = 0; i < 8; i++) g.emit(i)":               {7, true},
		"g.V().forEach(function(d) { g.V().all() })":          {7, true},
		"g.V().getLimit(2); g.V().getLimit(2); g.V().count()": {5, false},
	} {
		res := Run(context.Background(), qs, text, Options{Limit: 7})
		n := 0
		for _, err := range res.Rows() {
			if err != nil {
				t.Errorf("%s: %v", text, err)
			}
			n++
		}
		if n != want.rows || res.Truncated() != want.cut {
			t.Errorf("%s: %d rows, cut %v", text, n, res.Truncated())
		}
	}
}

func TestMistakes(t *testing.T) {
	qs := scratch(parse(people)...)
	for text, want := range map[string]string{
		"g.V().out(":                  "line 1, column 11: Unexpected end of input",
		"\n\n  g.V().out({})":         "line 3, column 12: out: argument 1: expected an IRI, a path or nothing, found object",
		`g.V().has()`:                 "line 1, column 10: has: argument 1: expected a predicate, as an IRI or a path, found nothing",
		`g.V().has("<p>", gt(1), 2)`:  "line 1, column 10: has: argument 3: expected a filter, as the one before it, found 2",
		`g.V().filter("x")`:           `line 1, column 13: filter: argument 1: expected a filter, found the string "x"`,
		`g.V(undefined).all()`:        "line 1, column 4: V: argument 1: expected an IRI or another value, or a list of them, found nothing",
		`g.V().tag({})`:               "line 1, column 10: tag: argument 1: expected the name of a tag, found object",
		`g.V().save(g.V("<p>"))`:      "line 1, column 11: save: argument 2: expected the name of a tag, since argument 1 is not a single predicate",
		`g.V().limit("x")`:            `line 1, column 12: limit: argument 1: expected a whole number, found the string "x"`,
		`g.V().and("<a>")`:            `line 1, column 10: intersect: argument 1: expected a path, found the string "<a>"`,
		`g.V().and(g)`:                "line 1, column 10: intersect: argument 1: expected a path, found the graph object",
		`g.V().forEach()`:             "line 1, column 14: forEach: argument 1: expected a function, found nothing",
		`g.V().forEach(1)`:            "line 1, column 14: forEach: argument 1: expected a function, found 1",
		`g.V().followRecursive()`:     "line 1, column 22: followRecursive: argument 1: expected a path or a predicate, found nothing",
		`g.V().back("x")`:             `line 1, column 11: back: no step before it sets the tag "x"`,
		`lang(1, 2)`:                  "line 1, column 5: lang: argument 1: expected a string, found 1",
		`regex("(")`:                  "line 1, column 6: regex: argument 1: missing closing ) in `(`",
		`throw "x"`:                   "line 1, column 1: threw x",
		`throw new RangeError("far")`: "line 1, column 7: RangeError: far",
		`nothing.at.all`:              "line 1, column 1: ReferenceError: nothing is not defined",
		`g.V().outt("x")`:             "line 1, column 11: Object has no member 'outt'",
		`g.V().forEach(function(d) { throw new Error(d.id) })`: "line 1, column 35: <a>",
	} {
		var err error
		for _, e := range Run(context.Background(), qs, text, Options{}).Rows() {
			err = e
		}
		var mistake *js.Error
		if !errors.As(err, &mistake) || err.Error() != "running the query: "+want {
			t.Errorf("%s:\n%v\nexpected:\n%s", text, err, want)
		}
	}
}

// TestEnds: a query ends when its consumer stops, panics, or cancels; nothing
// is left of it.
func TestEnds(t *testing.T) {
	qs := scratch(mesh(8)...)
	before := runtime.NumGoroutine()
	const endless = "for (;;) g.V().both().all()"
	for range Run(context.Background(), qs, endless, Options{}).Rows() {
		break
	}
	func() {
		defer func() {
			if x := recover(); x != "mine" {
				t.Errorf("recovered %v", x)
			}
		}()
		for range Run(context.Background(), qs, endless, Options{}).Rows() {
			panic("mine")
		}
	}()
	ctx, cancel := context.WithCancel(context.Background())
	n := 0
	for _, err := range Run(ctx, qs, endless, Options{}).Rows() {
		if n++; n == 100 {
			cancel()
		}
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
	qs = scratch(mesh(12)...)
	// In the middle of iterators that find nothing.
	ctx, cancel = context.WithTimeout(context.Background(), 30*time.Millisecond)
	defer cancel()
	began := time.Now()
	for _, err := range Run(ctx, qs, hostile["exponential none"], Options{}).Rows() {
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
	}
	if took := time.Since(began); took > 30*time.Millisecond+late {
		t.Error("it took", took)
	}
	for _, err := range Run(ctx, qs, endless, Options{}).Rows() {
		if err == nil {
			t.Error("rows of a query that was cancelled before")
		}
		break
	}
	settle(t, before)
}

func TestScriptsAreThemselves(t *testing.T) {
	qs := scratch(parse(people)...)
	for text, want := range map[string]string{
		`var f = g.V, h = f("<a>").out; h("<knows>").all()`:                                                      "id=<b>",
		`g.emit([3, 1, 2].sort().map(function(x) { return x * 2 }).join("-"))`:                                   `value="2-4-6"`,
		"g.emit(`${1 + 1} and ${[1, [2]]}`)":                                                                     `value="2 and 1,2"`,
		`g.emit("a-b-c".replace(/-(.)/g, "<$1>").replaceAll("<", "[").split("b").length)`:                        `value="2"^^<xsd:integer>`,
		`g.emit(JSON.stringify({a: [1, "x", null, undefined], b: {c: true}, d: undefined}))`:                     `value="{\"a\":[1,\"x\",null,null],\"b\":{\"c\":true}}"`,
		`g.emit(JSON.stringify([1, {a: 2}], null, 1))`:                                                           `value="[\n 1,\n {\n  \"a\": 2\n }\n]"`,
		`var [a, ...r] = [1, 2, 3]; g.emit(Math.max(...r, a) + r.length)`:                                        `value="5"^^<xsd:integer>`,
		`var s = 0; for (var x of new Set([1, 2, 2])) s += x; g.emit(s)`:                                         `value="3"^^<xsd:integer>`,
		`g.emit(/(\d+)-(?<n>\w)/.exec("ab 12-c").groups.n)`:                                                      `value="c"`,
		`g.emit("x".padStart(3, "ab") + "y".padEnd(3) + "|")`:                                                    `value="abxy  |"`,
		`g.emit([1, [2, [3]]].flat(Infinity).concat([4], 5).reverse().indexOf(1))`:                               `value="4"^^<xsd:integer>`,
		`g.emit(Object.keys({...{a: 1}, b: 2}).join())`:                                                          `value="a,b"`,
		`g.emit((function() { return Array.prototype.slice.call(arguments, 1) }).apply(null, [1, 2, 3]).length)`: `value="2"^^<xsd:integer>`,
		`g.emit({a: iri("x"), b: ["y", iri("z")], c: g.V()})`:                                                    `a=<x> b="[\"y\",\"\\u003cz\\u003e\"]"`,
		`g.emit("<a>"); g.emit("<b>x</b>"); g.emit("_:n")`:                                                       "value=<a>\nvalue=\"<b>x</b>\"\nvalue=_:n",
	} {
		got := table(t, qs, text, Options{})
		got = strings.ReplaceAll(got, `\\\"`, `\"`)
		if got != want && strings.ReplaceAll(got, `\`, "") != strings.ReplaceAll(want, `\`, "") {
			t.Errorf("%s:\n%s\nexpected:\n%s", text, got, want)
		}
	}
}
