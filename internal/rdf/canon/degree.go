package canon

import (
	"cmp"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
)

// firstDegree is the hash of the quads of a node, in which it is named a and
// every other z (RDFC-1.0, 4.6).
func (c *canonizer) firstDegree(n int32) string {
	c.sort.reset()
	for _, i := range c.quadsOf(n) {
		c.sort.text = c.spell(c.sort.text, &c.lines[i], func(dst []byte, node int32) []byte {
			if node == n {
				return append(dst, "_:a"...)
			}
			return append(dst, "_:z"...)
		})
		c.sort.end()
	}
	c.hash.Reset()
	for _, l := range c.sort.sorted() {
		c.hash.Write(l)
	}
	c.sum = c.hash.Sum(c.sum[:0])
	return hex.EncodeToString(c.sum)
}

// related is a node that shares a quad with another one: its current hash and its
// position there.
type related struct {
	hash string
	node int32
}

// relatedTo returns the nodes that share quads with n, once for each quad and position,
// sorted by hash.
func (c *canonizer) relatedTo(n int32) ([]related, error) {
	var all []related
	for _, i := range c.quadsOf(n) {
		if err := c.step(1); err != nil {
			return nil, err
		}
		l := &c.lines[i]
		for position, other := range l.node {
			if other != none && other != n {
				all = append(all, related{c.hashOf(l, position), other})
			}
		}
	}
	slices.SortFunc(all, func(a, b related) int {
		return cmp.Or(strings.Compare(a.hash, b.hash), cmp.Compare(a.node, b.node))
	})
	return all, c.step(len(all))
}

// hashOf is the hash of a related node (RDFC-1.0, 4.7).
func (c *canonizer) hashOf(l *spelledQuad, position int) string {
	in := append(c.input[:0], letters[position])
	if position != graphPosition {
		in = append(in, c.of(l)[l.predicate[0]:l.predicate[1]]...)
	}
	switch n := l.node[position]; {
	case c.names.has(n):
		in = c.names.append(in, n)
	case c.trial.has(n):
		in = c.appendTrial(in, n)
	default:
		in = append(in, c.degree[n]...)
	}
	c.input = in
	return c.digest(in)
}

func (c *canonizer) appendTrial(dst []byte, n int32) []byte {
	return strconv.AppendInt(append(dst, "_:b"...), int64(c.trial.number[n]), 10)
}

// nDegree is the hash of all that leads from a node (RDFC-1.0, 4.8). It issues
// trial names to the nodes on the way, in the order of the least paths.
func (c *canonizer) nDegree(n int32) (string, error) {
	c.depth++
	defer func() { c.depth-- }()
	all, err := c.relatedTo(n)
	if err != nil {
		return "", err
	}
	var data []byte
	for len(all) > 0 {
		hash := all[0].hash
		var nodes []int32
		for len(all) > 0 && all[0].hash == hash {
			nodes, all = append(nodes, all[0].node), all[1:]
		}
		way, err := c.least(nodes)
		if err != nil {
			return "", err
		}
		data = append(append(data, hash...), way...)
	}
	return c.digest(data), nil
}

// least is the least of the ways through nodes, which are sorted, in any order.
// Its trial names stay issued.
func (c *canonizer) least(nodes []int32) ([]byte, error) {
	if len(nodes) == 1 {
		return c.way(nodes, nil)
	}
	begin := len(c.trial.order)
	var best []byte
	var names []int32
	for more := true; more; more = next(nodes) {
		way, err := c.way(nodes, best)
		if err != nil {
			return nil, err
		}
		if way != nil && (best == nil || string(way) < string(best)) {
			best, names = way, append(names[:0], c.trial.order[begin:]...)
		}
		c.trial.cut(begin)
	}
	for _, n := range names {
		c.trial.issue(n)
	}
	return best, nil
}

// way is the way through nodes in this order, nil if it is greater than best.
func (c *canonizer) way(nodes []int32, best []byte) ([]byte, error) {
	greater := func(way []byte) bool {
		return best != nil && len(way) >= len(best) && string(way) > string(best)
	}
	var way []byte
	var visit []int32
	for _, n := range nodes {
		if err := c.step(1); err != nil {
			return nil, err
		}
		if c.names.has(n) {
			way = c.names.append(way, n)
		} else {
			if !c.trial.has(n) {
				visit = append(visit, n)
				c.trial.issue(n)
			}
			way = c.appendTrial(way, n)
		}
		if greater(way) {
			return nil, nil
		}
	}
	for _, n := range visit {
		hash, err := c.nDegree(n)
		if err != nil {
			return nil, err
		}
		way = append(append(append(c.appendTrial(way, n), '<'), hash...), '>')
		if greater(way) {
			return nil, nil
		}
	}
	return way, nil
}

// next puts a list into the next of its orders, by value; after the last it is
// false. Of a list with equal members each order comes once.
func next(list []int32) bool {
	i := len(list) - 2
	for i >= 0 && list[i] >= list[i+1] {
		i--
	}
	if i < 0 {
		return false
	}
	j := len(list) - 1
	for list[j] <= list[i] {
		j--
	}
	list[i], list[j] = list[j], list[i]
	slices.Reverse(list[i+1:])
	return true
}
