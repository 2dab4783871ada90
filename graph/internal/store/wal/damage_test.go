package wal_test

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"slices"
	"strings"
	"testing"

	"kg/graph/internal/store/wal"
)

// Every prefix of a journal opens to a prefix of its commits.
func TestTorn(t *testing.T) {
	t.Parallel()
	data, want := sample(t, 8, true)
	most := 0
	for n := range len(data) + 1 {
		log, err := readBytes("x", data[:n])
		if err != nil {
			t.Fatalf("%d of %d bytes: %v", n, len(data), err)
		}
		got := payloads(log)
		if !prefixOf(got, want) || len(got) < most {
			t.Fatalf("%d of %d bytes give %d commits", n, len(data), len(got))
		}
		if log.Size > int64(n) || log.Closed != (n == len(data)) {
			t.Fatalf("%d of %d bytes: size %d, closed %v", n, len(data), log.Size, log.Closed)
		}
		most = len(got)
	}
	if most != len(want) {
		t.Fatalf("the whole file gives %d commits of %d", most, len(want))
	}
}

// Every flipped bit of a closed journal is damage with its offset, except in the closed
// record itself: no commit is ever lost or changed silently.
func TestFlipped(t *testing.T) {
	t.Parallel()
	data, want := sample(t, 8, true)
	const closed = 28 // bytes of the last record
	for at := range data {
		for bit := range 8 {
			bad := slices.Clone(data)
			bad[at] ^= 1 << bit
			log, err := readBytes("x.journal", bad)
			if at >= len(data)-closed {
				if err != nil || !slices.Equal(payloads(log), want) {
					t.Fatalf("bit %d of byte %d, in the closed record: %v", bit, at, err)
				}
				continue
			}
			var damage *wal.DamageError
			switch {
			case !errors.As(err, &damage):
				t.Fatalf("bit %d of byte %d: %v", bit, at, err)
			case damage.Path != "x.journal" || damage.Offset > int64(at) || !strings.Contains(err.Error(), `"x.journal" is damaged at byte`):
				t.Fatalf("bit %d of byte %d: %v", bit, at, err)
			}
		}
	}
}

// The records before a damaged byte are returned with the error: whole commits, and all
// of them.
func TestBeforeDamage(t *testing.T) {
	t.Parallel()
	data, want := sample(t, 8, true)
	ends := []int{64}
	for _, p := range want {
		ends = append(ends, ends[len(ends)-1]+28+len(p))
	}
	for at := 64; at < ends[len(ends)-1]; at++ {
		bad := slices.Clone(data)
		bad[at] ^= 0x10
		log, err := readBytes("x", bad)
		n, _ := slices.BinarySearch(ends, at+1)
		if err == nil || !slices.Equal(payloads(log), want[:n-1]) {
			t.Fatalf("byte %d: %d commits, want %d, %v", at, len(log.Records), n-1, err)
		}
		if log.Size != int64(ends[n-1]) || log.Size+log.Torn != int64(len(bad)) {
			t.Fatalf("byte %d: read to %d of %d, %d left", at, log.Size, len(bad), log.Torn)
		}
	}
}

// In a journal that was not closed, the last commit is the unfinished one.
func TestFlippedOpen(t *testing.T) {
	t.Parallel()
	data, want := sample(t, 4, false)
	last := len(data) - len(want[3]) - 28
	for at := range data {
		bad := slices.Clone(data)
		bad[at] ^= 0x10
		log, err := readBytes("x", bad)
		if at < last && err == nil {
			t.Fatalf("byte %d: no error, %d commits", at, len(log.Records))
		}
		if at >= last && (err != nil || !slices.Equal(payloads(log), want[:3])) {
			t.Fatalf("byte %d, in the last record: %v", at, err)
		}
	}
}

// A later format is reported as such, even if its header is another one; a damaged number
// is damage: TestFlipped has these.
func TestVersion(t *testing.T) {
	t.Parallel()
	data, _ := sample(t, 1, true)
	binary.LittleEndian.PutUint32(data[8:], 7)
	binary.LittleEndian.PutUint32(data[60:], crc32.Checksum(data[:60], crc32.MakeTable(crc32.Castagnoli)))
	var newer *wal.NewerError
	if _, err := readBytes("x", data); !errors.As(err, &newer) || newer.Format != 7 || !strings.Contains(err.Error(), "made by a newer kg") {
		t.Error(err)
	}
	data[20] ^= 1 // a header that is another one there
	if _, err := readBytes("x", data); !errors.As(err, &newer) {
		t.Error(err)
	}
}

// A text that holds a whole record of another journal is no record: the salts
// differ. Without them the unfinished record would look like damage.
func TestForeignRecordInPayload(t *testing.T) {
	t.Parallel()
	other, _ := sample(t, 3, true)
	var m memory
	w, err := wal.Create(&m, "x", id, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Append(wal.Commit, other[64:]); err != nil {
		t.Fatal(err)
	}
	log, err := readBytes("x", m.data[:len(m.data)-1])
	if err != nil || len(log.Records) != 0 {
		t.Fatalf("%v, %v", log, err)
	}
}

// FuzzRead: no bytes make Read panic, and what it gives is what a Writer can
// go on from.
func FuzzRead(f *testing.F) {
	for _, closed := range []bool{false, true} {
		data, _ := sample(f, 4, closed)
		f.Add(data)
		f.Add(data[:len(data)-3])
		f.Add(append(slices.Clone(data), data[64:]...))
	}
	f.Add([]byte("kgjrnl\r\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		log, err := readBytes("x", data)
		if err != nil {
			return
		}
		if log.Size > int64(len(data)) {
			t.Fatalf("read %d of %d bytes", log.Size, len(data))
		}
		for _, r := range log.Records {
			if r.Kind == wal.Commit {
				_ = wal.Decode(r.Payload, func(wal.Delta) error { return nil })
			}
		}
		if log.Size == 0 {
			return
		}
		m := &memory{data: slices.Clone(data)}
		w, err := wal.Resume(m, log)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(w.Append(wal.Commit, []byte("next")), w.Close()); err != nil {
			t.Fatal(err)
		}
		again, err := readBytes("x", m.data)
		if err != nil || !slices.Equal(payloads(again), append(payloads(log), "next")) {
			t.Fatalf("after resuming: %v", err)
		}
	})
}
