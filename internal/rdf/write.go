// Package rdf writes a few quads in one of the formats of the packages below it.
package rdf

import (
	"fmt"
	"io"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/internal/rdf/jsonld"
	"kg/internal/rdf/nquads"
	"kg/internal/rdf/turtle"
	"kg/schema"
)

// Write writes quads as canonical N-Quads (nq), Turtle (ttl) or JSON-LD
// (jsonld). The latter two leave out graph labels and shorten IRIs by base.
func Write(w io.Writer, format string, quads []quad.Quad, base schema.Base) error {
	switch format {
	case "nq":
		return writeNQuads(w, quads)
	case "ttl":
		return turtle.Write(w, quads, base.Prefixes())
	case "jsonld":
		return jsonld.Write(w, quads, base.Prefixes())
	}
	return fmt.Errorf("no writer for the format %s", format)
}

func writeNQuads(w io.Writer, quads []quad.Quad) error {
	var lines []string
	for _, q := range quads {
		line, err := nquads.AppendQuad(nil, q)
		if err != nil {
			return err
		}
		lines = append(lines, string(line))
	}
	slices.Sort(lines)
	for _, line := range slices.Compact(lines) {
		if _, err := io.WriteString(w, line); err != nil {
			return err
		}
	}
	return nil
}
