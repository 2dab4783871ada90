package canon

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"slices"
	"strconv"
	"strings"
)

// Options bound the work. The zero value is RDFC-1.0 within the default limit.
type Options struct {
	Hash  func() hash.Hash // nil is SHA-256
	Steps int              // the most; 0 is UsualSteps
}

// UsualSteps are a few seconds.
const UsualSteps = 4 << 20

// maxDepth is how far a path may lead from a node. It bounds the stack.
const maxDepth = 1 << 15

// ErrLimit is returned for a dataset whose blank nodes are too much alike to be told
// apart within the limit.
var ErrLimit = errors.New("blank nodes are too much alike to be told apart")

// Canonical is a dataset in canonical form.
type Canonical struct {
	// Text is its canonical N-Quads, sorted by code point. The blank nodes are
	// named _:c14n0, _:c14n1 and so on.
	Text []byte
	// Labels are the blank nodes' own labels, in the order of those names.
	Labels []string
}

// Canonize returns the canonical form. The error is ErrLimit, with the steps taken, or
// that of the context.
func (d *Dataset) Canonize(ctx context.Context, o Options) (Canonical, error) {
	if o.Hash == nil {
		o.Hash = sha256.New
	}
	if o.Steps == 0 {
		o.Steps = UsualSteps
	}
	d.unique()
	n := len(d.labels)
	c := &canonizer{Dataset: d, ctx: ctx, most: o.Steps, hash: o.Hash(), names: newIssuer(n), trial: newIssuer(n), degree: make([]string, n)}
	c.index()
	if err := c.name(); err != nil {
		return Canonical{}, err
	}
	return c.form(), nil
}

// canonizer is one run of the algorithm.
type canonizer struct {
	*Dataset
	ctx   context.Context
	most  int // steps
	steps int
	depth int
	hash  hash.Hash
	sum   []byte

	starts []int32 // where each node's quads begin in quads, and the end of all
	quads  []int32 // indexes of lines
	degree []string
	names  *issuer // canonical
	trial  *issuer // of the path that is followed
	sort   lines
	input  []byte
}

// index finds the quads of each node.
func (c *canonizer) index() {
	c.starts = make([]int32, len(c.labels)+1)
	for i := range c.lines {
		for n := range c.lines[i].nodes() {
			c.starts[n+1]++
		}
	}
	for n := range c.labels {
		c.starts[n+1] += c.starts[n]
	}
	c.quads = make([]int32, c.starts[len(c.labels)])
	next := slices.Clone(c.starts)
	for i := range c.lines {
		for n := range c.lines[i].nodes() {
			c.quads[next[n]] = int32(i)
			next[n]++
		}
	}
}

// nodes gives each blank node of a quad once.
func (l *spelledQuad) nodes() func(yield func(int32) bool) {
	return func(yield func(int32) bool) {
		for i, n := range l.node {
			if n != none && !slices.Contains(l.node[:i], n) && !yield(n) {
				return
			}
		}
	}
}

func (c *canonizer) quadsOf(n int32) []int32 { return c.quads[c.starts[n]:c.starts[n+1]] }

// name issues the canonical names: first to nodes that differ in their first
// degree, then to those that do not.
func (c *canonizer) name() error {
	order := make([]int32, len(c.labels))
	for i := range order {
		order[i] = int32(i)
		c.degree[i] = c.firstDegree(int32(i))
	}
	slices.SortFunc(order, func(a, b int32) int { return strings.Compare(c.degree[a], c.degree[b]) })
	var alike [][]int32
	for len(order) > 0 {
		n := 1
		for n < len(order) && c.degree[order[n]] == c.degree[order[0]] {
			n++
		}
		if n == 1 {
			c.names.issue(order[0])
		} else {
			alike = append(alike, order[:n])
		}
		order = order[n:]
	}
	for _, group := range alike {
		if err := c.apart(group); err != nil {
			return err
		}
	}
	return nil
}

// issuePath is the path from a node, with its hash, and the nodes on it in order.
type issuePath struct {
	hash  string
	nodes []int32
}

// apart issues names to nodes that are alike, and to those that paths lead to.
func (c *canonizer) apart(group []int32) error {
	var paths []issuePath
	for _, n := range group {
		if c.names.has(n) {
			continue
		}
		c.trial.cut(0)
		c.trial.issue(n)
		hash, err := c.nDegree(n)
		if err != nil {
			return err
		}
		paths = append(paths, issuePath{hash, slices.Clone(c.trial.order)})
	}
	c.trial.cut(0)
	slices.SortStableFunc(paths, func(a, b issuePath) int { return strings.Compare(a.hash, b.hash) })
	for _, p := range paths {
		for _, n := range p.nodes {
			c.names.issue(n)
		}
	}
	return nil
}

// step counts work, and ends it when it is too much.
func (c *canonizer) step(n int) error {
	before := c.steps
	c.steps += n
	if c.steps > c.most || c.depth > maxDepth {
		return fmt.Errorf("%w: %d of them in %d quads, given up after %d steps", ErrLimit, len(c.labels), len(c.lines), before)
	}
	if before>>12 != c.steps>>12 {
		return c.ctx.Err()
	}
	return nil
}

// digest is the hash of a text in hexadecimal digits.
func (c *canonizer) digest(text []byte) string {
	c.hash.Reset()
	c.hash.Write(text)
	c.sum = c.hash.Sum(c.sum[:0])
	return hex.EncodeToString(c.sum)
}

// form spells the dataset with the canonical names.
func (c *canonizer) form() Canonical {
	c.sort.reset()
	for i := range c.lines {
		c.sort.text = c.spell(c.sort.text, &c.lines[i], c.names.append)
		c.sort.end()
	}
	f := Canonical{Text: make([]byte, 0, len(c.sort.text)), Labels: make([]string, 0, len(c.labels))}
	for _, l := range c.sort.sorted() {
		f.Text = append(f.Text, l...)
	}
	for _, n := range c.names.order {
		f.Labels = append(f.Labels, c.labels[n])
	}
	return f
}

// issuer gives numbers to nodes in the order it is asked for them.
type issuer struct {
	order  []int32
	number []int32 // of each node
}

func newIssuer(nodes int) *issuer {
	return &issuer{number: slices.Repeat([]int32{none}, nodes)}
}

func (s *issuer) has(n int32) bool { return s.number[n] != none }

func (s *issuer) issue(n int32) {
	if !s.has(n) {
		s.number[n] = int32(len(s.order))
		s.order = append(s.order, n)
	}
}

// cut takes back all but the first numbers.
func (s *issuer) cut(first int) {
	for _, n := range s.order[first:] {
		s.number[n] = none
	}
	s.order = s.order[:first]
}

// append appends a node's canonical name.
func (s *issuer) append(dst []byte, n int32) []byte {
	return strconv.AppendInt(append(dst, "_:c14n"...), int64(s.number[n]), 10)
}
