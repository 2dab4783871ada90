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
			res, err = q.RunPart(ctx, s.View(schema.DefaultBase), nil, 0, 100)
			return err
		})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if res.All != events || len(res.Rows) != 100 || len(res.Rows[99].Evidence.Witnesses) != 1 {
			t.Errorf("%s: %d rows of %d", name, len(res.Rows), res.All)
		}
	}
}
