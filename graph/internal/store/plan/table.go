package plan

import "kg/graph/internal/store/term"

// A scanner is an operator that can only be scanned.
type scanner interface {
	scan()
	next() term.ID
	size() uint64
	total(budget *int) (uint64, bool)
}

// table answers for a scanner what rows a node has: with the first question it
// runs it and keeps all rows.
type table struct {
	scanner
	kept
	seeds  seeds
	built  int      // seeds.moved() when the rows were kept
	heads  idMap    // of a node: its first row
	chain  []inHead // of a row
	probed bool
	at     uint32
}

// inHead is where the next row of a node is, and how many there are from this
// one on. Rows are counted from 1, 0 is none.
type inHead struct{ next, ways uint32 }

func newTable(r *run, s scanner, m frame) *table {
	return &table{scanner: s, kept: keep(r, m), seeds: r.used[m.used:len(r.used):len(r.used)]}
}

func (t *table) scan() {
	t.probed = false
	t.scanner.scan()
}

func (t *table) build() {
	t.kept.reset()
	t.heads.clear()
	t.chain = append(t.chain[:0], inHead{})
	t.scanner.scan()
	for id := t.scanner.next(); id != term.None; id = t.scanner.next() {
		t.run.step()
		t.add(id)
		at := uint32(len(t.ids))
		in := inHead{ways: 1}
		if head, had := t.heads.put(id, at); had {
			in = inHead{head, t.chain[head].ways + 1}
			t.heads.set(id, at)
		}
		t.chain = append(t.chain, in)
	}
	t.built = t.seeds.moved()
}

func (t *table) probe(id term.ID) {
	t.at, t.probed = t.head(id), true
}

func (t *table) head(id term.ID) uint32 {
	if t.built != t.seeds.moved() {
		t.build()
	}
	if head, had := t.heads.get(id); had {
		return head
	}
	return 0
}

func (t *table) next() term.ID {
	if !t.probed {
		return t.scanner.next()
	}
	if t.at == 0 {
		return term.None
	}
	at := t.at
	t.at = t.chain[at].next
	return t.load(int(at) - 1)
}

func (t *table) multiplicity(id term.ID) uint64 { return uint64(t.chain[t.head(id)].ways) }
