package session

import (
	"cmp"

	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
	"github.com/dop251/goja"
)

// finalMethods are those of a path that run it.
var finalMethods = []Method{
	{Object: "path", Name: "all", Signature: "()", run: all,
		Doc: "Adds a row to the result for each way the path can go: its end under id, and its tags."},
	{Object: "path", Name: "getLimit", Signature: "(number)", run: getLimit,
		Doc: "Adds the first rows only; a number below 1 adds all."},
	{Object: "path", Name: "toArray", Signature: "([number])", run: toArray,
		Doc: "Returns the nodes at the end of the path as an array, the first ones only if a number is given."},
	{Object: "path", Name: "tagArray", Signature: "([number])", run: tagArray,
		Doc: "Returns the rows as an array of objects: values by tag."},
	{Object: "path", Name: "toValue", Signature: "()", run: toValue,
		Doc: "Returns the first node, or null."},
	{Object: "path", Name: "tagValue", Signature: "()", run: tagValue,
		Doc: "Returns the first row as an object, or null."},
	{Object: "path", Name: "forEach", Aliases: []string{"map"}, Signature: "([number], callback)", run: forEach,
		Doc: "Calls a function with each row, or with the first ones only if a number is given."},
	{Object: "path", Name: "count", Signature: "()", run: countMethod,
		Doc: "Returns the number of rows."},
}

func all(c *call) goja.Value {
	c.most(0)
	return c.rows(-1)
}

func getLimit(c *call) goja.Value {
	c.most(1)
	return c.rows(c.int(0))
}

// rows sends the path's rows, n at most if n is above 0.
func (c *call) rows(n int64) goja.Value {
	sent := int64(0)
	c.run(true, func(r *rows, id refs.Ref) error {
		r.unread = c.s.opts.Unread
		row, ok, err := r.row(id)
		if err != nil || !ok {
			return err
		}
		if n > 0 && sent >= n {
			return errEnough
		}
		sent++
		if err := c.s.prove(r, c.path.untraced, &row); err != nil {
			return err
		}
		c.s.send(item{row: row})
		return nil
	})
	return goja.Undefined()
}

func toArray(c *call) goja.Value  { return c.array(c.nodes) }
func tagArray(c *call) goja.Value { return c.array(c.objects) }

func (c *call) array(read func(n int64) []any) goja.Value {
	c.most(1)
	n := int64(-1)
	if !c.none(0) {
		n = c.int(0)
	}
	return c.s.VM.NewArray(read(n)...)
}

func toValue(c *call) goja.Value  { return c.first(c.nodes) }
func tagValue(c *call) goja.Value { return c.first(c.objects) }

func (c *call) first(read func(n int64) []any) goja.Value {
	c.most(0)
	if list := read(1); len(list) > 0 {
		return c.s.VM.ToValue(list[0])
	}
	return goja.Null()
}

// nodes reads the path's nodes, n at most unless n is negative. Like Cayley's
// it does not ask for the further ways to a node.
func (c *call) nodes(n int64) []any {
	var list []any
	c.read(n, false, func(r *rows, id refs.Ref) error {
		v, err := c.s.nameOf(id)
		if err == nil && v != nil {
			list = append(list, c.s.js(v))
		}
		return err
	})
	return list
}

// objects reads the path's rows as objects, n at most unless n is negative.
func (c *call) objects(n int64) []any {
	var list []any
	c.read(n, true, func(r *rows, id refs.Ref) error {
		row, ok, err := r.row(id)
		if ok {
			list = append(list, c.s.rowObject(row))
		}
		return err
	})
	return list
}

// read ranges over results that go into the script's variables.
func (c *call) read(n int64, paths bool, f func(r *rows, id refs.Ref) error) {
	c.s.known.counted = true
	if n == 0 {
		return
	}
	c.run(paths, func(r *rows, id refs.Ref) error {
		if id == nil {
			return nil
		}
		if err := f(r, id); err != nil {
			return err
		}
		if n--; n == 0 {
			return errEnough
		}
		return nil
	})
}

func forEach(c *call) goja.Value {
	c.most(2)
	last := max(len(c.args)-1, 0)
	callback, ok := goja.AssertFunction(c.arg(last))
	if !ok {
		c.wrong(last, "a function")
	}
	n := int64(-1)
	if len(c.args) == 2 {
		n = c.int(0)
	}
	if n == 0 {
		return goja.Null()
	}
	c.run(true, func(r *rows, id refs.Ref) error {
		row, ok, err := r.row(id)
		if err != nil || !ok {
			return err
		}
		defer c.s.known.within(r, row, c.path.untraced)()
		if _, err := callback(c.this, c.s.rowObject(row)); err != nil {
			return err
		}
		if n--; n == 0 {
			return errEnough
		}
		return nil
	})
	return goja.Null()
}

func countMethod(c *call) goja.Value {
	c.most(0)
	n := int64(0)
	c.s.known.counted = true
	c.below(func() (err error) {
		b := &shapeBuilder{s: c.s}
		sh := b.path(c.path)
		if b.err == nil {
			n, err = c.s.count(sh)
		}
		return cmp.Or(b.err, err)
	})
	return c.s.VM.ToValue(n)
}

// count counts the rows of a shape, or has the store do it if it can.
func (s *session) count(sh shape.Shape) (n int64, err error) {
	if r, ok := s.qs.(shape.Optimizer); ok {
		below, _ := shape.Count{Values: sh}.Optimize(s.Context, r)
		if _, ours := below.(shape.Count); !ours && !shape.IsNull(below) {
			return s.countBelow(below)
		}
	}
	it := s.iterator(s.Context, sh).Iterate()
	defer it.Close()
	err = s.ways(s.Context, it, true, func() error { n++; return nil })
	return n, err
}

// countBelow is the store's own count.
func (s *session) countBelow(count shape.Shape) (int64, error) {
	it := count.BuildIterator(s.qs).Iterate()
	defer it.Close()
	if !it.Next(s.Context) {
		return 0, cmp.Or(it.Err(), s.Context.Err())
	}
	v, err := s.nameOf(it.Result())
	n, _ := v.(quad.Int)
	return int64(n), err
}
