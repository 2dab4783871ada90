package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store"
	"kg/graph/internal/store/bulk"
	"kg/graph/internal/store/db"
	"kg/graph/internal/store/plan"
)

// kg is kg's store, asked through Cayley's path.
type kg struct {
	dir      string
	qs       *store.QuadStore
	prepared map[string]*store.Prepared // by question
}

// storePath gives the path of the store in its folder.
func storePath(dir string) string { return filepath.Join(dir, "kg.db") }

// Load imports into a store that is not there yet.
func (k *kg) Load(file string) error {
	qs, err := store.Open(storePath(k.dir), db.Options{Create: true})
	if err != nil {
		return err
	}
	in := bulk.Input{Name: file, Open: func() (io.ReadCloser, error) { return os.Open(file) }}
	_, err = qs.Import(context.Background(), []bulk.Input{in}, bulk.Options{})
	return errors.Join(err, qs.Close())
}

// Open opens the store as its writer.
func (k *kg) Open() (err error) {
	k.prepared = map[string]*store.Prepared{}
	k.qs, err = store.Open(storePath(k.dir), db.Options{})
	return err
}

func (k *kg) Close() error { return k.qs.Close() }

func named(kind string, i int) quad.Value { return quad.IRI(fmt.Sprintf("%s%s/%d", base, kind, i)) }

// path returns the path of a question, made on each call as a user's would be. Recursion
// is the store's own: Cayley's hides from any store.
func (k *kg) path(q question) (*path.Path, error) {
	via := func(name string) quad.Value { return quad.IRI(base + name) }
	start := path.StartPath(k.qs, q.start())
	if p := small(q.Name, start); p != nil {
		return p, nil
	}
	switch q.Name {
	case "q2hub":
		return start.In(via("worksAt")).Out(via("knows")), nil
	case "q4":
		return start.In(via("from")).And(path.StartPath(k.qs, named("company", 1)).In(via("to"))), nil
	case "q5up":
		return start.Filters(plan.FollowRecursive(path.StartMorphism().Out(via("owner")), -1)), nil
	case "q5down":
		return start.Filters(plan.FollowRecursive(path.StartMorphism().In(via("owner")), -1)), nil
	case "q6":
		large := shape.Comparison{Op: iterator.CompareGTE, Val: quad.Int(20000)}
		return start.In(via("type")).HasFilter(via("amount"), false, large), nil
	}
	return nil, fmt.Errorf("no question %q", q.Name)
}

// start is the node that a question begins with.
func (q question) start() quad.Value { return quad.IRI(q.From[1 : len(q.From)-1]) }

// small goes on by the path of a question with few rows, nil for others.
func small(name string, p *path.Path) *path.Path {
	via := func(name string) quad.Value { return quad.IRI(base + name) }
	switch name {
	case "q1":
		return p.Out(via("knows"))
	case "q2leaf":
		return p.In(via("worksAt")).Out(via("knows"))
	case "q3":
		return p.Out(via("worksAt")).In(via("to")).Out(via("from"))
	}
	return nil
}

// Count asks for the number of rows: of a question with few by a path that is
// prepared once, as SQLite's statements are.
func (k *kg) Count(q question) (n int, err error) {
	p, ok := k.prepared[q.Name]
	if !ok {
		if via := small(q.Name, path.StartMorphism()); via != nil {
			p = k.qs.Prepare(via)
		}
		k.prepared[q.Name] = p
	}
	if p != nil {
		err = p.Ask(context.Background(), q.start(), func(graph.Ref) bool { n++; return true })
		return n, err
	}
	return k.countAnew(q)
}

func (k *kg) countAnew(q question) (int, error) {
	p, err := k.path(q)
	if err != nil {
		return 0, err
	}
	n, err := p.Iterate(context.Background()).Count()
	return int(n), err
}

// Names asks for the rows as values.
func (k *kg) Names(q question) (n int, err error) {
	p, err := k.path(q)
	if err != nil {
		return 0, err
	}
	err = p.Iterate(context.Background()).EachValue(k.qs, func(quad.Value) error {
		n++
		return nil
	})
	return n, err
}

// Export writes the canonical file.
func (k *kg) Export(file string) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	_, err = k.qs.Export(context.Background(), f, nil)
	return errors.Join(err, f.Close())
}

// Add adds one quad.
func (k *kg) Add(s, p, o, l string) error {
	var q quad.Quad
	for i, term := range []string{s, p, o, l} {
		q.Set(quad.Directions[i], quad.IRI(term[1:len(term)-1]))
	}
	return k.qs.ApplyDeltas([]graph.Delta{{Quad: q, Action: graph.Add}}, graph.IgnoreOpts{})
}
