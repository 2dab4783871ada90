package session

import (
	"cmp"
	"errors"
	"slices"

	"github.com/cayleygraph/cayley/query/shape"
	"github.com/dop251/goja"

	"kg/graph/internal/store/plan"
)

func oneContext(c *call) goja.Value {
	l := labels{only: via{paths: []*path{c.pathArg(0)}}, tags: c.tags(1), set: true}
	for _, s := range l.only.paths[0].steps {
		switch s := s.(type) {
		case tagStep:
			l.one = append(l.one, s.names...)
		case orStep:
			l.one = nil // its additions are not tagged
		}
	}
	if l.one == nil {
		c.fail("argument 1: the path to the labels tags nothing: tag what they are to have in common, such as g.Kind(\"Source\").tag(\"source\").in(\"<dcterms:source>\")")
	}
	p := c.path.then(contextStep{l}, l.only.paths...)
	p.labels = l
	return c.as(p)
}

// labelled are the labels of a context.
func (b *shapeBuilder) labelled(l labels) shape.Shape {
	if l.one == nil {
		return l.only.shape(b)
	}
	if b.repeated {
		b.err = cmp.Or(b.err, errRepeated)
	}
	outer := b.binding
	b.binding = true
	defer func() { b.binding = outer }()
	return plan.Agreed{From: l.only.shape(b), Tags: l.one}
}

var (
	errRepeated = errors.New("oneContext does not hold within followRecursive and shortestPath: lift it before them with labelContext(null)")
	errUnbound  = errors.New("oneContext: nothing tells what an optional part is to agree with: put a step that passes quads of the same oneContext, such as out or has, before it; within optional and back, which are walked from their end, after it")
)

// optional adds optional matches to nodes. A condition on the row's label must find it
// bound: otherwise the optional match would decide it.
func (b *shapeBuilder) optional(in, with shape.Shape) shape.Shape {
	if binds := bound(with, false); len(binds) > 0 {
		before := bound(in, true)
		for _, tag := range binds {
			if !slices.Contains(before, tag) {
				b.err = cmp.Or(b.err, errUnbound)
			}
		}
	}
	return plan.Optional{From: in, With: with}
}

// bound are the tags that bind rows of a shape: all of them, or some.
func bound(s shape.Shape, all bool) (tags []string) {
	add := func(part shape.Shape) { tags = append(tags, bound(part, all)...) }
	switch s := s.(type) {
	case plan.Agreed:
		return s.Tags
	case plan.Optional:
		if add(s.From); !all {
			add(s.With)
		}
	case plan.Joined:
		add(s.From)
	case plan.Witnessed:
		add(s.From)
	case plan.Recursion:
		add(s.From)
	case shape.Save:
		add(s.From)
	case shape.Unique:
		add(s.From)
	case shape.Page:
		add(s.From)
	case shape.Sort:
		add(s.From)
	case shape.Filter:
		add(s.From)
	case shape.NodesFrom:
		add(s.Quads)
	case shape.Quads:
		for _, f := range s {
			add(f.Values)
		}
	case shape.Intersect:
		for _, part := range s {
			add(part)
		}
	case shape.Union:
		for i, part := range s {
			of := bound(part, all)
			if i > 0 && all {
				tags = slices.DeleteFunc(slices.Clone(tags), func(tag string) bool { return !slices.Contains(of, tag) })
			} else {
				tags = append(tags, of...)
			}
		}
	}
	return tags
}
