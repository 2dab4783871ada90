package wal_test

import (
	"errors"
	"io"
	"slices"
	"testing"

	"kg/graph/internal/store/wal"
)

// A write that fails in any way leaves the file as it was, and the writer
// takes nothing more until the file has been read anew.
func TestFailingWrites(t *testing.T) {
	t.Parallel()
	for name, fail := range map[string]func(m *memory){
		"full disk":   func(m *memory) { m.write = func(int) (int, error) { return 0, errFull } },
		"half":        func(m *memory) { m.write = func(n int) (int, error) { return n / 2, errFull } },
		"short write": func(m *memory) { m.write = func(n int) (int, error) { return n - 1, nil } },
		"sync":        func(m *memory) { m.sync = func() error { return errFull } },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var m memory
			w, err := wal.Create(&m, "x", id, nil)
			if err != nil {
				t.Fatal(err)
			}
			if err := w.Append(wal.Commit, []byte("kept")); err != nil {
				t.Fatal(err)
			}
			before := slices.Clone(m.data)
			fail(&m)
			err = w.Append(wal.Commit, []byte("lost"))
			if !errors.Is(err, errFull) && !errors.Is(err, io.ErrShortWrite) {
				t.Fatal(err)
			}
			m.write, m.sync = nil, nil
			if again := w.Append(wal.Commit, []byte("more")); again != err || w.Err() != err {
				t.Fatalf("wrote on after an error: %v", again)
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(m.data, before) {
				t.Fatalf("%d bytes became %d", len(before), len(m.data))
			}
		})
	}
}

// Even where nothing can be cut off, no half record counts.
func TestFailingCut(t *testing.T) {
	t.Parallel()
	var m memory
	w, err := wal.Create(&m, "x", id, nil)
	if err != nil {
		t.Fatal(err)
	}
	m.write = func(n int) (int, error) { return n / 2, errFull }
	m.cut = func() error { return errors.New("read-only file system") }
	if err := w.Append(wal.Commit, []byte("lost")); !errors.Is(err, errFull) {
		t.Fatal(err)
	}
	if log, err := readBytes("x", m.data); err != nil || len(log.Records) != 0 {
		t.Fatalf("%v, %v", log, err)
	}
}

func TestFailingCreate(t *testing.T) {
	t.Parallel()
	m := memory{sync: func() error { return errFull }}
	if _, err := wal.Create(&m, "x", id, nil); !errors.Is(err, errFull) {
		t.Fatal(err)
	}
}
