package session

import (
	"github.com/dop251/goja"
)

// setMethods are those of a path that keep, drop or arrange its nodes.
var setMethods = []Method{
	{Object: "path", Name: "is", Signature: "(node, [node]...)", run: is,
		Doc: "Keeps the nodes given, values or lists of them."},
	{Object: "path", Name: "has", Signature: "(predicate, [object]...)", run: has(false),
		Doc: "Keeps the nodes with a quad of the predicate; if objects are given, to any of them; if filters are, to what passes all of them."},
	{Object: "path", Name: "hasR", Signature: "(predicate, [subject]...)", run: has(true),
		Doc: "Keeps the nodes that a quad of the predicate points to; otherwise as has."},
	{Object: "path", Name: "filter", Signature: "(filter, [filter]...)", run: filterMethod,
		Doc: "Keeps the nodes that pass all filters: lt, lte, gt, gte, regex, like."},
	{Object: "path", Name: "intersect", Aliases: []string{"and"}, Signature: "(path)", run: intersect,
		Doc: "Keeps the nodes another path leads to, too, and takes its tags."},
	{Object: "path", Name: "union", Aliases: []string{"or"}, Signature: "(path)", run: union,
		Doc: "Adds the results of another path; a node that both lead to comes twice."},
	{Object: "path", Name: "except", Aliases: []string{"difference"}, Signature: "(path)", run: except,
		Doc: "Drops the nodes another path leads to."},
	{Object: "path", Name: "unique", Signature: "()", run: uniqueMethod,
		Doc: "Keeps each node once, with the tags of the first way to it."},
	{Object: "path", Name: "order", Signature: "()", run: order,
		Doc: "Puts the nodes in ascending order, by value as lt and gt compare: numbers of any datatype, then times by instant (a date by its beginning, in UTC where it names no zone), false and true, texts, texts in a language, literals of other datatypes, IRIs, blank nodes."},
	{Object: "path", Name: "limit", Signature: "(number)", run: limit,
		Doc: "Keeps the first results only; a number below 1 keeps all."},
	{Object: "path", Name: "skip", Signature: "(number)", run: skip,
		Doc: "Drops the first results."},
}

func is(c *call) goja.Value { return c.as(c.path.then(isStep{c.values(0)})) }

func has(in bool) func(*call) goja.Value {
	return func(c *call) goja.Value {
		if c.none(0) {
			c.wrong(0, "a predicate, as an IRI or a path")
		}
		s := hasStep{via: c.via(0), in: in, labels: c.path.labels}
		if s.filters = c.filters(1); s.filters == nil {
			s.nodes = via{values: c.values(1)}
		}
		return c.as(c.path.then(s, s.via.paths...))
	}
}

func filterMethod(c *call) goja.Value {
	f := c.filters(0)
	if f == nil {
		c.wrong(0, "a filter")
	}
	return c.as(c.path.then(filterStep{f}))
}

// filters reads filters from argument i on; it is nil if the first is none.
func (c *call) filters(from int) filters {
	var out filters
	for i := from; i < len(c.args); i++ {
		add := func(v goja.Value) {
			obj, _ := v.(*goja.Object)
			var f *nodeFilter
			if obj != nil {
				f, _ = goValue(obj).(*nodeFilter)
			}
			if f == nil && (i > from || out != nil) {
				c.wrong(i, "a filter, as the one before it")
			}
			if f != nil {
				out = append(out, f.f)
			}
		}
		if !c.list(c.args[i], add) {
			add(c.args[i])
		}
		if out == nil {
			return nil
		}
	}
	return out
}

func intersect(c *call) goja.Value {
	c.most(1)
	p := c.pathArg(0)
	return c.as(c.path.then(andStep{p}, p))
}

func union(c *call) goja.Value {
	c.most(1)
	p := c.pathArg(0)
	return c.as(c.path.then(orStep{p}, p))
}

func except(c *call) goja.Value {
	c.most(1)
	p := c.pathArg(0)
	return c.as(c.path.then(exceptStep{p}, p))
}

func uniqueMethod(c *call) goja.Value {
	c.most(0)
	return c.as(c.path.then(uniqueStep{}))
}

func order(c *call) goja.Value {
	c.most(0)
	return c.as(c.path.then(orderStep{}))
}

func limit(c *call) goja.Value {
	c.most(1)
	return c.as(c.path.then(pageStep{limit: c.int(0)}))
}

func skip(c *call) goja.Value {
	c.most(1)
	return c.as(c.path.then(pageStep{skip: c.int(0)}))
}
