package graph

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// decisions are those of a graph, and what they leave out of it.
//
// What is retracted takes with it what it is a part of: a source all its claims. A
// derived claim falls with any of the claims it is derived from, however far: the
// annotator concluded it from all of them, and it is no surer than the weakest.
type decisions struct {
	labels  []quad.Value                     // under which they stand
	authors []string                         // who made them, each once for each
	latest  map[quad.IRI]*schema.Decision    // by what they are on
	fallen  map[quad.IRI]*schema.Decision    // retracted sources, claims and labels; claims derived from these
	matches map[[2]quad.IRI]*schema.Decision // the latest, by the two things
	same    map[quad.IRI][]*schema.Decision  // of these what joins, by each of the two
	made    map[quad.IRI]*schema.Decision    // of these all, by their IRIs
	sources map[quad.IRI]bool                // those of the graph
	each    map[quad.IRI]error               // all of them; what stands in the place of one and is none has an error
}

// readDecisions reads the decisions of the whole graph, beside some more that are
// not in it.
func readDecisions(ctx context.Context, v *View, more ...*schema.Decision) (*decisions, error) {
	d := &decisions{latest: map[quad.IRI]*schema.Decision{}, fallen: map[quad.IRI]*schema.Decision{},
		sources: map[quad.IRI]bool{}, each: map[quad.IRI]error{}}
	labels := map[quad.Value]bool{}
	for _, class := range schema.DecisionClasses {
		for q, err := range v.Each(ctx, quad.Quad{Object: class}) {
			if err != nil {
				return nil, err
			}
			iri := iriOf(q.Subject)
			label, ok := schema.DecisionLabel(iri)
			if !ok || q.Predicate != schema.Type || q.Label != label {
				continue
			}
			labels[label] = true
			quads, err := v.quads(ctx, quad.Quad{Subject: iri, Label: label})
			if err != nil {
				return nil, err
			}
			one, err := schema.ReadDecision(iri, quads)
			if d.each[iri] = err; err == nil {
				more = append(more, one)
			}
		}
	}
	d.match(more)
	for _, one := range more {
		d.authors = append(d.authors, one.By)
		if one.Verdict != "" {
			continue
		}
		if last := d.latest[one.On]; last == nil || one.After(last) {
			d.latest[one.On] = one
		}
	}
	d.labels = slices.Collect(maps.Keys(labels))
	return d, d.fall(ctx, v)
}

// fall finds what the retractions in force take with them.
func (d *decisions) fall(ctx context.Context, v *View) error {
	for on, last := range d.latest {
		if last.Retracts {
			d.fallen[on] = last
		}
	}
	if len(d.fallen) == 0 {
		return nil
	}
	err := v.each(ctx, quad.Quad{Object: schema.SourceClass}, func(q quad.Quad) {
		if q.Predicate == schema.Type && q.Label == q.Subject {
			d.sources[iriOf(q.Subject)] = true
		}
	})
	todo := slices.Sorted(maps.Keys(d.fallen))
	for _, source := range todo {
		if d.sources[source] {
			claims, failed := v.ofSource(ctx, source)
			todo, err = append(todo, claims...), errors.Join(err, failed)
		}
	}
	for ; len(todo) > 0 && err == nil; todo = todo[1:] {
		var more []quad.IRI
		err = v.each(ctx, quad.Quad{Predicate: schema.DerivedFrom, Object: todo[0]}, func(q quad.Quad) {
			claim := iriOf(q.Subject)
			if source, whole, _, ok := schema.SplitClaim(claim); ok && whole == claim && q.Label == source && d.of(claim) == nil {
				d.fallen[claim], more = d.of(todo[0]), append(more, claim)
			}
		})
		slices.Sort(more)
		todo = append(todo, more...)
	}
	return err
}

// ofSource lists the IRIs of the claims of a source, in order.
func (v *View) ofSource(ctx context.Context, source quad.IRI) (claims []quad.IRI, err error) {
	err = v.each(ctx, quad.Quad{Predicate: schema.FromSource, Object: source}, func(q quad.Quad) {
		if q.Label == source {
			claims = append(claims, iriOf(q.Subject))
		}
	})
	slices.Sort(claims)
	return claims, err
}

// of is the retraction by which a source, a claim or a label is left out, or nil.
func (d *decisions) of(iri quad.IRI) *schema.Decision {
	if d == nil || len(d.fallen) == 0 {
		return nil
	}
	if last := d.fallen[iri]; last != nil {
		return last
	}
	if source, _, _, ok := schema.SplitClaim(iri); ok {
		return d.fallen[source]
	}
	return nil
}

// hidden are the labels that are left out, and what others begin with.
func (d *decisions) hidden(ctx context.Context, v *View) (labels, prefixes []quad.Value, err error) {
	labels = slices.Clone(d.labels)
	retracted := false
	for _, iri := range slices.Sorted(maps.Keys(d.fallen)) {
		labels = append(labels, iri)
		prefixes = append(prefixes, iri+"/claim/") // a graph of others may have claims as well
		retracted = retracted || d.sources[iri]
	}
	if retracted {
		idle, err := d.idleBackground(ctx, v)
		return append(labels, idle...), prefixes, err
	}
	return labels, prefixes, nil
}

// idleBackground are the labels of what every reader knows of things that only
// retracted sources speak of: a store without these sources would not have it.
func (d *decisions) idleBackground(ctx context.Context, v *View) (labels []quad.Value, err error) {
	about, led, err := d.background(ctx, v)
	if err != nil {
		return nil, err
	}
	var spoken []quad.IRI
	for entity := range about {
		is, err := d.spokenOf(ctx, v, entity)
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
				source, _, _, _ := schema.SplitClaim(claim)
				needed[claim], sources[source] = true, true
				spoken = append(spoken, led[claim]...)
			}
		}
	}
	for claim := range led {
		source, _, _, _ := schema.SplitClaim(claim)
		if !needed[claim] {
			labels = append(labels, claim)
		}
		if !sources[source] {
			labels = append(labels, source)
		}
	}
	return labels, nil
}

// background lists the claims of background by what they are about, and what each
// leads to.
func (d *decisions) background(ctx context.Context, v *View) (about, led map[quad.IRI][]quad.IRI, err error) {
	about, led = map[quad.IRI][]quad.IRI{}, map[quad.IRI][]quad.IRI{}
	for source := range d.sources {
		if !schema.IsBackground(source) {
			continue
		}
		claims, err := v.ofSource(ctx, source)
		if err != nil {
			return nil, nil, err
		}
		for _, claim := range claims {
			led[claim] = nil
			err := v.each(ctx, quad.Quad{Label: claim}, func(q quad.Quad) {
				about[iriOf(q.Subject)] = append(about[iriOf(q.Subject)], claim)
				led[claim] = append(led[claim], iriOf(q.Object))
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
func (d *decisions) spokenOf(ctx context.Context, v *View, entity quad.IRI) (is bool, err error) {
	err = v.each(ctx, quad.Quad{Subject: entity, Predicate: schema.Type}, func(q quad.Quad) {
		label := iriOf(q.Label)
		is = is || d.sources[label] && !schema.IsBackground(label) && d.fallen[label] == nil
	})
	return is, err
}

// Decides reports whether somebody of a name decided anything: who did need not be
// anybody in the graph.
func (v *View) Decides(name string) bool {
	d := v.decided()
	if d == nil {
		return false
	}
	return slices.ContainsFunc(d.authors, func(author string) bool { return schema.FoldName(author) == schema.FoldName(name) })
}

// Retraction is the decision by which a source, a claim or a label of another graph
// is left out of answers, or nil: its own, its source's, or that on a claim it is
// derived from.
func (v *View) Retraction(iri quad.IRI) *schema.Decision {
	if v.state == nil {
		return nil
	}
	return v.state.decisions.of(iri)
}

// leavesOut reports whether a claim's edges are left out of the view as retracted,
// though its record is there.
func (v *View) leavesOut(claim quad.IRI) bool {
	return v.Retraction(claim) != nil && !v.ShowsRetracted()
}

// WithRetracted returns a view that shows what is retracted, too, and the
// decisions; v itself where there are none.
func (v *View) WithRetracted() *View {
	if v.ShowsRetracted() {
		return v
	}
	all := v.beside(v.state.all.handle(v.whole))
	all.denials, all.names = v.state.all.denials, v.state.all.names
	return all
}

// ShowsRetracted reports whether the view shows what is retracted, too.
func (v *View) ShowsRetracted() bool { return v.state == nil || v.denials == v.state.all.denials }
