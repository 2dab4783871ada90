package session

import (
	"context"
	"testing"
)

func TestUnrun(t *testing.T) {
	t.Parallel()
	qs := newStore(t, parse("<a> <p> <b> .\n"))
	for text, unrun := range map[string]bool{
		`g.V()`:                              true,
		`var p = g.V("<a>")`:                 true,
		`g.V("<nobody>").out()`:              true,
		`g`:                                  true,
		``:                                   true,
		`g.V().count(); g.V()`:               true,
		`g.emit(g.V())`:                      true,
		`g.emit([g.V()])`:                    true,
		`if (false) g.V().all()`:             true,
		`g.V("<nobody>").all()`:              false,
		`g.V("<nobody>").GetLimit(3)`:        false,
		`g.V("<nobody>").forEach(x => x)`:    false,
		`g.V("<nobody>").map(x => x)`:        false,
		`var l = g.V("<nobody>").toArray()`:  false,
		`var n = g.V("<nobody>").count()`:    false,
		`g.V("<nobody>").tagValue()`:         false,
		`g.emit(null)`:                       false,
		`var p = g.V("<nobody>"); p.All()`:   false,
		`g.V("<nobody>").all(); g.emit([])`:  false,
		`g.V("<a>").out("<p>").getLimit(-1)`: false,
	} {
		r := Run(context.Background(), qs, text, Options{})
		for _, err := range r.Rows() {
			if err != nil {
				t.Fatal(err)
			}
		}
		if r.Unrun() != unrun {
			t.Errorf("%s: unrun is %v", text, !unrun)
		}
	}
}
