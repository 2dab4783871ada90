package schema

import (
	"fmt"
	"maps"
	"net/url"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/internal/strict"
)

// DefaultBase is where entities, claims and sources live unless the file or
// the user sets another base.
const DefaultBase Base = "https://kg.example/"

// OntologyIRI names our ontology, and labels its quads. Its terms live under
// OntologyIRI + "#", whatever the base.
const OntologyIRI = quad.IRI("https://kg.example/ontology")

// prefixes are the short forms of the vocabularies kg uses. kg: itself, which
// depends on the base, is added by Base.
var prefixes = map[string]string{
	"kgo":     string(OntologyIRI) + "#",
	"rdf":     "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
	"rdfs":    "http://www.w3.org/2000/01/rdf-schema#",
	"xsd":     "http://www.w3.org/2001/XMLSchema#",
	"skos":    "http://www.w3.org/2004/02/skos/core#",
	"dcterms": "http://purl.org/dc/terms/",
	"prov":    "http://www.w3.org/ns/prov#",
	"org":     "http://www.w3.org/ns/org#",
	"owl":     "http://www.w3.org/2002/07/owl#",
	"oa":      "http://www.w3.org/ns/oa#",
	"schema":  "https://schema.org/",
	"edtf":    "http://id.loc.gov/datatypes/edtf/",
}

// IsSlug reports whether s has the form of the ids of sources, entities and claims:
// small letters and digits, with hyphens between. There are too many for a pattern.
func IsSlug(s string) bool {
	before := byte('-')
	for i := range len(s) {
		c := s[i]
		if c == '-' && before == '-' || c != '-' && (c < '0' || c > '9') && (c < 'a' || c > 'z') {
			return false
		}
		before = c
	}
	return before != '-'
}

// Base is where entities, claims and sources live: an absolute IRI that ends
// with "/" or "#".
type Base string

// ParseBase checks a base; the empty one is DefaultBase.
func ParseBase(s string) (Base, error) {
	if s == "" {
		return DefaultBase, nil
	}
	if err := CheckIRI(s); err != nil {
		return "", strict.Errorf("base %q: %w", s, err)
	}
	if !endsBase(s) {
		return "", strict.Errorf("base %q must end with / or #", s)
	}
	return Base(s), nil
}

// CheckIRI says what keeps s from being an absolute IRI that N-Quads can hold
// (RFC 3987 as RDF 1.1 uses it).
func CheckIRI[T string | []byte](s T) error {
	if isPlain(s) {
		return nil
	}
	return checkIRI(string(s))
}

func checkIRI(s string) error {
	if i := strings.IndexFunc(s, func(r rune) bool {
		return r <= ' ' || r == 0x7f || strings.ContainsRune("<>\"{}|^`\\\uFFFD", r)
	}); i >= 0 {
		return fmt.Errorf("an IRI cannot contain %q", []rune(s[i:])[0])
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme == "" || len(s) <= len(u.Scheme)+1 {
		return strict.Errorf("%q is no absolute IRI such as https://example.org/x", s)
	}
	return nil
}

// isPlain reports whether an IRI is one of those that most are: a scheme, a host and
// perhaps more, of ASCII without a port or an escape. checkIRI finds nothing wrong with
// these, and takes ten times as long to say so.
func isPlain[T string | []byte](s T) bool {
	i := 0
	for i < len(s) && 'a' <= s[i] && s[i] <= 'z' {
		i++
	}
	if i == 0 || len(s) < i+4 || s[i] != ':' || s[i+1] != '/' || s[i+2] != '/' {
		return false
	}
	i += 3
	host := i
	for i < len(s) && inHost[s[i]] {
		i++
	}
	if i == host || i < len(s) && s[i] != '/' {
		return false
	}
	for ; i < len(s); i++ {
		if !behindHost[s[i]] {
			return false
		}
	}
	return true
}

// The bytes that a plain IRI has in its host, and those it has behind it.
var inHost, behindHost = bytesOf("-."), bytesOf("-._~/#?!$&'()*+,;=:@")

// bytesOf are ASCII's letters and digits, and some more.
func bytesOf(more string) (is [256]bool) {
	for c := range is {
		is[c] = 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
	}
	for _, c := range []byte(more) {
		is[c] = true
	}
	return is
}

// Source mints the IRI of a source.
func (b Base) Source(id string) quad.IRI { return quad.IRI(string(b) + "source/" + id) }

// Claim mints the IRI of a claim: its source and its id.
func (b Base) Claim(source, id string) quad.IRI { return b.Source(source) + quad.IRI("/claim/"+id) }

// Named mints the IRI of an entity with a name, the same from every source,
// from the Folder of its kind.
func (b Base) Named(folder, id string) quad.IRI {
	return quad.IRI(string(b) + folder + "/" + id)
}

// Unnamed mints the IRI of an entity without a name, which is its source's own:
// two unnamed officials are two.
func (b Base) Unnamed(source string, k *Kind, id string) quad.IRI {
	return b.Source(source) + quad.IRI("/"+k.folder+"/"+id)
}

// NamedID returns the id of an entity that has a name, and false for any other
// IRI.
func (b Base) NamedID(iri quad.IRI) (string, bool) {
	path, ok := strings.CutPrefix(string(iri), string(b))
	folder, id, two := strings.Cut(path, "/")
	if !ok || !two || folder == "source" || strings.Contains(id, "/") {
		return "", false
	}
	return id, true
}

// Expand turns a short form such as kg:person/kim-jong-il, or an IRI with or
// without angle brackets, into an IRI.
func (b Base) Expand(s string) (quad.IRI, error) {
	s = strings.TrimSuffix(strings.TrimPrefix(s, "<"), ">")
	if p, rest, ok := strings.Cut(s, ":"); ok {
		if p == "kg" {
			s = string(b) + rest
		} else if ns, known := prefixes[p]; known {
			s = ns + rest
		}
	}
	if err := CheckIRI(s); err != nil {
		return "", err
	}
	return quad.IRI(s), nil
}

// ParseEntity expands the IRI or the short form of an entity. The error says what
// else it is.
func (b Base) ParseEntity(s string) (quad.IRI, error) {
	iri, err := b.Expand(s)
	if err != nil || iri == quad.IRI(b) {
		return "", fmt.Errorf("%q is no IRI of an entity, such as kg:person/kim-jong-il or kg:source/SOURCE/KIND/ID", s)
	}
	source, isSource := strings.CutPrefix(string(iri), string(b)+"source/")
	_, _, _, ofClaim := IRI(iri).SplitClaim()
	switch short := b.Short(iri); {
	case ofClaim:
		return "", fmt.Errorf("%q is a claim or a part of one, and no entity", s)
	case isSource && strings.Count(source, "/") != 2:
		return "", fmt.Errorf("%q is no entity: one without a name is kg:source/SOURCE/KIND/ID", s)
	case short != string(iri) && !strings.HasPrefix(short, "kg:"), iri == OntologyIRI:
		return "", fmt.Errorf("%q is a term of a vocabulary, and no entity", s)
	}
	return iri, nil
}

// ParseSource expands the IRI or the short form of a source.
func (b Base) ParseSource(s string) (quad.IRI, error) {
	iri, err := b.Expand(s)
	id, ok := strings.CutPrefix(string(iri), string(b)+"source/")
	if err != nil || !ok || !IsSlug(id) {
		return "", fmt.Errorf("%q is no source: write kg:source/ID", s)
	}
	return iri, nil
}

// Short is the inverse of Expand: the form people read and type.
func (b Base) Short(iri quad.IRI) string {
	s, best, short := string(iri), 0, ""
	for p, ns := range prefixes {
		if rest, ok := strings.CutPrefix(s, ns); ok && len(ns) > best {
			best, short = len(ns), p+":"+rest
		}
	}
	if best > 0 {
		return short
	}
	if rest, ok := strings.CutPrefix(s, string(b)); ok {
		return "kg:" + rest
	}
	return s
}

// ShortTerm is Short for an IRI, and the term's own notation for any other.
func (b Base) ShortTerm(value quad.Value) string {
	if iri, ok := value.(quad.IRI); ok {
		return b.Short(iri)
	}
	return quad.StringOf(value)
}

// Prefixes are the names of short forms, kg among them, each with the beginning of the
// IRIs that it stands for.
func (b Base) Prefixes() map[string]string {
	all := maps.Clone(prefixes)
	all["kg"] = string(b)
	return all
}

// term is the IRI of a short form in one of the fixed vocabularies.
func term(short string) quad.IRI {
	p, rest, _ := strings.Cut(short, ":")
	ns, ok := prefixes[p]
	if !ok {
		panic("schema: no vocabulary " + p)
	}
	return quad.IRI(ns + rest)
}
