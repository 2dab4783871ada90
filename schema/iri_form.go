package schema

import (
	"encoding/hex"
	"strings"

	"github.com/cayleygraph/quad"
)

// IRI is an IRI that is asked for what its form tells, whatever its base.
type IRI quad.IRI

// LastPart is what stands behind the last / or # of an IRI.
func (iri IRI) LastPart() string {
	s := string(iri)
	return s[strings.LastIndexAny(s, "/#")+1:]
}

// IsBackground reports whether an IRI is that of the source of what every reader
// knows, whatever its base.
func (iri IRI) IsBackground() bool {
	before, is := strings.CutSuffix(string(iri), "source/background")
	return is && endsBase(before)
}

// Source is whose word stands under a label: the source of a claim, or the label itself.
func (iri IRI) Source() quad.IRI {
	if source, _, _, ok := iri.SplitClaim(); ok {
		return source
	}
	return quad.IRI(iri)
}

// IsClaim reports whether an IRI has the form of a claim's.
func (iri IRI) IsClaim() bool {
	_, _, part, ok := iri.SplitClaim()
	return ok && part == ""
}

// SplitClaim takes the IRI of a claim, or of a node under one, apart: the source,
// the claim, and what stands behind it, empty for the claim itself. It is false
// for any other IRI, whatever its base has in it.
func (iri IRI) SplitClaim() (source, claim quad.IRI, part string, ok bool) {
	const folder = "source/"
	s := string(iri)
	for at := 0; ; {
		i := strings.Index(s[at:], folder)
		if i < 0 {
			return "", "", "", false
		}
		before := s[:at+i]
		if at += i + len(folder); !endsBase(before) {
			continue
		}
		name, rest, _ := strings.Cut(s[at:], "/")
		word, rest, _ := strings.Cut(rest, "/")
		id, part, _ := strings.Cut(rest, "/")
		if name == "" || word != "claim" || id == "" {
			continue
		}
		end := at + len(name)
		return quad.IRI(s[:end]), quad.IRI(s[:end+len("/claim/")+len(id)]), part, true
	}
}

// endsBase reports whether a text ends as a base does: see ParseBase.
func endsBase(s string) bool { return strings.HasSuffix(s, "/") || strings.HasSuffix(s, "#") }

// Under reports whether an IRI lies under another one, as a claim's quantity lies
// under its claim.
func (iri IRI) Under(root quad.IRI) bool { return strings.HasPrefix(string(iri), string(root)+"/") }

// OfOntology reports whether an IRI is the ontology's or one of its own terms,
// such as a code.
func (iri IRI) OfOntology() bool {
	return iri == IRI(OntologyIRI) || strings.HasPrefix(string(iri), string(OntologyIRI)+"#")
}

// DecisionLabel returns the label under which a decision must stand, by its IRI,
// and false for the IRI of what is no decision, whatever the base.
func (iri IRI) DecisionLabel() (label quad.IRI, ok bool) {
	i := strings.LastIndexByte(string(iri), '/')
	if i < 0 || len(iri)-i-1 != decisionID {
		return "", false
	}
	if _, err := hex.DecodeString(string(iri[i+1:])); err != nil {
		return "", false
	}
	label = quad.IRI(iri[:i])
	base, err := ParseBase(strings.TrimSuffix(string(label), "decisions"))
	return label, err == nil && base.Decisions() == label
}
