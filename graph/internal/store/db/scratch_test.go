package db_test

import (
	"slices"
	"testing"

	"kg/graph/internal/store"
	"kg/graph/internal/store/bulk"

	"github.com/cayleygraph/cayley/graph"
)

// A store without a file is as one with a file, and no name stays of it.
func TestScratch(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	with, without := newStore(t).QuadStore, store.Scratch()
	for _, qs := range []*store.QuadStore{with, without} {
		mustApply(t, qs, add(some(5)...))
		r := mustImport(t, qs, bulk.Options{Memory: 1 << 20}, text("x.nq", canonical(t, some(3000)[3:])))
		if r.Added != 2995 {
			t.Errorf("added %d", r.Added)
		}
		mustApply(t, qs, append(add(numbered(4000)), del(numbered(7))...))
		mustImport(t, qs, bulk.Options{}, text("y.nq", canonical(t, some(10))))
		if err := qs.Compact(t.Context()); err != nil {
			t.Error(err)
		}
		verify(t, qs)
	}
	if !slices.Equal(contents(t, with), contents(t, without)) || exported(t, with) != exported(t, without) {
		t.Error("they differ")
	}
	if left := files(t, temp+"/x"); len(left) > 0 {
		t.Errorf("it has %v", left)
	}
	if err := without.Close(); err != nil {
		t.Error(err)
	}
	if err := without.ApplyDeltas(add(numbered(1)), graph.IgnoreOpts{}); err == nil {
		t.Error("written when it was closed")
	}
}
