package snapshot

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kg/graph/internal/store/term"
	"kg/internal/testsize"
)

// attempt runs f and returns the damage it met, if any; another panic fails
// the test.
func attempt(f func()) (err error) {
	defer Catch(&err)
	f()
	return nil
}

// readAll compares everything in r with the oracle, also after damage was met,
// and returns it. Without an oracle it only reads.
func readAll(t testing.TB, r *Reader, o *oracle, patterns []term.Pattern) (err error) {
	met := func(f func()) {
		if e := attempt(f); e != nil {
			err = e
		}
	}
	if o != nil {
		met(func() { o.compareKeys(t, r) })
		for _, q := range o.quads {
			met(func() {
				if !r.Contains(q) {
					t.Fatalf("%v is not there", q)
				}
			})
		}
		for _, p := range patterns {
			met(func() { o.compare(t, r, p) })
		}
		return err
	}
	for id := range min(r.Terms(), 2000) + 2 {
		met(func() { r.AppendKey(nil, id) })
		met(func() { r.Contains(term.Quad{id, id / 2, id + 1, 0}) })
	}
	for _, k := range []string{"", "\x01", "\x05", "\x07http://kg.example/5", "\xff"} {
		met(func() { r.Find([]byte(k)) })
		met(func() { r.Seek([]byte(k)) })
	}
	for _, p := range patterns {
		met(func() { r.Count(p) })
		met(func() {
			it := r.Rows(p)
			for n := 0; n < 5000 && it.Next(); n++ {
			}
		})
		met(func() {
			it := r.Rows(p)
			if it.end-it.pos < 5000 {
				it.AppendIDs(nil, term.Object)
			}
		})
	}
	return err
}

func somePatterns(o *oracle, n int) []term.Pattern {
	rnd := rand.New(rand.NewPCG(5, 5))
	patterns := []term.Pattern{{}}
	for range n {
		patterns = append(patterns, o.pattern(rnd))
	}
	return patterns
}

// checkDamage checks that the error names the file and an offset in it.
func checkDamage(t testing.TB, err error, path string) {
	t.Helper()
	var d *DamageError
	if !errors.As(err, &d) {
		t.Fatalf("not damage, but: %v", err)
	}
	if d.Path != path || d.Section == "" || !strings.Contains(err.Error(), d.Section) || !strings.Contains(err.Error(), filepath.Base(path)) {
		t.Fatalf("the damage has no place: %#v", d)
	}
}

// With any byte of a file flipped, each read gives the right answer or meets
// damage, and Verify finds it. Of long runs of zeros, which fill pages up, every
// 16th byte is flipped.
func TestFlippedBytes(t *testing.T) {
	quads := randomQuads(rand.New(rand.NewPCG(11, 2)), 10)
	o := newOracle(quads)
	patterns := somePatterns(o, 40)
	path := build(t, 1<<20, quads)
	data := read(t, path)
	step := 1
	if underRace || testing.Short() {
		step = 29
	}
	for at := 0; at < len(data); at += step {
		if fill := data[max(0, at-16):min(at+16, len(data))]; at%16 > 0 && len(bytes.Trim(fill, "\x00")) == 0 {
			continue
		}
		data[at] ^= 1 << (at % 8)
		r, err := newReader(path, data)
		if err == nil {
			err = readAll(t, r, o, patterns[:1+at%4*5])
			if verified := r.Verify(t.Context(), nil); verified == nil {
				t.Fatalf("byte %d is flipped, and Verify says nothing", at)
			} else if err == nil {
				err = verified
			}
		}
		checkDamage(t, err, path)
		data[at] ^= 1 << (at % 8)
	}
}

// A file cut anywhere does not open.
func TestCutFile(t *testing.T) {
	path := build(t, 1<<20, randomQuads(rand.New(rand.NewPCG(12, 2)), 60))
	for size := len(read(t, path)) - 1; size >= 0; size -= 101 {
		if err := os.Truncate(path, int64(size)); err != nil {
			t.Fatal(err)
		}
		_, err := Open(path)
		checkDamage(t, err, path)
	}
}

func TestOpenOther(t *testing.T) {
	dir := t.TempDir()
	for name, make := range map[string]func(path string) error{
		"missing": func(string) error { return nil },
		"folder":  func(path string) error { return os.Mkdir(path, 0o777) },
	} {
		path := filepath.Join(dir, name)
		if err := make(path); err != nil {
			t.Fatal(err)
		}
		_, err := Open(path)
		if d := (*DamageError)(nil); err == nil || errors.As(err, &d) || !strings.Contains(err.Error(), path) {
			t.Errorf("opening a %s: got %v", name, err)
		}
	}
}

// A later format is reported as such, even if its header is another one; a damaged number
// is damage.
func TestNewer(t *testing.T) {
	path := filepath.Join(t.TempDir(), "next")
	h := (&header{size: pageSize}).encode()
	binary.LittleEndian.PutUint32(h[8:], version+1)
	checkNumber := func() { _, err := newReader(path, h); checkDamage(t, err, path) }
	checkNumber()
	binary.LittleEndian.PutUint32(h[headerCRC:], crc32.Checksum(h[:headerCRC], castagnoli))
	for range 2 {
		_, err := newReader(path, h)
		var newer *NewerError
		if !errors.As(err, &newer) || newer.Path != path || newer.Format != 2 || !strings.Contains(err.Error(), "made by a newer kg") {
			t.Errorf("got %v", err)
		}
		h[100] ^= 1 // a header that is another one there
	}
	binary.LittleEndian.PutUint32(h[8:], 1<<31)
	checkNumber()
}

// seal makes all checksums of a file right, so that its bytes are read whatever
// they are.
func seal(data []byte) {
	if len(data) < pageSize {
		return
	}
	var h header
	for i := range h.section {
		h.section[i] = span{binary.LittleEndian.Uint64(data[headerSections+16*i:]), binary.LittleEndian.Uint64(data[headerSections+16*i+8:])}
	}
	table, root := h.section[secChecksums], h.section[secRoot]
	size := uint64(len(data))
	if table.off > size || table.len > size-table.off || root.off > size || root.len > size-root.off || root.off%pageSize != 0 {
		return
	}
	sum := func(page uint64) uint32 { return crc32.Checksum(data[page*pageSize:(page+1)*pageSize], castagnoli) }
	for i := uint64(4); i+4 <= table.len && i/4 < size/pageSize; i += 4 {
		binary.LittleEndian.PutUint32(data[table.off+i:], sum(i/4))
	}
	for i := uint64(0); i+4 <= root.len && table.off/pageSize+i/4 < size/pageSize; i += 4 {
		binary.LittleEndian.PutUint32(data[root.off+i:], sum(table.off/pageSize+i/4))
	}
	digest := sha256.Sum256(data[table.off : table.off+table.len])
	copy(data[headerDigest:], digest[:])
	binary.LittleEndian.PutUint32(data[60:], crc32.Checksum(data[root.off:], castagnoli))
	binary.LittleEndian.PutUint32(data[headerCRC:], crc32.Checksum(data[:headerCRC], castagnoli))
}

// crafted opens data as a file and reads all it can.
func crafted(t testing.TB, path string, data []byte, patterns []term.Pattern) {
	r, err := newReader(path, data)
	var newer *NewerError
	if errors.As(err, &newer) {
		if v := binary.LittleEndian.Uint32(data[8:]); newer.Format != v || v <= version {
			t.Fatalf("format %d is told to be newer: %v", v, err)
		}
		return
	}
	if err == nil {
		readAll(t, r, nil, patterns)
		b := NewBuilder("", 1<<20, 1)
		if err := b.AddSnapshot(t.Context(), r, nil); err != nil {
			checkDamage(t, err, path)
		}
		if err = r.Verify(t.Context(), nil); err == nil {
			if again := rebuild(t, r); !bytes.Equal(again, data[:r.h.size]) {
				t.Fatal("Verify finds right what no Builder writes")
			}
			if _, err := r.Mark(); err != nil { // which is no part of the snapshot
				checkDamage(t, err, path)
			}
			return
		}
	}
	checkDamage(t, err, path)
}

// rebuild returns the file a Builder makes of what r has.
func rebuild(t testing.TB, r *Reader) []byte {
	path := filepath.Join(t.TempDir(), "again")
	b := NewBuilder(path+".tmp-", 1<<20, 1)
	defer b.Close()
	if err := b.AddSnapshot(t.Context(), r, nil); err != nil {
		t.Fatal(err)
	}
	if err := b.Finish(t.Context(), path, nil); err != nil {
		t.Fatal(err)
	}
	return read(t, path)
}

// Bytes changed and all checksums made right again: reading ends and never
// goes out of bounds, and Verify still tells.
func TestCraftedFiles(t *testing.T) {
	rnd := rand.New(rand.NewPCG(21, 2))
	for range testsize.Of(4, 30) {
		quads := randomQuads(rnd, 1+rnd.IntN(300))
		patterns := somePatterns(newOracle(quads), 60)
		data := read(t, build(t, 1<<20, quads))
		for range 30 {
			bad := append([]byte{}, data...)
			for range 1 + rnd.IntN(3) {
				at := rnd.IntN(len(bad))
				if s := rnd.IntN(sections + 1); s < sections { // where there is something
					at = int(binary.LittleEndian.Uint64(data[headerSections+16*s:])) + rnd.IntN(1+int(binary.LittleEndian.Uint64(data[headerSections+16*s+8:])))
				} else if rnd.IntN(2) == 0 {
					at = 16 + rnd.IntN(headerSections+16*sections-16)
				}
				bad[min(at, len(bad)-1)] = byte(rnd.Uint32())
			}
			seal(bad)
			crafted(t, "crafted", bad, patterns)
		}
	}
}

// FuzzOpen opens and reads whatever bytes there are.
func FuzzOpen(f *testing.F) {
	empty := read(f, build(f, 1<<20, nil))
	f.Add([]byte{})
	f.Add(empty[:pageSize])
	f.Add(empty)
	f.Add(append(bytes.Clone(empty), markMagic[:5]...)) // a mark that was not finished
	f.Fuzz(func(t *testing.T, data []byte) {
		crafted(t, "crafted", data, []term.Pattern{{}, {Quad: term.Quad{1, 1}}, {Quad: term.Quad{0, 1, 1}}})
	})
}

// FuzzChanged reads a good file with bytes changed, all checksums made right again. A
// change is a section (sections: the header), the offset in it in two bytes, the new
// byte.
func FuzzChanged(f *testing.F) {
	quads := randomQuads(rand.New(rand.NewPCG(31, 2)), 40)
	good := read(f, build(f, 1<<20, quads))
	patterns := somePatterns(newOracle(quads), 60)
	f.Add([]byte{sections, 0, 24, 1})
	f.Add([]byte{secSubjectOffsets, 0, 8, 57, secSubjectOffsets, 0, 9, 255})
	f.Add([]byte{secDictionary, 0, 0, 0xff, secDictionary, 0, 1, 0xff})
	f.Add([]byte{secLabelRuns, 0, 0, 1, secPredicateRows, 0, 3, 200, secPredicates, 0, 0, 9})
	f.Add([]byte{sections, 0, 8, 48}) // a later format
	f.Fuzz(func(t *testing.T, changes []byte) {
		data := append([]byte{}, good...)
		for ; len(changes) >= 4; changes = changes[4:] {
			s, at, size := int(changes[0])%(sections+1), int(changes[1])<<8|int(changes[2]), headerCRC
			if s < sections {
				at, size = at+int(binary.LittleEndian.Uint64(good[headerSections+16*s:])), len(good)
			}
			data[at%size] = changes[3]
		}
		seal(data)
		crafted(t, "crafted", data, patterns)
	})
}
