package wal_test

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"testing"

	"kg/graph/internal/store/wal"
)

func TestWriteReadResume(t *testing.T) {
	t.Parallel()
	f, path := onDisk(t)
	w, err := wal.Create(f, path, id, nil)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, text := range []string{"", "a", "kgrc and so on", string(make([]byte, 3<<20))} {
		want = append(want, text)
		if err := w.Append(wal.Commit, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := f.WriteAt([]byte("kgrc, the beginning of a record"), w.Size()); err != nil {
		t.Fatal(err)
	}
	log := load(t, path)
	if got := payloads(log); !slices.Equal(got, want) || log.Size != w.Size() || log.Closed {
		t.Fatalf("got %d records, %d bytes, closed %v", len(got), log.Size, log.Closed)
	}
	if w, err = wal.Resume(f, log); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Append(wal.Commit, []byte("more")), w.Close()); err != nil {
		t.Fatal(err)
	}
	log = load(t, path)
	if got := payloads(log); !slices.Equal(got, append(want, "more")) || !log.Closed {
		t.Fatalf("after resuming: %d records, closed %v", len(got), log.Closed)
	}
}

func load(t *testing.T, path string) *wal.Log {
	t.Helper()
	log, err := wal.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	return log
}

// A store that is opened and closed again writes nothing.
func TestCloseTwice(t *testing.T) {
	t.Parallel()
	data, _ := sample(t, 2, true)
	m := &memory{data: slices.Clone(data)}
	log, err := readBytes("x", m.data)
	if err != nil {
		t.Fatal(err)
	}
	w, err := wal.Resume(m, log)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil || !slices.Equal(m.data, data) {
		t.Fatalf("%v, %d bytes became %d", err, len(data), len(m.data))
	}
}

func TestMissing(t *testing.T) {
	t.Parallel()
	if _, err := wal.Load(filepath.Join(t.TempDir(), "x")); !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
}

// Records that are carried over to a new journal get numbers of their own.
func TestCreateWithRecords(t *testing.T) {
	t.Parallel()
	data, want := sample(t, 5, false)
	old, err := readBytes("x", data)
	if err != nil {
		t.Fatal(err)
	}
	var m memory
	w, err := wal.Create(&m, "x", wal.Identity{9}, old.Records[3:])
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Append(wal.Commit, []byte("x")); err != nil {
		t.Fatal(err)
	}
	log, err := readBytes("x", m.data)
	if err != nil || log.ID != (wal.Identity{9}) {
		t.Fatal(err)
	}
	if got := payloads(log); !slices.Equal(got, append(want[3:], "x")) {
		t.Fatalf("got %q", got)
	}
}

// After finds what a snapshot lacks, on both sides of a compaction.
func TestAfter(t *testing.T) {
	t.Parallel()
	var m memory
	w, err := wal.Create(&m, "x", id, nil)
	if err != nil {
		t.Fatal(err)
	}
	one, two := wal.Identity{11}, wal.Identity{12}
	add := func(text string) error { return w.Append(wal.Commit, []byte(text)) }
	if err := errors.Join(add("a"), add("b"), add("c"), w.Checkpoint(one, 2), add("d"), w.Checkpoint(two, 5), add("e")); err != nil {
		t.Fatal(err)
	}
	log, err := readBytes("x", m.data)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		id   wal.Identity
		want []string
		ok   bool
	}{
		{id, []string{"a", "b", "c", "d", "e"}, true},
		{one, []string{"c", "d", "e"}, true},
		{two, []string{"e"}, true},
		{wal.Identity{13}, nil, false},
	} {
		records, ok := log.After(c.id)
		if got := payloads(&wal.Log{Records: records}); ok != c.ok || !slices.Equal(got, c.want) {
			t.Errorf("after %d: got %q, %v, want %q", c.id[0], got, ok, c.want)
		}
	}
	if _, ok := (&wal.Log{}).After(wal.Identity{}); ok {
		t.Error("an empty file belongs to no snapshot, not even to one with an ID of zeros")
	}
}
