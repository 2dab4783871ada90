package session

import (
	"github.com/cayleygraph/quad"
	"github.com/dop251/goja"
)

// saveMethods are those of a path that tag nodes and do not move.
var saveMethods = []Method{
	{Object: "path", Name: "tag", Aliases: []string{"as"}, Signature: "(tags)", run: tagMethod,
		Doc: "Saves the node under a tag, or under each of several, for the result and for back."},
	{Object: "path", Name: "save", Signature: "(predicate, [tag])", run: save(saveStep{}),
		Doc: "Saves the objects of a node's quads under a tag (without one, under the predicate), without going there. A node without such a quad is dropped."},
	{Object: "path", Name: "saveR", Signature: "(predicate, [tag])", run: save(saveStep{in: true}),
		Doc: "Saves the subjects of the quads that point to a node; otherwise as save."},
	{Object: "path", Name: "saveOpt", Signature: "(predicate, [tag])", run: save(saveStep{optional: true}),
		Doc: "Saves as save does, and keeps the node if there is nothing to save."},
	{Object: "path", Name: "saveOptR", Signature: "(predicate, [tag])", run: save(saveStep{in: true, optional: true}),
		Doc: "Saves as saveR does, and keeps the node if there is nothing to save."},
	{Object: "path", Name: "optional", Signature: "(path)", Extension: true, run: optional,
		Doc: "Walks a path prepared with graph.M and comes back: what it tags is added to the result, once for each way, and a node from which it leads nowhere is kept without."},
	{Object: "path", Name: "saveInPredicates", Signature: "(tag)", run: savePredicates(true),
		Doc: "Saves the predicates that point to a node under a tag."},
	{Object: "path", Name: "saveOutPredicates", Signature: "(tag)", run: savePredicates(false),
		Doc: "Saves the predicates that point out of a node under a tag."},
}

func optional(c *call) goja.Value {
	c.most(1)
	by := c.pathArg(0)
	if by.oneWay() {
		c.fail("a shortest path leads one way only")
	}
	return c.as(c.path.then(optionalStep{by, c.path.labels}, by))
}

func tagMethod(c *call) goja.Value {
	s := tagStep{c.tags(0)}
	c.kept(s.names...)
	return c.as(c.path.then(s))
}

func save(s saveStep) func(*call) goja.Value {
	return func(c *call) goja.Value {
		s := s
		c.most(2)
		if c.none(0) {
			c.wrong(0, "a predicate, as an IRI or a path")
		}
		s.via, s.labels = c.via(0), c.path.labels
		switch {
		case !c.none(1) && c.text(1) != "":
			s.tag = c.tag(1)
		case len(s.via.values) == 1 && len(s.via.paths) == 0:
			s.tag = c.s.tagFor(s.via.values[0])
		default:
			c.fail("argument 2: expected the name of a tag, since argument 1 is not a single predicate")
		}
		c.kept(s.tag)
		return c.as(c.path.then(s, s.via.paths...))
	}
}

// tagFor names the tag of a predicate: as N-Quads write it, or bare for
// JSON-LD.
func (s *session) tagFor(predicate quad.Value) string {
	if s.jsonld {
		switch v := predicate.(type) {
		case quad.IRI:
			return string(v)
		case quad.String:
			return string(v)
		}
	}
	return quad.StringOf(predicate)
}

func savePredicates(in bool) func(*call) goja.Value {
	return func(c *call) goja.Value {
		c.most(1)
		s := savePredicatesStep{in, c.tag(0), c.path.labels}
		c.kept(s.tag)
		return c.as(c.path.then(s))
	}
}
