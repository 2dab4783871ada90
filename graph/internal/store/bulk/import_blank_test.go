package bulk_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"kg/graph/internal/store/bulk"
	"kg/graph/internal/store/db"
	"kg/graph/internal/store/storetest"
	"kg/internal/rdf/nquads"
)

// clique spells a graph whose blank nodes cannot be told apart, after as many other
// lines.
func clique(nodes, after int) string {
	var b strings.Builder
	b.WriteString(strings.Repeat("<a:s> <a:p> <a:o> .\n", after))
	for i := range nodes {
		for j := range nodes {
			if i != j {
				fmt.Fprintf(&b, "_:n%d <a:p> _:n%d .\n", i, j)
			}
		}
	}
	return b.String()
}

// Blank nodes that cannot be told apart end the import with their position, and nothing
// is stored.
func TestImportPoison(t *testing.T) {
	if testing.Short() {
		t.Skip("takes all the steps there are")
	}
	t.Parallel()
	path := newPath(t)
	qs := mustOpen(t, path, db.Options{Create: true})
	mustApply(t, qs, add(numbered(1)))
	before := files(t, path)
	in := text("poison.nq", clique(12, 6))
	in.Size = 0 // unknown, or it would be committed
	_, err := qs.Import(context.Background(), []bulk.Input{text("x.nq", "_:a <a:p> _:b .\n"), in}, bulk.Options{Blank: "a:node/"})
	var syntax *nquads.SyntaxError
	if !errors.As(err, &syntax) || syntax.File != "poison.nq" || syntax.Line != 7 {
		t.Errorf("got %v", err)
	}
	want := ":7:1: naming the blank nodes that are joined to those of this line: blank nodes are too much alike to be told apart: 12 of them in 132 quads, "
	if err == nil || !strings.Contains(err.Error(), want) || !strings.HasSuffix(err.Error(), "; give them IRIs") {
		t.Errorf("got %v", err)
	}
	if got := len(contents(t, qs)); got != 1 {
		t.Errorf("%d quads", got)
	}
	if after := files(t, path); !slices.Equal(after, before) {
		t.Errorf("left %v", after)
	}
}

// However little memory there is and whatever fails on disk, blank nodes get the
// same names, or none.
func TestImportBlankSpills(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for i := range 400 {
		fmt.Fprintf(&b, "_:x%d <a:p> _:y%d <a:g%d> .\n_:y%d <a:p> \"%d\" <a:g> .\n", i, i, i%3, i, i%20)
	}
	in := text("x.nq", b.String())
	calm := newStore(t)
	if r := mustImport(t, calm, bulk.Options{Blank: "a:node/"}, in); r != (bulk.Imported{Read: 800, Added: 800, Blank: 800}) {
		t.Errorf("got %+v", r)
	}
	want := exported(t, calm)
	d := &storetest.Faulty{}
	path := newPath(t)
	failed := 0
	for d.FailAt = 1; ; d.FailAt += 1 + d.FailAt/16 {
		d.Calls, d.Kind = 0, ""
		qs, err := storetest.Open(path, db.Options{Create: true, Disk: d})
		if err != nil {
			t.Fatal(err)
		}
		_, err = qs.Import(context.Background(), []bulk.Input{in}, bulk.Options{Blank: "a:node/", Memory: 1 << 15})
		if d.Kind == "" {
			if got := exported(t, qs); err != nil || got != want {
				t.Fatalf("%v; the export is another: %v", err, got != want)
			}
			qs.Close()
			break
		}
		if err == nil {
			if got := exported(t, qs); got != want {
				t.Fatalf("%s failed at call %d, no error, and another graph", d.Kind, d.FailAt)
			}
		} else if failed++; !errors.Is(err, storetest.ErrFault) {
			t.Fatalf("%s failed at call %d: %v", d.Kind, d.FailAt, err)
		}
		qs.Close()
		for _, name := range files(t, path) {
			if strings.Contains(name, "blank-") {
				t.Fatalf("%s failed at call %d: left %s", d.Kind, d.FailAt, name)
			}
		}
	}
	if failed < 10 {
		t.Errorf("only %d calls failed", failed)
	}
}
