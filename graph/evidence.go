package graph

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/schema"
)

// Evidence is what stands behind an answer.
type Evidence struct {
	Witnesses []Witness
	Claims    []*Claim  // of all witnesses, each once, by IRI
	Denials   []*Claim  // that deny an edge of a witness, by IRI
	Deniers   []Speaker // who makes these, by IRI and Name, each once, by name
	Joins     []Join    // by which nodes of several sources are one thing
	Speakers  []Speaker
	Sureness  []Sureness
	Counted   bool // it rests on all witnesses, not on any of them
	MoreWays  bool // there are more witnesses than these
	Untraced  bool // how the query came by the answer is not known
	// Unasserted reports that every witness has an edge that is only denied:
	// nobody asserts the answer.
	Unasserted bool
	// OnlyDenied reports that such an answer is to be given: all its edges are
	// denied, or those that are belong to events of which nobody asserts anything.
	// An edge that is denied is not to be walked on from as if it were so.
	OnlyDenied bool
}

// Witness is a minimal set of edges that suffices for an answer, as
// why-provenance has it (Buneman, Khanna, Tan 2001): without any of them the
// answer would not follow from the others. Claims are those of the edges, and
// those that a derived one follows from, by IRI.
type Witness struct {
	Quads  []quad.Quad
	Claims []*Claim

	direct map[quad.IRI]*Claim // the claims of the edges, and those that are ends of one
	denied []quad.Value        // the subjects of edges that are only denied
	pure   bool                // no claim asserts an edge
	known  bool                // whether it needs background: see dropBackground
}

// Sources are the sources of the claims, each once, by IRI.
func (e *Evidence) Sources() []quad.IRI {
	sources := map[quad.IRI]bool{}
	for _, c := range slices.Concat(e.Claims, e.Denials) {
		sources[c.Source] = true
	}
	return slices.Sorted(maps.Keys(sources))
}

// EdgeEvidence is the evidence of one edge.
func (v *View) EdgeEvidence(ctx context.Context, q quad.Quad) (*Evidence, error) {
	a := &Answer{}
	a.Add([]quad.Quad{q})
	return v.Evidence(ctx, a)
}

// ClaimEvidence is the evidence of what a claim says: the claim itself.
func (v *View) ClaimEvidence(ctx context.Context, c *Claim) (*Evidence, error) {
	a := &Answer{}
	a.Add([]quad.Quad{{Subject: c.IRI, Predicate: schema.Type, Object: schema.ClaimClass, Label: c.Source}})
	return v.Evidence(ctx, a)
}

// Evidence finds what stands behind an answer: its minimal witnesses, the claims
// that label their edges, who says so and how sure they are, and who denies it.
// A claim that an edge names is evidence itself.
func (v *View) Evidence(ctx context.Context, a *Answer) (*Evidence, error) {
	e := &Evidence{Counted: a.Counted, MoreWays: a.MoreWays, Untraced: a.Untraced && len(a.list) == 0}
	if e.Untraced {
		return e, nil
	}
	if _, err := v.joins.Classes(ctx); err != nil {
		return nil, err
	}
	a.same = v.joins.Canonical
	for _, edges := range a.witnesses() {
		w, err := v.witness(ctx, edges)
		if err != nil {
			return nil, err
		}
		e.Witnesses = append(e.Witnesses, w)
	}
	e.Witnesses = byClaims(e.Witnesses)
	if len(a.Columns) > 0 {
		v.setUnasserted(e)
	}
	e.dropBackground()
	all := map[quad.IRI]*Claim{}
	s := newSureness(v, a)
	for _, w := range e.Witnesses {
		for _, c := range w.Claims {
			all[c.IRI] = c
		}
		if err := s.add(ctx, w); err != nil {
			return nil, err
		}
	}
	e.Claims = byIRI(all)
	var err error
	if e.Speakers, err = v.speakers(ctx, s.direct); err != nil {
		return nil, err
	}
	e.Sureness, err = s.list(ctx)
	return e, errors.Join(err, v.addJoins(ctx, e, a), v.addDenials(ctx, e))
}

// byClaims drops the witnesses that rest on the same claims as one before, and
// differ only in what no claim states.
func byClaims(list []Witness) (kept []Witness) {
	for _, w := range list {
		alike := func(other Witness) bool {
			return len(w.Claims) > 0 && slices.Equal(w.Claims, other.Claims) && slices.Equal(w.stated(), other.stated())
		}
		if !slices.ContainsFunc(kept, alike) {
			kept = append(kept, w)
		}
	}
	return kept
}

// stated are the edges that claims state, in order.
func (w Witness) stated() []quad.Quad {
	list := slices.DeleteFunc(slices.Clone(w.Quads), func(q quad.Quad) bool { return w.direct[iriOf(q.Label)] == nil })
	slices.SortFunc(list, func(a, b quad.Quad) int { return read.CompareTriples(a, b) })
	return list
}

// setUnasserted drops the witnesses with an edge that is only denied, if there is
// another one.
func (v *View) setUnasserted(e *Evidence) {
	isDenied := func(w Witness) bool { return len(w.denied) > 0 }
	if slices.ContainsFunc(e.Witnesses, isDenied) {
		asserted := slices.DeleteFunc(slices.Clone(e.Witnesses), isDenied)
		if e.Unasserted = len(asserted) == 0; !e.Unasserted {
			e.Witnesses = asserted
		}
	}
	e.OnlyDenied = e.Unasserted && !slices.ContainsFunc(e.Witnesses, func(w Witness) bool {
		return !w.pure && slices.ContainsFunc(w.denied, func(s quad.Value) bool { return !v.denials.only[iriOf(s)] })
	})
}

// witness looks up the claims of a witness: those that label its edges, those
// that are ends of one, and what these are derived from.
func (v *View) witness(ctx context.Context, edges witnessed) (Witness, error) {
	w := Witness{direct: map[quad.IRI]*Claim{}, pure: true}
	for _, t := range edges {
		if err := v.label(ctx, &w, t.triple, t.labels); err != nil {
			return w, err
		}
		for _, end := range []quad.Value{t.s, t.o} {
			c, err := v.Claim(ctx, iriOf(end))
			if err != nil {
				return w, err
			}
			if c != nil {
				w.direct[c.IRI] = c
			}
		}
	}
	all := map[quad.IRI]*Claim{}
	for _, c := range w.direct {
		if err := v.AddOrigins(ctx, all, c); err != nil {
			return w, err
		}
	}
	w.Claims = byIRI(all)
	return w, nil
}

// label adds an edge under each of its labels. Those that deny it do not state
// it, unless no other does.
func (v *View) label(ctx context.Context, w *Witness, t triple, labels []quad.IRI) error {
	var asserted, denied []quad.Quad
	for _, label := range slices.Sorted(slices.Values(labels)) {
		q := quad.Quad{Subject: t.s, Predicate: t.p, Object: t.o}
		if label != "" {
			q.Label = label
		}
		c, err := v.Claim(ctx, label)
		if err != nil {
			return err
		}
		if c != nil && denies(c) {
			denied = append(denied, q)
			continue
		}
		asserted = append(asserted, q)
	}
	if len(asserted) > 0 {
		v.addAsserted(w, asserted)
		return nil
	}
	for _, q := range denied {
		c := v.claims[iriOf(q.Label)]
		w.direct[c.IRI] = c
		if !schema.IRI(iriOf(t.s)).Under(c.IRI) { // a figure's parts go with the figure
			w.denied = append(w.denied, t.s)
		}
	}
	w.Quads = append(w.Quads, denied...)
	return nil
}

// AddOrigins adds a claim and, if it is derived, those it follows from.
func (v *View) AddOrigins(ctx context.Context, all map[quad.IRI]*Claim, c *Claim) error {
	if all[c.IRI] != nil {
		return nil
	}
	all[c.IRI] = c
	for _, from := range c.DerivedFrom {
		origin, err := v.Claim(ctx, from)
		if err != nil {
			return err
		}
		if origin == nil {
			continue
		}
		if err := v.AddOrigins(ctx, all, origin); err != nil {
			return err
		}
	}
	return nil
}

func byIRI(claims map[quad.IRI]*Claim) []*Claim {
	var list []*Claim
	for _, iri := range slices.Sorted(maps.Keys(claims)) {
		list = append(list, claims[iri])
	}
	return list
}

// Words of said by and sure that stand for no speaker.
const (
	notTraced = "not traced"
	nobody    = "nobody"
)

// SaidBy names the speakers, each with the way their words took: of a conclusion
// the annotator, with the speakers it follows from. Who joined several things is named once.
func (e *Evidence) SaidBy() string {
	switch {
	case e.Untraced:
		return notTraced
	case e.Unasserted:
		return nobody
	}
	var names []string
	for _, s := range e.Speakers {
		// A decision has an author's name, and a node of its own.
		if name := s.String(); !s.Joins || !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, "; ")
}

// DeniedBy names those who deny a part of the answer.
func (e *Evidence) DeniedBy() string {
	var names []string
	for _, d := range e.Deniers {
		names = append(names, d.Name)
	}
	return strings.Join(names, "; ")
}

// denies reports whether a claim says that its edges are not so.
func denies(c *Claim) bool { return c.Stance == schema.Denies }
