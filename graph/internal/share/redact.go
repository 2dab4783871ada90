package share

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/decide"
	"kg/graph/internal/read"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// inPlaceOf stands where a name stood that must not leave.
const inPlaceOf = "a person known to the annotator"

// traces returns a *decide.ConflictError: a part of the name would leave with the export,
// in texts that say more than the name.
func traces(where ...string) error {
	return &decide.ConflictError{Msg: "a part of the name would stay in " + strings.Join(where, "; "), Where: where}
}

// redaction takes a name out of quads.
type redaction struct {
	name
	base         schema.Base
	nodes        map[quad.Value]bool // those that the name is of
	minted       quad.IRI
	random       string
	spelt        map[quad.IRI]quad.IRI
	replacements map[string]string // replacements of parts of IRIs
	counts       map[quad.IRI]int
	traces       []string
}

// Person is a person whose name is to be redacted.
type Person struct {
	Base   schema.Base
	IRI    quad.IRI   // empty for a person who is not in the graph
	Nodes  []quad.IRI // all that are this person
	Author string     // the name of the author of a decision, who need not be in the graph
}

// Redact takes a person's name out of all terms: names, ids in IRIs, sentences, notes
// and descriptions. The person's IRI becomes a random one. stood is how often the name
// stood in the objects of a relation, or, under an empty one, in IRIs. A name that
// cannot be taken out wholly is a *decide.ConflictError.
func Redact(quads []quad.Quad, who Person) (redacted []quad.Quad, stood map[quad.IRI]int, err error) {
	r := &redaction{
		name: name{parts: map[string]bool{}}, base: who.Base, nodes: map[quad.Value]bool{},
		spelt: map[quad.IRI]quad.IRI{}, replacements: map[string]string{}, counts: map[quad.IRI]int{},
	}
	random := make([]byte, 8)
	if _, err := rand.Read(random); err != nil {
		return nil, nil, err
	}
	r.random = hex.EncodeToString(random)
	r.minted = who.Base.Named("person", "known-"+r.random)
	for _, node := range who.Nodes {
		r.nodes[node] = true
	}
	r.form(who.Author, true)
	r.learn(quads)
	if len(r.forms) == 0 {
		return nil, nil, fmt.Errorf("redacting %s: it has no name to take out", who.Base.Short(who.IRI))
	}
	quads = r.quads(quads)
	if len(r.traces) > 0 {
		slices.Sort(r.traces)
		return nil, nil, traces(slices.Compact(r.traces)...)
	}
	for _, q := range quads { // a final check: no line has a form of the name
		if line := q.NQuad(); r.find(wordsOf(line), r.forms) != nil {
			return nil, nil, traces(line)
		}
	}
	return quads, r.counts, nil
}

// quads takes the name out of all quads. A decision keeps its force: its IRI is minted
// from its content, and so is minted again, which leaves no digest of the name either.
func (r *redaction) quads(quads []quad.Quad) (list []quad.Quad) {
	decided := map[quad.IRI][]quad.Quad{}
	for _, q := range quads {
		iri := read.IRI(q.Subject)
		if label, ok := schema.IRI(iri).DecisionLabel(); ok && q.Label == label {
			decided[iri] = append(decided[iri], q)
			continue
		}
		list = append(list, r.quad(q))
	}
	for _, iri := range slices.Sorted(maps.Keys(decided)) {
		was, err := schema.ReadDecision(iri, decided[iri])
		var redacted []quad.Quad
		for _, q := range decided[iri] {
			redacted = append(redacted, r.quad(q))
		}
		if err == nil { // a decision without force gets no new one
			d, err := was.Remint(redacted)
			switch {
			case err == nil && d.On == d.With: // the two are one redacted person
				redacted = nil
			case err == nil:
				redacted = d.Quads()
			}
		}
		list = append(list, redacted...)
	}
	return list
}

// isName reports whether a relation leads to names.
func isName(relation quad.Value) bool {
	iri := read.IRI(relation)
	return slices.Contains(schema.Naming, iri) || iri == schema.AltLabel || strings.HasSuffix(strings.ToLower(string(iri)), "name")
}

// learn finds the names, their words, and the names of others that have such words.
func (r *redaction) learn(quads []quad.Quad) {
	for _, q := range quads {
		if r.nodes[q.Subject] && isName(q.Predicate) {
			r.form(term.TextOf(q.Object), true)
		}
	}
	for node := range r.nodes {
		id := string(read.IRI(node))
		r.form(unescaped(id[strings.LastIndexAny(id, "/#")+1:]), false)
	}
	called := map[quad.Value]bool{} // nodes of others that have the name, too: their ids may tell it
	for _, q := range quads {
		if isName(q.Predicate) && r.find(wordsOf(term.TextOf(q.Object)), r.forms) != nil {
			called[q.Subject] = true
		}
	}
	for _, q := range quads {
		if r.nodes[q.Subject] || !isName(q.Predicate) {
			continue
		}
		r.other(term.TextOf(q.Object))
		if id := string(read.IRI(q.Subject)); !called[q.Subject] {
			r.other(unescaped(id[strings.LastIndexAny(id, "/#")+1:]))
		}
	}
}

func (r *redaction) quad(q quad.Quad) quad.Quad {
	before := q
	q.Subject, q.Label = r.iri(q.Subject), r.iri(q.Label)
	if _, is := q.Object.(quad.IRI); is {
		q.Object = r.iri(q.Object)
	} else {
		q.Object = r.literal(before)
	}
	if p := string(read.IRI(q.Predicate)); r.find(wordsOf(p), r.forms) != nil {
		r.traces = append(r.traces, "the relation "+p)
	}
	return q
}

// literal takes the name out of the object of a quad.
func (r *redaction) literal(q quad.Quad) quad.Value {
	old := term.TextOf(q.Object)
	text, stood := r.text(old)
	switch {
	case r.trace(text) && r.nodes[q.Subject]:
		text, stood = inPlaceOf, true
	case r.trace(text):
		r.traces = append(r.traces, fmt.Sprintf("%s of %s: %q", r.base.ShortTerm(q.Predicate), r.base.ShortTerm(q.Subject), old))
	}
	if !stood {
		return q.Object
	}
	r.counts[read.IRI(q.Predicate)]++
	switch t := q.Object.(type) {
	case quad.LangString:
		return quad.LangString{Value: quad.String(text), Lang: t.Lang}
	case quad.TypedString:
		return quad.TypedString{Value: quad.String(text), Type: t.Type}
	}
	return quad.String(text)
}

// iri takes the name out of an IRI: a part of one under the base becomes a random one,
// an IRI elsewhere as a whole.
func (r *redaction) iri(value quad.Value) quad.Value {
	old, ok := value.(quad.IRI)
	if !ok || schema.IRI(old).OfOntology() {
		return value
	}
	if is, ok := r.spelt[old]; ok {
		return is
	}
	is := old
	rest, ours := strings.CutPrefix(string(old), string(r.base))
	switch {
	case r.nodes[old]:
		is = r.minted
	case ours:
		parts := strings.Split(rest, "/")
		for i, part := range parts {
			if r.named(part) {
				parts[i] = r.replacement(part)
			}
		}
		is = quad.IRI(string(r.base) + strings.Join(parts, "/"))
	case r.named(string(old)):
		is = r.base.Named("redacted", r.replacement(string(old)))
	}
	if r.spelt[old] = is; is != old {
		r.counts[""]++
	}
	return is
}

// named reports whether the name, or a word of it, occurs in a part of an IRI.
func (r *redaction) named(part string) bool {
	part = unescaped(part)
	return r.find(wordsOf(part), r.forms) != nil || r.trace(part)
}

// replacement returns the replacement of a part of an IRI: the same for the same part.
func (r *redaction) replacement(part string) string {
	if r.replacements[part] == "" {
		r.replacements[part] = fmt.Sprintf("redacted-%s-%d", r.random, len(r.replacements)+1)
	}
	return r.replacements[part]
}

// unescaped is a part of an IRI without percent signs, if they are well-formed.
func unescaped(part string) string {
	if text, err := url.PathUnescape(part); err == nil {
		return text
	}
	return part
}
