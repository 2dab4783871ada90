package schema

import "github.com/cayleygraph/quad"

// labelled are quads of one label.
type labelled struct {
	label quad.IRI
	list  []quad.Quad
}

func (l *labelled) add(s, p quad.IRI, o quad.Value) {
	l.list = append(l.list, quad.Quad{Subject: s, Predicate: p, Object: o, Label: l.label})
}

// Quads returns the ontology as RDFS, labelled with its own IRI, so that it
// can be asked like everything else.
func (o *Ontology) Quads() []quad.Quad {
	q := &labelled{label: OntologyIRI}
	for _, k := range o.Kinds() {
		q.add(k.IRI, Type, Class)
		q.add(k.IRI, Label, quad.String(k.Name))
		q.add(k.IRI, Comment, quad.String(k.Is))
		if k.Parent != nil {
			q.add(k.IRI, SubClassOf, k.Parent.IRI)
		}
		for _, c := range k.Codes {
			q.add(c.IRI, Type, k.IRI)
			q.add(c.IRI, Label, quad.String(c.Name))
			q.add(c.IRI, Comment, quad.String(c.Is))
		}
	}
	for _, r := range o.Relations() {
		q.add(r.IRI, Type, Property)
		q.add(r.IRI, Label, quad.String(r.Name))
		q.add(r.IRI, Comment, quad.String(r.Is))
		q.add(r.IRI, Domain, r.Domain.IRI)
		if len(r.Kinds) > 1 {
			for _, k := range r.Kinds {
				q.add(r.IRI, domainIncludes, k.IRI)
			}
		}
		if r.Belongs {
			q.add(r.IRI, SubPropertyOf, BelongsTo)
		}
		if r.Range != nil {
			q.add(r.IRI, Range, r.Range.IRI)
			q.add(r.IRI, InverseLabel, quad.String(r.Inverse))
		} else {
			q.add(r.IRI, Range, literals[r.Literal])
		}
	}
	return q.list
}
