package db_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"kg/graph/internal/store/db"
	"kg/graph/internal/store/storetest"
	"kg/graph/internal/store/wal"
)

// FuzzOpen opens a store beside any journal, and beside a whole one with any
// payload: an error or a store that can be read, never a panic.
func FuzzOpen(f *testing.F) {
	path := newPath(f)
	qs := mustOpen(f, path, db.Options{Create: true})
	mustApply(f, qs, add(some(3)...))
	if err := qs.Compact(context.Background()); err != nil {
		f.Fatal(err)
	}
	mustApply(f, qs, append(add(numbered(7)), del(numbered(1))...))
	base, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	log, err := wal.Load(path + db.JournalEnd)
	if err != nil {
		f.Fatal(err)
	}
	data, err := os.ReadFile(path + db.JournalEnd)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data, false)
	f.Add(data[:len(data)-1], false)
	f.Add(log.Records[0].Payload, true)
	f.Add([]byte{0, 0, 0, 0, 0}, true)
	f.Fuzz(func(t *testing.T, data []byte, payload bool) {
		path := filepath.Join(t.TempDir(), "kg.db")
		if err := os.WriteFile(path, base, 0o644); err != nil {
			t.Fatal(err)
		}
		file, err := os.Create(path + db.JournalEnd)
		if err != nil {
			t.Fatal(err)
		}
		if payload {
			_, err = wal.Create(file, path, log.ID, []wal.Record{{Kind: wal.Commit, Payload: data}})
		} else {
			_, err = file.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
		file.Close()
		qs, err := storetest.Open(path, db.Options{ReadOnly: true})
		if err != nil {
			return
		}
		defer qs.Close()
		ctx := context.Background()
		it := qs.QuadsAllIterator().Iterate()
		for it.Next(ctx) {
			if _, err := qs.Quad(it.Result()); err != nil {
				break // a key that is none
			}
		}
		st, err := qs.Stats(ctx, true)
		if err != nil {
			t.Fatal(err)
		}
		want := uint64(0)
		for it := qs.QuadsAllIterator().Iterate(); it.Next(ctx); {
			want++
		}
		if got := uint64(st.Quads.Value); got != want {
			t.Fatalf("counted %d quads, read %d", got, want)
		}
	})
}
