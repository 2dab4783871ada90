package plan

import (
	"context"
	"slices"

	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
)

// scan lists the rows of a plan. It takes them from the operators in batches
// that grow, so that the first row comes soon and many come fast.
type scan struct {
	base
	batch rowBuffer
	quads []term.Quad // of the batch, if results are quads
	at    int         // the row it stands at
	size  int         // of the batch
	begun bool
	ended bool // the operators have no more
	// a row that was left behind when the next batch was read
	last  term.ID
	slots []term.ID
	extra []any

	traces *traces // of Ways
	shown  *shown  // of Columns
}

// Batches of rows: the first has one, so that to ask for one costs one.
const (
	batchGrowth = 4
	batchMax    = 256
)

func (s *scan) Next(ctx context.Context) bool {
	if s.at+1 < len(s.batch.ids) {
		s.at++
		s.last = s.batch.ids[s.at]
		return true
	}
	if s.done || s.err != nil || !s.fill(ctx) {
		return false
	}
	s.at++
	s.last = s.batch.ids[s.at]
	return true
}

// fill reads the next batch and stands before its first row.
func (s *scan) fill(ctx context.Context) (more bool) {
	if s.ended {
		s.done = true
		return false
	}
	defer guard(&s.err)
	s.begin(ctx)
	s.batch.reset()
	s.quads = s.quads[:0]
	s.at = -1
	for s.size = min(batchMax, max(1, s.size*batchGrowth)); len(s.batch.ids) < s.size; {
		id := s.op.next()
		if id == term.None {
			s.ended = true
			break
		}
		s.run.step()
		s.batch.add(id)
		if s.from.quad {
			s.quads = append(s.quads, s.op.(*hop).ends.row)
		}
	}
	s.done = len(s.batch.ids) == 0
	return !s.done
}

func (s *scan) begin(ctx context.Context) {
	s.start(ctx)
	if !s.begun {
		s.begun = true
		s.op.scan()
		s.batch = keep(&s.run, seedFrame{})
	}
}

// NextPath goes on if the next row has the same node. It keeps the present row
// if not, since its tags may still be asked for.
func (s *scan) NextPath(ctx context.Context) bool {
	if s.from.quad || s.batch.ids == nil || s.done {
		return false
	}
	if s.at+1 == len(s.batch.ids) {
		s.leave()
		if s.err != nil || !s.fill(ctx) {
			return false
		}
	}
	if s.batch.ids[s.at+1] != s.last {
		return false
	}
	s.at++
	return true
}

// leave keeps the tags of the present row when its batch goes.
func (s *scan) leave() {
	if n := s.batch.hi; n > 0 && s.at >= 0 {
		s.slots = append(s.slots[:0], s.batch.slots[s.at*n:(s.at+1)*n]...)
		if s.batch.wide {
			s.extra = append(s.extra[:0], s.batch.extra[s.at*n:(s.at+1)*n]...)
		}
	}
}

func (s *scan) Result() refs.Ref {
	if s.from.quad {
		if s.at < 0 || s.at >= len(s.quads) {
			return nil
		}
		return QuadRef{s.quads[s.at], s.from.ix.Numbering()}
	}
	if s.last == term.None {
		return nil
	}
	return s.ref(s.last)
}

// Rows is what a scan of a plan yields besides nodes.
type Rows interface {
	iterator.Scanner
	// TagShown is TagResults without the Hidden tags.
	TagShown(dst map[string]refs.Ref)
	// Columns are the tags that a row may have, without the Hidden ones: known once
	// a row was asked for. It is not ok where a foreign part sets tags of its own.
	Columns() (names []string, ok bool)
	// Column returns the row's value for one of them: a node of Numbering, or else a ref,
	// or neither.
	Column(i int) (term.ID, refs.Ref)
	Numbering() *Numbering
	// Ways are the derivations of the row, by the tags that hold a quad or a
	// Bundle: the same tags for all rows.
	Ways(traces []string) *Ways
}

var _ Rows = (*scan)(nil)

func (s *scan) TagResults(dst map[string]refs.Ref) {
	if slots, extra := s.row(); slots != nil {
		s.run.results(dst, slots, extra)
	}
}

func (s *scan) TagShown(dst map[string]refs.Ref) {
	if slots, extra := s.row(); slots != nil {
		s.run.shown(dst, slots, extra, Hidden)
	}
}

func (s *scan) Numbering() *Numbering { return s.from.ix.Numbering() }

func (s *scan) Columns() (names []string, ok bool) {
	if s.openedPlan == nil {
		return nil, false
	}
	if s.shown == nil {
		shown := newShown(&s.run, seedFrame{})
		s.shown = &shown
	}
	for _, c := range s.shown.columns {
		names = append(names, c.name)
	}
	return names, len(s.shown.foreign) == 0
}

func (s *scan) Column(i int) (term.ID, refs.Ref) {
	slots, extra := s.row()
	if slots == nil {
		return term.None, nil
	}
	for _, from := range slices.Backward(s.shown.columns[i].from) {
		v := slots[from.slot]
		if v == 0 {
			continue
		}
		switch t := &s.run.tags[from.slot]; t.kind {
		case nodeTag:
			return v, nil
		case fixedTag:
			return term.None, t.ref
		case depthTag:
			return term.None, refs.PreFetched(quad.Int(v))
		case linkTag:
			return term.None, QuadRef{term.Quad(slots[from.slot:]), s.from.ix.Numbering()}
		case bundleTag:
			return term.None, extra[from.slot].(*Bundle)
		}
	}
	return term.None, nil
}

func (s *scan) Ways(names []string) *Ways {
	slots, extra := s.row()
	if slots == nil {
		return OneWay(nil)
	}
	if s.traces == nil {
		t := newTraces(&s.run, names, 0)
		s.traces = &t
	}
	return s.traces.waysOf(slots, extra)
}

// row returns the slots of the current row, nil if there are none.
func (s *scan) row() (slots []term.ID, extra []any) {
	if s.openedPlan == nil || s.last == term.None {
		return nil, nil
	}
	if s.at < 0 || s.at >= len(s.batch.ids) {
		return s.slots, s.extra
	}
	lo, hi := s.at*s.batch.hi, (s.at+1)*s.batch.hi
	if s.batch.wide {
		extra = s.batch.extra[lo:hi]
	}
	return s.batch.slots[lo:hi], extra
}
