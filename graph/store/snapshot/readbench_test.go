package snapshot

import (
	"bytes"
	"math/rand/v2"
	"path/filepath"
	"sort"
	"testing"

	"kg/graph/store/term"
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

// BenchmarkRead asks a graph of -quads quads, each question beside the same of
// plain arrays.
func BenchmarkRead(b *testing.B) {
	r := buildGraph(b, filepath.Join(b.TempDir(), "kg.db"), *benchQuads)
	defer r.Close()
	const samples = 1 << 14
	rnd := rand.New(rand.NewPCG(1, 2))
	quads := make([]term.Quad, samples)
	for i := range quads {
		var it Rows
		it.start(r, fromScan, false, rnd.Uint64N(r.Quads()), r.Quads())
		it.Next()
		quads[i] = it.Quad()
	}
	ids := make([]term.ID, samples)
	keys := make([][]byte, samples)
	for i := range ids {
		ids[i] = 1 + term.ID(rnd.Uint32N(uint32(r.Terms())))
		keys[i] = r.AppendKey(nil, ids[i])
	}
	var dst []term.ID
	hop := func(name string, p func(q term.Quad) term.Pattern, place int) {
		b.Run(name, func(b *testing.B) {
			n, rows := 0, 0
			for b.Loop() {
				it := r.Rows(p(quads[n%samples]))
				dst = it.AppendIDs(dst[:0], place)
				n++
				rows += len(dst)
			}
			b.ReportMetric(float64(rows)/float64(n), "rows")
		})
	}
	lean := func(name string, f func(dst []term.ID, q term.Quad) []term.ID) {
		b.Run(name, func(b *testing.B) {
			n := 0
			for b.Loop() {
				dst = f(dst[:0], quads[n%samples])
				n++
			}
		})
	}
	limit := func(name string, a *arrays, place int) {
		b.Run(name, func(b *testing.B) {
			n := 0
			for b.Loop() {
				q := quads[n%samples]
				dst = a.hop(dst[:0], q[place], uint32(q[term.Predicate]))
				n++
			}
		})
	}
	bySubject := newArrays(r, term.Subject, term.Object, term.Pattern{})
	byObject := newArrays(r, term.Object, term.Subject, term.Pattern{ObjectFrom: 1, ObjectTo: r.Terms() + 1})
	hop("objects", func(q term.Quad) term.Pattern { return term.Pattern{Quad: term.Quad{q[0], q[1]}} }, term.Object)
	lean("objects/lean", func(dst []term.ID, q term.Quad) []term.ID { return r.AppendObjects(dst, q[0], q[1]) })
	limit("objects/arrays", bySubject, term.Subject)
	hop("subjects", func(q term.Quad) term.Pattern { return term.Pattern{Quad: term.Quad{0, q[1], q[2]}} }, term.Subject)
	lean("subjects/lean", func(dst []term.ID, q term.Quad) []term.ID { return r.AppendSubjects(dst, q[1], q[2]) })
	limit("subjects/arrays", byObject, term.Object)
	amount, _ := r.Find([]byte("\x07http://kg.example/amount/0>"))
	last := r.Seek([]byte{2})
	each := func(name string, f func(i int)) {
		b.Run(name, func(b *testing.B) {
			n := 0
			for b.Loop() {
				f(n % samples)
				n++
			}
		})
	}
	each("count", func(i int) {
		r.Count(term.Pattern{Quad: term.Quad{0, amount}, ObjectFrom: ids[i] % last, ObjectTo: last})
	})
	each("contains", func(i int) { r.Contains(quads[i]) })
	each("find", func(i int) { r.Find(keys[i]) })
	sorted := allKeys(r)
	each("find/arrays", func(i int) {
		sort.Search(len(sorted), func(k int) bool { return bytes.Compare(sorted[k], keys[i]) >= 0 })
	})
	var key []byte
	each("key", func(i int) { key = r.AppendKey(key[:0], ids[i]) })
	each("key/arrays", func(i int) { key = append(key[:0], sorted[ids[i]-1]...) })
	for name, p := range map[string]term.Pattern{
		"next/all":       {},
		"next/predicate": {Quad: term.Quad{0, amount}},
		"next/objects":   {ObjectFrom: 1, ObjectTo: r.Terms() + 1},
	} {
		it := r.Rows(p)
		each(name, func(int) {
			if !it.Next() {
				it = r.Rows(p)
			}
		})
	}
	each("label", func(i int) {
		it := r.Rows(term.Pattern{Quad: term.Quad{3: quads[i][3]}})
		dst = it.AppendIDs(dst[:0], term.Subject)
	})
}

func allKeys(r *Reader) [][]byte {
	keys := make([][]byte, r.Terms())
	for i := range keys {
		keys[i] = r.AppendKey(nil, term.ID(i+1))
	}
	return keys
}
