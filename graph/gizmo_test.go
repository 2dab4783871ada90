package graph_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/schema"
)

// answers runs a query to its end, or its error.
func answers(v *graph.View, text string) ([]graph.Row, error) {
	return rowsOf(v.Gizmo(context.Background(), text, nil, false))
}

func rowsOf(q *graph.Query) (rows []graph.Row, err error) {
	for row, err := range q.Rows() {
		if err != nil {
			return rows, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func TestGizmoKnowsShortForms(t *testing.T) {
	t.Parallel()
	v := whole(scratch(t, ferry))
	rows, err := answers(v, `g.V(g.IRI("kg:source/ferry/sale/firm-sale")).out(g.IRI("kgo:buyer")).all()`)
	if err != nil || len(rows) != 1 || rows[0].Get("id") != iri("kg:company/north-shore") {
		t.Errorf("got %v, %v", rows, err)
	}
}

// A row's quads are those it came through, and its evidence their claims.
func TestGizmoEvidence(t *testing.T) {
	t.Parallel()
	v := whole(scratch(t, ferry))
	const text = `g.V(at).out(g.IRI("kgo:participant")).in(g.IRI("kgo:participant")).unique().all()`
	at := map[string]quad.Value{"at": iri("kg:source/ferry/meeting/talks")}
	rows, err := rowsOf(v.Gizmo(context.Background(), text, at, true))
	if err != nil || len(rows) != 1 {
		t.Fatal(rows, err)
	}
	a := &graph.Answer{}
	ways, err := rows[0].Ways()
	if err != nil {
		t.Fatal(err)
	}
	for _, way := range ways {
		a.Add(way)
	}
	e, err := v.Evidence(context.Background(), a)
	if err != nil {
		t.Fatal(err)
	}
	var claims []string
	for _, c := range e.Claims {
		claims = append(claims, schema.IRI(c.IRI).LastPart())
	}
	equal(t, "claims", claims, []string{"no-talks", "talks"})
	rows, err = rowsOf(v.Gizmo(context.Background(), text, at, false))
	if err != nil || len(rows) != 1 || rows[0].WaysCount() > 0 {
		t.Errorf("without asking for it: %v, %v", rows, err)
	}
}

func TestGizmoMistakes(t *testing.T) {
	t.Parallel()
	v := whole(scratch(t, port))
	for _, text := range []string{`g.V(`, `g.W().all()`, `throw "no"`, `nothing`, `g.V().all(); nothing`, `g.V().out({}).all()`} {
		_, err := answers(v, text)
		if err == nil || !errors.Is(fmt.Errorf("wrapped: %w", err), graph.ErrQuery) {
			t.Errorf("%s: got %v, want that the query is at fault", text, err)
		}
	}
	if errors.Is(context.Canceled, graph.ErrQuery) || errors.Is(nil, graph.ErrQuery) {
		t.Error("what is no mistake of the query is called one")
	}
}

func TestGizmoBounds(t *testing.T) {
	v := whole(scratch(t, ferry))
	for text, c := range map[string]struct {
		bounds graph.Bounds
		want   error
	}{
		`while (true) {}`: {graph.Bounds{Timeout: 50 * time.Millisecond}, graph.ErrTimeout},
		`var a = []; while (true) { a.push([a, a]) }`: {graph.Bounds{Memory: 8 << 20, Timeout: 5 * time.Minute}, graph.ErrMemory},
	} {
		v.Bounds = c.bounds
		if _, err := answers(v, text); !errors.Is(err, c.want) || !errors.Is(err, graph.ErrQuery) {
			t.Errorf("%s: got %v, want %v", text, err, c.want)
		}
	}
}

// TestBoundsHoldBeyondTheQuery: what follows a query is within its bounds, too,
// and an answer that was made too late is none.
func TestBoundsHoldBeyondTheQuery(t *testing.T) {
	v := whole(scratch(t, ferry))
	ask := func(ctx context.Context) error {
		for _, err := range v.Gizmo(ctx, `g.V().all()`, nil, false).Rows() {
			if err != nil {
				return err
			}
		}
		return nil
	}
	late := func(ctx context.Context) error {
		<-ctx.Done()
		if err := ask(ctx); !errors.Is(err, graph.ErrQuery) {
			t.Errorf("a query beyond the bounds: %v", err)
		}
		_, err := v.Describe(ctx, quad.IRI("https://kg.example/person/ann"))
		if err == nil {
			t.Error("a name was looked up beyond the bounds")
		}
		return nil
	}
	if err := (graph.Bounds{Timeout: 100 * time.Millisecond}).In(context.Background(), late); err != graph.ErrTimeout {
		t.Errorf("time: %v", err)
	}
	var kept [][]byte
	large := func(ctx context.Context) error {
		if err := ask(ctx); err != nil {
			return err
		}
		for range 256 { // 64 MiB
			kept = append(kept, make([]byte, 1<<18))
		}
		runtime.GC() // which finds it alive
		select {
		case <-ctx.Done():
		case <-time.After(5 * time.Minute):
		}
		return nil
	}
	if err := (graph.Bounds{Memory: 16 << 20}).In(context.Background(), large); err != graph.ErrMemory {
		t.Errorf("memory: %v, with %d MiB kept", err, len(kept)/4)
	}
	if err := (graph.Bounds{Timeout: 5 * time.Minute, Memory: 1 << 30}).In(context.Background(), ask); err != nil {
		t.Errorf("within the bounds: %v", err)
	}
}
