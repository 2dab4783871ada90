package pg

import (
	"fmt"
	"maps"
	"slices"

	"kg/graph/internal/store/memtable"
	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/term"
)

// idCount is a plan.RowCount by the server's ids.
type idCount struct {
	nodes  []int64
	steps  []countStep
	hidden []int64
}

type countStep struct {
	plan.CountStep
	pattern idRow
	among   [4][]int64
	loop    []countStep
}

// refused is recorded for a row count without an answer.
const refused = -1

// CountRows implements store.Feed. The count is recorded as missing, and made by the
// server with the other reads of the round.
func (s *Session) CountRows(t *memtable.Table, of plan.RowCount, hidden []term.ID) (uint64, bool) {
	if s.whole || s.write || !s.asking {
		return 0, false
	}
	if len(s.missing.keys)+len(s.missing.ranges) > 0 {
		return 0, true // another plan comes of these
	}
	steps, ok := s.countSteps(t, of.Steps)
	one := idCount{s.serverIDs(t, of.Nodes), steps, s.serverIDs(t, hidden)}
	if !ok || len(one.nodes) != len(of.Nodes) || len(one.hidden) != len(hidden) || s.hasStep(one) {
		return 0, false
	}
	name := fmt.Sprint(one)
	if n, ok := s.rowCounts[name]; ok {
		return uint64(max(n, 0)), n != refused
	}
	s.missing.rowCounts[name] = one
	return 0, true
}

// countSteps is not ok if the server does not know a term.
func (s *Session) countSteps(t *memtable.Table, steps []plan.CountStep) (list []countStep, ok bool) {
	for _, one := range steps {
		to := countStep{CountStep: one, pattern: s.pattern(t, term.Pattern{Quad: one.Pattern})}
		for i, ids := range one.Among {
			if ids != nil {
				to.among[i] = append([]int64{}, s.serverIDs(t, ids)...)
			}
			if (one.Pattern[i] != term.None) != (to.pattern[i] != 0) {
				return nil, false
			}
		}
		if to.loop, ok = s.countSteps(t, one.Loop); !ok {
			return nil, false
		}
		to.Pattern, to.Among, to.CountStep.Loop = term.Quad{}, [4][]term.ID{}, nil // of this numbering
		list = append(list, to)
	}
	return list, true
}

// hasStep reports whether the row count has one step, whose quads are in the store.
func (s *Session) hasStep(t idCount) bool {
	return len(t.steps) == 1 && t.steps[0].loop == nil &&
		!slices.ContainsFunc(t.nodes, func(id int64) bool { return !s.has(t.steps[0].at(id)) })
}

func (st *countStep) at(id int64) idRow {
	r := st.pattern
	r[st.From] = id
	return r
}

// counting is a row count in progress through its steps.
type counting struct {
	idCount
	name string
	seen map[int64]bool // by the recursion
	turn int
	done bool
}

func (f *fetched) queueCounts(w *wants) (list []*counting) {
	for name, one := range w.rowCounts {
		of := &counting{idCount: one, name: name}
		of.queue(f)
		list = append(list, of)
	}
	return list
}

// countRows continues counts with recursions, of which a trip reads some levels.
func (f *fetched) countRows(list []*counting) error {
	for {
		list = slices.DeleteFunc(list, func(t *counting) bool { return t.done })
		if len(list) == 0 {
			return nil
		}
		for _, t := range list {
			t.queue(f)
		}
		if err := f.send(); err != nil {
			return err
		}
	}
}

func (t *counting) end(s *Session, n int64) { s.rowCounts[t.name], t.done = n, true }

// queue asks for the number, or for some levels of the recursion that is first.
func (t *counting) queue(f *fetched) {
	if t.steps[0].loop != nil {
		t.queueLoop(f)
		return
	}
	b := countSQL{hidden: t.hidden, spread: len(f.spread) > 0}
	text := b.count(t.nodes, t.steps)
	f.ask(text, b.args, func(v [][]byte) error {
		t.end(f.Session, integer(v[0]))
		return nil
	}, nil)
}

// queueLoop asks for the nodes of some levels.
func (t *counting) queueLoop(f *fetched) {
	loop := t.steps[0]
	if t.seen == nil {
		t.seen = map[int64]bool{}
	}
	levels := perTrip
	if loop.Most >= 0 {
		levels = min(levels, loop.Most-t.turn)
	}
	b := countSQL{hidden: t.hidden, spread: len(f.spread) > 0}
	fresh := make([][]int64, levels)
	text := b.levels(t.nodes, loop.loop, levels)
	f.ask(text, b.args, func(v [][]byte) error {
		if id, level := integer(v[0]), integer(v[1]); !t.seen[id] {
			t.seen[id] = true
			fresh[level] = append(fresh[level], id)
		}
		return nil
	}, func() { t.turned(f, fresh) })
}

// turned takes the new nodes of some levels. A node of an earlier level in this trip may
// recur at a later one; it was seen.
func (t *counting) turned(f *fetched, fresh [][]int64) {
	loop := t.steps[0]
	t.turn += len(fresh)
	t.nodes = fresh[len(fresh)-1]
	if len(t.nodes) > 0 && t.turn != loop.Most {
		return
	}
	if loop.Ends && len(t.nodes) > 0 {
		t.end(f.Session, refused)
		return
	}
	if t.steps = t.steps[1:]; len(t.steps) == 0 {
		t.end(f.Session, int64(len(t.seen)))
		return
	}
	t.nodes = slices.Sorted(maps.Keys(t.seen))
}
