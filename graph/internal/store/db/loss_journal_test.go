package db_test

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/cayleygraph/cayley/graph"

	"kg/graph/internal/store/db"
	"kg/graph/internal/store/storetest"
)

// TestRemovedJournalStaysRemoved: a power loss does not bring back the journal that a
// compaction made needless. It would count again beside a later snapshot that is like
// the one it went on in.
func TestRemovedJournalStaysRemoved(t *testing.T) {
	t.Parallel()
	d := &losing{rand: rand.New(rand.NewPCG(1, 3)), dir: t.TempDir(), names: map[string]*inode{}, durable: map[string]*inode{}, chance: 1 << 30}
	qs, err := storetest.Open(newPath(t), db.Options{Create: true, Disk: d})
	if err != nil {
		t.Fatal(err)
	}
	if err := qs.ApplyDeltas(add(numbered(1)), graph.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
	if d.durable["kg.db.journal"] == nil {
		t.Fatal("the commit has no journal")
	}
	if err := qs.Compact(context.Background()); err != nil {
		t.Fatal(err)
	}
	if d.names["kg.db.journal"] != nil || d.durable["kg.db.journal"] != nil {
		t.Error("the journal is, or may be, there after the compaction")
	}
	if err := qs.Close(); err != nil {
		t.Fatal(err)
	}
}
