// Package records reads the input of package match: the entities of a graph that have
// names, and events, each as a record merged from all who describe it.
package records

import (
	"context"
	"errors"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/figures"
	"kg/graph/internal/index"
	"kg/graph/internal/match"
	"kg/graph/internal/read"
	"kg/graph/internal/store/term"
	"kg/internal/fold"
	"kg/schema"
	"kg/schema/edtf"
)

// Graph is the graph that records are read from, with its names for terms.
type Graph struct {
	R         *read.Quads
	Names     *index.NameIndex
	Canonical func(quad.IRI) quad.IRI                         // the node that stands for all that are joined
	Called    func(context.Context, quad.IRI) (string, error) // returns the name of a node for display
	Role      func(context.Context, quad.IRI) (string, error) // a relation in words
}

// Records are the entities of a graph that can be matched.
type Records struct {
	List []match.Record

	g       *Graph
	nodes   []*index.Node // parallel to List
	at      map[quad.IRI]int
	kinds   [][]bool // see OneKind
	sources map[string]bool
}

// Read reads them: entities with names, and events.
func Read(ctx context.Context, g *Graph) (*Records, error) {
	r := &Records{g: g, at: map[quad.IRI]int{}, sources: map[string]bool{}}
	r.fill()
	err := errors.Join(r.readSources(ctx), r.readIdentifiers(ctx), r.readBirths(ctx),
		r.readNamed(ctx, schema.CountriesOf, func(m *match.Record, names []string) { m.Countries = append(m.Countries, names...) }),
		r.readNamed(ctx, schema.PostsOf, func(m *match.Record, names []string) { m.Posts = append(m.Posts, names...) }))
	for i := range r.List {
		if err == nil && r.List[i].Event {
			err = r.readEvent(ctx, &r.List[i])
		}
	}
	return r, err
}

// Find is the number of a node's record, -1 if it has none.
func (r *Records) Find(node quad.IRI) int {
	if i, known := r.at[node]; known {
		return i
	}
	return -1
}

// KnowsSource reports whether a source, or another graph's label, has something that
// can be matched.
func (r *Records) KnowsSource(source quad.IRI) bool { return r.sources[string(source)] }

// KindName returns the name of a record's kind in files and queries.
func (r *Records) KindName(i int) string { return r.nodes[i].KindName() }

// IsA reports whether a record's entity is of a kind, by the kind's name.
func (r *Records) IsA(i int, kind string) bool { return r.nodes[i].IsA(kind) }

// Across reports whether one of two entities is of the one source, and the other of the
// other.
func (r *Records) Across(a, b int, between [2]quad.IRI) bool {
	has := func(i, at int) bool { return slices.Contains(r.List[i].Sources, string(between[at])) }
	return has(a, 0) && has(b, 1) || has(a, 1) && has(b, 0)
}

// fill takes the entities with names, and events, from the index.
func (r *Records) fill() {
	var sets [][]*index.KindEntry
	seen := map[string]int{}
	names := map[int32][]index.Name{}
	for _, c := range r.g.Names.Names {
		if c.As <= index.AsOther {
			names[c.Node] = append(names[c.Node], c)
		}
	}
	for i := range r.g.Names.Nodes {
		n := &r.g.Names.Nodes[i]
		own := names[int32(i)]
		if n.Rank != index.AnEntity || len(own) == 0 && !n.Happens() {
			continue
		}
		m := match.Record{IRI: string(n.IRI), Event: n.Happens(), Person: n.Below(func(k *index.KindEntry) bool { return slices.Contains(schema.PersonKinds, k.IRI) })}
		slices.SortFunc(own, index.CompareCalled)
		for _, c := range own {
			m.Names = append(m.Names, c.Text)
		}
		m.Names = slices.Compact(m.Names)
		var set strings.Builder
		for _, k := range n.Kinds {
			set.WriteString(strconv.Itoa(k.Number) + " ")
		}
		number, known := seen[set.String()]
		if !known {
			number = len(sets)
			seen[set.String()] = number
			sets = append(sets, n.Kinds)
		}
		m.Kind = number
		r.at[n.IRI] = len(r.List)
		r.List, r.nodes = append(r.List, m), append(r.nodes, n)
	}
	r.learnKinds(sets)
}

// record is that of a node, or nil.
func (r *Records) record(node quad.Value) *match.Record {
	if i, known := r.at[read.IRI(node)]; known {
		return &r.List[i]
	}
	return nil
}

func (r *Records) readSources(ctx context.Context) error {
	return r.g.R.Do(ctx, quad.Quad{Predicate: schema.Type}, func(q quad.Quad) {
		m, source := r.record(q.Subject), string(schema.IRI(read.IRI(q.Label)).Source())
		if m != nil && !slices.Contains(m.Sources, source) {
			m.Sources = append(m.Sources, source)
			r.sources[source] = true
		}
	})
}

func (r *Records) readIdentifiers(ctx context.Context) error {
	holders := map[quad.Value][]quad.Value{} // of documents
	err := r.g.R.Do(ctx, quad.Quad{Predicate: schema.DocumentHolder}, func(q quad.Quad) { holders[q.Subject] = append(holders[q.Subject], q.Object) })
	for _, id := range schema.Identifiers {
		err = errors.Join(err, r.g.R.Do(ctx, quad.Quad{Predicate: id.Relation}, func(q quad.Quad) {
			value := strings.ToUpper(strings.ReplaceAll(fold.Words(term.TextOf(q.Object)), " ", ""))
			for _, node := range append([]quad.Value{q.Subject}, holders[q.Subject]...) {
				one := match.Identifier{Register: string(id.Relation), Name: id.Name, Value: value, Permanent: id.Permanent}
				if m := r.record(node); m != nil && value != "" && !slices.Contains(m.IDs, one) {
					m.IDs = append(m.IDs, one)
				}
			}
		}))
	}
	for i := range r.List {
		slices.SortFunc(r.List[i].IDs, func(a, b match.Identifier) int {
			return strings.Compare(a.Register+"\x00"+a.Value, b.Register+"\x00"+b.Value)
		})
	}
	return err
}

// readNamed reads the names of the entities that relations lead to, folded.
func (r *Records) readNamed(ctx context.Context, relations []quad.IRI, do func(*match.Record, []string)) error {
	leads := map[int][]quad.IRI{}
	var err error
	for _, relation := range relations {
		err = errors.Join(err, r.g.R.Do(ctx, quad.Quad{Predicate: relation}, func(q quad.Quad) {
			if i, known := r.at[read.IRI(q.Subject)]; known {
				leads[i] = append(leads[i], read.IRI(q.Object))
			}
		}))
	}
	for _, i := range slices.Sorted(maps.Keys(leads)) {
		slices.Sort(leads[i])
		for _, node := range slices.Compact(leads[i]) {
			if m := r.record(node); m != nil {
				var folds []string
				for _, name := range m.Names {
					folds = append(folds, fold.Words(name))
				}
				do(&r.List[i], folds)
			}
		}
	}
	return err
}

// readBirths reads the dates of births, and those that other graphs have as literals.
func (r *Records) readBirths(ctx context.Context) error {
	born := map[quad.IRI][]quad.Value{}
	err := r.g.R.Do(ctx, quad.Quad{Predicate: schema.Born}, func(q quad.Quad) {
		born[read.IRI(q.Subject)] = append(born[read.IRI(q.Subject)], q.Object)
	})
	for _, birth := range slices.Sorted(maps.Keys(born)) {
		dates, failed := spans(ctx, r.g.R, birth)
		err = errors.Join(err, failed)
		for _, person := range born[birth] {
			if m := r.record(person); m != nil {
				m.Births = append(m.Births, dates...)
			}
		}
	}
	for _, relation := range schema.BirthDates {
		err = errors.Join(err, r.g.R.Do(ctx, quad.Quad{Predicate: relation}, func(q quad.Quad) {
			d, bad := edtf.Parse(term.TextOf(q.Object))
			if m := r.record(q.Subject); m != nil && bad == nil {
				first, _ := d.Earliest()
				last, _ := d.Latest()
				m.Births = append(m.Births, match.DateRange{First: first, Last: last, Loose: d.Approximate() || d.Uncertain(), Text: d.String()})
			}
		}))
	}
	for i := range r.List {
		slices.SortFunc(r.List[i].Births, compareSpans)
	}
	return err
}

func compareSpans(a, b match.DateRange) int {
	return strings.Compare(a.First+"/"+a.Last+" "+a.Text, b.First+"/"+b.Last+" "+b.Text)
}

// spans are the dates of an event, as match has them.
func spans(ctx context.Context, r *read.Quads, event quad.IRI) (list []match.DateRange, err error) {
	dates, err := figures.Dates(ctx, r, event)
	for _, d := range dates {
		list = append(list, match.DateRange{First: d.First, Last: d.Last, Loose: d.Loose, Text: d.Text})
	}
	slices.SortFunc(list, compareSpans)
	return slices.Compact(list), err
}

// readEvent reads the participants of an event, its amounts and its dates.
func (r *Records) readEvent(ctx context.Context, m *match.Record) (err error) {
	if m.Dates, err = spans(ctx, r.g.R, quad.IRI(m.IRI)); err != nil {
		return err
	}
	quads, err := r.g.R.List(ctx, quad.Quad{Subject: quad.IRI(m.IRI)})
	if err != nil {
		return err
	}
	slices.SortFunc(quads, func(a, b quad.Quad) int {
		return strings.Compare(term.TextOf(a.Predicate)+"\x00"+term.TextOf(a.Object), term.TextOf(b.Predicate)+"\x00"+term.TextOf(b.Object))
	})
	for _, q := range quads {
		relation, other := read.IRI(q.Predicate), read.IRI(q.Object)
		if other == "" || relation == schema.Type || relation == schema.When || slices.Contains(schema.AboutEvents, relation) {
			continue
		}
		if i, is := r.g.Names.At[other]; is && r.g.Names.Nodes[i].Rank == index.AnEntity {
			if err := r.addPart(ctx, m, relation, other); err != nil {
				return err
			}
		} else if is && r.g.Names.Nodes[i].Rank == index.AFigure {
			if err := r.addAmount(ctx, m, other); err != nil {
				return err
			}
		}
	}
	return nil
}

// addPart notes a participant, by its IRI and its names.
func (r *Records) addPart(ctx context.Context, m *match.Record, relation, other quad.IRI) error {
	role, err := r.g.Role(ctx, relation)
	if err != nil {
		return err
	}
	name, err := r.g.Called(ctx, other)
	if err != nil {
		return err
	}
	p := match.Part{Role: role, Name: name, Keys: []string{string(r.g.Canonical(other))}}
	if one := r.record(other); one != nil {
		for _, text := range one.Names {
			p.Keys = append(p.Keys, fold.Words(text))
		}
	}
	if !slices.ContainsFunc(m.Parts, func(o match.Part) bool { return o.Role == p.Role && o.Keys[0] == p.Keys[0] }) {
		m.Parts = append(m.Parts, p)
	}
	return nil
}

// addAmount adds a quantity that has a unit. An approximate one extends by a tenth of
// itself, as in kg compare.
func (r *Records) addAmount(ctx context.Context, m *match.Record, node quad.IRI) error {
	a := match.Amount{Least: math.Inf(-1), Most: math.Inf(1)}
	about, has := false, false
	number := func(q quad.Quad) float64 {
		n, err := strconv.ParseFloat(term.TextOf(q.Object), 64)
		has = has || err == nil
		return n
	}
	err := r.g.R.Do(ctx, quad.Quad{Subject: node}, func(q quad.Quad) {
		switch q.Predicate {
		case schema.Value:
			a.Least = number(q)
			a.Most = a.Least
		case schema.MinValue:
			a.Least = number(q)
		case schema.MaxValue:
			a.Most = number(q)
		case schema.Unit:
			a.Unit = term.TextOf(q.Object)
		case schema.Approximate:
			about = about || q.Object == quad.Value(quad.Bool(true))
		}
	})
	if err != nil || !has || a.Unit == "" {
		return err
	}
	if about {
		a.Least, a.Most = a.Least*0.9, a.Most*1.1
	}
	a.Text, err = r.g.Called(ctx, node)
	m.Amounts = append(m.Amounts, a)
	return err
}
