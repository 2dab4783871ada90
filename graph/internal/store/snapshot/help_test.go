package snapshot

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"kg/graph/internal/store/term"
)

// quadKeys is a quad by its keys.
type quadKeys [4]string

// build makes a snapshot of quads and returns its path.
func build(t testing.TB, budget int64, quads []quadKeys) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "kg.db")
	b := NewBuilder(path+".tmp-", budget, 1)
	defer b.Close()
	addAll(t, b, quads)
	if err := b.Finish(t.Context(), path, nil); err != nil {
		t.Fatal(err)
	}
	return path
}

func addAll(t testing.TB, b *Builder, quads []quadKeys) {
	t.Helper()
	batch := b.NewBatch()
	for _, q := range quads {
		if err := batch.Add([]byte(q[0]), []byte(q[1]), []byte(q[2]), []byte(q[3])); err != nil {
			t.Fatal(err)
		}
	}
	if err := batch.Close(); err != nil {
		t.Fatal(err)
	}
}

func open(t testing.TB, path string) *Reader {
	t.Helper()
	r, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

// oracle is the naive snapshot: sorted slices.
type oracle struct {
	keys  []string // by ID - 1
	quads []term.Quad
}

func newOracle(quads []quadKeys) *oracle {
	o := &oracle{}
	seen := map[string]term.ID{}
	for _, q := range quads {
		for _, k := range q {
			seen[k] = 0
		}
	}
	delete(seen, "")
	for k := range seen {
		o.keys = append(o.keys, k)
	}
	slices.Sort(o.keys)
	for i, k := range o.keys {
		seen[k] = term.ID(i + 1)
	}
	for _, q := range quads {
		o.quads = append(o.quads, term.Quad{seen[q[0]], seen[q[1]], seen[q[2]], seen[q[3]]})
	}
	slices.SortFunc(o.quads, bySubject)
	o.quads = slices.Compact(o.quads)
	return o
}

func bySubject(x, y term.Quad) int { return slices.Compare(x[:], y[:]) }

func byObject(x, y term.Quad) int {
	return bySubject(term.Quad{x[2], x[1], x[0], x[3]}, term.Quad{y[2], y[1], y[0], y[3]})
}

// rows returns what p selects, in one of the two orders.
func (o *oracle) rows(p term.Pattern, object bool) []term.Quad {
	var out []term.Quad
	for _, q := range o.quads {
		if p.Matches(q) {
			out = append(out, q)
		}
	}
	if object {
		slices.SortFunc(out, byObject)
	}
	return out
}

// compare checks every method of r for the pattern.
func (o *oracle) compare(t testing.TB, r *Reader, p term.Pattern) {
	t.Helper()
	it := r.Rows(p)
	want := o.rows(p, it.ByObject())
	var got []term.Quad
	for it.Next() {
		got = append(got, it.Quad())
	}
	if !slices.Equal(got, want) {
		t.Fatalf("rows of %v: got %v, want %v", p, got, want)
	}
	if it.Next() {
		t.Fatalf("rows of %v go on after their end", p)
	}
	if n := r.Count(p); n != uint64(len(want)) {
		t.Fatalf("count of %v: got %d, want %d", p, n, len(want))
	}
	o.compareHop(t, r, p, want)
	o.compareEach(t, r, p, want)
	fill := make([]term.Quad, len(want)/2+1)
	it = r.Rows(p)
	n := it.Fill(fill)
	if got := append(fill[:n:n], it.rest()...); !slices.Equal(got, want) {
		t.Fatalf("filling from %v: got %v, want %v", p, got, want)
	}
	for place := range 4 {
		it := r.Rows(p)
		some := make([]term.ID, len(want)/3+1)
		ids := some[:it.FillIDs(some, place)]
		if it.Next() { // which goes on from there
			ids = append(ids, it.Quad()[place])
		}
		ids = it.AppendIDs(ids, place)
		if len(ids) != len(want) {
			t.Fatalf("IDs at place %d of %v: got %d, want %d", place, p, len(ids), len(want))
		}
		for i, q := range want {
			if ids[i] != q[place] {
				t.Fatalf("ID %d at place %d of %v: got %d, want %d", i, place, p, ids[i], q[place])
			}
		}
	}
}

// compareHop checks the hop that the pattern is, if it is one.
func (o *oracle) compareHop(t testing.TB, r *Reader, p term.Pattern, want []term.Quad) {
	t.Helper()
	var got []term.ID
	var place int
	switch q := p.Quad; {
	case p.ObjectTo != 0 || q[term.Predicate] == 0 || q[term.Label] != 0:
		return
	case q[term.Subject] != 0 && q[term.Object] == 0:
		got, place = r.AppendObjects([]term.ID{7}, q[term.Subject], q[term.Predicate]), term.Object
	case q[term.Subject] == 0 && q[term.Object] != 0:
		got, place = r.AppendSubjects([]term.ID{7}, q[term.Predicate], q[term.Object]), term.Subject
	default:
		return
	}
	ids := []term.ID{7}
	for _, q := range want {
		ids = append(ids, q[place])
	}
	if !slices.Equal(got, ids) {
		t.Fatalf("hop of %v: got %v, want %v", p, got, ids)
	}
}

// compareEach counts for all terms there are, twice, and some that are not, and hops
// from them.
func (o *oracle) compareEach(t testing.TB, r *Reader, p term.Pattern, want []term.Quad) {
	t.Helper()
	var ids []term.ID
	for id := range r.Terms() + 3 {
		ids = append(ids, id, id)
	}
	for _, place := range []int{term.Subject, term.Object} {
		if n := r.CountEach(p, place, ids); p.Quad[place] == term.None && n != 2*uint64(len(want)) {
			t.Fatalf("counts of %v at place %d: got %d, want twice %d", p, place, n, len(want))
		}
		counts := make([]uint64, len(ids))
		r.Counts(p, place, ids, counts)
		for i, id := range ids {
			if n := r.CountEach(p, place, []term.ID{id}); n != counts[i] {
				t.Fatalf("count of %v with %d at place %d: got %d, want %d", p, id, place, counts[i], n)
			}
		}
	}
	if only := (term.Pattern{Quad: term.Quad{term.Predicate: p.Quad[term.Predicate]}}); p != only || p.Quad == (term.Quad{}) {
		return
	}
	for _, place := range []int{term.Subject, term.Object} {
		var got, all []term.ID
		for _, id := range ids {
			if place == term.Subject {
				all = r.AppendObjects(all, id, p.Quad[term.Predicate])
			} else {
				all = r.AppendSubjects(all, p.Quad[term.Predicate], id)
			}
		}
		for rest, used := ids, 0; len(rest) > 0; rest = rest[used:] {
			if got, used = r.AppendEach(got, p.Quad[term.Predicate], place, rest, 3); used == 0 {
				t.Fatalf("hops of %v at place %d come by no term", p, place)
			}
		}
		if !slices.Equal(got, all) || len(all) != 2*len(want) {
			t.Fatalf("hops of %v at place %d: got %v, want %v", p, place, got, all)
		}
	}
}

func (it *Rows) rest() []term.Quad {
	var out []term.Quad
	for it.Next() {
		out = append(out, it.Quad())
	}
	return out
}

// compareAll checks terms, quads and many patterns.
func (o *oracle) compareAll(t testing.TB, r *Reader, rnd *rand.Rand, patterns int) {
	t.Helper()
	if int(r.Terms()) != len(o.keys) || int(r.Quads()) != len(o.quads) {
		t.Fatalf("got %d terms and %d quads, want %d and %d", r.Terms(), r.Quads(), len(o.keys), len(o.quads))
	}
	o.compareKeys(t, r)
	for _, q := range o.quads {
		if !r.Contains(q) {
			t.Fatalf("%v is not there", q)
		}
	}
	for range patterns {
		o.compare(t, r, o.pattern(rnd))
		q := term.Quad{o.id(rnd), o.id(rnd), o.id(rnd), o.id(rnd)}
		if _, want := slices.BinarySearchFunc(o.quads, q, bySubject); r.Contains(q) != want {
			t.Fatalf("contains %v: got %v", q, !want)
		}
	}
}

func (o *oracle) compareKeys(t testing.TB, r *Reader) {
	t.Helper()
	for i, k := range o.keys {
		id := term.ID(i + 1)
		if got := r.AppendKey([]byte("x"), id); string(got) != "x"+k {
			t.Fatalf("key of %d: got %q, want %q", id, got, "x"+k)
		}
		for _, k := range []string{k, k + "\x00", k[:len(k)-1], k[:len(k)/2] + "\xff", "\xff\xff" + k} {
			at, found := slices.BinarySearch(o.keys, k)
			got, ok := r.Find([]byte(k))
			if ok != found || ok && got != term.ID(at+1) {
				t.Fatalf("finding %q: got %d %v, want %d %v", k, got, ok, at+1, found)
			}
			if got := r.Seek([]byte(k)); got != term.ID(at+1) {
				t.Fatalf("seeking %q: got %d, want %d", k, got, at+1)
			}
		}
	}
	for _, id := range []term.ID{0, r.Terms() + 1, 1<<32 - 1} {
		if got := r.AppendKey(nil, id); got != nil {
			t.Fatalf("key of %d: got %q", id, got)
		}
	}
}

// id returns a term, or one that is not there.
func (o *oracle) id(rnd *rand.Rand) term.ID { return term.ID(rnd.IntN(len(o.keys) + 3)) }

// pattern returns a pattern, more often than not of terms of one quad.
func (o *oracle) pattern(rnd *rand.Rand) term.Pattern {
	var p term.Pattern
	var q term.Quad
	if len(o.quads) > 0 {
		q = o.quads[rnd.IntN(len(o.quads))]
	}
	mask := rnd.IntN(16)
	for i := range q {
		if mask>>i&1 == 1 {
			p.Quad[i] = q[i]
			if rnd.IntN(20) == 0 {
				p.Quad[i] = o.id(rnd)
			}
		}
	}
	if rnd.IntN(3) == 0 {
		p.ObjectFrom, p.ObjectTo = o.id(rnd), o.id(rnd)
	}
	return p
}

// randomQuads returns n quads, with repetitions, of few terms, so that all
// kinds of groups come about.
func randomQuads(rnd *rand.Rand, n int) []quadKeys {
	terms := 1 + rnd.IntN(2*n+2)
	few := 1 + rnd.IntN(1+terms/2)
	key := func(n int) string {
		i := rnd.IntN(n)
		switch i % 4 {
		case 0:
			return fmt.Sprintf("\x07http://kg.example/%d>", i)
		case 1:
			return fmt.Sprintf("\x01%d", i)
		case 2:
			return string(bytes.Repeat([]byte{0}, i%13+1))
		}
		return fmt.Sprintf("\x05%d\x00%s", i%7, bytes.Repeat([]byte("ab"), i%40))
	}
	quads := make([]quadKeys, n)
	for i := range quads {
		quads[i] = quadKeys{key(few), key(1 + few/4), key(terms), key(1 + few/3)}
		if rnd.IntN(4) == 0 {
			quads[i][3] = ""
		}
		if rnd.IntN(8) == 0 {
			quads[i] = quads[rnd.IntN(i+1)]
		}
	}
	return quads
}
