package session

import (
	"github.com/cayleygraph/cayley/schema"
	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/voc"
	"github.com/dop251/goja"
)

// graphMethods are those of graph, or g for short.
var graphMethods = []Method{
	{Object: "graph", Name: "V", Aliases: []string{"Vertex"}, Signature: "([node], [node]...)", run: vertex,
		Doc: "Starts a path at the nodes given, values or lists of them; with none, at all nodes."},
	{Object: "graph", Name: "M", Aliases: []string{"Morphism"}, Signature: "()", run: morphism,
		Doc: "Starts a path without a place, to be kept in a variable and walked by follow, followR or followRecursive."},
	{Object: "graph", Name: "Kind", Signature: "(kind, [kind]...)", Extension: true, run: kindMethod,
		Doc: "Starts a path at the things of a kind, or of a kind below it, each once: by the kind's name, as in Kind(\"Bribe\"), or its IRI."},
	{Object: "graph", Name: "Reach", Signature: "(nodes)", Extension: true, run: reach,
		Doc: "Starts a path at the nodes given, values, lists or a path, and at all that belongs to them: what lies within a place, the people, organisations and vessels of a country, the members of a group."},
	{Object: "graph", Name: "IRI", Aliases: []string{"Uri"}, Signature: "(text)", run: iriOf,
		Doc: "An IRI, its prefix expanded if it is a known one. A text in angle brackets is one, too: \"<kgo:payer>\"."},
	{Object: "graph", Name: "addNamespace", Signature: "(prefix, iri)", run: addNamespace,
		Doc: "Declares a prefix for graph.IRI."},
	{Object: "graph", Name: "addDefaultNamespaces", Signature: "()", run: addDefaultNamespaces,
		Doc: "Declares the well-known prefixes: rdf, rdfs, schema and others."},
	{Object: "graph", Name: "loadNamespaces", Signature: "()", run: loadNamespaces,
		Doc: "Declares the prefixes that are stored in the graph."},
	{Object: "graph", Name: "emit", Signature: "(value)", run: emitValue, asks: true,
		Doc: "Adds a value of any kind to the result; nothing is not added."},
	{Object: "graph", Name: "shortestPath", Signature: "(from, to, [k], [predicates])", Extension: true, run: shortestBetween,
		Doc: "The k shortest paths (1 if absent) between two sets of nodes: values, lists or paths. The same as V(from).shortestPath(to, k, predicates)."},
}

func vertex(c *call) goja.Value { return c.as((&path{}).then(isStep{c.values(0)}).begun()) }

func morphism(c *call) goja.Value {
	c.most(0)
	return c.as(&path{})
}

func iriOf(c *call) goja.Value {
	c.most(1)
	text := c.iriText(0)
	return c.made(quad.IRI(c.s.ns.FullIRI(text)), text)
}

// iriText reads a string, or an IRI, which is then read again.
func (c *call) iriText(i int) string {
	if v, ok := value(c.arg(i)); ok {
		if iri, ok := v.(quad.IRI); ok {
			if _, isObject := c.arg(i).(*goja.Object); isObject {
				return string(iri)
			}
		}
	}
	return c.text(i)
}

func addNamespace(c *call) goja.Value {
	c.most(2)
	c.s.ns.Register(voc.Namespace{Prefix: c.text(0) + ":", Full: c.iriText(1)})
	return goja.Undefined()
}

func addDefaultNamespaces(c *call) goja.Value {
	c.most(0)
	voc.CloneTo(&c.s.ns)
	return goja.Undefined()
}

func loadNamespaces(c *call) goja.Value {
	c.most(0)
	c.below(func() error { return schema.NewConfig().LoadNamespaces(c.s.Context, c.s.qs, &c.s.ns) })
	return goja.Undefined()
}

func emitValue(c *call) goja.Value {
	if v := c.arg(0); !nothing(v) {
		c.s.give(emitted, v)
	}
	return goja.Null()
}

func shortestBetween(c *call) goja.Value {
	from := c.via(0)
	if from.all() {
		c.wrong(0, "a value, a list or a path to start from")
	}
	return c.as(c.shortest((&path{}).then(viaStep{from}, from.paths...), 1))
}
