package graph_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/cayleygraph/quad"

	"kg/graph"
)

// prelude gives the queries of the tests short names.
const prelude = `
	function kg(s) { return g.IRI("https://kg.example/" + s) }
	function kgo(s) { return kg("ontology#" + s) }
`

// answers runs a query that has no error.
func answers(t testing.TB, v *graph.View, text string) []graph.Row {
	t.Helper()
	var rows []graph.Row
	for row, err := range v.Gizmo(context.Background(), prelude+text) {
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		rows = append(rows, row)
	}
	return rows
}

func TestGizmo(t *testing.T) {
	t.Parallel()
	v := whole(scratch(t, ferry))
	ann, buyer := iri("kg:person/ann-lee"), iri("kg:company/north-shore")
	talks, sale := iri("kg:source/ferry/meeting/talks"), iri("kg:source/ferry/sale/firm-sale")
	for _, c := range []struct {
		text string
		want []graph.Row
	}{
		{`g.V(kg("source/ferry/sale/firm-sale")).out(kgo("buyer")).all()`, []graph.Row{{"id": buyer}}},
		{`g.V(kg("source/ferry/sale/firm-sale")).tag("sale").out(kgo("buyer")).tag("buyer").all()`,
			[]graph.Row{{"id": buyer, "sale": sale, "buyer": buyer}}},
		{`g.V().has(kgo("participant"), kg("person/ann-lee")).unique().tag("event").all()`, []graph.Row{{"id": talks, "event": talks}}},
		// Rows are paths: once for each claim that says so.
		{`g.V(kg("source/ferry/meeting/talks")).out(kgo("participant")).all()`, []graph.Row{{"id": buyer}, {"id": ann}, {"id": ann}}},
		{`g.V(kg("company/blue-line")).out(kgo("trade")).all()`, []graph.Row{{"id": quad.String("ferries")}}},
		{`g.V().has(g.IRI("https://schema.org/minValue"), gt(1)).save(g.IRI("https://schema.org/maxValue"), "max").save(kgo("approximate"), "about").all()`,
			[]graph.Row{{"id": iri("kg:source/ferry/claim/price/firm-sale/price"), "max": quad.Int(3), "about": quad.Bool(true)}}},
		{`g.V(kg("person/nobody")).all()`, nil},
		{`g.emit("a"); g.emit(2); g.emit(2.5); g.emit(true); g.emit(kg("x"))`, []graph.Row{
			{"value": quad.String("a")}, {"value": quad.Int(2)}, {"value": quad.Float(2.5)}, {"value": quad.Bool(true)}, {"value": iri("kg:x")}}},
		{`g.emit({name: "Ann", age: 40, none: null})`, []graph.Row{{"name": quad.String("Ann"), "age": quad.Int(40)}}},
		{`g.emit(["a", ["b", 3]])`, []graph.Row{{"value": quad.String("a")}, {"value": quad.String("b")}, {"value": quad.Int(3)}}},
		{`g.V(kg("source/ferry/meeting/talks")).out(kgo("participant")).count()`, []graph.Row{{"value": quad.Int(3)}}},
		{`g.V(kg("person/nobody")).count()`, []graph.Row{{"value": quad.Int(0)}}},
		{`g.V(kg("company/blue-line")).out(kgo("trade")).toArray()`, []graph.Row{{"value": quad.String("ferries")}}},
		{`g.V(kg("company/blue-line"))`, nil}, // a path that nobody asked for its results
		{`null`, nil},
		{``, nil},
	} {
		got := answers(t, v, c.text)
		text := func(rows []graph.Row) string {
			var list []string
			for _, r := range rows {
				list = append(list, fmt.Sprintf("%#v", r))
			}
			slices.Sort(list)
			return fmt.Sprint(list)
		}
		if text(got) != text(c.want) {
			t.Errorf("%s:\ngot  %v\nwant %v", c.text, got, c.want)
		}
	}
}

// failure runs a query to its error.
func failure(ctx context.Context, v *graph.View, text string) error {
	for _, err := range v.Gizmo(ctx, text) {
		if err != nil {
			return err
		}
	}
	return nil
}

func TestGizmoMistakes(t *testing.T) {
	t.Parallel()
	v := whole(scratch(t, port))
	for _, text := range []string{`g.V(`, `g.W().all()`, `throw "no"`, `nothing`, `g.V().all(); nothing`} {
		err := failure(context.Background(), v, text)
		var mistake *graph.QueryError
		if !errors.As(err, &mistake) || !graph.IsQueryError(fmt.Errorf("wrapped: %w", err)) {
			t.Errorf("%s: got %v, want a *QueryError", text, err)
		}
	}
	if err := failure(context.Background(), v, `g.V().all()`); err != nil {
		t.Errorf("after the mistakes of others: %v", err)
	}
	if graph.IsQueryError(context.Canceled) || graph.IsQueryError(nil) {
		t.Error("what is no mistake of the query is called one")
	}
}

// Not parallel, like all that counts goroutines: others' would be counted.
func TestGizmoCancelled(t *testing.T) {
	v := whole(scratch(t, ferry))
	was := runtime.NumGoroutine()
	for range 50 {
		for _, text := range []string{`while(true){}`, `g.V().all()`, `while(true){g.V().out().out().count()}`} {
			ctx, cancel := context.WithCancel(context.Background())
			cancel()
			if err := failure(ctx, v, text); !errors.Is(err, context.Canceled) || graph.IsQueryError(err) {
				t.Fatalf("%s: got %v, want that it was cancelled", text, err)
			}
		}
	}
	noneLeft(t, was)
}

func TestGizmoTimeout(t *testing.T) {
	v := whole(scratch(t, ferry))
	was := runtime.NumGoroutine()
	for _, text := range []string{
		`while(true){}`,
		`while(true){g.V().out().out().out().count()}`,
		`while(true){g.emit(1)}`,
		`try { while(true){} } catch(e) { while(true){} }`,
	} {
		ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
		start := time.Now()
		if err := failure(ctx, v, text); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: got %v, want that the time is over", text, err)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s: took %v after a deadline of 50ms", text, took)
		}
		cancel()
	}
	noneLeft(t, was)
}

func TestGizmoLeftEarly(t *testing.T) {
	v := whole(scratch(t, ferry))
	was := runtime.NumGoroutine()
	for range 50 {
		for _, text := range []string{`g.V().all()`, `while(true){g.emit(1)}`, `g.V().all(); while(true){}`, `g.emit([1, 2, 3])`} {
			for _, err := range v.Gizmo(context.Background(), text) {
				if err != nil {
					t.Fatalf("%s: %v", text, err)
				}
				break
			}
		}
	}
	noneLeft(t, was)
}

// noneLeft waits until there are no more goroutines than there were.
func noneLeft(t *testing.T, was int) {
	t.Helper()
	for deadline := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > was; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			stacks := make([]byte, 1<<16)
			t.Fatalf("%d goroutines, and %d before:\n%s", runtime.NumGoroutine(), was, stacks[:runtime.Stack(stacks, true)])
		}
	}
}
