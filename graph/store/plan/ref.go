package plan

import (
	"github.com/cayleygraph/cayley/graph/refs"

	"kg/graph/store/term"
)

var (
	_ refs.Ref = Node{}
	_ refs.Ref = Link{}
)

// Node is the ref of a term. Two are equal if they are one node; there is
// nothing in it that would have to be fetched.
type Node struct {
	ID    term.ID
	Epoch uint32 // of the Index the ID is from
}

// Key is the node itself.
func (n Node) Key() any { return n }

// Link is the ref of a quad.
type Link struct {
	Quad  term.Quad
	Epoch uint32 // of the Index the IDs are from
}

// Key is the link itself.
func (l Link) Key() any { return l }
