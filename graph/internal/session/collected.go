package session

import (
	"context"
	"maps"

	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
)

// collectedNode is a node and the ways to it, as their tags.
type collectedNode struct {
	node refs.Ref
	ways []map[string]refs.Ref
}

// collected is an iterator that must see all results of another before it
// gives the first of its own.
type collected struct {
	sub    iterator.Shape
	gather func(context.Context, iterator.Scanner) ([]collectedNode, error)
}

func (c *collected) Iterate() iterator.Scanner {
	return &collectedNext{sub: c.sub.Iterate(), gather: c.gather, i: -1}
}

func (c *collected) Lookup() iterator.Index {
	return &listedLookup{collectedNext: collectedNext{sub: c.sub.Iterate(), gather: c.gather, i: -1}}
}

func (c *collected) Stats(ctx context.Context) (iterator.Costs, error) {
	st, err := c.sub.Stats(ctx)
	st.NextCost *= 2
	st.Size = refs.Size{Value: st.Size.Value + 1}
	return st, err
}

func (c *collected) Optimize(ctx context.Context) (iterator.Shape, bool) {
	sub, ok := c.sub.Optimize(ctx)
	if ok {
		c.sub = sub
	}
	return c, false
}

func (c *collected) SubIterators() []iterator.Shape { return []iterator.Shape{c.sub} }
func (c *collected) String() string                 { return "Collected" }

// collectedNext gives the entries one by one, their ways as further paths.
type collectedNext struct {
	sub    iterator.Scanner
	gather func(context.Context, iterator.Scanner) ([]collectedNode, error)
	list   []collectedNode
	i, way int
	err    error
}

func (c *collectedNext) Next(ctx context.Context) bool {
	if c.i < 0 && c.err == nil {
		c.list, c.err = c.gather(ctx, c.sub)
	}
	if c.err != nil || c.i+1 >= len(c.list) {
		return false
	}
	c.i, c.way = c.i+1, 0
	return true
}

func (c *collectedNext) NextPath(context.Context) bool {
	if c.i < 0 || c.way+1 >= len(c.list[c.i].ways) {
		return false
	}
	c.way++
	return true
}

func (c *collectedNext) Result() refs.Ref                   { return c.list[c.i].node }
func (c *collectedNext) TagResults(dst map[string]refs.Ref) { maps.Copy(dst, c.list[c.i].ways[c.way]) }
func (c *collectedNext) Err() error                         { return c.err }
func (c *collectedNext) String() string                     { return "CollectedNext" }
func (c *collectedNext) Close() error {
	c.list = nil
	return c.sub.Close()
}

// listedLookup looks up collected nodes; entries of one node are its paths.
type listedLookup struct {
	collectedNext
	byNode map[any]int
	done   bool
}

func (l *listedLookup) Contains(ctx context.Context, ref refs.Ref) bool {
	if !l.done {
		l.done = true
		list, err := l.gather(ctx, l.sub)
		l.err, l.byNode = err, map[any]int{}
		for _, e := range list {
			key := refs.ToKey(e.node)
			i, ok := l.byNode[key]
			if !ok {
				i = len(l.list)
				l.byNode[key] = i
				l.list = append(l.list, collectedNode{node: e.node})
			}
			l.list[i].ways = append(l.list[i].ways, e.ways...)
		}
	}
	i, ok := l.byNode[refs.ToKey(ref)]
	l.i, l.way = i, 0
	return ok && l.err == nil
}
