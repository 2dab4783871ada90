package session

import (
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
	"github.com/dop251/goja"

	"kg/internal/js"
)

// The terms of RDF Schema that define kinds.
const (
	rdfType    = quad.IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
	rdfsClass  = quad.IRI("http://www.w3.org/2000/01/rdf-schema#Class")
	rdfsLabel  = quad.IRI("http://www.w3.org/2000/01/rdf-schema#label")
	subClassOf = quad.IRI("http://www.w3.org/2000/01/rdf-schema#subClassOf")
)

// kindStep keeps the nodes of some classes, each once. The kind of a node is no evidence.
type kindStep struct{ classes []quad.Value }

func (s kindStep) apply(in shape.Shape, b *shapeBuilder) shape.Shape {
	quads := shape.Quads{
		{Dir: quad.Object, Values: b.lookup(s.classes)},
		{Dir: quad.Predicate, Values: b.lookup([]quad.Value{rdfType})},
	}
	of := b.joined(shape.Unique{From: shape.NodesFrom{Dir: quad.Subject, Quads: quads}})
	if _, ok := in.(shape.AllNodes); ok {
		return of
	}
	return b.meet(in, of)
}

func (s kindStep) reverse() pathStep { return s }

func kindMethod(c *call) goja.Value {
	var classes []quad.Value
	for i := range c.args {
		add := func(v goja.Value) {
			term, ok := value(v)
			if !ok {
				c.wrong(i, "the name of a kind, or its IRI")
			}
			classes = append(classes, c.classes(c.named(term))...)
		}
		if !c.list(c.args[i], add) {
			add(c.args[i])
		}
	}
	if len(c.args) == 0 {
		c.wrong(0, "the name of a kind, or its IRI")
	}
	return c.as((&path{}).then(kindStep{classes}).begun())
}

// classes are the class of a name or an IRI and all those below it.
func (c *call) classes(name quad.Value) []quad.Value {
	if list, known := c.s.opts.Kinds[name]; known {
		return list
	}
	start := (&path{}).then(isStep{[]quad.Value{name}})
	if _, ok := name.(quad.IRI); !ok {
		start = start.then(hopStep{in: true, via: via{values: []quad.Value{rdfsLabel}}}).
			then(hasStep{via: via{values: []quad.Value{rdfType}}, nodes: via{values: []quad.Value{rdfsClass}}})
	}
	below := (&path{}).then(hopStep{in: true, via: via{values: []quad.Value{subClassOf}}})
	list := c.ends(start.then(orStep{start.then(recursiveStep{by: below}, below)}))
	any := (&path{}).then(isStep{[]quad.Value{rdfsClass}}).then(hopStep{in: true, via: via{values: []quad.Value{rdfType}}})
	if len(list) == 0 && len(c.ends(any)) > 0 {
		c.fail("there is no kind %s in the graph", describeTerm(name))
	}
	if c.s.opts.Kinds != nil {
		c.s.opts.Kinds[name] = list
	}
	return list
}

func describeTerm(v quad.Value) string {
	if s, ok := v.(quad.String); ok {
		return `"` + js.Shorten(string(s)) + `"`
	}
	return js.Shorten(v.String())
}

// ends returns the nodes that a path leads to.
func (c *call) ends(p *path) []quad.Value {
	var list []quad.Value
	c.below(func() error {
		return c.s.scan(p, false, func(r *rows, id refs.Ref) error {
			v, err := c.s.nameOf(id)
			list = append(list, v)
			return err
		})
	})
	return list
}

// reach starts at the nodes given and at all that belong to them, by the predicates of
// Options.Belongs.
func reach(c *call) goja.Value {
	from := c.via(0)
	if from.all() {
		c.wrong(0, "a value, a list or a path to start from")
	}
	start := (&path{}).then(viaStep{from}, from.paths...)
	if len(c.s.opts.Belongs) == 0 {
		return c.as(start.begun())
	}
	by := hopStep{in: true}
	for _, iri := range c.s.opts.Belongs {
		by.via.values = append(by.via.values, iri)
	}
	belongs := start.then(recursiveStep{by: (&path{}).then(by)})
	return c.as(start.then(orStep{belongs}, belongs).begun())
}
