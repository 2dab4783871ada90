package turtle_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"kg/internal/rdf/canon"
	"kg/internal/rdf/lex"
	"kg/internal/rdf/nquads"
	"kg/internal/rdf/turtle"
)

// exceptions are the tests of the suites in which the Reader departs from them, and
// why. A test that is listed here must depart.
var exceptions = map[string]string{}

// suites are the folders of the suites, and how many tests each has.
var suites = map[string]int{
	"rdf-turtle": 313, "rdf-trig": 356,
	"rdf12/rdf-turtle/syntax": 74, "rdf12/rdf-turtle/eval": 29, "rdf12/rdf-trig/syntax": 35, "rdf12/rdf-trig/eval": 25,
}

func TestW3C(t *testing.T) {
	t.Parallel()
	departed := map[string]bool{}
	for suite, tests := range suites {
		entries := manifest(t, suite)
		if len(entries) != tests {
			t.Errorf("%s: %d tests, not %d", suite, len(entries), tests)
		}
		for _, e := range entries {
			err := e.check()
			if err == nil {
				continue
			}
			departed[e.name] = true
			if _, ok := exceptions[e.name]; !ok {
				t.Errorf("%s: %v", e.name, err)
			}
		}
	}
	for name := range exceptions {
		if !departed[name] {
			t.Errorf("%s behaves as the suite asks and needs no exception", name)
		}
	}
}

// entry is a test of a suite.
type entry struct{ name, kind, action, result, base string }

// manifest reads the tests of a suite with the Reader itself.
func manifest(t *testing.T, suite string) (entries []entry) {
	t.Helper()
	const mf, of = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#", "test:/"
	folder := filepath.Join("testdata", "w3c", filepath.FromSlash(suite))
	text, err := os.ReadFile(filepath.Join(folder, "manifest.ttl"))
	if err != nil {
		t.Fatal(err)
	}
	quads, err := readAll(string(text), of+"manifest.ttl", false, nquads.KeepTriples)
	if err != nil {
		t.Fatal(err)
	}
	base, tests := "", map[string]*entry{}
	for _, q := range quads {
		s, o := string(q[0].Text), string(q[2].Text)
		if tests[s] == nil {
			tests[s] = &entry{name: suite + s[strings.LastIndexByte(s, '#')+1:]}
		}
		switch strings.TrimPrefix(string(q[1].Text), mf) {
		case "name":
			tests[s].name = suite + "/" + o
		case "action":
			tests[s].action = strings.TrimPrefix(o, of)
		case "result":
			tests[s].result = filepath.Join(folder, strings.TrimPrefix(o, of))
		case "assumedTestBase":
			base = o
		case "http://www.w3.org/1999/02/22-rdf-syntax-ns#type":
			tests[s].kind = path.Base(strings.ReplaceAll(o, "#", "/"))
		}
	}
	for _, e := range tests {
		if e.action != "" {
			e.base, e.action = base+e.action, filepath.Join(folder, e.action)
			entries = append(entries, *e)
		}
	}
	return entries
}

// check gives what is wrong with what the Reader makes of the test's file.
func (e entry) check() error {
	text, err := os.ReadFile(e.action)
	if err != nil {
		return err
	}
	quads, err := readAll(string(text), e.base, strings.HasSuffix(e.action, ".trig"), nquads.KeepTriples)
	switch {
	case strings.Contains(e.kind, "Negative"):
		if err == nil {
			return errors.New("was accepted")
		}
		return nil
	case err != nil:
		return err
	case strings.HasSuffix(e.kind, "PositiveSyntax"):
		return nil
	case !strings.HasSuffix(e.kind, "Eval"):
		return fmt.Errorf("is of an unknown kind, %s", e.kind)
	}
	f, err := os.Open(e.result)
	if err != nil {
		return err
	}
	defer f.Close()
	want, err := readNQuads(f)
	if err != nil {
		return err
	}
	return differ(quads, want)
}

// differ is what is wrong if two datasets are not the same but for the labels of
// blank nodes.
func differ(got, want [][4]nquads.Term) error {
	g, err := canonical(got)
	if err != nil {
		return err
	}
	w, err := canonical(want)
	if err == nil && g != w {
		err = fmt.Errorf("gives\n%sand not\n%s", g, w)
	}
	return err
}

// canonical is the canonical form of a dataset. A triple term stands in it as a
// blank node with its three terms, for the canonical form is RDF 1.1's.
func canonical(quads [][4]nquads.Term) (string, error) {
	var d canon.Dataset
	terms := map[string]nquads.Term{}
	var add func(q [4]nquads.Term) error
	add = func(q [4]nquads.Term) error {
		o := q[2]
		switch o.Kind {
		case nquads.Directed:
			q[2] = nquads.Term{Kind: nquads.Typed, Text: o.Text, Type: []byte("test:" + string(o.Type))}
		case nquads.Triple:
			node, known := terms[string(o.Text)]
			if !known {
				node = nquads.Term{Kind: nquads.Blank, Text: fmt.Appendf(nil, "triple%d", len(terms))}
				terms[string(o.Text)] = node
				inner, err := readNQuads(strings.NewReader(strings.TrimSuffix(strings.TrimPrefix(string(o.Text), "<<("), ")>>") + " ."))
				if err != nil {
					return err
				}
				for i, part := range inner[0][:3] {
					if err := add([4]nquads.Term{node, {Kind: nquads.IRI, Text: fmt.Appendf(nil, "test:part%d", i)}, part}); err != nil {
						return err
					}
				}
			}
			q[2] = node
		}
		return d.Add(&q)
	}
	for _, q := range quads {
		if err := add(q); err != nil {
			return "", err
		}
	}
	form, err := d.Canonize(context.Background(), canon.Options{})
	return string(form.Text), err
}

func readNQuads(r io.Reader) ([][4]nquads.Term, error) {
	reader := nquads.NewReader(r, "result")
	reader.Triples = nquads.KeepTriples
	return drain(reader)
}

func readAll(text, base string, trig bool, triples nquads.Triples) ([][4]nquads.Term, error) {
	b, err := lex.NewBase(base)
	if base != "" && err != nil {
		return nil, err
	}
	r := turtle.NewReader(strings.NewReader(text), "x.ttl", b)
	r.TriG, r.Triples = trig, triples
	return drain(r)
}

// drain reads to the end or to the first error.
func drain(r interface {
	ReadTerms(*[4]nquads.Term) error
}) (quads [][4]nquads.Term, err error) {
	for {
		var q [4]nquads.Term
		if err := r.ReadTerms(&q); err == io.EOF {
			return quads, nil
		} else if err != nil {
			return quads, err
		}
		for i := range q {
			q[i].Text, q[i].Type = []byte(string(q[i].Text)), []byte(string(q[i].Type))
		}
		quads = append(quads, q)
	}
}
