package snapshot

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"slices"
	"testing"

	"kg/graph/internal/store/term"
)

// stranger reads a file as FORMAT.md describes it, with nothing of this
// package, in the simplest way.
type stranger struct {
	t    testing.TB
	file []byte
}

func (s stranger) num(at, size int) uint64 {
	n := uint64(0)
	for i := range size {
		n |= uint64(s.file[at+i]) << (8 * i)
	}
	return n
}

func (s stranger) section(i int) []byte {
	at, n := s.num(96+16*i, 8), s.num(96+16*i+8, 8)
	return s.file[at : at+n]
}

func bitsAt(p []byte, at, n int) uint64 {
	v := uint64(0)
	for i := range n {
		v |= uint64(p[(at+i)/8]>>((at+i)%8)&1) << i
	}
	return v
}

func (s stranger) frames(section, n int) []uint64 {
	p := s.section(section)
	frames := (n + 63) / 64
	dir := p[len(p)-16*frames:]
	var out []uint64
	for i := range n {
		e := dir[i/64*16:]
		base, width, at := binary.LittleEndian.Uint64(e), int(e[8]), binary.LittleEndian.Uint64(e[8:])>>8*8
		out = append(out, base+bitsAt(p[at:], i%64*width, width))
	}
	return out
}

func (s stranger) checksums() {
	table, root := s.section(13), s.section(14)
	for page := 1; page*4 < len(table); page++ {
		if crc32.Checksum(s.file[page*4096:(page+1)*4096], crc32.MakeTable(crc32.Castagnoli)) != binary.LittleEndian.Uint32(table[4*page:]) {
			s.t.Errorf("checksum of page %d", page)
		}
	}
	first := int(s.num(96+16*13, 8)) / 4096
	for i := 0; i*4 < len(root); i++ {
		if crc32.Checksum(s.file[(first+i)*4096:(first+i+1)*4096], crc32.MakeTable(crc32.Castagnoli)) != binary.LittleEndian.Uint32(root[4*i:]) {
			s.t.Errorf("checksum of page %d of the table", i)
		}
	}
	if got := sha256.Sum256(table); string(got[:]) != string(s.file[64:96]) {
		s.t.Error("digest of the table")
	}
}

func (s stranger) keys() []string {
	terms := int(s.num(36-4, 4))
	dict := s.section(0)
	var keys []string
	for _, at := range s.frames(1, (terms+15)/16+1)[:(terms+15)/16] {
		p := dict[at:]
		next := func() int {
			v, n := binary.Uvarint(p)
			p = p[n:]
			return int(v)
		}
		n := next()
		head := string(p[:n])
		p = p[n:]
		keys = append(keys, head)
		var shared, rest []int
		for range min(16, terms-len(keys)+1) - 1 {
			shared, rest = append(shared, next()), append(rest, next())
		}
		for i := range shared {
			keys = append(keys, head[:shared[i]]+string(p[:rest[i]]))
			p = p[rest[i]:]
		}
	}
	return keys
}

func (s stranger) table(section int) (ids []term.ID) {
	for p := s.section(section); len(p) > 0; p = p[4:] {
		ids = append(ids, term.ID(binary.LittleEndian.Uint32(p)))
	}
	return ids
}

// rows reads section 4 or 6, with the offsets after it.
func (s stranger) rows(section int) (quads []term.Quad) {
	preds, labels := s.table(2), s.table(3)
	s0, s1, o0, o1 := int(s.num(44, 4)), int(s.num(48, 4)), int(s.num(52, 4)), int(s.num(56, 4))
	lead, leads, other, others := s0, s1-s0, o0, o1-o0
	if section == 6 {
		lead, leads, other, others = other, others, lead, leads
	}
	need := func(n int) (bits int) {
		for ; n > 1<<bits; bits++ {
		}
		return bits
	}
	a, b, c := need(len(preds)), need(others), need(len(labels))
	for i, first := range s.frames(section+1, leads+1)[:leads] {
		for row := first; row < s.frames(section+1, leads+1)[i+1]; row++ {
			at := int(row) * (a + b + c)
			p := s.section(section)
			l, o, r := bitsAt(p, at, c), bitsAt(p, at+c, b), bitsAt(p, at+c+b, a)
			q := term.Quad{term.ID(lead + i), preds[r], term.ID(other) + term.ID(o), labels[l]}
			if section == 6 {
				q[0], q[2] = q[2], q[0]
			}
			quads = append(quads, q)
		}
	}
	return quads
}

// lists reads the rows of each predicate and each label.
func (s stranger) lists() (preds, labels [][]uint64) {
	n := int(s.num(24, 8))
	starts := s.frames(9, len(s.table(2))+1)
	rows := s.frames(8, n)
	for i := range s.table(2) {
		preds = append(preds, rows[starts[i]:starts[i+1]])
	}
	bytes := s.frames(11, len(s.table(3))+1)
	counts := s.frames(12, len(s.table(3))+1)
	for i := range s.table(3) {
		var list []uint64
		at := uint64(0)
		for p := s.section(10)[bytes[i]:bytes[i+1]]; len(p) > 0; {
			v, k := binary.Uvarint(p)
			p = p[k:]
			length := uint64(1)
			if v%2 == 1 {
				more, k := binary.Uvarint(p)
				p, length = p[k:], more+2
			}
			at += v / 2
			for range length {
				list = append(list, at)
				at++
			}
		}
		if uint64(len(list)) != counts[i+1]-counts[i] {
			s.t.Errorf("label %d has %d rows, not %d", i, len(list), counts[i+1]-counts[i])
		}
		labels = append(labels, list)
	}
	return preds, labels
}

// FORMAT.md says what the Builder does.
func TestFormat(t *testing.T) {
	for seed := range uint64(8) {
		rnd := rand.New(rand.NewPCG(seed, 4))
		quads := randomQuads(rnd, 1+rnd.IntN(300))
		o := newOracle(quads)
		s := stranger{t, read(t, build(t, 1<<20, quads))}
		s.checksums()
		if !slices.Equal(s.keys(), o.keys) {
			t.Fatalf("keys: got %q, want %q", s.keys(), o.keys)
		}
		subjectRows, objectRows := s.rows(4), s.rows(6)
		if !slices.Equal(subjectRows, o.rows(term.Pattern{}, false)) || !slices.Equal(objectRows, o.rows(term.Pattern{}, true)) {
			t.Fatal("rows differ")
		}
		preds, labels := s.lists()
		for i, p := range s.table(2) {
			checkList(t, preds[i], objectRows, o.rows(term.Pattern{Quad: term.Quad{0, p}}, true))
		}
		for i, l := range s.table(3) {
			var want []term.Quad
			for _, q := range subjectRows {
				if q[3] == l {
					want = append(want, q)
				}
			}
			checkList(t, labels[i], subjectRows, want)
		}
	}
}

func checkList(t *testing.T, list []uint64, rows, want []term.Quad) {
	t.Helper()
	var got []term.Quad
	for _, at := range list {
		got = append(got, rows[at])
	}
	if !slices.Equal(got, want) {
		t.Fatalf("a list: got %v, want %v", got, want)
	}
}

// The bytes of version 1 do not change.
func TestGolden(t *testing.T) {
	const want = "1cf68c3f01fdcd5dba829f84deb979a443637102a6eb7d34fc1a8c6b2124eaeb"
	quads := []quadKeys{
		{"\x07http://kg.example/a>", "\x07http://kg.example/p>", "\x05text", ""},
		{"\x07http://kg.example/a>", "\x07http://kg.example/p>", "\x07http://kg.example/b>", "\x07http://kg.example/g>"},
		{"\x07http://kg.example/b>", "\x07http://kg.example/q>", "\x01\x03", "\x07http://kg.example/g>"},
	}
	r := open(t, build(t, 1<<20, quads))
	if got := fmt.Sprintf("%x", r.ID()); got != want {
		t.Errorf("the identity of the golden snapshot is %s, not %s", got, want)
	}
}
