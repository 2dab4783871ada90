package wal_test

import (
	"encoding/binary"
	"hash/crc32"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"kg/graph/internal/store/wal"
)

// A journal that was made long, by a hole or by a wrong length, takes no more memory than
// its records.
func TestSparse(t *testing.T) {
	if runtime.GOOS == "windows" || testing.Short() {
		t.Skip("makes a file with a hole")
	}
	const size, most = 5 << 30, 16 << 20
	data, want := sample(t, 4, false)
	// A record that says to be as long as the file, with a right header.
	table := crc32.MakeTable(crc32.Castagnoli)
	long := slices.Clone(data[:64])
	head := append([]byte("kgrc"), make([]byte, 24)...)
	head[4], head[8] = 1, 1
	binary.LittleEndian.PutUint32(head[16:], 1<<28)
	binary.LittleEndian.PutUint32(head[24:], crc32.Update(crc32.Checksum(data[48:56], table), table, head[:24]))
	long = append(long, head...)
	for name, c := range map[string]struct {
		data []byte
		want []string
	}{"hole": {data, want}, "length": {long, nil}} {
		path := filepath.Join(t.TempDir(), "kg.db.journal")
		if err := os.WriteFile(path, c.data, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(path, size); err != nil {
			t.Skip("no room for it:", err)
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		log, err := wal.Load(path)
		runtime.ReadMemStats(&after)
		if err != nil || !slices.Equal(payloads(log), c.want) || log.Size+log.Torn != size {
			t.Errorf("%s: got %v, %v", name, log, err)
		}
		if took := after.TotalAlloc - before.TotalAlloc; took > most {
			t.Errorf("%s: reading took %d bytes", name, took)
		}
	}
}
