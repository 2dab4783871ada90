package plan

import (
	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
)

// Index is the interface that the operators read: one state of a store, which does not
// change while a plan runs. All methods may be called concurrently, each Cursor by one
// goroutine.
//
// Reading may find damage. A method that has no error result then panics with an error
// value; the operators catch it and return it from Err. A panic with anything else, a
// runtime.Error among it, is a bug and propagates.
type Index interface {
	// Numbering returns the numbering of the state's terms: an ID means the same in all
	// states that have it. It is not nil.
	Numbering() *Numbering

	// Version grows from each state of a store to the next. The parts of a
	// query come one after the other, and the store may change in between: a
	// plan reads the oldest of the states its parts were made for.
	Version() uint64

	// Store is the state for Cayley's own iterators, which are parts of a plan
	// where it is not native and ask again and again. It is nil if the store
	// they are given does not change.
	Store() graph.QuadStore

	// Count returns the exact number of quads a pattern selects. It is called very often:
	// for each node on a path.
	Count(p term.Pattern) uint64

	// AtMost is a number that Count of a pattern does not exceed, and near it as a
	// rule. It is quick: plans are made by it.
	AtMost(p term.Pattern) uint64

	// CountEach adds up Count of a pattern with each of the terms at one position,
	// which is open in it. It is term.Subject or term.Object as a rule; terms
	// that are term.None have no quads.
	CountEach(p term.Pattern, position int, ids []term.ID) uint64

	// Counts puts into counts the numbers that CountEach would add up.
	Counts(p term.Pattern, position int, ids []term.ID, counts []uint64)

	// EndsEach appends to dst the terms that quads with a predicate, the only term of
	// the pattern, have at one end, subject or object, and each of ids in turn at the
	// position of the other, repeated ones repeatedly. It returns for how many of ids it
	// did so: for none if Ends is to be asked for the first of them, and perhaps not for
	// all, so that there are not far too many at once.
	EndsEach(p term.Pattern, position int, ids, dst []term.ID) ([]term.ID, int)

	// Ends puts the term at one position (term.Subject to term.Label) of the
	// next quads of the cursor into dst and returns how many, 0 only at the
	// end. A label may be term.None.
	Ends(c *Cursor, position int, dst []term.ID) int

	// Quads puts the next quads of the cursor into dst and returns how many,
	// 0 only at the end.
	Quads(c *Cursor, dst []term.Quad) int

	// Nodes puts the next live nodes into dst, ascending, and returns how many, 0 only at
	// the end. A node is live if some quad has it, in any position. Of the cursor's
	// pattern only the range of objects counts: it is the range of nodes.
	Nodes(c *Cursor, dst []term.ID) int

	// NodeCount is the exact number of live nodes.
	NodeCount() uint64

	// Live reports whether a quad has this term, in any position.
	Live(id term.ID) bool

	// Value is the term itself.
	Value(id term.ID) (quad.Value, error)

	// Resolve gives the ID a ref has in this state: of a Node of another
	// numbering, or of a value in a refs.PreFetchedValue. It is term.None if
	// the state has no such node.
	Resolve(r refs.Ref) (term.ID, error)

	// Ranges are the ids of all terms that compare so with v (a term t for
	// which "t op v"), exactly, in ascending ranges that do not overlap. They
	// may hold ids of terms that are not live.
	Ranges(op iterator.Operator, v quad.Value) ([]Range, error)

	// Prefix gives ascending ranges that do not overlap and hold every term
	// whose text (the lexical form of a literal, the IRI, the blank node's
	// label) begins so. They may hold other terms too.
	Prefix(text string) ([]Range, error)
}

// Range is the ids from From up to but not including To.
type Range struct{ From, To term.ID }

// Cursor is a position in the quads of a pattern, or in the nodes. A zero Cursor
// with a Pattern stands at the beginning, and so does one after Begin; the
// other fields belong to the Index. A Cursor can be dropped at any time, there
// is nothing to close.
//
// Each matching quad comes once. The order is the same each time, and where
// the predicate is given with the object the subjects ascend, where it is
// given with the subject the objects ascend (not strictly: a triple comes once
// for each of its labels).
type Cursor struct {
	Pattern  term.Pattern
	Begun    bool
	Done     bool // may be set along with the last quads: no more will be asked for
	Pos, End uint64
	State    any // Begin leaves it, so that the Index can use it again
}

// Begin puts the cursor at the beginning of another pattern.
func (c *Cursor) Begin(p term.Pattern) {
	c.Pattern, c.Begun, c.Done, c.Pos, c.End = p, false, false, 0, 0
}
