package snapshot

import (
	"bytes"
	"math/rand/v2"
	"path/filepath"
	"sort"
	"testing"

	"kg/graph/internal/store/term"
)

// arrays are the limit: the same orders in plain arrays, without checks.
type arrays struct {
	off   []uint32 // first row of each term
	pred  []uint32
	other []term.ID
}

func newArrays(r *Reader, place, other int, p term.Pattern) *arrays {
	a := &arrays{off: make([]uint32, r.Terms()+2)}
	it := r.Rows(p)
	for it.Next() {
		q := it.Quad()
		a.off[q[place]+1]++
		a.pred = append(a.pred, uint32(q[term.Predicate]))
		a.other = append(a.other, q[other])
	}
	for i := range a.off[1:] {
		a.off[i+1] += a.off[i]
	}
	return a
}

func (a *arrays) hop(dst []term.ID, id term.ID, pred uint32) []term.ID {
	i, j := int(a.off[id]), int(a.off[id+1])
	row := a.pred[i:j]
	if j-i > 16 {
		k := sort.Search(j-i, func(k int) bool { return row[k] >= pred })
		i, row = i+k, row[k:]
	}
	for k, p := range row {
		if p == pred {
			dst = append(dst, a.other[i+k])
		} else if p > pred {
			break
		}
	}
	return dst
}

// samples is how many random quads and terms the questions are about.
const samples = 1 << 14

// asked is a graph and what is asked of it.
type asked struct {
	*Reader
	quads  []term.Quad
	ids    []term.ID
	keys   [][]byte
	sorted [][]byte // all keys
	amount term.ID
	dst    []term.ID
	key    []byte
}

func newAsked(b *testing.B) *asked {
	a := &asked{Reader: buildGraph(b, filepath.Join(b.TempDir(), "kg.db"), *benchQuads)}
	b.Cleanup(func() { a.Close() })
	rnd := rand.New(rand.NewPCG(1, 2))
	a.sorted = allKeys(a.Reader)
	for range samples {
		var it Rows
		it.start(a.Reader, fromScan, false, rnd.Uint64N(a.Quads()), a.Quads())
		it.Next()
		id := 1 + term.ID(rnd.Uint32N(uint32(a.Terms())))
		a.quads, a.ids, a.keys = append(a.quads, it.Quad()), append(a.ids, id), append(a.keys, a.sorted[id-1])
	}
	a.amount, _ = a.Find([]byte("\x07http://kg.example/amount/0>"))
	return a
}

// BenchmarkRead asks a graph of -quads quads, some questions also of plain
// arrays, which are the limit.
func BenchmarkRead(b *testing.B) {
	a := newAsked(b)
	each := func(name string, f func(i int)) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				f(n % samples)
				n++
			}
		})
	}
	a.hops(each)
	each("find", func(i int) { a.Find(a.keys[i]) })
	each("find/arrays", func(i int) {
		sort.Search(len(a.sorted), func(k int) bool { return bytes.Compare(a.sorted[k], a.keys[i]) >= 0 })
	})
	each("key", func(i int) { a.key = a.AppendKey(a.key[:0], a.ids[i]) })
	each("key/arrays", func(i int) { a.key = append(a.key[:0], a.sorted[a.ids[i]-1]...) })
	a.scans(each)
}

func (a *asked) hops(each func(string, func(int))) {
	bySubject := newArrays(a.Reader, term.Subject, term.Object, term.Pattern{})
	byObject := newArrays(a.Reader, term.Object, term.Subject, term.Pattern{ObjectFrom: 1, ObjectTo: a.Terms() + 1})
	each("objects", func(i int) { a.dst = a.AppendObjects(a.dst[:0], a.quads[i][0], a.quads[i][1]) })
	each("objects/rows", func(i int) {
		it := a.Rows(term.Pattern{Quad: term.Quad{a.quads[i][0], a.quads[i][1]}})
		a.dst = it.AppendIDs(a.dst[:0], term.Object)
	})
	each("objects/arrays", func(i int) { a.dst = bySubject.hop(a.dst[:0], a.quads[i][0], uint32(a.quads[i][1])) })
	each("subjects", func(i int) { a.dst = a.AppendSubjects(a.dst[:0], a.quads[i][1], a.quads[i][2]) })
	each("subjects/arrays", func(i int) { a.dst = byObject.hop(a.dst[:0], a.quads[i][2], uint32(a.quads[i][1])) })
	each("contains", func(i int) { a.Contains(a.quads[i]) })
	last := a.Seek([]byte{2})
	each("count", func(i int) {
		a.Count(term.Pattern{Quad: term.Quad{0, a.amount}, ObjectFrom: a.ids[i] % last, ObjectTo: last})
	})
}

// scans measures a row of each way to go through many.
func (a *asked) scans(each func(string, func(int))) {
	for _, scan := range []struct {
		name string
		term.Pattern
	}{
		{"next/all", term.Pattern{}},
		{"next/predicate", term.Pattern{Quad: term.Quad{0, a.amount}}},
		{"next/objects", term.Pattern{ObjectFrom: 1, ObjectTo: a.Terms() + 1}},
		{"next/label", term.Pattern{Quad: term.Quad{3: a.quads[0][3]}}},
	} {
		it := a.Rows(scan.Pattern)
		each(scan.name, func(int) {
			if !it.Next() {
				it = a.Rows(scan.Pattern)
			}
		})
	}
}

func allKeys(r *Reader) [][]byte {
	keys := make([][]byte, r.Terms())
	for i := range keys {
		keys[i] = r.AppendKey(nil, term.ID(i+1))
	}
	return keys
}
