package jsonld

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/piprate/json-gold/ld"

	"kg/graph/internal/rdf/nquads"
	"kg/schema"
)

// Write writes quads as one JSON-LD 1.1 document, compacted with the prefixes.
// A term that no RDF file can hold is an error, and then nothing is written.
func Write(w io.Writer, quads []quad.Quad, prefixes []schema.Prefix) error {
	var lines strings.Builder
	for _, q := range quads {
		line, err := nquads.AppendQuad(nil, q)
		if err != nil {
			return fmt.Errorf("writing JSON-LD: %w", err)
		}
		lines.Write(line)
	}
	options := ld.NewJsonLdOptions("")
	options.Format = "application/n-quads"
	options.UseNativeTypes = false // 007 stays 007
	options.DocumentLoader = offline{}
	context := map[string]any{}
	for _, p := range prefixes {
		context[p.Name] = p.IRI
	}
	processor := ld.NewJsonLdProcessor()
	expanded, err := processor.FromRDF(lines.String(), options)
	if err != nil {
		return fmt.Errorf("writing JSON-LD: %w", err)
	}
	document, err := processor.Compact(expanded, map[string]any{"@context": context}, options)
	if err != nil {
		return fmt.Errorf("writing JSON-LD: %w", err)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(document); err != nil {
		return fmt.Errorf("writing JSON-LD: %w", err)
	}
	return nil
}

// offline loads nothing.
type offline struct{}

func (offline) LoadDocument(address string) (*ld.RemoteDocument, error) {
	return nil, &remoteError{address}
}

// remoteError is the error of a document that is not fetched.
type remoteError struct{ address string }

func (e *remoteError) Error() string {
	return fmt.Sprintf("%q is not fetched: kg asks the network for nothing", e.address)
}
