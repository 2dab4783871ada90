package plan

import "kg/graph/internal/store/term"

// scanOnly is an operator that can only be scanned.
type scanOnly interface {
	scan()
	next() term.ID
	size() uint64
	total(budget *int) (uint64, bool)
}

// answerTable answers probes of a scanner: with the first probe it runs the scanner and
// stores all rows.
type answerTable struct {
	scanOnly
	rowBuffer
	seeds  seeds
	built  int      // seeds.moved() when the rows were stored
	heads  idMap    // of a node: its first row
	chain  []inHead // of a row
	probed bool
	at     uint32
}

// inHead is where the next row of a node is, and how many there are from this
// one on. Rows are counted from 1, 0 is none.
type inHead struct{ next, ways uint32 }

func newTable(r *run, s scanOnly, m seedFrame) *answerTable {
	return &answerTable{scanOnly: s, rowBuffer: keep(r, m), seeds: r.used[m.used:len(r.used):len(r.used)]}
}

func (t *answerTable) scan() {
	t.probed = false
	t.scanOnly.scan()
}

func (t *answerTable) build() {
	t.rowBuffer.reset()
	t.heads.clear()
	t.chain = append(t.chain[:0], inHead{})
	t.scanOnly.scan()
	for id := t.scanOnly.next(); id != term.None; id = t.scanOnly.next() {
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

func (t *answerTable) probe(id term.ID) {
	t.at, t.probed = t.head(id), true
}

func (t *answerTable) head(id term.ID) uint32 {
	if t.built != t.seeds.moved() {
		t.build()
	}
	if head, had := t.heads.get(id); had {
		return head
	}
	return 0
}

func (t *answerTable) next() term.ID {
	if !t.probed {
		return t.scanOnly.next()
	}
	if t.at == 0 {
		return term.None
	}
	at := t.at
	t.at = t.chain[at].next
	return t.load(int(at) - 1)
}

func (t *answerTable) multiplicity(id term.ID) uint64 { return uint64(t.chain[t.head(id)].ways) }
