package graph

import (
	"io"

	"kg/graph/internal/xml"
)

// What GraphML holds: nodes and edges with fields of text.
type (
	GraphML     = xml.Graph
	GraphMLNode = xml.Node
	GraphMLEdge = xml.Edge
)

// WriteGraphML writes nodes and edges as GraphML 1.0.
func WriteGraphML(w io.Writer, g GraphML) error { return xml.WriteGraphML(w, g) }
