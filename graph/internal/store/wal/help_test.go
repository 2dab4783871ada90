package wal_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"kg/graph/internal/store/wal"
)

// memory is a wal.File that keeps its bytes and can be told to fail.
type memory struct {
	data  []byte
	write func(n int) (int, error) // how much of a write of n bytes is done
	sync  func() error
	cut   func() error
}

var errFull = errors.New("no space left on device")

func (m *memory) WriteAt(p []byte, at int64) (int, error) {
	n := len(p)
	var err error
	if m.write != nil {
		n, err = m.write(len(p))
	}
	if end := int(at) + n; end > len(m.data) {
		m.data = append(m.data, make([]byte, end-len(m.data))...)
	}
	return copy(m.data[at:], p[:n]), err
}

func (m *memory) Sync() error {
	if m.sync != nil {
		return m.sync()
	}
	return nil
}

func (m *memory) Truncate(size int64) error {
	if m.cut != nil {
		return m.cut()
	}
	m.data = m.data[:size]
	return nil
}

func (m *memory) Close() error { return nil }

var id = wal.Identity{1, 2, 3}

// sample is a journal with n commits, their payloads of several sizes.
func sample(t testing.TB, n int, close bool) ([]byte, []string) {
	t.Helper()
	var m memory
	w, err := wal.Create(&m, "x.journal", id, nil)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for i := range n {
		want = append(want, fmt.Sprintf("%0*d", i*i*7, i))
		if err := w.Append(wal.Commit, []byte(want[i])); err != nil {
			t.Fatal(err)
		}
	}
	if close {
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return m.data, want
}

// payloads are those of the commits of a log.
func payloads(log *wal.Log) []string {
	var list []string
	for _, r := range log.Records {
		if r.Kind == wal.Commit {
			list = append(list, string(r.Payload))
		}
	}
	return list
}

// prefixOf tells whether got is the beginning of want.
func prefixOf(got, want []string) bool {
	if len(got) > len(want) {
		return false
	}
	for i := range got {
		if got[i] != want[i] {
			return false
		}
	}
	return true
}

// onDisk is an empty file for a journal.
func onDisk(t testing.TB) (*os.File, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.journal")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f, path
}

var _ io.WriterAt = (*memory)(nil)

// readBytes is wal.Read for a file that is in memory.
func readBytes(path string, data []byte) (*wal.Log, error) {
	return wal.Read(path, bytes.NewReader(data), int64(len(data)))
}
