package pg

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"kg/graph/internal/store/memtable"
	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/term"
)

// mostInStep is how many quads of a step are read before anybody asks for them.
var mostInStep = 50_000

// perTrip is how many steps of a recursion are done together.
const perTrip = 4

// stage is a plan.Stage by the server's ids.
type stage struct {
	nodes []int64
	steps []stageStep
	end   plan.StepPosition
	most  int
}

type stageStep struct {
	plan.Step
	nodes   []int64
	pattern idRow
}

// Walk implements store.Feed.
func (s *Session) Walk(t *memtable.Table, w plan.Walk) {
	if s.whole {
		return
	}
	var walk []stage
	begun := map[idRow]bool{} // patterns that the walk begins with
	for _, from := range w {
		st := stage{nodes: s.serverIDs(t, from.Nodes), end: from.End, most: from.Most}
		for _, one := range from.Steps {
			to := stageStep{Step: one, nodes: s.serverIDs(t, one.Nodes), pattern: s.pattern(t, term.Pattern{Quad: one.Pattern})}
			if to.pattern.mask() != (idRow{int64(one.Pattern[0]), int64(one.Pattern[1]), int64(one.Pattern[2]), int64(one.Pattern[3])}).mask() {
				return // a term that the server has not
			}
			if len(one.Nodes) > 0 || len(from.Nodes) > 0 && one.After.Step < 0 {
				for _, id := range append(st.nodes, to.nodes...) {
					begun[to.at(id)] = true
				}
			}
			to.Nodes, to.Pattern = nil, term.Quad{} // of this numbering
			st.steps = append(st.steps, to)
		}
		walk = append(walk, st)
	}
	name := fmt.Sprint(walk)
	if s.walked[name] || s.missing.walks[name] != nil || len(begun) == 0 || len(w) == 1 && len(begun) == len(w[0].Steps) && s.hasAll(begun) {
		return
	}
	s.missing.walks[name] = walk
	maps.Copy(s.missing.begun, begun)
	s.settle()
}

func (s *Session) hasAll(patterns map[idRow]bool) bool {
	for r := range patterns {
		if !s.has(r) {
			return false
		}
	}
	return true
}

// at is the pattern of a step with one of its nodes.
func (st *stageStep) at(id int64) idRow {
	r := st.pattern
	r[st.From] = id
	return r
}

func (s *Session) serverIDs(t *memtable.Table, ids []term.ID) (list []int64) {
	for _, id := range ids {
		if of := s.serverID(t, id); of != 0 {
			list = append(list, of)
		}
	}
	return list
}

// UpperBound implements store.Feed.
func (s *Session) UpperBound(t *memtable.Table, p term.Pattern) (uint64, bool) {
	r := s.pattern(t, p)
	if s.has(r) {
		return 0, false
	}
	if n, ok := s.counts[r]; ok {
		return n, true
	}
	if n, ok := s.counts[r.only(withPredicate)]; ok && r.mask()&withPredicate != 0 {
		return n, true
	}
	return uint64(s.total[0]), true
}

// stageReader reads the quads of a walk.
type stageReader struct {
	*fetched
	stages []stage
	nodes  []int64 // those the next stage begins with
	depth  int     // of the recursion that the next stage is
	seen   map[int64]bool
	done   bool
}

// queueWalks asks for the first steps of walks.
func (f *fetched) queueWalks(w *wants) (list []*stageReader) {
	for name, walk := range w.walks {
		f.walked[name] = true
		one := &stageReader{fetched: f, stages: walk, nodes: walk[0].nodes, seen: map[int64]bool{}}
		one.queueNext()
		list = append(list, one)
	}
	return list
}

// walk goes on with walks, one statement for each step of a recursion, or for some.
func (f *fetched) walk(list []*stageReader) error {
	for {
		list = slices.DeleteFunc(list, func(w *stageReader) bool { return w.done })
		if len(list) == 0 {
			return nil
		}
		for _, w := range list {
			w.queueNext()
		}
		if err := f.send(); err != nil {
			return err
		}
	}
}

// queueNext asks for the next steps.
func (w *stageReader) queueNext() {
	if len(w.stages) == 0 || len(w.stages[0].steps) == 0 || len(w.rows) > mostInStep*4 {
		w.done = true
		return
	}
	st := &w.stages[0]
	steps, ends := st.steps, []plan.StepPosition{st.end}
	for n := 1; st.most != 0 && n < perTrip && (st.most < 0 || w.depth+n < st.most); n++ {
		for _, one := range st.steps {
			if one.After.Step >= 0 {
				one.After.Step += n * len(st.steps)
			} else if len(one.nodes) == 0 {
				one.After = ends[n-1]
			}
			steps = append(slices.Clip(steps), one)
		}
		ends = append(ends, plan.StepPosition{Step: st.end.Step + n*len(st.steps), Position: st.end.Position})
	}
	rows := make([][]idRow, len(steps))
	text, args := stepsOf(steps, w.nodes, len(w.spread) > 0)
	w.ask(text, args, w.quad(func(r idRow, n int64) { rows[n] = append(rows[n], r) }), func() { w.came(steps, rows, ends) })
}

// came takes the quads of steps.
func (w *stageReader) came(steps []stageStep, rows [][]idRow, ends []plan.StepPosition) {
	nodes := func(at plan.StepPosition) map[int64]bool {
		set := map[int64]bool{}
		for _, r := range rows[at.Step] {
			set[r[at.Position]] = true
		}
		return set
	}
	whole := make([]bool, len(steps))
	for i := range steps {
		one := &steps[i]
		whole[i] = len(rows[i]) <= mostInStep && (one.After.Step < 0 || whole[one.After.Step])
		if !whole[i] {
			continue
		}
		switch {
		case len(one.nodes) > 0:
			w.feed(one, slices.Values(one.nodes))
		case one.After.Step < 0:
			w.feed(one, slices.Values(w.nodes))
		default:
			w.feed(one, maps.Keys(nodes(one.After)))
		}
	}
	w.next(whole, ends, nodes)
}

func (s *Session) feed(one *stageStep, nodes func(func(int64) bool)) {
	for id := range nodes {
		s.fed[one.at(id)] = true
	}
}

// next finds the nodes to go on with.
func (w *stageReader) next(whole []bool, ends []plan.StepPosition, nodes func(plan.StepPosition) map[int64]bool) {
	last := ends[len(ends)-1]
	if w.done = len(w.stages) == 1 && w.stages[0].most == 0 || last.Step < 0 || !whole[last.Step]; w.done {
		return
	}
	if w.stages[0].most == 0 {
		w.stages, w.nodes = w.stages[1:], slices.Sorted(maps.Keys(nodes(last)))
		return
	}
	w.depth += len(ends)
	var fresh []int64
	for i, end := range ends {
		for id := range nodes(end) {
			if !w.seen[id] && i == len(ends)-1 {
				fresh = append(fresh, id)
			}
			w.seen[id] = true
		}
	}
	slices.Sort(fresh) // an index is read page by page, and a temporary table is no quicker
	w.nodes = fresh
	if most := w.stages[0].most; len(fresh) == 0 || most > 0 && w.depth >= most {
		w.stages, w.nodes, w.depth = w.stages[1:], slices.Sorted(maps.Keys(w.seen)), 0
		w.seen = map[int64]bool{}
	}
}

// stepsOf is a statement for the quads of steps, each with the number of the step, that
// begin with some nodes, and then for their terms, as withTerms gives them: but for those
// that are known, as the predicate and the nodes of a step are. Of a graph that is spread
// each step has its nodes in an array: see amid.
func stepsOf(steps []stageStep, nodes []int64, spread bool) (text string, args []any) {
	var with, all, terms []string
	arg := func(v any, kind string) string {
		args = append(args, v)
		return fmt.Sprintf("$%d::%s", len(args), kind)
	}
	for i, one := range steps {
		first := len(one.nodes) > 0 || one.After.Step < 0
		if len(one.nodes) == 0 {
			one.nodes = nodes
		}
		var k, from string
		table, column := tableOf(one.at(1).mask()), columns[one.From]
		if first {
			k = "SELECT id FROM unnest(" + arg(one.nodes, "bigint[]") + ") AS k(id)"
		} else {
			k = fmt.Sprintf("SELECT DISTINCT %[1]s AS id FROM q%[2]d ORDER BY 1", columns[one.After.Position], one.After.Step)
		}
		switch {
		case !spread:
			from = fmt.Sprintf("(%s) AS k JOIN %s q ON q.%s = k.id", k, table, column)
		case first && len(one.nodes) == 1: // which is in one partition
			args[len(args)-1] = one.nodes[0]
			from = fmt.Sprintf("%s q WHERE q.%s = $%d::bigint", table, column, len(args))
		default:
			from = table + " q WHERE " + amid(column, k)
		}
		for position, id := range one.pattern {
			switch {
			case id != 0:
				from += fmt.Sprintf(" AND q.%s = %s", columns[position], arg(id, "bigint"))
			case position != one.From:
				terms = append(terms, fmt.Sprintf("SELECT %s FROM q%d", columns[position], i))
			}
		}
		with = append(with, fmt.Sprintf("q%d AS MATERIALIZED (SELECT q.s, q.p, q.o, q.l FROM %s LIMIT %d)", i, from, mostInStep+1))
		all = append(all, fmt.Sprintf("SELECT s, p, o, l, %d::bigint AS n, ''::bytea, ''::bytea FROM q%d", i, i))
	}
	all = append(all, fmt.Sprintf("SELECT t.id, 0, 0, 0, %d, t.head, t.rest FROM (SELECT DISTINCT id FROM (%s) AS v(id) ORDER BY id) AS u JOIN kg_terms t ON t.id = u.id", aTerm, strings.Join(terms, " UNION ALL ")))
	return "WITH " + strings.Join(with, ", ") + " " + strings.Join(all, " UNION ALL "), args
}
