package queries_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/queries"
)

// A question is offered where it has a row, and nowhere else: on the article, where
// nobody denies anything and each other one has an answer, and on a graph of others,
// which is joined and no more.
func TestOffered(t *testing.T) {
	t.Parallel()
	set, err := queries.Read()
	if err != nil {
		t.Fatal(err)
	}
	article, _ := views(t, "donga-2008-04-04.yaml")
	follows := quad.Quad{Subject: quad.IRI("https://ex.org/a"), Predicate: quad.IRI("https://ex.org/follows"), Object: quad.IRI("https://ex.org/b"), Label: quad.IRI("https://ex.org/g")}
	for _, c := range []struct {
		view *graph.View
		want []string
	}{
		{article, slices.DeleteFunc(set.Names(), func(name string) bool { return name == "denials" })},
		{viewOfQuads(t, []quad.Quad{follows}), []string{"neighbours"}},
		{viewOfQuads(t, nil), nil},
	} {
		got, unsure, err := set.Offered(context.Background(), c.view, time.Minute)
		if err != nil || len(unsure) > 0 || !slices.Equal(got, c.want) {
			t.Errorf("got %s, unsure of %v, %v, want %s", strings.Join(got, " "), unsure, err, strings.Join(c.want, " "))
		}
	}
	ended, end := context.WithCancel(context.Background())
	end()
	if got, unsure, err := set.Offered(context.Background(), article, 1); err != nil || !slices.Equal(got, set.Names()) || !slices.Equal(unsure, got) {
		t.Errorf("tried for no time: got %v, unsure of %v, %v", got, unsure, err)
	}
	if _, _, err := set.Offered(ended, article, 0); err == nil {
		t.Error("what ended is offered")
	}
}
