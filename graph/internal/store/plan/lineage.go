package plan

import (
	"encoding/binary"

	"kg/graph/internal/store/term"
)

// lineage records how a recursion reached its nodes, and the shown tags of the rows that
// it began with: a node is yielded once for each start of its first way there that shows
// something else. With evidence it has all the shortest ways, so that a node is yielded
// when the whole of its step was read.
type lineage struct {
	*recursionOp
	of           *Lineage
	slot         int // of the Bundle
	before, last traces
	starts, step shown
	firsts       rowBuffer // of the starts: one of the rows that are alike
	steps        rowBuffer // of each node: the first row of the step that reached it
	numbers      map[string]uint32
	rows         [][]startRow         // of a start
	rowAt        map[[2]uint32]uint32 // of a start and a number: the index in rows
	visits       []visit              // of the nodes reached
	through      map[[2]uint32]*Ways  // of a node and a number
	throughAny   map[[3]uint32]*Ways  // to any of some nodes
	ready        int                  // the node to list next, by its index in front.nodes
	groups       [][]startRow         // of the node that is listed
	spelled      []byte
}

// startRow stands for the rows of a start that show the same tags.
type startRow struct {
	number uint32 // by their shown tags
	row    uint32 // in firsts
	ways   *Ways
}

// visit is how a node was reached.
type visit struct {
	from  uint32    // by the first row
	quads []QuadRef // of that row
	last  []lastStep
}

// lastStep holds the last steps of shortest ways from one node, or from any of several if
// the step does not depend on the node.
type lastStep struct {
	from, to uint32 // up to but not including to
	ways     *Ways
}

// openStarts is called when the plan of the starts is open, and openSteps when that of the
// step is.
func (l *lineage) openStarts(r *run, m seedFrame) {
	l.firsts = keep(r, m)
	l.before, l.starts = newTraces(r, l.of.Before, m.slots), newShown(r, m)
	l.starts.more(l.of.MadeBefore, m.slots)
}

func (l *lineage) openSteps(r *run, m seedFrame) {
	l.steps = keep(r, m)
	l.last, l.step = newTraces(r, l.of.Step, m.slots), newShown(r, m)
	l.step.more(l.of.MadeStep, m.slots)
	if l.traced() {
		l.slot = r.slot(tag{name: l.of.Tag, kind: bundleTag})
	}
}

func (l *lineage) traced() bool { return l.of.Tag != "" }

// read reads the starts and appends them to dst, each once.
func (l *lineage) read(dst []term.ID) []term.ID {
	l.firsts.reset()
	l.steps.reset()
	l.numbers, l.rowAt, l.through = map[string]uint32{}, map[[2]uint32]uint32{}, map[[2]uint32]*Ways{}
	l.throughAny = map[[3]uint32]*Ways{}
	l.rows, l.visits, l.groups = l.rows[:0], l.visits[:0], nil
	var at idMap
	start := &l.start.lister
	start.scan()
	for id := start.next(); id != term.None; id = start.next() {
		l.run.step()
		n, had := at.put(id, uint32(len(dst)))
		if !had {
			dst, l.rows = append(dst, id), append(l.rows, nil)
		}
		l.begin(id, n)
	}
	l.ready = len(dst)
	return dst
}

// begin adds a row of a start.
func (l *lineage) begin(id term.ID, n uint32) {
	number := l.number(&l.starts, nil, l.numbers)
	key := [2]uint32{n, number}
	i, had := l.rowAt[key]
	if !had {
		i = uint32(len(l.rows[n]))
		l.rowAt[key] = i
		l.rows[n] = append(l.rows[n], startRow{number, uint32(len(l.firsts.ids)), &Ways{}})
		l.firsts.add(id)
	}
	if l.traced() {
		l.rows[n][i].ways.Join(l.before.ways())
	}
}

// number numbers the shown tags of the current row, except some.
func (l *lineage) number(s *shown, but map[string]bool, known map[string]uint32) uint32 {
	var walk bool
	l.spelled, walk = s.append(l.spelled[:0], but)
	if walk {
		l.spelled = binary.AppendUvarint(l.spelled, uint64(len(known)))
	}
	n, had := known[string(l.spelled)]
	if !had {
		n = uint32(len(known))
		known[string(l.spelled)] = n
	}
	return n
}

func (l *lineage) next() term.ID {
	for {
		switch {
		case len(l.groups) > 0:
			id := l.show(l.groups[0])
			l.groups = l.groups[1:]
			return id
		case l.ready < len(l.front.nodes):
			l.groups = l.nodeRows(l.ready)
			l.ready++
		case !l.deeper():
			return term.None
		default:
			l.collect()
		}
	}
}

// collect reads a whole step.
func (l *lineage) collect() {
	before := uint32(len(l.front.nodes))
	for id := l.recursionOp.step.next(); id != term.None; id = l.recursionOp.step.next() {
		l.run.step()
		at, had := l.seen.put(id, uint32(len(l.front.nodes)))
		if had && at < before {
			continue
		}
		from := uint32(l.from())
		if !had {
			l.checkDepth()
			l.front.nodes, l.origin = append(l.front.nodes, id), append(l.origin, l.origin[from])
			l.steps.add(id)
			v := visit{from: from}
			if l.of.Hops {
				v.quads = l.last.quads()
			}
			l.visits = append(l.visits, v)
		}
		if l.traced() && !l.of.First {
			to := from + 1
			if l.run.slots[l.front.slot] == 0 {
				from, to = uint32(l.front.lo), uint32(l.front.hi)
			}
			l.visit(at).add(lastStep{from, to, l.last.ways()})
		}
	}
	l.inStep = false
}

// visit returns how the node of an index was reached, nil for a start.
func (l *lineage) visit(at uint32) *visit {
	if n := uint32(len(l.rows)); at >= n {
		return &l.visits[at-n]
	}
	return nil
}

func (v *visit) add(s lastStep) {
	if n := len(v.last); n > 0 && v.last[n-1].from == s.from && v.last[n-1].to == s.to {
		v.last[n-1].ways.Join(s.ways)
		return
	}
	v.last = append(v.last, s)
}

// nodeRows returns the rows of a node, each as the rows of the start that it represents:
// tags of the last step replace a start's tags of the same name.
func (l *lineage) nodeRows(at int) [][]startRow {
	rows := l.rows[l.origin[at]]
	if len(rows) == 1 {
		return [][]startRow{rows}
	}
	over := map[string]bool{}
	for _, name := range l.recursionOp.plan.depths {
		over[name] = true
	}
	l.steps.load(at - len(l.rows))
	l.step.set(over)
	var groups [][]startRow
	left := map[string]uint32{}
	for _, row := range rows {
		l.run.step()
		l.firsts.load(int(row.row))
		i := l.number(&l.starts, over, left)
		if int(i) == len(groups) {
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], row)
	}
	return groups
}

// show makes a row of the node that is listed the current one.
func (l *lineage) show(group []startRow) term.ID {
	at := uint32(l.ready - 1)
	l.firsts.load(int(group[0].row))
	for i := range l.recursionOp.plan.depths {
		l.run.slots[l.depths+i] = term.ID(l.depth)
	}
	if l.traced() {
		l.run.slots[l.slot], l.run.extra[l.slot] = 1, l.bundle(at, group)
	}
	return l.steps.load(int(at) - len(l.rows))
}

// bundle returns the hops of the first way to a node, and all of the shortest ways that
// begin with rows of the group.
func (l *lineage) bundle(at uint32, group []startRow) *Bundle {
	b := &Bundle{Ways: &Ways{}}
	if l.of.Hops {
		b.Hops = l.hops(at)
	}
	to := at
	if l.of.First {
		to = l.origin[at]
	}
	for _, row := range group {
		b.Ways.Join(l.waysTo(to, row.number))
	}
	if l.of.First {
		var passed []QuadRef
		for _, h := range b.Hops {
			for _, q := range h.Quads {
				passed = AddQuad(passed, q)
			}
		}
		b.Ways = b.Ways.Then(OneWay(passed))
	}
	return b
}

// waysTo returns the shortest ways to a node from the starts that show the same tags.
func (l *lineage) waysTo(at, number uint32) *Ways {
	key := [2]uint32{at, number}
	if known := l.through[key]; known != nil {
		return known
	}
	all := &Ways{}
	if v := l.visit(at); v != nil {
		for _, s := range v.last {
			l.run.step()
			all.Join(l.waysToAny(s.from, s.to, number).Then(s.ways))
		}
	} else if i, ok := l.rowAt[key]; ok {
		all = l.rows[at][i].ways
	}
	l.through[key] = all
	return all
}

// waysToAny returns the shortest ways to any of the nodes at the indexes [from, to).
func (l *lineage) waysToAny(from, to, number uint32) *Ways {
	if to == from+1 {
		return l.waysTo(from, number)
	}
	key := [3]uint32{from, to, number}
	known := l.throughAny[key]
	if known == nil {
		known = &Ways{}
		for at := from; at < to; at++ {
			l.run.step()
			known.Join(l.waysTo(at, number))
		}
		l.throughAny[key] = known
	}
	return known
}

// hops returns the hops of the first way from the start to a node.
func (l *lineage) hops(at uint32) []Repetition {
	v := l.visit(at)
	if v == nil {
		return nil
	}
	in := l.run.ix.Numbering()
	from, to := TermRef{l.front.nodes[v.from], in}, TermRef{l.front.nodes[at], in}
	return append(l.hops(v.from), Repetition{From: from, To: to, Quads: v.quads})
}
