package snapshot

import (
	"bytes"
	"fmt"
	"os"
	"testing"
)

// TestGrow: a batch begins small whatever it may use, and what it grows to
// makes the same file as many that never grew.
func TestGrow(t *testing.T) {
	t.Parallel()
	var quads []quadKeys
	for i := range 3 * firstRows {
		quads = append(quads, quadKeys{fmt.Sprint("s", i*7919%(2*firstRows)), fmt.Sprint("p", i%5), fmt.Sprint("o", i*31%40_000), "l"})
	}
	b := NewBuilder(t.TempDir()+"/x", 512<<20, 1)
	defer b.Close()
	batch := b.NewBatch()
	if cap(batch.rows) > firstRows || len(batch.keys.slots) > 4*firstRows || batch.spare != nil {
		t.Errorf("a batch begins with room for %d rows and %d keys", cap(batch.rows), len(batch.keys.slots))
	}
	for _, q := range quads {
		if err := batch.Add([]byte(q[0]), []byte(q[1]), []byte(q[2]), []byte(q[3])); err != nil {
			t.Fatal(err)
		}
	}
	if want := growth * firstRows; batch.room.rows != want || len(b.runs) > 0 {
		t.Errorf("room for %d rows, not %d, and %d runs", batch.room.rows, want, len(b.runs))
	}
	if err := batch.Close(); err != nil {
		t.Fatal(err)
	}
	var files [2][]byte
	for i, budget := range []int64{512 << 20, 1 << 20} {
		var err error
		if files[i], err = os.ReadFile(build(t, budget, quads)); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Errorf("a large budget makes a file of %d bytes, a small one another of %d", len(files[0]), len(files[1]))
	}
}
