package naming

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// described returns what is read for a node, from memory or from the graph.
func (n *Namer) described(ctx context.Context, node quad.IRI) (*described, error) {
	if d := n.nodes[node]; d != nil {
		return d, nil
	}
	d, err := n.readAtOnce(ctx, node)
	if d == nil && err == nil {
		d, err = n.readByPredicate(ctx, node)
	}
	if err != nil {
		return nil, err
	}
	n.nodes[node] = d
	return d, nil
}

// mostAtOnce is how many quads of a node readAtOnce reads: most nodes have fewer.
const mostAtOnce = 64

// readAtOnce reads the quads of a node in one go, and makes terms only of those that are
// shown. It returns nil for a node with many quads, and for a store that is not kg's own.
func (n *Namer) readAtOnce(ctx context.Context, node quad.IRI) (*described, error) {
	ix, err := n.R.OwnIndex()
	if ix == nil || err != nil {
		return nil, err
	}
	f, err := n.R.Facts(ctx, ix, node, mostAtOnce)
	if err != nil || len(f.Quads) > mostAtOnce {
		return nil, err
	}
	return n.describe(ctx, f.Each)
}

// readByPredicate asks for one predicate after another: a node may have any number of
// quads.
func (n *Namer) readByPredicate(ctx context.Context, node quad.IRI) (*described, error) {
	return n.describe(ctx, func(predicate quad.IRI, do func(quad.Quad)) error {
		p := quad.Quad{Subject: node}
		if predicate != "" {
			p.Predicate = predicate
		}
		return n.R.Do(ctx, p, do)
	})
}

// describe makes what is read for a node of its quads: each calls do with those of a
// predicate, or with all for the empty one.
func (n *Namer) describe(ctx context.Context, each func(predicate quad.IRI, do func(quad.Quad)) error) (*described, error) {
	by, err := n.By()
	if err != nil {
		return nil, err
	}
	d := &described{}
	for _, predicate := range by { // the first that the node has names it
		err := each(predicate, func(q quad.Quad) { d.add(q) })
		if err == nil && len(d.names) > 1 {
			err = n.byDate(ctx, d.names)
		}
		if err != nil {
			return nil, err
		}
		if len(d.names) > 0 {
			break
		}
	}
	d.one = len(d.names) > 0 && !slices.ContainsFunc(d.names, func(n name) bool { return n.text != d.names[0].text })
	figure := false
	err = each(schema.Type, func(q quad.Quad) {
		figure = figure || q.Object == quad.Value(schema.QuantityClass) || q.Object == quad.Value(schema.DateClass)
	})
	if !figure || err != nil {
		return d, err
	}
	d.parts = map[string]quad.Value{}
	return d, each("", func(q quad.Quad) {
		if q.Predicate != schema.Type && q.Predicate != schema.Label {
			d.parts[schema.IRI(read.IRI(q.Predicate)).LastPart()] = q.Object
		}
	})
}

// add adds the name that a quad gives.
func (d *described) add(q quad.Quad) {
	n := name{text: term.TextOf(q.Object), source: schema.IRI(read.IRI(q.Label)).Source()}
	if t, ok := q.Object.(quad.LangString); ok {
		n.language = t.Lang
	}
	if n.text != "" {
		d.names = append(d.names, n)
	}
}

// By returns the relations that name things in the graph, the best first. Those that the
// graph does not have are left out: most things without a name are figures, and each
// relation would be asked for in vain.
func (n *Namer) By() ([]quad.IRI, error) {
	if n.by != nil {
		return n.by, nil
	}
	by := []quad.IRI{}
	for _, predicate := range append(n.Relations(), schema.Description) {
		known, err := n.R.Has(predicate)
		if err != nil {
			return nil, err
		}
		if known {
			by = append(by, predicate)
		}
	}
	n.by = by
	return by, nil
}

// byDate puts the names of the earliest source first; those of a source without a date
// come last.
func (n *Namer) byDate(ctx context.Context, list []name) error {
	for _, one := range list {
		if _, known := n.issued[one.source]; known {
			continue
		}
		day, err := n.R.Object(ctx, one.source, schema.Issued)
		if err != nil {
			return err
		}
		n.issued[one.source] = cmp.Or(term.TextOf(day), "undated") // after every digit
	}
	slices.SortFunc(list, func(a, b name) int {
		return cmp.Or(
			cmp.Compare(n.issued[a.source], n.issued[b.source]), cmp.Compare(a.source, b.source),
			strings.Compare(a.text, b.text), strings.Compare(a.language, b.language))
	})
	return nil
}
