package nquads

import "kg/internal/rdf/lex"

// Base is an absolute IRI against which relative ones are resolved.
type Base = lex.BaseIRI

// NewBase gives the base that an IRI is. It must be absolute.
func NewBase(iri string) (*Base, error) { return lex.NewBase(iri) }
