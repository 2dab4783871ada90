package claims

import (
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// reified holds the properties of an RDF 1.2 reifier in vocabularies other than kg's: see
// nquads.ClaimTriples.
type reified struct {
	label           quad.IRI // that it is a claim stands in this graph
	speaker, source quad.IRI
	confidence      string
}

// Speaker and passage in other vocabularies. A claim of kg has properties of PROV too,
// with other meanings: who read the source, and the premises of the claim.
var (
	saidBy = []quad.IRI{"http://purl.org/dc/terms/creator", "https://schema.org/author", "http://schema.org/author", "http://purl.org/pav/authoredBy"}
	saidIn = []quad.IRI{"http://www.w3.org/ns/prov#hadPrimarySource", "https://schema.org/isBasedOn", "http://schema.org/isBasedOn", "https://schema.org/citation", "http://schema.org/citation"}
)

// add takes a property that kg's own vocabulary does not have.
func (r *reified) add(q quad.Quad) {
	name := string(read.IRI(q.Predicate))
	name = strings.ToLower(name[strings.LastIndexAny(name, "/#:")+1:])
	switch {
	case q.Predicate == schema.Type && q.Object == schema.ClaimClass:
		r.label = read.IRI(q.Label)
	case slices.Contains(saidBy, read.IRI(q.Predicate)):
		r.speaker = read.IRI(q.Object)
	case slices.Contains(saidIn, read.IRI(q.Predicate)):
		r.source = read.IRI(q.Object)
	case name == "confidence", name == "certainty", name == "probability":
		r.confidence = name + " " + term.TextOf(q.Object)
	}
}

// complete fills in the properties of a claim that only its reifier has. A claim of a
// claims file has all of them already. It reports whether the claim has a speaker:
// without one it is no claim.
func (r *reified) complete(c *Claim) bool {
	if c.Source == "" {
		c.Source = r.source
	}
	if c.Source == "" && len(c.DerivedFrom) > 0 {
		c.Source, c.DerivedFrom = c.DerivedFrom[0], nil
	}
	if c.Source == "" {
		c.Source = r.label
	}
	if c.Speaker == "" && len(c.DerivedFrom) == 0 {
		if c.Speaker = r.speaker; c.Speaker == "" {
			c.Speaker = c.Annotator
		}
	}
	if c.Speaker != "" && c.Stance == "" {
		c.Stance = schema.Asserts
	}
	if c.Hedge == "" {
		c.Hedge = r.confidence
	}
	return c.Speaker != "" || c.Annotator != ""
}
