package ftm

import (
	"github.com/cayleygraph/quad"

	"kg/schema"
)

const retracted = "an edge or value that is retracted"

// standing returns the quads that are not retracted. An entity or source without any is
// lost: nothing states that it is one.
func (w *Writer) standing(quads []quad.Quad) ([]quad.Quad, error) {
	list := make([]quad.Quad, 0, len(quads))
	thing := false
	for _, q := range quads {
		c, err := w.graph.Claim(q.Label)
		if err != nil {
			return nil, err
		}
		if !c.Retracted {
			list = append(list, q)
		}
		kind, _ := q.Object.(quad.IRI)
		thing = thing || q.Predicate == schemaTerm || q.Predicate == schema.Type && (kind == schema.SourceClass || w.m.schemaOf(kind) != nil)
	}
	if len(list) == 0 && thing {
		w.Losses[Lost{quads[0].Subject, retracted}] += len(quads)
	}
	return list, nil
}

// unreal returns the claims that state an event as planned, promised or attempted, if the
// schema has no status and another claim states that the event happened. If no claim does,
// it returns none: the event is left out as a whole.
func (w *Writer) unreal(g *gathered, quads []quad.Quad) (map[quad.Value]bool, error) {
	if !g.ours || g.schema.props["status"] != nil {
		return nil, nil
	}
	happened := map[quad.Value]bool{} // by claims that state a status
	for _, q := range quads {
		code, ok := q.Object.(quad.IRI)
		if q.Predicate != schema.Status || !ok {
			continue
		}
		if c, err := w.graph.Claim(q.Label); err != nil {
			return nil, err
		} else if !c.Denied {
			happened[q.Label] = happened[q.Label] || happens(code)
		}
	}
	unreal, some := map[quad.Value]bool{}, false
	for claim, is := range happened {
		unreal[claim], some = !is, some || is
	}
	if !some {
		return nil, nil
	}
	return unreal, nil
}

// takeAll takes the values of the quads and records their sources. It counts as lost the
// quads that are denied, and those of unreal claims.
func (w *Writer) takeAll(g *gathered, quads []quad.Quad) error {
	unreal, err := w.unreal(g, quads)
	if err != nil {
		return err
	}
	for _, q := range quads {
		c, err := w.graph.Claim(q.Label)
		switch {
		case err != nil:
			return err
		case unreal[q.Label]:
			w.lose(g.iri, "what a claim says of an event as planned, promised or attempted")
			continue
		case c.Denied:
			w.lose(g.iri, "an edge or value that is denied")
			continue
		}
		g.claim = q.Label
		if c.Source != "" && g.ours {
			if g.sources[c.Source] == nil {
				g.sources[c.Source] = q.Label
			}
			if c.See != "" && g.schema.props["sourceUrl"] != nil {
				g.add("sourceUrl", string(c.See))
			}
		}
		if err := w.take(g, q); err != nil {
			return err
		}
	}
	return nil
}
