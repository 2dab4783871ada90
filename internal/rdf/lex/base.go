package lex

import (
	"bytes"
	"fmt"
)

// BaseIRI is an absolute IRI against which relative ones are resolved.
type BaseIRI struct{ scheme, authority, path, query []byte }

// NewBase gives the base that an IRI is. It must be absolute.
func NewBase(iri string) (*BaseIRI, error) {
	b := []byte(iri)
	if n := IRILen(b); n < len(b) || !HasScheme(b) {
		return nil, fmt.Errorf("expected an absolute IRI (one with a scheme) as the base, found %s", Brief(b))
	}
	p := split(b)
	return &BaseIRI{scheme: p.scheme, authority: p.authority, path: p.path, query: p.query}, nil
}

// parts are those of an IRI with their delimiters, such as "a:", "//b", "/c", "?d", "#e".
type parts struct{ scheme, authority, path, query, fragment []byte }

// split cuts an IRI (RFC 3986, appendix B).
func split(iri []byte) (p parts) {
	if i := bytes.IndexByte(iri, '#'); i >= 0 {
		iri, p.fragment = iri[:i], iri[i:]
	}
	if i := bytes.IndexByte(iri, '?'); i >= 0 {
		iri, p.query = iri[:i], iri[i:]
	}
	if HasScheme(iri) {
		i := bytes.IndexByte(iri, ':') + 1
		p.scheme, iri = iri[:i], iri[i:]
	}
	if bytes.HasPrefix(iri, []byte("//")) {
		end := len("//") + bytes.IndexByte(append(iri[len("//"):len(iri):len(iri)], '/'), '/')
		p.authority, iri = iri[:end], iri[end:]
	}
	p.path = iri
	return p
}

// appendResolved appends the resolution of a relative IRI (RFC 3986, 5.2.2), not
// normalised.
func (b *BaseIRI) appendResolved(dst, ref []byte) []byte {
	p := split(ref)
	dst = append(dst, b.scheme...)
	switch {
	case len(p.authority) > 0:
		dst = append(append(dst, p.authority...), withoutDots(p.path)...)
	case len(p.path) > 0 && p.path[0] == '/':
		dst = append(append(dst, b.authority...), withoutDots(p.path)...)
	case len(p.path) > 0:
		dst = append(append(dst, b.authority...), withoutDots(b.merge(p.path))...)
	default:
		dst = append(append(dst, b.authority...), b.path...)
		if len(p.query) == 0 {
			p.query = b.query
		}
	}
	return append(append(dst, p.query...), p.fragment...)
}

// merge is RFC 3986, 5.2.3.
func (b *BaseIRI) merge(path []byte) []byte {
	if len(b.authority) > 0 && len(b.path) == 0 {
		return append([]byte("/"), path...)
	}
	i := bytes.LastIndexByte(b.path, '/') + 1
	return append(b.path[:i:i], path...)
}

// withoutDots is RFC 3986, 5.2.4.
func withoutDots(path []byte) []byte {
	if !bytes.Contains(path, []byte(".")) {
		return path
	}
	var out []byte
	for len(path) > 0 {
		switch {
		case bytes.HasPrefix(path, []byte("../")):
			path = path[3:]
		case bytes.HasPrefix(path, []byte("./")), bytes.HasPrefix(path, []byte("/./")):
			path = path[2:]
		case string(path) == "/.":
			path = path[:1]
		case bytes.HasPrefix(path, []byte("/../")), string(path) == "/..":
			out = out[:max(0, bytes.LastIndexByte(out, '/'))]
			path = append([]byte("/"), path[min(len(path), 4):]...)
		case string(path) == ".", string(path) == "..":
			path = nil
		default:
			n := 1 + bytes.IndexByte(append(path[1:len(path):len(path)], '/'), '/')
			out, path = append(out, path[:n]...), path[n:]
		}
	}
	return out
}
