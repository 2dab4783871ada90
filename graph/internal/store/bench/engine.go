package main

import (
	"fmt"
	"os/exec"
)

// engine is one store under comparison. Each runs in processes of its own.
type engine interface {
	// Load makes the store from a file of canonical N-Quads. It has returned
	// when the store is complete, indexed, on disk and closed.
	Load(file string) error
	// Open opens the store for questions.
	Open() error
	// Count asks a question and gives the number of rows.
	Count(q question) (int, error)
	Close() error
}

// namer is an engine that can also be asked for the rows as values.
type namer interface {
	Names(q question) (int, error)
}

// exporter is an engine that can write all its quads as N-Quads, in any order.
type exporter interface {
	Export(file string) error
}

// adder is an engine that can add single quads, each durable when Add
// returns. Add may be called by several goroutines at once.
type adder interface {
	Add(s, p, o, l string) error
}

// newEngine gives an engine that keeps its files in dir.
func newEngine(name, dir string) (engine, error) {
	switch name {
	case "limit":
		return &limit{}, nil
	case "kg":
		return &kg{dir: dir}, nil
	case "sqlite":
		return &sqlite{dir: dir}, nil
	case "duckdb", "duckdb-art":
		return &duck{questioner: questioner{keyed: true}, dir: dir, art: name == "duckdb-art"}, nil
	}
	if name == "ladybug" {
		return &ladybug{dir: dir}, nil
	}
	if p, ok := products[name]; ok {
		return &server{product: p, name: name, dir: dir}, nil
	}
	return nil, fmt.Errorf("no engine %q: there are kg, sqlite, duckdb, duckdb-art, ladybug, oxigraph, jena and virtuoso", name)
}

// able gives the peers that can do something.
func (b *bench) able(can func(engine) bool) (names []string, err error) {
	for _, name := range b.peers {
		e, err := newEngine(name, b.folder(name))
		if err != nil {
			return nil, err
		}
		if can(e) {
			names = append(names, name)
		}
	}
	return names, nil
}

// missing returns what an engine needs and lacks, "" if nothing.
func missing(e engine) string {
	switch e := e.(type) {
	case *server:
		return e.missing()
	case *ladybug:
		if exec.Command("python3", "-c", "import real_ladybug").Run() != nil {
			return "no python3 with real_ladybug"
		}
	}
	return ""
}

// embedded reports whether an engine is part of this program, which opens a store when it
// starts.
func embedded(e engine) bool {
	switch e.(type) {
	case *server, *ladybug:
		return false
	}
	return true
}

func canExport(e engine) bool {
	if s, ok := e.(*server); ok {
		return s.dump != nil
	}
	_, ok := e.(exporter)
	return ok
}

func canAdd(e engine) bool {
	_, ok := e.(adder)
	return ok
}

// question is one of the questions of the bench graph. Rows are paths, so
// duplicates count; recursion gives each node reached once.
type question struct {
	Name string // q1, q2hub, ...
	From string // the node it begins at, in N-Quads spelling
}

// questions gives all questions for a graph whose last company has this
// number.
func questions(lastCompany int) []question {
	return []question{
		{"q1", iri("person", 7)},                                    // -knows-> ?
		{"q2hub", iri("company", 0)},                                // <-worksAt- ? -knows-> ?
		{"q2leaf", iri("company", min(20000, (lastCompany+1)*4/5))}, // the same from a company hardly anybody works at
		{"q3", iri("person", 49)},                                   // -worksAt-> ? <-to- ? -from-> ?
		{"q4", iri("company", 0)},                                   // payments and bribes from it and to company/1
		{"q5up", iri("company", lastCompany)},                       // owner, followed to the end
		{"q5down", iri("company", 100)},                             // owner, followed backwards to the end
		{"q6", property("type/Payment")},                            // payments with an amount of at least 20000
	}
}
