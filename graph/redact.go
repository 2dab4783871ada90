package graph

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// inPlaceOf stands where a name stood that must not leave.
const inPlaceOf = "a person known to the annotator"

// TraceError is a name that would leave with an export: a part of it stands in a text
// that says more than the name.
type TraceError struct{ Where []string }

// Error says where the traces are.
func (e *TraceError) Error() string {
	return "a part of the name would stay in " + strings.Join(e.Where, "; ")
}

// redaction takes a name out of quads.
type redaction struct {
	v      *View
	nodes  map[quad.Value]bool // those that the name is of
	minted quad.IRI
	random string
	forms  [][]string // the names in folded words
	parts  map[string]bool
	others [][]string // names of others that have a word of the name
	spelt  map[quad.IRI]quad.IRI
	pieces map[string]string // parts of IRIs, in place of others
	counts map[quad.IRI]int
	traces []string
}

// redact takes a person's name out of all terms: names, ids in IRIs, sentences, notes
// and descriptions. The person's IRI becomes a random one. Of an author of decisions,
// who need not be anybody in the graph, it has the name alone.
func (v *View) redact(ctx context.Context, quads []quad.Quad, who quad.IRI, author string) ([]quad.Quad, map[quad.IRI]int, error) {
	r := &redaction{
		v: v, nodes: map[quad.Value]bool{}, parts: map[string]bool{},
		spelt: map[quad.IRI]quad.IRI{}, pieces: map[string]string{}, counts: map[quad.IRI]int{},
	}
	random := make([]byte, 8)
	if _, err := rand.Read(random); err != nil {
		return nil, nil, err
	}
	r.random = hex.EncodeToString(random)
	r.minted = v.Base.Named("person", "known-"+r.random)
	if who != "" {
		class, err := v.Class(ctx, who)
		if err != nil {
			return nil, nil, err
		}
		for _, node := range class {
			r.nodes[node] = true
		}
	}
	r.form(author, true)
	r.learn(quads)
	if len(r.forms) == 0 {
		return nil, nil, fmt.Errorf("redacting %s: it has no name to take out", v.Base.Short(who))
	}
	quads = r.quads(quads)
	if len(r.traces) > 0 {
		slices.Sort(r.traces)
		return nil, nil, &TraceError{slices.Compact(r.traces)}
	}
	for _, q := range quads { // whatever became of it, no line has a form of the name
		if line := q.NQuad(); r.find(wordsOf(line), r.forms) != nil {
			return nil, nil, &TraceError{[]string{line}}
		}
	}
	return quads, r.counts, nil
}

// quads takes the name out of all quads. A decision keeps its force: its IRI is minted
// from its content, and so is minted anew, which leaves no digest of the name either.
func (r *redaction) quads(quads []quad.Quad) (list []quad.Quad) {
	decided := map[quad.IRI][]quad.Quad{}
	for _, q := range quads {
		iri := iriOf(q.Subject)
		if label, ok := schema.DecisionLabel(iri); ok && q.Label == label {
			decided[iri] = append(decided[iri], q)
			continue
		}
		list = append(list, r.quad(q))
	}
	for _, iri := range slices.Sorted(maps.Keys(decided)) {
		_, err := schema.ReadDecision(iri, decided[iri])
		var redacted []quad.Quad
		for _, q := range decided[iri] {
			redacted = append(redacted, r.quad(q))
		}
		if err == nil { // what has no force gets none
			d, err := schema.RemintDecision(iri, redacted)
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
	iri := iriOf(relation)
	return slices.Contains(schema.Naming, iri) || iri == schema.AltLabel || strings.HasSuffix(strings.ToLower(string(iri)), "name")
}

// learn finds the names, their words, and the names of others that have such words.
func (r *redaction) learn(quads []quad.Quad) {
	for _, q := range quads {
		if r.nodes[q.Subject] && isName(q.Predicate) {
			r.form(Text(q.Object), true)
		}
	}
	for node := range r.nodes {
		id := string(iriOf(node))
		r.form(unescaped(id[strings.LastIndexAny(id, "/#")+1:]), false)
	}
	for _, q := range quads {
		if r.nodes[q.Subject] {
			continue
		}
		id := string(iriOf(q.Subject))
		if isName(q.Predicate) {
			r.other(Text(q.Object))
			r.other(unescaped(id[strings.LastIndexAny(id, "/#")+1:]))
		}
	}
}

func (r *redaction) form(name string, parts bool) {
	words := strings.Fields(schema.FoldWords(name))
	if len(words) == 0 || slices.ContainsFunc(r.forms, func(f []string) bool { return slices.Equal(f, words) }) {
		return
	}
	r.forms = append(r.forms, words)
	for _, w := range words {
		if parts && utf8.RuneCountInString(w) > 1 {
			r.parts[w] = true
		}
	}
}

// other notes a name that has a word of the one to redact, and is not that name.
func (r *redaction) other(name string) {
	words := strings.Fields(schema.FoldWords(name))
	if slices.ContainsFunc(words, func(w string) bool { return r.parts[w] }) && len(words) > 1 && r.find(wordsOf(name), r.forms) == nil {
		r.others = append(r.others, words)
	}
}

// word is a word of a text: where it stands, and how it is folded.
type word struct {
	start, end int
	fold       string
}

// wordsOf are the words of a text.
func wordsOf(text string) (list []word) {
	start := -1
	for i, c := range text + " " {
		is := unicode.In(c, unicode.L, unicode.M, unicode.N)
		if is && start < 0 {
			start = i
		}
		if !is && start >= 0 {
			list = append(list, word{start, i, schema.FoldWords(text[start:i])})
			start = -1
		}
	}
	return list
}

// find gives the words in which one of the names stands first; nil for none. A name
// may be written as one word, and in scripts without spaces stand within one.
func (r *redaction) find(words []word, names [][]string) []word {
	for i, w := range words {
		for _, name := range names {
			joined := strings.Join(name, "")
			long := len(name) > 1 && len(joined) > 5 || joined != "" && joined[0] >= utf8.RuneSelf && utf8.RuneCountInString(joined) > 1
			if long && strings.Contains(w.fold, joined) {
				return words[i : i+1]
			}
			if i+len(name) <= len(words) && slices.EqualFunc(words[i:i+len(name)], name, func(w word, n string) bool { return w.fold == n }) {
				return words[i : i+len(name)]
			}
		}
	}
	return nil
}

// trace reports whether a word of the name stands in a text, outside of other names.
func (r *redaction) trace(text string) bool {
	words := wordsOf(text)
	for found := r.find(words, r.others); found != nil; found = r.find(words, r.others) {
		i := slices.Index(words, found[0])
		words = slices.Concat(words[:i], words[i+len(found):])
	}
	return slices.ContainsFunc(words, func(w word) bool { return r.parts[w.fold] })
}

// text takes the name out of a text, and reports whether it stood there.
func (r *redaction) text(text string) (string, bool) {
	stood := false
	for rest := 0; ; {
		words := wordsOf(text[rest:])
		found := r.find(words, r.forms)
		if found == nil {
			return text, stood
		}
		start, end := rest+found[0].start, rest+found[len(found)-1].end
		text = text[:start] + inPlaceOf + text[end:]
		rest, stood = start+len(inPlaceOf), true
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
	if p := string(iriOf(q.Predicate)); r.find(wordsOf(p), r.forms) != nil {
		r.traces = append(r.traces, "the relation "+p)
	}
	return q
}

// literal takes the name out of the object of a quad.
func (r *redaction) literal(q quad.Quad) quad.Value {
	old := Text(q.Object)
	text, stood := r.text(old)
	switch {
	case r.trace(text) && r.nodes[q.Subject]:
		text, stood = inPlaceOf, true
	case r.trace(text):
		r.traces = append(r.traces, fmt.Sprintf("%s of %s: %q", r.v.Base.ShortTerm(q.Predicate), r.v.Base.ShortTerm(q.Subject), old))
	}
	if !stood {
		return q.Object
	}
	r.counts[iriOf(q.Predicate)]++
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
	if !ok || schema.OfOntology(old) {
		return value
	}
	if is, ok := r.spelt[old]; ok {
		return is
	}
	is := old
	rest, ours := strings.CutPrefix(string(old), string(r.v.Base))
	switch {
	case r.nodes[old]:
		is = r.minted
	case ours:
		parts := strings.Split(rest, "/")
		for i, part := range parts {
			if r.named(part) {
				parts[i] = r.piece(part)
			}
		}
		is = quad.IRI(string(r.v.Base) + strings.Join(parts, "/"))
	case r.named(string(old)):
		is = r.v.Base.Named("redacted", r.piece(string(old)))
	}
	if r.spelt[old] = is; is != old {
		r.counts[""]++
	}
	return is
}

// named reports whether the name, or a word of it, stands in a part of an IRI.
func (r *redaction) named(part string) bool {
	part = unescaped(part)
	return r.find(wordsOf(part), r.forms) != nil || r.trace(part)
}

// piece is what stands in an IRI in place of a part: the same for the same part.
func (r *redaction) piece(part string) string {
	if r.pieces[part] == "" {
		r.pieces[part] = fmt.Sprintf("redacted-%s-%d", r.random, len(r.pieces)+1)
	}
	return r.pieces[part]
}

// unescaped is a part of an IRI without percent signs, if they are well-formed.
func unescaped(part string) string {
	if text, err := url.PathUnescape(part); err == nil {
		return text
	}
	return part
}
