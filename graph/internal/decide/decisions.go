// Package decide reads the decisions in a graph, retractions and matches, and finds the
// claims that fall with retractions.
package decide

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/schema"
)

// Decisions are the decisions of a graph, and the labels they hide.
//
// A retracted source takes all its claims with it. A derived claim falls with any of the
// claims it is derived from, transitively: the annotator concluded it from all of them,
// and it is no surer than the weakest.
type Decisions struct {
	Labels  []quad.Value                     // under which they stand
	Authors []string                         // of the decisions, each once
	Latest  map[quad.IRI]*schema.Decision    // by the source or claim that they are on
	Fallen  map[quad.IRI]*schema.Decision    // retracted sources, claims and labels; claims derived from these
	Matches map[[2]quad.IRI]*schema.Decision // the latest, by the two entities
	Same    map[quad.IRI][]*schema.Decision  // of these the joins, by each of the two
	Made    map[quad.IRI]*schema.Decision    // of these all, by their IRIs
	sources map[quad.IRI]bool                // those of the graph
	Each    map[quad.IRI]error               // all of them; a malformed one has an error
}

// Read reads the decisions of the whole graph, and adds some more that are not in it.
func Read(ctx context.Context, r *read.Quads, more ...*schema.Decision) (*Decisions, error) {
	d := &Decisions{Latest: map[quad.IRI]*schema.Decision{}, Fallen: map[quad.IRI]*schema.Decision{},
		sources: map[quad.IRI]bool{}, Each: map[quad.IRI]error{}}
	labels := map[quad.Value]bool{}
	for _, class := range schema.DecisionClasses {
		for q, err := range r.Each(ctx, quad.Quad{Object: class}) {
			if err != nil {
				return nil, err
			}
			iri := read.IRI(q.Subject)
			label, ok := schema.IRI(iri).DecisionLabel()
			if !ok || q.Predicate != schema.Type || q.Label != label {
				continue
			}
			labels[label] = true
			quads, err := r.List(ctx, quad.Quad{Subject: iri, Label: label})
			if err != nil {
				return nil, err
			}
			one, err := schema.ReadDecision(iri, quads)
			if d.Each[iri] = err; err == nil {
				more = append(more, one)
			}
		}
	}
	d.Match(more)
	for _, one := range more {
		d.Authors = append(d.Authors, one.By)
		if one.Verdict != "" {
			continue
		}
		if last := d.Latest[one.On]; last == nil || one.After(last) {
			d.Latest[one.On] = one
		}
	}
	d.Labels = slices.Collect(maps.Keys(labels))
	return d, d.fall(ctx, r)
}

// fall finds the claims that fall with the retractions in force.
func (d *Decisions) fall(ctx context.Context, r *read.Quads) error {
	for on, last := range d.Latest {
		if last.Retracts {
			d.Fallen[on] = last
		}
	}
	if len(d.Fallen) == 0 {
		return nil
	}
	err := r.Do(ctx, quad.Quad{Object: schema.SourceClass}, func(q quad.Quad) {
		if q.Predicate == schema.Type && q.Label == q.Subject {
			d.sources[read.IRI(q.Subject)] = true
		}
	})
	todo := slices.Sorted(maps.Keys(d.Fallen))
	for _, source := range todo {
		if d.sources[source] {
			claims, failed := ClaimsOf(ctx, r, source)
			todo, err = append(todo, claims...), errors.Join(err, failed)
		}
	}
	for ; len(todo) > 0 && err == nil; todo = todo[1:] {
		var more []quad.IRI
		err = r.Do(ctx, quad.Quad{Predicate: schema.DerivedFrom, Object: todo[0]}, func(q quad.Quad) {
			claim := read.IRI(q.Subject)
			if source, whole, _, ok := schema.IRI(claim).SplitClaim(); ok && whole == claim && q.Label == source && d.Of(claim) == nil {
				d.Fallen[claim], more = d.Of(todo[0]), append(more, claim)
			}
		})
		slices.Sort(more)
		todo = append(todo, more...)
	}
	return err
}

// ClaimsOf lists the IRIs of the claims of a source, in order.
func ClaimsOf(ctx context.Context, r *read.Quads, source quad.IRI) (claims []quad.IRI, err error) {
	err = r.Do(ctx, quad.Quad{Predicate: schema.FromSource, Object: source}, func(q quad.Quad) {
		if q.Label == source {
			claims = append(claims, read.IRI(q.Subject))
		}
	})
	slices.Sort(claims)
	return claims, err
}

// Of is the retraction by which a source, a claim or a label is left out, or nil.
func (d *Decisions) Of(iri quad.IRI) *schema.Decision {
	if d == nil || len(d.Fallen) == 0 {
		return nil
	}
	if last := d.Fallen[iri]; last != nil {
		return last
	}
	if source, _, _, ok := schema.IRI(iri).SplitClaim(); ok {
		return d.Fallen[source]
	}
	return nil
}

// Hidden returns the hidden labels, and the prefixes of further ones.
func (d *Decisions) Hidden(ctx context.Context, r *read.Quads) (labels, prefixes []quad.Value, err error) {
	labels = slices.Clone(d.Labels)
	retracted := false
	for _, iri := range slices.Sorted(maps.Keys(d.Fallen)) {
		labels = append(labels, iri)
		prefixes = append(prefixes, iri+"/claim/") // a graph of others may have claims as well
		retracted = retracted || d.sources[iri]
	}
	if retracted {
		idle, err := d.idleBackground(ctx, r)
		return append(labels, idle...), prefixes, err
	}
	return labels, prefixes, nil
}

// idleBackground returns the labels of background claims about entities that only
// retracted sources mention: a store without these sources would not have them.
func (d *Decisions) idleBackground(ctx context.Context, r *read.Quads) (labels []quad.Value, err error) {
	about, led, err := d.background(ctx, r)
	if err != nil {
		return nil, err
	}
	var spoken []quad.IRI
	for entity := range about {
		is, err := d.spokenOf(ctx, r, entity)
		if err != nil {
			return nil, err
		}
		if is {
			spoken = append(spoken, entity)
		}
	}
	needed, sources := map[quad.IRI]bool{}, map[quad.IRI]bool{}
	for ; len(spoken) > 0; spoken = spoken[1:] {
		for _, claim := range about[spoken[0]] {
			if !needed[claim] {
				source, _, _, _ := schema.IRI(claim).SplitClaim()
				needed[claim], sources[source] = true, true
				spoken = append(spoken, led[claim]...)
			}
		}
	}
	for claim := range led {
		source, _, _, _ := schema.IRI(claim).SplitClaim()
		if !needed[claim] {
			labels = append(labels, claim)
		}
		if !sources[source] {
			labels = append(labels, source)
		}
	}
	return labels, nil
}

// background lists the background claims by their subjects, with the ends of each.
func (d *Decisions) background(ctx context.Context, r *read.Quads) (about, led map[quad.IRI][]quad.IRI, err error) {
	about, led = map[quad.IRI][]quad.IRI{}, map[quad.IRI][]quad.IRI{}
	for source := range d.sources {
		if !schema.IRI(source).IsBackground() {
			continue
		}
		claims, err := ClaimsOf(ctx, r, source)
		if err != nil {
			return nil, nil, err
		}
		for _, claim := range claims {
			led[claim] = nil
			err := r.Do(ctx, quad.Quad{Label: claim}, func(q quad.Quad) {
				about[read.IRI(q.Subject)] = append(about[read.IRI(q.Subject)], claim)
				led[claim] = append(led[claim], read.IRI(q.Object))
			})
			if err != nil {
				return nil, nil, err
			}
		}
	}
	return about, led, nil
}

// spokenOf reports whether a source that is not retracted, and is no background,
// declares an entity.
func (d *Decisions) spokenOf(ctx context.Context, r *read.Quads, entity quad.IRI) (is bool, err error) {
	err = r.Do(ctx, quad.Quad{Subject: entity, Predicate: schema.Type}, func(q quad.Quad) {
		label := read.IRI(q.Label)
		is = is || d.sources[label] && !schema.IRI(label).IsBackground() && d.Fallen[label] == nil
	})
	return is, err
}

// Next makes a decision that is later than the last one on the same source or claim, even
// if another machine's clock was ahead.
func (d *Decisions) Next(base schema.Base, retracts bool, on quad.IRI, reason, by string) (*schema.Decision, error) {
	at := time.Now()
	if last := d.Latest[on]; last != nil && !at.After(last.At.Add(time.Microsecond)) {
		at = last.At.Add(time.Microsecond)
	}
	one, err := base.NewDecision(retracts, on, reason, by, at)
	if err != nil {
		verb := map[bool]string{true: "retracting", false: "restoring"}[retracts]
		return nil, fmt.Errorf("%s %s: %w", verb, base.Short(on), err)
	}
	return one, nil
}
