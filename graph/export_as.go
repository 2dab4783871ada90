package graph

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/network"
	"kg/internal/rdf/jsonld"
	"kg/internal/rdf/nquads"
	"kg/internal/rdf/turtle"
	"kg/internal/xml"
	"kg/schema"
)

// The formats of an export beside NQuads, Turtle, TriG and JSONLD.
const (
	GraphMLFormat = "graphml"
	GEXF          = "gexf"
	CSV           = "csv" // nodes, then edges, in two files: see ExportCSV
)

// ExportAs writes the store in a format and returns what the format cannot carry: the
// relation or field, the entity, and how often. The output depends on the graph alone,
// not on the order of loading. N-Quads, TriG and JSON-LD lose nothing; for the formats
// of networks see ExportCSV.
func (s *Store) ExportAs(ctx context.Context, w io.Writer, format string, base schema.Base, o ExportOptions) ([]Count, error) {
	switch format {
	case NQuads:
		return nil, s.Export(ctx, w, o)
	case Turtle:
		return s.exportTurtle(ctx, w, base, o)
	case TriG:
		t := turtle.NewWriter(w, turtle.Graphs, base.Prefixes())
		return nil, errors.Join(s.EachSubject(ctx, o, t.Subject), t.Flush())
	case JSONLD:
		j := jsonld.NewWriter(w, base.Prefixes())
		return nil, errors.Join(s.EachSubject(ctx, o, j.Subject), j.Close())
	case GraphMLFormat, GEXF:
		n, lost, err := s.network(ctx, base, o)
		switch {
		case err != nil:
			return nil, err
		case format == GEXF:
			return lost, xml.WriteGEXF(w, n)
		}
		return lost, xml.WriteGraphML(w, n.Graph())
	}
	return nil, fmt.Errorf("no writer for the format %s", format)
}

// ExportCSV writes the network of the store as two tables, with the headers that Neo4j's
// importer reads. The columns of nodes are an id, a label, one for each predicate that
// leads to literals or codes, and the kind; those of edges are start, end and type, its
// claim, who says it, how sure, who denies it, its source and the position there.
func (s *Store) ExportCSV(ctx context.Context, nodes, edges io.Writer, base schema.Base, o ExportOptions) ([]Count, error) {
	n, lost, err := s.network(ctx, base, o)
	if err != nil {
		return nil, err
	}
	return lost, xml.WriteTables(nodes, edges, n)
}

// network builds the network of the store, in memory.
func (s *Store) network(ctx context.Context, base schema.Base, o ExportOptions) (*xml.Network, []Count, error) {
	v := s.View(base)
	each := func(o ExportOptions) func(context.Context, func([]quad.Quad) error) error {
		return func(ctx context.Context, do func([]quad.Quad) error) error { return s.EachSubject(ctx, o, do) }
	}
	return network.Build(ctx, &network.Graph{Names: v.namer, Evidence: v.evidence, Claims: s.WholeView(base).claims, Decisions: v.joins.Decisions,
		All: each(ExportOptions{}), Exported: each(o)})
}

// exportTurtle writes Turtle: RDF 1.1, which loses labels, or RDF 1.2, which keeps the
// labels of claims.
func (s *Store) exportTurtle(ctx context.Context, w io.Writer, base schema.Base, o ExportOptions) ([]Count, error) {
	form, lost := turtle.Plain, network.Losses{}
	if o.Reified {
		form = turtle.Reified
	}
	t := turtle.NewWriter(w, form, base.Prefixes())
	v := s.WholeView(base)
	t.Claim = func(label quad.Value) (bool, error) {
		c, err := v.Claim(ctx, iriOf(label))
		return c != nil, err
	}
	err := s.EachSubject(ctx, o, func(quads []quad.Quad) error {
		for _, q := range quads {
			claim, err := t.Claim(q.Label)
			switch {
			case err != nil:
				return err
			case !claim:
				lost.Add(q.Subject, "the graph label of a triple")
			case !o.Reified:
				lost.Add(q.Subject, "the claim that states a triple")
			}
		}
		return t.Subject(quads)
	})
	return lost.List(), errors.Join(err, t.Flush())
}

// EachSubject calls do with all quads of each subject, in the order of canonical
// N-Quads. The slice is valid during the call only.
func (s *Store) EachSubject(ctx context.Context, o ExportOptions, do func([]quad.Quad) error) error {
	r, w := io.Pipe()
	done := make(chan struct{})
	defer func() { r.Close(); <-done }() // the store is not to be closed under the export
	go func() {
		defer close(done)
		debug.SetPanicOnFault(true) // see Fault
		w.CloseWithError(s.Export(ctx, w, o))
	}()
	var quads []quad.Quad
	for reader := nquads.NewReader(r, "export"); ; {
		q, err := reader.Read()
		if err != nil && err != io.EOF {
			return err
		}
		if len(quads) > 0 && (err == io.EOF || quads[0].Subject != q.Subject) {
			if err := do(quads); err != nil {
				return err
			}
			quads = quads[:0]
		}
		if err == io.EOF {
			return nil
		}
		quads = append(quads, q)
	}
}
