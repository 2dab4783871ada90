package graph

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
	"kg/internal/fold"
	"kg/schema"
	"kg/schema/edtf"
)

// records are the things of a graph that can be matched.
type records struct {
	list    []match.Record
	nodes   []*index.Node // beside list
	at      map[quad.IRI]int
	kinds   [][]bool // see oneKind
	sources map[string]bool
	x       *index.Index
}

// records reads them: entities with names, and events.
func (v *View) records(ctx context.Context) (*records, error) {
	x, err := v.names.Get(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := v.classes(ctx); err != nil {
		return nil, err
	}
	r := &records{at: map[quad.IRI]int{}, sources: map[string]bool{}, x: x}
	r.fill()
	err = errors.Join(r.readSources(ctx, v), r.readIdentifiers(ctx, v), r.readBirths(ctx, v),
		r.readNamed(ctx, v, schema.CountriesOf, func(m *match.Record, names []string) { m.Countries = append(m.Countries, names...) }),
		r.readNamed(ctx, v, schema.PostsOf, func(m *match.Record, names []string) { m.Posts = append(m.Posts, names...) }))
	for i := range r.list {
		if err == nil && r.list[i].Event {
			err = r.readEvent(ctx, v, &r.list[i])
		}
	}
	return r, err
}

// fill takes from the index what has names, and events.
func (r *records) fill() {
	var sets [][]*index.Kind
	seen := map[string]int{}
	names := map[int32][]index.Name{}
	for _, c := range r.x.Names {
		if c.As <= index.AsOther {
			names[c.Node] = append(names[c.Node], c)
		}
	}
	for i := range r.x.Nodes {
		n := &r.x.Nodes[i]
		own := names[int32(i)]
		if n.Rank != index.AnEntity || len(own) == 0 && !n.Happens() {
			continue
		}
		m := match.Record{IRI: string(n.IRI), Event: n.Happens(), Person: n.Below(func(k *index.Kind) bool { return slices.Contains(schema.PersonKinds, k.IRI) })}
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
		r.at[n.IRI] = len(r.list)
		r.list, r.nodes = append(r.list, m), append(r.nodes, n)
	}
	r.learnKinds(sets)
}

// record is that of a node, or nil.
func (r *records) record(node quad.Value) *match.Record {
	if i, known := r.at[iriOf(node)]; known {
		return &r.list[i]
	}
	return nil
}

func (r *records) readSources(ctx context.Context, v *View) error {
	return v.each(ctx, quad.Quad{Predicate: schema.Type}, func(q quad.Quad) {
		m, source := r.record(q.Subject), string(sourceOf(q.Label))
		if m != nil && !slices.Contains(m.Sources, source) {
			m.Sources = append(m.Sources, source)
			r.sources[source] = true
		}
	})
}

func (r *records) readIdentifiers(ctx context.Context, v *View) error {
	holders := map[quad.Value][]quad.Value{} // of documents
	err := v.each(ctx, quad.Quad{Predicate: schema.DocumentHolder}, func(q quad.Quad) { holders[q.Subject] = append(holders[q.Subject], q.Object) })
	for _, id := range schema.Identifiers {
		err = errors.Join(err, v.each(ctx, quad.Quad{Predicate: id.Relation}, func(q quad.Quad) {
			value := strings.ToUpper(strings.ReplaceAll(fold.Words(Text(q.Object)), " ", ""))
			for _, node := range append([]quad.Value{q.Subject}, holders[q.Subject]...) {
				one := match.ID{Register: string(id.Relation), Name: id.Name, Value: value, Permanent: id.Permanent}
				if m := r.record(node); m != nil && value != "" && !slices.Contains(m.IDs, one) {
					m.IDs = append(m.IDs, one)
				}
			}
		}))
	}
	for i := range r.list {
		slices.SortFunc(r.list[i].IDs, func(a, b match.ID) int { return strings.Compare(a.Register+"\x00"+a.Value, b.Register+"\x00"+b.Value) })
	}
	return err
}

// readNamed tells what the things that relations lead to are called, folded.
func (r *records) readNamed(ctx context.Context, v *View, relations []quad.IRI, do func(*match.Record, []string)) error {
	leads := map[int][]quad.IRI{}
	var err error
	for _, relation := range relations {
		err = errors.Join(err, v.each(ctx, quad.Quad{Predicate: relation}, func(q quad.Quad) {
			if i, known := r.at[iriOf(q.Subject)]; known {
				leads[i] = append(leads[i], iriOf(q.Object))
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
				do(&r.list[i], folds)
			}
		}
	}
	return err
}

// readBirths reads the dates of births, and those that other graphs have as literals.
func (r *records) readBirths(ctx context.Context, v *View) error {
	born := map[quad.IRI][]quad.Value{}
	err := v.each(ctx, quad.Quad{Predicate: schema.Born}, func(q quad.Quad) {
		born[iriOf(q.Subject)] = append(born[iriOf(q.Subject)], q.Object)
	})
	for _, birth := range slices.Sorted(maps.Keys(born)) {
		spans, failed := v.matchSpans(ctx, birth)
		err = errors.Join(err, failed)
		for _, person := range born[birth] {
			if m := r.record(person); m != nil {
				m.Births = append(m.Births, spans...)
			}
		}
	}
	for _, relation := range schema.BirthDates {
		err = errors.Join(err, v.each(ctx, quad.Quad{Predicate: relation}, func(q quad.Quad) {
			d, bad := edtf.Parse(Text(q.Object))
			if m := r.record(q.Subject); m != nil && bad == nil {
				first, _ := d.Earliest()
				last, _ := d.Latest()
				m.Births = append(m.Births, match.Span{First: first, Last: last, Loose: d.Approximate() || d.Uncertain(), Text: d.String()})
			}
		}))
	}
	for i := range r.list {
		slices.SortFunc(r.list[i].Births, compareSpans)
	}
	return err
}

func compareSpans(a, b match.Span) int {
	return strings.Compare(a.First+"/"+a.Last+" "+a.Text, b.First+"/"+b.Last+" "+b.Text)
}

// matchSpans are the dates of an event, as match has them.
func (v *View) matchSpans(ctx context.Context, event quad.IRI) (list []match.Span, err error) {
	dates, err := figures.Dates(ctx, v.r, event)
	for _, d := range dates {
		list = append(list, match.Span{First: d.First, Last: d.Last, Loose: d.Loose, Text: d.Text})
	}
	slices.SortFunc(list, compareSpans)
	return slices.Compact(list), err
}

// readEvent reads who has a part in an event, its sums and its dates.
func (r *records) readEvent(ctx context.Context, v *View, m *match.Record) (err error) {
	if m.Dates, err = v.matchSpans(ctx, quad.IRI(m.IRI)); err != nil {
		return err
	}
	quads, err := v.quads(ctx, quad.Quad{Subject: quad.IRI(m.IRI)})
	if err != nil {
		return err
	}
	slices.SortFunc(quads, func(a, b quad.Quad) int {
		return strings.Compare(Text(a.Predicate)+"\x00"+Text(a.Object), Text(b.Predicate)+"\x00"+Text(b.Object))
	})
	for _, q := range quads {
		relation, other := iriOf(q.Predicate), iriOf(q.Object)
		if other == "" || relation == schema.Type || relation == schema.When || slices.Contains(schema.AboutEvents, relation) {
			continue
		}
		if i, is := r.x.At[other]; is && r.x.Nodes[i].Rank == index.AnEntity {
			if err := r.addPart(ctx, v, m, relation, other); err != nil {
				return err
			}
		} else if is && r.x.Nodes[i].Rank == index.AFigure {
			if err := v.addAmount(ctx, m, other); err != nil {
				return err
			}
		}
	}
	return nil
}

// addPart notes a participant, by its IRI and its names.
func (r *records) addPart(ctx context.Context, v *View, m *match.Record, relation, other quad.IRI) error {
	role, err := v.Reading(ctx, relation, true)
	if err != nil {
		return err
	}
	name, err := v.Describe(ctx, other)
	if err != nil {
		return err
	}
	p := match.Part{Role: role.Text, Name: name.Text, Keys: []string{string(iriOf(v.canonical(other)))}}
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

// addAmount notes a quantity that has a unit. What is about so reaches a tenth of
// itself farther, as kg compare has it.
func (v *View) addAmount(ctx context.Context, m *match.Record, node quad.IRI) error {
	a := match.Amount{Least: math.Inf(-1), Most: math.Inf(1)}
	about, has := false, false
	number := func(q quad.Quad) float64 {
		n, err := strconv.ParseFloat(Text(q.Object), 64)
		has = has || err == nil
		return n
	}
	err := v.each(ctx, quad.Quad{Subject: node}, func(q quad.Quad) {
		switch q.Predicate {
		case schema.Value:
			a.Least = number(q)
			a.Most = a.Least
		case schema.MinValue:
			a.Least = number(q)
		case schema.MaxValue:
			a.Most = number(q)
		case schema.Unit:
			a.Unit = Text(q.Object)
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
	cell, err := v.Describe(ctx, node)
	a.Text = cell.Text
	m.Amounts = append(m.Amounts, a)
	return err
}
