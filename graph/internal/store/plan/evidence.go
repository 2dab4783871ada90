package plan

import (
	"slices"

	"github.com/cayleygraph/cayley/graph/refs"

	"kg/graph/internal/store/term"
)

// maxWays bounds the ways of one answer. The number of ways can grow exponentially with
// the length of a path.
const maxWays = 64

// Ways are the derivations of a row, each a list of quads: its minimal witnesses, since a
// way that contains another is dropped. The zero Ways are none; OneWay of no quads is the
// way of a row that needs none.
type Ways struct {
	List [][]QuadRef
	More bool // there are more than 64
}

// OneWay is a single derivation.
func OneWay(quads []QuadRef) *Ways {
	w := &struct {
		Ways
		one [1][]QuadRef
	}{one: [1][]QuadRef{quads}}
	w.List = w.one[:]
	return &w.Ways
}

// add adds a derivation, unless it contains one that is there, and drops those
// that contain it.
func (w *Ways) add(way []QuadRef) {
	for _, have := range w.List {
		if contains(way, have) {
			return
		}
	}
	w.List = slices.DeleteFunc(w.List, func(have []QuadRef) bool { return contains(have, way) })
	if len(w.List) >= maxWays {
		w.More = true
		return
	}
	w.List = append(w.List, way)
}

// Join adds all derivations of other.
func (w *Ways) Join(other *Ways) {
	w.More = w.More || other.More
	for _, way := range other.List {
		w.add(way)
	}
}

// Then are the derivations that pass one of w and one of next.
func (w *Ways) Then(next *Ways) *Ways {
	more := w.More || next.More
	switch {
	case w.free():
		return &Ways{slices.Clip(next.List), more}
	case next.free():
		return &Ways{slices.Clip(w.List), more}
	}
	out := &Ways{More: more}
	for _, first := range w.List {
		for _, second := range next.List {
			way := slices.Clip(first)
			for _, q := range second {
				way = AddQuad(way, q)
			}
			out.add(way)
		}
	}
	return out
}

// free reports whether there is one way, of no quads.
func (w *Ways) free() bool { return len(w.List) == 1 && len(w.List[0]) == 0 }

// AddQuad appends a quad that is not there.
func AddQuad(way []QuadRef, q QuadRef) []QuadRef {
	if has(way, q) {
		return way
	}
	return append(way, q)
}

func has(way []QuadRef, q QuadRef) bool {
	for i := range way {
		if way[i] == q || way[i].In != q.In && way[i].Key() == q.Key() {
			return true
		}
	}
	return false
}

// contains reports whether every quad of part is in way.
func contains(way, part []QuadRef) bool {
	if len(part) > len(way) {
		return false
	}
	for _, q := range part {
		if !has(way, q) {
			return false
		}
	}
	return true
}

// Bundle is the value of a tag that holds more than one quad: the hops that are
// shown for it, and the ways through it. It is never a node.
type Bundle struct {
	Hops []Repetition
	Ways *Ways
}

// Repetition is one application of a step that was repeated.
type Repetition struct {
	From, To refs.Ref
	Quads    []QuadRef
}

// Key makes a bundle a Ref, as the value of a tag has to be.
func (b *Bundle) Key() any { return b }

// Hidden is the prefix of tags that no row shows. It distinguishes the tags of a traced
// plan: rows that differ in hidden tags only are alike.
const Hidden = "\x00"

// traces read the evidence of the current row of a run: the tags that hold a quad or a
// Bundle.
type traces struct {
	run     *run
	names   []string
	slots   [][]int // of each name
	foreign []int
	slab    []QuadRef // for the next ways: one allocation serves many
	rows    int       // that were given ways
}

// newTraces are the tags of these names among the slots from lo on.
func newTraces(r *run, names []string, lo int) traces {
	t := traces{run: r, names: names, slots: make([][]int, len(names))}
	at := make(map[string]int, len(names))
	for i, name := range names {
		at[name] = i
	}
	for s := lo; s < len(r.slots); s++ {
		switch r.tags[s].kind {
		case foreignTag:
			t.foreign = append(t.foreign, s)
		case linkTag, bundleTag:
			if i, ok := at[r.tags[s].name]; ok {
				t.slots[i] = append(t.slots[i], s)
			}
		}
	}
	return t
}

// each ranges over the values of a row's tags, in their order.
func (t *traces) each(slots []term.ID, extra []any, link func(QuadRef), bundle func(*Bundle)) {
	for i, name := range t.names {
		for _, s := range t.slots[i] {
			switch {
			case slots[s] == 0:
			case t.run.tags[s].kind == linkTag:
				link(QuadRef{term.Quad(slots[s:]), t.run.ix.Numbering()})
			default:
				bundle(extra[s].(*Bundle))
			}
		}
		for _, s := range t.foreign {
			if slots[s] == 0 {
				continue
			}
			switch ref := extra[s].(map[string]refs.Ref)[name].(type) {
			case QuadRef:
				link(ref)
			case *Bundle:
				bundle(ref)
			}
		}
	}
}

// ways are the derivations of the row that the run stands at.
func (t *traces) ways() *Ways { return t.waysOf(t.run.slots, t.run.extra) }

// waysOf are those of a row: the quads that its tags hold, and any choice of the
// ways that its bundles hold.
func (t *traces) waysOf(slots []term.ID, extra []any) *Ways {
	plain := t.room()
	var choices []*Bundle
	t.each(slots, extra, func(q QuadRef) { plain = AddQuad(plain, q) }, func(b *Bundle) { choices = append(choices, b) })
	if len(plain) <= len(t.names) {
		t.slab = t.slab[len(plain):]
	}
	out := OneWay(slices.Clip(plain))
	for _, b := range choices {
		out = out.Then(b.Ways)
	}
	return out
}

// room returns space for the quads of one tag each of a row, from the slab; the used part
// must be taken from it.
func (t *traces) room() []QuadRef {
	if t.rows++; len(t.slab) < len(t.names) {
		t.slab = make([]QuadRef, min(64, t.rows)*len(t.names))
	}
	return t.slab[:0:len(t.names)]
}

// quads are those of the row that the run stands at, each once, those of a
// bundle's hops among them.
func (t *traces) quads() []QuadRef {
	var list []QuadRef
	add := func(q QuadRef) { list = AddQuad(list, q) }
	t.each(t.run.slots, t.run.extra, add, func(b *Bundle) {
		for _, h := range b.Hops {
			for _, q := range h.Quads {
				add(q)
			}
		}
	})
	return list
}
