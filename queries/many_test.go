package queries_test

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime/debug"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/queries"
	"kg/schema"
)

// TestManyRows: a question of many rows is answered within a bound that holds but a
// small part of what the rows would take as objects. It is the only one that runs: what
// is bounded is the process, which collects what is left behind as it goes.
func TestManyRows(t *testing.T) {
	if testing.Short() {
		t.Skip("sixty thousand rows")
	}
	defer debug.SetGCPercent(debug.SetGCPercent(20))
	const events = 60_000
	var quads []quad.Quad
	for i := range events {
		event := schema.DefaultBase.Named("event", fmt.Sprintf("e%d", i))
		claim := schema.DefaultBase.Claim("s", fmt.Sprintf("c%d", i))
		for p, o := range map[quad.IRI]quad.Value{"x:is": quad.IRI("x:event"), "x:of": quad.IRI(fmt.Sprintf("x:of/%d", i%20)), "x:n": quad.Int(i)} {
			quads = append(quads, quad.Quad{Subject: event, Predicate: p, Object: o, Label: claim})
		}
	}
	s, err := graph.Create(filepath.Join(t.TempDir(), "kg.db"), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := loadQuads(s, quads); err != nil {
		t.Fatal(err)
	}
	quads = nil
	const path = `g.V("<x:event>").in("<x:is>")`
	for name, text := range map[string]string{
		"as they come": path + `.tag("event").save("<x:of>", "of").save("<x:n>", "n").all()`,
		"each once":    path + `.unique().tag("event").save("<x:of>", "of").save("<x:n>", "n").all()`,
		"of one claim": path + `.tag("event").labelContext(g.V().tag("claim")).save("<x:of>", "of").save("<x:n>", "n").all()`,
	} {
		q := &queries.Query{Name: "many", Columns: []string{"of", "event", "n"}, Text: text}
		var res *queries.Result
		err := graph.Bounds{Memory: 34 << 20}.In(context.Background(), func(ctx context.Context) error {
			res, err = q.RunPage(ctx, s.View(schema.DefaultBase), nil, 0, 100, 0)
			return err
		})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if res.All != events || len(res.Rows) != 100 || len(res.Rows[99].Evidence.Witnesses) != 1 {
			t.Errorf("%s: %d rows of %d", name, len(res.Rows), res.All)
		}
	}
}

// TestPageOfManyWays: an answer of few rows is explained whole, unless the rows rest on
// many ways: then those of the page are.
func TestPageOfManyWays(t *testing.T) {
	t.Parallel()
	const events, few = 30, 50
	for claims, want := range map[int]int{1: events, 100: 5} {
		var quads []quad.Quad
		for i := range events * claims {
			event := schema.DefaultBase.Named("event", fmt.Sprintf("e%d", i%events))
			claim := schema.DefaultBase.Claim("s", fmt.Sprintf("c%d", i))
			quads = append(quads, quad.Quad{Subject: event, Predicate: quad.IRI("x:is"), Object: quad.IRI("x:event"), Label: claim})
		}
		s, err := graph.Create(filepath.Join(t.TempDir(), "kg.db"), nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		if err := loadQuads(s, quads); err != nil {
			t.Fatal(err)
		}
		q := &queries.Query{Name: "many", Columns: []string{"event"}, Text: `g.V("<x:event>").in("<x:is>").tag("event").all()`}
		page, err := q.RunPage(context.Background(), s.View(schema.DefaultBase), nil, 10, 15, few)
		if err != nil {
			t.Fatal(err)
		}
		if page.All != events || len(page.Rows) != want || len(page.Rows) < events && page.From != 10 {
			t.Errorf("of %d claims each %d rows of %d are explained, from %d on", claims, len(page.Rows), page.All, page.From)
		}
	}
}
