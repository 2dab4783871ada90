package schema

import (
	"strings"

	"github.com/cayleygraph/quad"
)

// LastPart is what stands behind the last / or # of an IRI.
func LastPart(iri quad.IRI) string {
	s := string(iri)
	return s[strings.LastIndexAny(s, "/#")+1:]
}
