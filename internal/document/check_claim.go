package document

import (
	"maps"
	"slices"
	"strings"

	"kg/internal/strict"
	"kg/internal/suggest"
	"kg/schema"
)

func (c *checker) claim(cl *Claim) {
	if cl.Says.Text == "" && cl.Says.Pos == (strict.Pos{}) {
		cl.Says = strict.Word{Text: c.says(cl), Pos: cl.ID.Pos}
	}
	if len(cl.DerivedFrom) > 0 {
		c.derived(cl)
	} else {
		c.stated(cl)
	}
	facts := &claimFacts{iri: c.base.Claim(c.doc.Source.ID.Text, cl.ID.Text), facts: c.facts[:0]}
	if len(cl.Edges) == 0 && len(cl.Sentences) == 0 { // a sentence without edges has an error of its own
		c.r.Addf(cl.ID.Pos, "claim %q asserts no edge", cl.ID.Text)
	}
	c.twice(cl.Edges)
	clear(c.nodes)
	for i := range cl.Edges {
		c.edge(facts, &cl.Edges[i], schema.Stance(cl.Stance.Text) != schema.Denies)
	}
	if c.r.Problems() > 0 {
		c.taper = nil
	}
	if c.facts = facts.facts; c.taper != nil {
		c.keep(cl, facts)
	}
}

// keep keeps the quads of a claim.
func (c *checker) keep(cl *Claim, facts *claimFacts) {
	q := c.said
	if q == nil {
		q = &factList{source: c.SourceIRI()}
		c.said = q
	}
	q.list = q.list[:0]
	c.claimFacts(q, cl, facts.iri)
	c.taper.add(cl.ID.Text, facts.iri, q.list, once(facts.facts))
}

// twice reports the edges that a claim repeats, word for word.
func (c *checker) twice(edges []Edge) {
	const few = 16 // of which each can be held against each
	clear(c.seen)
	for i := range edges {
		e := &edges[i]
		again := false
		if len(edges) > few {
			k := edgeKey{e.Subject.Text, e.Relation.Text, e.Object.text()}
			again = c.seen[k]
			c.seen[k] = true
		} else {
			for j := range i {
				was := &edges[j]
				again = again || was.Relation.Text == e.Relation.Text && was.Subject.Text == e.Subject.Text && was.Object.text() == e.Object.text()
			}
		}
		if again && e.Object.text() != "" {
			c.r.Addf(e.Object.Pos, "the claim says twice that %s is %s of %s", e.Object.text(), e.Relation.Text, e.Subject.Text)
		}
	}
}

// stated checks a claim that a speaker makes in the source.
func (c *checker) stated(cl *Claim) {
	if cl.Speaker.Text != "" {
		c.agent("speaker", cl.Speaker)
	}
	for _, v := range cl.Via {
		c.known(v)
	}
	if s := cl.Stance; s.Text != "" && !slices.Contains(schema.Stances, schema.Stance(s.Text)) {
		c.r.Addf(s.Pos, "unknown stance %q%s: one of %s", s.Text, strict.DidYouMean(s.Text, stanceNames()), strings.Join(stanceNames(), ", "))
	}
	switch {
	case c.text && cl.See.Text != "":
		c.r.Addf(cl.See.Pos, "claim %q stands in the text of its source, and that place is its evidence (at): see is for a source without a text", cl.ID.Text)
	case cl.See.Text != "":
		if err := schema.CheckIRI(cl.See.Text); err != nil {
			c.r.Addf(cl.See.Pos, "see: %v", err)
		}
	case cl.At != nil:
		c.passage(cl.At)
	case c.text:
		c.r.Addf(cl.ID.Pos, "claim %q needs its place in the text (at), or the claims it is derived from", cl.ID.Text)
	default:
		c.r.Addf(cl.ID.Pos, "claim %q needs where it can be looked up (see), or the claims it is derived from", cl.ID.Text)
	}
}

// derived checks a claim that the annotator concludes: it has no speaker and no locator
// of its own.
func (c *checker) derived(cl *Claim) {
	for what, w := range map[string]strict.Word{"speaker": cl.Speaker, "stance": cl.Stance, "hedge": cl.Hedge, "see": cl.See} {
		if w.Text != "" {
			c.r.Addf(w.Pos, "a derived claim has no %s: it is the annotator's", what)
		}
	}
	if len(cl.Via) > 0 {
		c.r.Addf(cl.Via[0].Pos, "a derived claim has no via: it is the annotator's")
	}
	if cl.At != nil {
		c.r.Addf(cl.At.Pos, "a derived claim has no place in the text: those of the claims it is derived from are its evidence")
	}
	for _, w := range cl.DerivedFrom {
		if !c.claims[w.Text] {
			c.r.AddUnknown(w.Pos, "claim", w.Text, func() string {
				if c.made == nil {
					c.made = slices.Sorted(maps.Keys(c.claims))
				}
				return strict.DidYouMean(w.Text, c.made)
			})
		}
	}
}

func (c *checker) passage(p *schema.Locator) {
	switch n := c.doc.Source.Characters; {
	case p.Words != "":
		c.r.Addf(p.Pos, "a passage is kept as its place, not its words: kg locate FILE --text TEXT finds the place and takes the words out")
	case p.Paragraph < 1:
		c.r.Addf(p.Pos, "the first paragraph is 1, not %d", p.Paragraph)
	case p.Start < 0 || p.Start >= p.End:
		c.r.Addf(p.Pos, "the passage from %d to %d is empty or the wrong way round", p.Start, p.End)
	case n > 0 && p.End > n:
		c.r.Addf(p.Pos, "the passage ends at %d, outside the text of %d characters", p.End, n)
	default:
		c.digest(p.SHA256, p.Pos)
	}
}

// edge checks an edge. sure are those of claims that do not deny.
func (c *checker) edge(facts *claimFacts, e *Edge, sure bool) {
	if e.Subject.Text != c.subject || c.at == nil { // edges of one subject follow each other
		c.subject, c.at = e.Subject.Text, c.entities[e.Subject.Text]
	}
	s := c.at
	if s == nil || s.kind == nil {
		c.known(e.Subject)
		return
	}
	if sure {
		c.marks.set(s, surely)
	}
	rel := c.o.Relation(e.Relation.Text)
	switch {
	case rel == nil:
		word := e.Relation.Text
		c.r.AddUnknown(e.Relation.Pos, "relation", word, func() string { return suggest.Relation(c.o, word, s.kind) })
		return
	case !rel.Serves(s.kind):
		c.r.Addf(e.Relation.Pos, "%s belongs to kind %s, and %q is of kind %s: kg kinds %s lists its relations",
			rel.Name, rel.Kinds[0].Name, e.Subject.Text, s.kind.Name, s.kind.Name)
		return
	}
	c.marks.set(s, something)
	for i, need := range s.needs.list {
		if need == rel {
			c.marks.set(s, firstNeed+i)
		}
	}
	v := valuer{checker: c, facts: facts}
	if rel.Range != nil && (rel.Range.IRI == schema.QuantityClass || rel.Range.IRI == schema.DateClass) {
		v.node = nodeName(facts.iri, e, c.nodes)
	}
	if o := v.object(rel, &e.Object); o != nil {
		facts.facts = append(facts.facts, fact{s.iri, rel.IRI, o, s.number, v.to})
	}
}

func stanceNames() []string {
	var names []string
	for _, s := range schema.Stances {
		names = append(names, string(s))
	}
	return names
}
