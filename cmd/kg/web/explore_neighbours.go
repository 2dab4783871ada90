package web

import (
	"net/http"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/schema"
)

// opened reads the neighbours of an open node: its first pages, of the edges that match
// the filters.
func (x *explored) opened(o opened) ([]quad.Quad, error) {
	iri, err := x.a.Base.Expand(o.key)
	if err != nil {
		return nil, refuse(http.StatusBadRequest, "%q has no neighbours: %v", o.key, err)
	}
	if c, err := x.a.Claim(x.a.ctx, iri); c != nil || err != nil || o.pages == 0 {
		return nil, err
	}
	first, all, more, err := x.a.neighbours(iri, graph.EdgeFilter{}, o.pages*pageExplored)
	x.more[o.key], x.about[o.key] = more, all
	if f, set := x.filter(); set && err == nil {
		var passing []quad.Quad
		passing, _, x.more[o.key], err = x.a.neighbours(iri, f, o.pages*pageExplored)
		first = append(first, passing...)
	}
	return first, err
}

// filter returns the part of the page's filters that the graph can apply.
func (x *explored) filter() (f graph.EdgeFilter, set bool) {
	expand := func(key string) (iri quad.IRI) {
		if key != "" {
			iri, _ = x.a.Base.Expand(key) // what is no IRI filters out everything later
			set = set || iri != ""
		}
		return iri
	}
	if relation := expand(x.relation); relation != "" {
		f.Relations = []quad.IRI{relation}
	}
	f.Speaker, f.Source = expand(x.speaker), expand(x.source)
	return f, set
}

// mostPassed bounds the quads read in search of edges: a publisher has many quads that
// are not edges, from all its sources.
const mostPassed = 2000

// neighbours returns the first edges of a node, and the number of quads among which they
// are.
func (a *asked) neighbours(node quad.IRI, f graph.EdgeFilter, most int) (edges []quad.Quad, all int, more bool, err error) {
	class, err := a.Class(a.ctx, node)
	if err != nil {
		return nil, 0, false, err
	}
	type triple struct{ s, p, o quad.Value }
	seen := map[triple]bool{}
	for _, member := range class {
		for cursor, passed := "", 0; ; {
			page, err := a.Neighbours(a.ctx, member, f, cursor, most-len(edges)+1)
			if err != nil {
				return nil, 0, false, err
			}
			if cursor == "" {
				all += joined(page.Relations)
			}
			for _, e := range page.Edges {
				t := triple{e.Quad.Subject, e.Quad.Predicate, e.Quad.Object}
				if passed++; seen[t] || !joins(e) {
					continue
				}
				if len(edges) == most {
					return edges, all, true, nil
				}
				seen[t] = true
				edges = append(edges, e.Quad)
			}
			if cursor = page.Next; cursor == "" || passed > mostPassed {
				more = more || cursor != ""
				break
			}
		}
	}
	return edges, all, more, nil
}

// joined counts the quads of relations that can be edges.
func joined(relations []graph.Relation) (n int) {
	for _, r := range relations {
		if !r.OfFile() && !r.OfRecord() {
			n += r.N
		}
	}
	return n
}

// says reports whether a relation only gives a name, a kind or a description.
func says(relation quad.IRI) bool {
	return graph.Relation{IRI: relation}.OfFile()
}

// joins reports whether a quad is an edge between two entities, or an entity and a value,
// that a claim states or another graph has. Names, kinds and codes are not edges.
func joins(e graph.Edge) bool {
	return !e.IsCode() && !says(e.Relation()) && e.Quad.Subject != e.Quad.Object &&
		(e.Foreign || e.Claim != nil && !schema.IRI(iriOf(e.Quad.Subject)).Under(e.Claim.IRI))
}
