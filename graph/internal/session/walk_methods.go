package session

import (
	"github.com/dop251/goja"

	"kg/internal/js"
)

// walkMethods are those of a path that go on to other nodes.
var walkMethods = []Method{
	{Object: "path", Name: "out", Signature: "([predicates], [tags])", run: hopMethod(hopStep{}),
		Doc: "Follows quads from subject to object: of one predicate, of any in a list, of any a path leads to, or of all. The tags take the predicate."},
	{Object: "path", Name: "in", Signature: "([predicates], [tags])", run: hopMethod(hopStep{in: true}),
		Doc: "Follows quads from object to subject; otherwise as out."},
	{Object: "path", Name: "both", Signature: "([predicates], [tags])", run: hopMethod(hopStep{both: true}),
		Doc: "Follows quads either way; otherwise as out."},
	{Object: "path", Name: "follow", Signature: "(path)", run: follow,
		Doc: "Walks a path prepared with graph.M from here."},
	{Object: "path", Name: "followR", Signature: "(path)", run: followR,
		Doc: "Walks a prepared path backwards, in and out swapped."},
	{Object: "path", Name: "followRecursive", Signature: "(path, [depth], [tags])", run: followRecursive,
		Doc: "Walks a prepared path, or a predicate, again and again: all nodes it meets, each once, by the first way there; if that way starts at a node whose rows differ in their tags, once for each. The depth is the number of walks at most (without it, and with 0 or less, there is no bound); the tags take the number it took."},
	{Object: "path", Name: "back", Signature: "([tag])", run: back,
		Doc: "Returns to the node a tag was set at, keeping what was asked since; without a tag, to the nodes the path started at, however often it went back before."},
	{Object: "path", Name: "inPredicates", Signature: "()", run: predicates(true),
		Doc: "Goes to the predicates that point to a node, each once."},
	{Object: "path", Name: "outPredicates", Signature: "()", run: predicates(false),
		Doc: "Goes to the predicates that point out of a node, each once."},
	{Object: "path", Name: "labels", Signature: "()", run: labelsMethod,
		Doc: "Goes to the labels of the quads a node is in, each once."},
	{Object: "path", Name: "labelContext", Signature: "([labels], [tags])", run: labelContext,
		Doc: "Restricts what follows to quads of these labels, or, with null, lifts the restriction. It holds for every step that passes quads, and within the paths that follow, followR, followRecursive, optional and shortestPath walk, unless these have a context of their own; a path given to any other method begins without one. The tags take the label of the last such hop."},
	{Object: "path", Name: "oneContext", Signature: "(labels, [tags])", Extension: true, run: oneContext,
		Doc: "Restricts what follows to quads whose labels a path leads to, and all quads of a row to labels that have in common what the path tags: with g.Kind(\"Source\").tag(\"source\").in(\"<dcterms:source>\") they are of claims of one source, which the row tells. Otherwise it is as labelContext. An optional part is left out where it does not agree, and stands behind a step that does; unique keeps a node once for each of what the quads have in common; followRecursive and shortestPath are not for it."},
	{Object: "path", Name: "shortestPath", Signature: "(to, [k], [predicates])", Extension: true, run: shortestPath,
		Doc: "Goes to the nodes of a set - values, a list or a path - by the k shortest ways (1 if absent), one result for each, shortest first, of the same length by their start and then node by node, as order does; ways differ in their nodes and never pass one twice, and may pass through other members of both sets. They lead over the predicates, as in out, over any if none are given, or over a prepared path: g.M().both() goes either way. See hops."},
	{Object: "path", Name: "hops", Signature: "(tag)", Extension: true, run: hopsMethod,
		Doc: "Saves the whole quads that the last step passed: one after out, in, both, has or save, all of them after follow, and each hop from the start with its predicate and label after followRecursive and shortestPath."},
}

func hopMethod(h hopStep) func(*call) goja.Value {
	return func(c *call) goja.Value {
		h := h
		h.via, h.tags, h.labels = c.via(0), c.tags(1), c.path.labels
		c.kept(h.tags...)
		return c.as(c.path.then(h, h.via.paths...))
	}
}

func follow(c *call) goja.Value {
	c.most(1)
	by := c.pathArg(0)
	return c.as(c.path.then(followStep{by, c.path.labels}, by))
}

func followR(c *call) goja.Value {
	c.most(1)
	by := c.pathArg(0)
	if by.oneWay() {
		c.fail("a shortest path leads one way only")
	}
	by = by.reversed()
	return c.as(c.path.then(followStep{by, c.path.labels}, by))
}

func followRecursive(c *call) goja.Value {
	s := recursiveStep{by: c.repeated(0), labels: c.path.labels}
	next := 1
	if n, ok := c.arg(1).Export().(int64); ok {
		s.depth, next = int(max(n, 0)), 2
	} else if c.none(1) {
		next = 2
	} else if _, ok := c.arg(1).Export().(float64); ok {
		c.wrong(1, "a whole number or the name of a tag")
	}
	s.depthTags = c.tags(next)
	c.kept(s.depthTags...)
	return c.as(c.path.then(s, s.by))
}

// repeated reads a prepared path, or predicates to follow outwards.
func (c *call) repeated(i int) *path {
	v := c.via(i)
	if v.all() {
		c.wrong(i, "a path or a predicate")
	}
	return v.walk()
}

// walk returns the path that a via walks: a single path itself, predicates as out.
func (v via) walk() *path {
	if len(v.paths) == 1 && len(v.values) == 0 {
		return v.paths[0]
	}
	return (&path{}).then(hopStep{via: v}, v.paths...)
}

func back(c *call) goja.Value {
	c.most(1)
	tag := ""
	if !c.none(0) {
		tag = c.tag(0)
	}
	if c.path.oneWay() {
		c.fail("a shortest path leads one way only")
	}
	p, ok := c.path.back(tag)
	if !ok {
		c.fail("no step before it sets the tag %q", js.Shorten(tag))
	}
	return c.as(p)
}

func predicates(in bool) func(*call) goja.Value {
	return func(c *call) goja.Value {
		c.most(0)
		return c.as(c.path.then(predicatesStep{in: in, labels: c.path.labels}))
	}
}

func labelsMethod(c *call) goja.Value {
	c.most(0)
	return c.as(c.path.then(labelsStep{labels: c.path.labels}))
}

func labelContext(c *call) goja.Value {
	l := labels{only: c.via(0), tags: c.tags(1), set: true}
	p := c.path.then(contextStep{l}, l.only.paths...)
	p.labels = l
	return c.as(p)
}

func shortestPath(c *call) goja.Value { return c.as(c.shortest(c.path, 0)) }

// shortest reads the arguments from the set to go to on.
func (c *call) shortest(from *path, i int) *path {
	c.most(i + 3)
	to := c.via(i)
	if to.all() {
		c.wrong(i, "a value, a list or a path to go to")
	}
	s := shortestStep{to: to, k: 1, by: c.via(i + 2).walk(), labels: from.labels}
	if !c.none(i + 1) {
		if s.k = int(min(c.int(i+1), maxPaths)); s.k < 1 {
			c.wrong(i+1, "a number of paths")
		}
	}
	return from.then(s, append(to.paths, s.by)...)
}

func hopsMethod(c *call) goja.Value {
	c.most(1)
	tag := c.tag(0)
	n := len(c.path.steps)
	if n == 0 {
		c.fail("there is no step before it")
	}
	switch c.path.steps[n-1].(type) {
	case hopStep, hasStep, saveStep, followStep, recursiveStep, shortestStep, savePredicatesStep, predicatesStep, labelsStep:
	default:
		c.fail("the step before it passes no quads: it goes after out, in, both, has, save, follow, followRecursive or shortestPath")
	}
	p := *c.path
	p.steps = append(p.steps[:n-1:n-1], hopsStep{p.steps[n-1], tag})
	return c.as(&p)
}
