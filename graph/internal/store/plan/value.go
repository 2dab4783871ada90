package plan

import (
	"regexp"
	"strings"

	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
)

// filters makes a node of a shape's filters, one after the other.
func (b *nodeBuilder) filters(s shape.Filter) node {
	n := b.rows(s.From)
	for _, f := range s.Filters {
		if n == nil {
			return nil
		}
		n = b.filter(n, f)
	}
	return n
}

// filter puts one filter on a node's rows.
func (b *nodeBuilder) filter(n node, f shape.ValueFilter) node {
	switch f := f.(type) {
	case shape.Comparison:
		ranges, err := b.ix.Ranges(f.Op, f.Val)
		if err != nil {
			b.err = err
			return nil
		}
		return limitTo(n, ranges)
	case shape.Regexp:
		return testAll(n, matches(f.Re, f.Refs))
	case shape.Wildcard:
		return b.wildcard(n, f)
	case Follow:
		return b.follow(n, f)
	}
	return &foreign{shape: shape.Filter{From: &Plan{ix: b.ix, node: n}, Filters: []shape.ValueFilter{f}}}
}

func (b *nodeBuilder) wildcard(n node, f shape.Wildcard) node {
	if f.Pattern == "" {
		return fixed(nil)
	}
	if strings.Trim(f.Pattern, "%") == "" {
		return n
	}
	re, err := regexp.Compile(f.Regexp())
	if err != nil {
		b.err = err
		return nil
	}
	if prefix, _, _ := strings.Cut(f.Pattern, "%"); prefix != "" {
		prefix, _, _ = strings.Cut(prefix, "?")
		if prefix != "" {
			ranges, err := b.ix.Prefix(prefix)
			if err != nil {
				b.err = err
				return nil
			}
			n = limitTo(n, ranges)
		}
	}
	return testAll(n, matches(re, true))
}

// matches tests for the matches of Cayley's regular expressions: the text of strings, of
// literals without a native value and, with withRefs, of IRIs and blank nodes.
func matches(re *regexp.Regexp, withRefs bool) func(quad.Value) bool {
	return func(v quad.Value) bool {
		switch v := v.(type) {
		case quad.String:
			return re.MatchString(string(v))
		case quad.LangString:
			return re.MatchString(string(v.Value))
		case quad.TypedString:
			return re.MatchString(string(v.Value))
		case quad.IRI:
			return withRefs && re.MatchString(string(v))
		case quad.BNode:
			return withRefs && re.MatchString(string(v))
		}
		return false
	}
}

// limitTo are the rows of a node within ranges.
func limitTo(n node, ranges []Range) node {
	if ranges == nil {
		ranges = none
	}
	switch n := n.(type) {
	case *nodes:
		if !n.all {
			ranges = overlap(n.ranges, ranges)
		}
		return &nodes{ranges: ranges}
	case *filter:
		c := *n
		if c.ranges != nil {
			ranges = overlap(c.ranges, ranges)
		}
		c.ranges = ranges
		return &c
	case fixed:
		in := make(fixed, 0, len(n))
		for _, id := range n {
			if within(ranges, id) {
				in = append(in, id)
			}
		}
		return in
	case *links:
		if n.at == term.Object && n.pattern.Quad[term.Object] == term.None {
			c := *n
			c.ends = append([]end(nil), n.ends...)
			if c.ranges != nil {
				ranges = overlap(c.ranges, ranges)
			}
			c.ranges = ranges
			if !c.settle() {
				return fixed(nil)
			}
			return &c
		}
	}
	return &filter{from: n, ranges: ranges}
}

// testAll are the rows of a node whose value a test takes.
func testAll(n node, test func(quad.Value) bool) node {
	if f, ok := n.(*filter); ok {
		c := *f
		c.tests = append(append([]func(quad.Value) bool(nil), f.tests...), test)
		return &c
	}
	return &filter{from: n, tests: []func(quad.Value) bool{test}}
}
