package queries_test

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"regexp"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/internal/testsize"
	"kg/queries"
)

// bySource are the questions that keep apart what each source tells, as a loop over the
// sources.
var bySource = map[string]string{
	"figures": `
		g.Kind("Source").tag("source").forEach(function (source) {
			var things = g.Kind("Quantity").tag("figure").saveOpt("<kgo:printed>", "printed")
				.labelContext(g.V(source.id).in("<dcterms:source>")).in(g.V("<schema:QuantitativeValue>").in("<rdfs:range>"), "relation").tag("of");
			if (of) things = things.and(g.Reach(of).tag("asked"));
			things.forEach(function (row) { row.source = source.source; g.emit(row); });
		});`,
	"plans": `
		g.Kind("Source").tag("source").forEach(function (of) {
			var events = g.V("<kgo:planned>", "<kgo:promised>", "<kgo:attempted>").tag("status")
				.labelContext(g.V(of.id).in("<dcterms:source>")).in("<kgo:status>").tag("event");
			if (by) events = events.and(g.Reach(by).tag("asked").in());
			events.saveOpt("<kgo:date>", "date").saveOpt("<kgo:purpose>", "purpose")
				.forEach(function (row) { row.source = of.source; g.emit(row); });
		});`,
	"payments": `
		var roles = ["<kgo:payer>", "<kgo:recipient>", "<kgo:collector>"];
		var payments = g.Kind("Payment");
		if (party) payments = payments.and(g.Reach(party).tag("asked").in(roles));
		g.Kind("Source").tag("source").forEach(function (of) {
			g.V().labelContext(g.V(of.id).in("<dcterms:source>"))
				.has(roles.concat("<kgo:amount>")).unique().and(payments).tag("payment")
				.saveOpt("<kgo:payer>", "payer").optional(g.M().out(["<kgo:recipient>", "<kgo:collector>"]).tag("recipient"))
				.saveOpt("<kgo:amount>", "amount").saveOpt("<kgo:date>", "date").saveOpt("<kgo:purpose>", "purpose")
				.forEach(function (row) { row.source = of.source; g.emit(row); });
		});`,
	"behind": `
		var one = function (path) { return of ? path.is(of) : path; };
		g.Kind("Source").tag("source").forEach(function (source) {
			var told = g.V().labelContext(g.V(source.id).in("<dcterms:source>"));
			[
				told.has("<kgo:owner>").unique().and(g.Kind("Ownership")).tag("tie").saveOpt("<kgo:share>", "share").saveOpt("<kgo:date>", "date")
					.out("<kgo:owner>", "as").tag("who").back("tie").out("<kgo:owned>"),
				told.has("<kgo:partner>").unique().and(g.Kind("JointVenture")).tag("what").out("<kgo:partner>", "as").tag("who").back("what"),
				told.tag("who").out("<kgo:commands>", "as"),
				told.has("<org:holds>").unique().and(g.Kind("Agent")).tag("who").out("<org:holds>", "as").tag("post").labelContext(null).out("<org:postIn>"),
			].forEach(function (path) {
				one(path).tag("what").forEach(function (row) { row.source = source.source; g.emit(row); });
			});
		});`,
}

// own are the things that a generated source alone knows.
var own = regexp.MustCompile(`/source/(?:first|second|third)/[a-z-]+/((?:event|own)-\d)$`)

// TestSourceBySource: a question that keeps sources apart has the rows, and their
// evidence, that it has when each source is asked for itself, of sources that tell of the
// same things.
func TestSourceBySource(t *testing.T) {
	t.Parallel()
	o, set := bundled(t)
	n := testsize.Of(1, 6)
	rows := map[string]int{}
	for i := range n {
		r := rand.New(rand.NewPCG(uint64(i), 97))
		v := viewOfQuads(t, sharedThings(t, viewOf(t, o, generate(r, o, "first", true), generate(r, o, "second", true), generate(r, o, "third", true))))
		for name, text := range bySource {
			q, loop := set[name], *set[name]
			loop.Text = text
			for _, args := range argumentsOf(o, q) {
				params, err := q.Bind(t.Context(), v, args)
				if err != nil {
					continue // nobody speaks of it
				}
				got, want := answer(t, q, v, params), answer(t, &loop, v, params)
				if got, want := asJSON(t, got), asJSON(t, want); got != want {
					t.Fatalf("graph %d, %s %v:\n%s\nsource by source:\n%s", i, name, args, got, want)
				}
				rows[name] += len(got.Rows)
			}
		}
	}
	for name := range bySource {
		if rows[name] < n {
			t.Errorf("%s has only %d rows", name, rows[name])
		}
	}
}

// sharedThings are the quads of a view, in which things that each source had for itself
// are one.
func sharedThings(t *testing.T, v *graph.View) (list []quad.Quad) {
	t.Helper()
	one := func(value quad.Value) quad.Value {
		if iri, ok := value.(quad.IRI); ok {
			return quad.IRI(own.ReplaceAllString(string(iri), "/source/first/thing/$1"))
		}
		return value
	}
	seen := map[quad.Quad]bool{}
	for q, err := range v.Each(t.Context(), quad.Quad{}) {
		if err != nil {
			t.Fatal(err)
		}
		q = quad.Quad{Subject: one(q.Subject), Predicate: q.Predicate, Object: one(q.Object), Label: q.Label}
		if !seen[q] {
			seen[q] = true
			list = append(list, q)
		}
	}
	return list
}

func answer(t *testing.T, q *queries.Query, v *graph.View, params map[string]quad.Value) *queries.Result {
	t.Helper()
	res, err := q.Run(context.Background(), v, params)
	if err != nil {
		t.Fatalf("%s: %v", q.Name, err)
	}
	return res
}

func asJSON(t *testing.T, res *queries.Result) string {
	t.Helper()
	text, err := json.MarshalIndent(res, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
