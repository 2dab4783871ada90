package paths

import (
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
	"kg/schema"
)

// labelInfo caches a search's knowledge of graph labels. All join entities except those
// of sources, of the ontology and of decisions.
type labelInfo struct {
	doubtful    map[term.ID]bool // for which Graph.joins is to be called
	allDoubtful bool             // there are too many sources to list
	joining     map[term.ID]bool // what it returned
	claims      map[term.ID]bool // whether some are claims
	last        term.ID          // the label that was read last
	root        []byte           // its IRI and '/'
}

// mostSources is how many sources are listed before a search begins.
const mostSources = 1 << 10

// begin finds the terms that a search needs, and the labels that may not join.
func (s *search) begin() (err error) {
	for id, iri := range map[*term.ID]quad.IRI{&s.kind: schema.Type, &s.source: schema.SourceClass, &s.claim: schema.ClaimClass, &s.annotated: schema.AnnotatedBy} {
		if *id, err = s.terms.Find(iri); err != nil {
			return err
		}
	}
	for _, iri := range s.g.Aside {
		id, err := s.terms.Find(iri)
		if err != nil {
			return err
		}
		s.doubtful[id] = true
	}
	delete(s.doubtful, term.None)
	if s.codes, s.codesEnd, err = s.terms.Beginning(string(schema.OntologyIRI) + "#"); err != nil {
		return err
	}
	if s.kind == term.None || s.source == term.None {
		return nil
	}
	n := 0
	return s.terms.Each(s.ctx, s.ofKind(term.None, s.source), func(q term.Quad) (bool, error) {
		s.doubtful[q[term.Subject]] = true
		n++
		s.allDoubtful = n > mostSources
		return !s.allDoubtful, nil
	})
}

// joins reports whether the edges under a label join entities.
func (s *search) joins(id term.ID) (joins bool, err error) {
	if id == term.None || !s.allDoubtful && !s.doubtful[id] {
		return true, nil
	}
	if joins, known := s.joining[id]; known {
		return joins, nil
	}
	doubtful := s.doubtful[id]
	if !doubtful {
		err = s.terms.Each(s.ctx, s.ofKind(id, s.source), func(term.Quad) (bool, error) {
			doubtful = true
			return false, nil
		})
	}
	joins = true
	if doubtful && err == nil {
		joins, _, err = s.asked(id)
	}
	if err == nil {
		s.joining[id] = joins
	}
	return joins, err
}

// asked asks the graph about a label.
func (s *search) asked(id term.ID) (joins, claim bool, err error) {
	text, err := s.terms.AppendIRI(nil, id)
	if err != nil {
		return false, false, err
	}
	return s.g.joins(s.ctx, quad.IRI(text))
}

// rootOf returns the prefix of the IRIs of nodes that lie under a label.
func (s *search) rootOf(id term.ID) ([]byte, error) {
	if id != s.last {
		text, err := s.terms.AppendIRI(s.root[:0], id)
		if err != nil {
			return nil, err
		}
		s.last, s.root = id, append(text, '/')
	}
	return s.root, nil
}

// isClaim reports whether a label is a claim. The whole record is read only if that is
// not certain without it.
func (s *search) isClaim(id term.ID) (claim bool, err error) {
	if claim, known := s.claims[id]; known {
		return claim, nil
	}
	annotators := 0
	if s.claim != term.None && s.annotated != term.None {
		err = s.terms.Each(s.ctx, s.ofKind(id, s.claim), func(term.Quad) (bool, error) {
			claim = true
			return false, nil
		})
	}
	if claim && err == nil {
		p := term.Pattern{Quad: term.Quad{term.Subject: id, term.Predicate: s.annotated}}
		err = s.terms.Each(s.ctx, p, func(q term.Quad) (bool, error) {
			annotators++
			is, err := s.terms.IsIRI(q[term.Object])
			claim = claim && is
			return claim, err
		})
	}
	if err == nil && (!claim || annotators == 0) {
		_, claim, err = s.asked(id)
	}
	if err == nil {
		s.claims[id] = claim
	}
	return claim, err
}
