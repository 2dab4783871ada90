package plan

import (
	"context"
	"runtime"
	"strings"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
)

// A node is a part of a plan, without any state. Nodes are made once for a query and may
// be opened many times.
type node interface {
	// open makes the operator that does it, and the slots its tags need.
	open(r *run) op
	// tagged reports whether rows carry tags. Rows of one id without tags are all alike,
	// so that it is enough to count them.
	tagged() bool
}

// An op is an operator: a node that was opened, with its state. It is used in one
// manner at a time: scan and then next until term.None, or multiplicity.
type op interface {
	scan()
	next() term.ID
	// size estimates the number of rows, from above rather than below.
	size() uint64
	// multiplicity is the number of rows with this id.
	multiplicity(id term.ID) uint64
	// total is the number of all rows, if that is cheap to know: each read
	// of the index that is more than one takes one from the budget.
	total(budget *int) (uint64, bool)
}

// A prober is an op that can also list the rows of one id, each with its tags:
// probe and then next until term.None.
type prober interface {
	op
	probe(id term.ID)
}

// lister lists the rows of an op of either sort.
type lister struct {
	op
	run    *run
	prober prober // nil if rows have no tags
	id     term.ID
	left   uint64
	listed bool // the rows of id are being counted down
}

// list opens a plan: again for each time it stands in another, so that a chain of
// n unions has 2^n operators.
func list(r *run, n node) lister {
	r.tick()
	l := lister{op: n.open(r), run: r}
	if n.tagged() {
		l.prober = l.op.(prober)
	}
	return l
}

func (l *lister) scan() {
	l.listed = false
	l.op.scan()
}

func (l *lister) probe(id term.ID) {
	if l.prober != nil {
		l.listed = false
		l.prober.probe(id)
		return
	}
	l.id, l.left, l.listed = id, l.op.multiplicity(id), true
}

// stop leaves nothing to list.
func (l *lister) stop() { l.left, l.listed = 0, true }

func (l *lister) next() term.ID {
	if !l.listed {
		return l.op.next()
	}
	if l.left == 0 {
		return term.None
	}
	l.run.step()
	l.left--
	return l.id
}

// run is the state shared by the operators of one iteration. The tags of the current row
// are in slots, one for each tag that the plan sets; 0 is unset.
type run struct {
	ix      Index
	qs      graph.QuadStore // for the foreign parts of a plan
	ctx     context.Context
	ticks   int
	slots   []term.ID
	extra   []any // parallel to slots, for values that are no ID: see tagKind
	tags    []tag
	agreed  []int // the slots that bind a row, see Agreed
	seeds   []*frontier
	used    []*frontier // by seeds, in the order they were opened
	closers []func() error

	underLabels map[labelsKey]uint64 // quads under the labels of a context, estimated once
}

// tag is the type of the number in a slot.
type tag struct {
	name string
	kind tagKind
	ref  refs.Ref // for fixedTag
}

type tagKind uint8

const (
	nodeTag    tagKind = iota // a node's ID
	fixedTag                  // whether the tag is set
	depthTag                  // a number of steps
	foreignTag                // whether it is set; extra has a map of tags
	linkTag                   // a quad, in this slot and the next
	bundleTag                 // whether it is set; extra has a *Bundle
	hiddenTag                 // nothing to be seen outside
)

// slot makes a new one.
func (r *run) slot(t tag) int {
	r.tags = append(r.tags, t)
	r.slots = append(r.slots, 0)
	if t.kind == foreignTag || t.kind == bundleTag || r.extra != nil {
		for len(r.extra) < len(r.slots) {
			r.extra = append(r.extra, nil)
		}
	}
	return len(r.slots) - 1
}

// linkSlot makes the slots of a tag that holds a quad and returns the first.
func (r *run) linkSlot(name string) int {
	s := r.slot(tag{name: name, kind: linkTag})
	for range len(term.Quad{}) - 1 {
		r.slot(tag{kind: hiddenTag})
	}
	return s
}

// results fills Cayley's map with the tags of a row. A tag that is set twice
// has the value of the later slot, that of the outer shape.
func (r *run) results(dst map[string]refs.Ref, slots []term.ID, extra []any) {
	r.shown(dst, slots, extra, "")
}

// shown is results without the tags that begin so, if that is not empty.
func (r *run) shown(dst map[string]refs.Ref, slots []term.ID, extra []any, but string) {
	for i, v := range slots {
		if v == 0 || but != "" && strings.HasPrefix(r.tags[i].name, but) {
			continue
		}
		switch t := &r.tags[i]; t.kind {
		case nodeTag:
			dst[t.name] = TermRef{v, r.ix.Numbering()}
		case linkTag:
			dst[t.name] = QuadRef{term.Quad(slots[i:]), r.ix.Numbering()}
		case fixedTag:
			dst[t.name] = t.ref
		case depthTag:
			dst[t.name] = refs.PreFetched(quad.Int(v))
		case foreignTag:
			for k, v := range extra[i].(map[string]refs.Ref) {
				if but == "" || !strings.HasPrefix(k, but) {
					dst[k] = v
				}
			}
		case bundleTag:
			dst[t.name] = extra[i].(*Bundle)
		}
	}
}

// The work of an operator counts towards the next check of the context. Every loop that
// can go on without yielding a row counts, and so does a caller that counts or skips
// rows: a row can cost nothing, and there can be 2^64 of them.
const (
	ticksPerCheck = 1024 // a millisecond, more or less
	ticksOfRead   = 16   // to read some of the index
	ticksOfTest   = 128  // to match a value, which may be long
)

// step is for one row.
func (r *run) step() {
	if r.ticks--; r.ticks < 0 {
		r.poll()
	}
}

// tick is for one read of the index.
func (r *run) tick() { r.pass(ticksOfRead) }

// pass counts work of several ticks.
func (r *run) pass(ticks int) {
	if r.ticks -= ticks; r.ticks < 0 {
		r.poll()
	}
}

// poll stops the run if its context is done.
func (r *run) poll() {
	r.ticks = ticksPerCheck
	check(r.ctx.Err())
}

// guard, when deferred, puts the error an operator or the Index panicked with
// into err. Operators have no other way to report one: their results are
// single numbers, asked for millions of times.
func guard(err *error) {
	switch e := recover().(type) {
	case nil:
	case runtime.Error:
		panic(e)
	case error:
		*err = e
	default:
		panic(e)
	}
}

// check stops the run if err is not nil.
func check(err error) {
	if err != nil {
		panic(err)
	}
}

func (r *run) close() error {
	var err error
	for _, c := range r.closers {
		if e := c(); err == nil {
			err = e
		}
	}
	r.closers = nil
	return err
}
