package session

import (
	"context"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/query"
	"github.com/cayleygraph/quad"
)

const people = `<a> <knows> <b> .
<a> <age> "7"^^<http://www.w3.org/2001/XMLSchema#integer> .
<b> <name> "Bob"@en .
`

func resultsOf(t *testing.T, text string, col query.Collation) []any {
	t.Helper()
	s := NewSession(scratch(parse(people)...), Options{})
	it, err := s.Execute(context.Background(), text, query.Options{Collation: col, Limit: -1})
	if err != nil {
		t.Fatal(err)
	}
	defer it.Close()
	var list []any
	for it.Next(context.Background()) {
		list = append(list, it.Result())
	}
	if it.Err() != nil {
		t.Fatal(it.Err())
	}
	return list
}

func TestCollations(t *testing.T) {
	const text = `g.V("<a>").save("<knows>").out("<knows>").all(); g.V("<a>").forEach(function(d) { g.V(d.id).out("<knows>").forEach(function(e) { g.emit(e) }) }); 5`
	tests := []struct {
		col  query.Collation
		want string
	}{
		{query.JSON, `[{"<knows>":"<b>","id":"<b>"},{"id":"<b>"},null]`},
		// Values are strings within a script whatever the collation, so that
		// they can be used in it; what it emits is what it has.
		{query.JSONLD, `[{"id":{"@id":"b"},"knows":{"@id":"b"}},{"id":"<b>"},null]`},
	}
	for _, test := range tests {
		got, err := json.Marshal(resultsOf(t, text, test.col))
		if err != nil || !strings.Contains(test.want, strings.ReplaceAll(strings.ReplaceAll(string(got), `\u003c`, "<"), `\u003e`, ">")) {
			t.Errorf("%v: %s %v", test.col, got, err)
		}
	}
	raw := resultsOf(t, text, query.Raw)
	if len(raw) != 3 || raw[0].(Row).Get("id") != quad.IRI("b") || raw[1].(Row).Get("id") != quad.IRI("b") || raw[2].(Row).Get("value") != quad.Int(5) {
		t.Errorf("raw: %v", raw)
	}
	if got := resultsOf(t, `g.V("<b>").out("<name>").all()`, query.JSONLD); !reflect.DeepEqual(got, []any{map[string]any{"id": map[string]any{"@value": "Bob", "@language": "en"}}}) {
		t.Errorf("%v", got)
	}
}

func TestSessionServesManyQueries(t *testing.T) {
	s := NewSession(scratch(parse(people)...), Options{})
	for range 3 {
		a := ask(context.Background(), s, `if (typeof left !== "undefined") throw "a variable is left"; var left = 1; Array.prototype.left = 1; g.V("<a>").out("<knows>").all()`)
		if a.Err != "" || len(a.Rows) != 1 {
			t.Fatal(a)
		}
	}
	it, err := s.Execute(context.Background(), "g.V().all()", query.Options{Collation: query.JSON})
	if err != nil || !it.Next(context.Background()) || it.Close() != nil {
		t.Fatal("a query that is closed after its first row")
	}
	if _, err := s.Execute(context.Background(), "g.V(", query.Options{Collation: query.JSON}); err == nil {
		t.Error("a syntax error is one of Execute's")
	}
	if _, err := s.Execute(context.Background(), "1", query.Options{Collation: query.REPL}); err == nil {
		t.Error("there is nothing for a REPL")
	}
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	it, err = s.Execute(context.Background(), "for (;;) {}", query.Options{Collation: query.JSON})
	if err != nil || it.Next(ctx) || it.Err() == nil {
		t.Error("the context of Next ends a query")
	}
	it.Close()
}
