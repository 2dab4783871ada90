package wal_test

import (
	"bytes"
	"testing"

	"kg/graph/internal/store/wal"
)

// FuzzDeltas: whatever keys go in come out again, and a cut payload is an
// error or fewer deltas, never others.
func FuzzDeltas(f *testing.F) {
	f.Add("s", "p", "o", "", "s", "p", "o2", "g", byte(0))
	f.Add("", "", "", "", "", "", "", "", byte(3))
	f.Add("s", "p", string(make([]byte, 300)), "g", "s2", "p", "o", "g", byte(2))
	f.Fuzz(func(t *testing.T, s, p, o, g, s2, p2, o2, g2 string, removed byte) {
		want := []wal.Delta{
			{Remove: removed&1 != 0, Keys: [4][]byte{[]byte(s), []byte(p), []byte(o), []byte(g)}},
			{Remove: removed&2 != 0, Keys: [4][]byte{[]byte(s2), []byte(p2), []byte(o2), []byte(g2)}},
			{Remove: removed&4 != 0, Keys: [4][]byte{[]byte(s), []byte(p2), []byte(o), []byte(g2)}},
		}
		var e wal.Encoder
		e.Add(want[2])
		e.Reset()
		for _, d := range want {
			e.Add(d)
		}
		for n := range len(e.Payload) + 1 {
			i := 0
			err := wal.Decode(e.Payload[:n], func(d wal.Delta) error {
				if !equal(d, want[i]) {
					t.Fatalf("%d of %d bytes: delta %d is %q, want %q", n, len(e.Payload), i, d.Keys, want[i].Keys)
				}
				i++
				return nil
			})
			if n == len(e.Payload) && (err != nil || i != len(want)) {
				t.Fatalf("%d deltas of %d, %v", i, len(want), err)
			}
		}
	})
}

func equal(a, b wal.Delta) bool {
	for i := range a.Keys {
		if !bytes.Equal(a.Keys[i], b.Keys[i]) {
			return false
		}
	}
	return a.Remove == b.Remove
}
