package graph

import (
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/match"
	"kg/graph/internal/records"
	"kg/internal/strict"
	"kg/schema"
)

// MatchRules are the rules by which View.Pairs scores whether two entities are the same.
var MatchRules = match.Rules

// MatchLeast is the score from which a pair is shown to a person, MatchLikely that of a likely pair.
const (
	MatchLeast  = match.Least
	MatchLikely = match.Likely
)

// Likeness is how likely two entities are the same, with the reasons.
type Likeness struct {
	A, B     quad.IRI // the smaller IRI first
	Kinds    [2]string
	Score    int
	Out      bool             // a contradiction rules it out
	Reasons  []match.Reason   // why rules speak for the pair or against it: the Rule, its Points (0 rules the pair out), and the Text
	Decision *schema.Decision // nil if there is none
	Joined   bool             // sources, or decisions, make them one
}

// Seems returns the score in a word.
func (l Likeness) Seems() string {
	switch {
	case l.Joined:
		return "joined"
	case l.Out:
		return "ruled out"
	case l.Score == 0:
		return "no ground"
	case l.Score >= MatchLikely:
		return "likely"
	case l.Score >= MatchLeast:
		return "possible"
	}
	return "weak"
}

// PairOptions narrow a search for pairs.
type PairOptions struct {
	Between [2]quad.IRI // sources, or labels of other graphs: one entity of each; empty for all
	Kind    string      // of both entities, or a kind above it; empty or "entity" for any
	Least   int         // the least score
	Decided bool        // those too that are decided to be the same or different, or are joined
}

// Pairs lists pairs of entities that may be the same, best first, by match.Rules and
// blocking keys, without comparing all pairs.
func (v *View) Pairs(ctx context.Context, o PairOptions) ([]Likeness, error) {
	r, err := v.records(ctx)
	if err != nil {
		return nil, err
	}
	if err := o.check(r); err != nil {
		return nil, err
	}
	s, err := match.New(ctx, r.List, match.Options{
		OneKind: r.OneKind, Least: o.Least,
		Wanted: func(a, b int) bool { return o.want(v, r, a, b) },
	})
	if err != nil {
		return nil, err
	}
	pairs, err := s.Pairs(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]Likeness, len(pairs))
	for i, p := range pairs {
		list[i] = v.likeness(r, p)
	}
	return list, nil
}

// Pair scores two entities, whether or not they share a blocking key.
func (v *View) Pair(ctx context.Context, a, b quad.IRI) (l Likeness, err error) {
	r, err := v.records(ctx)
	if err != nil {
		return l, err
	}
	var at [2]int
	for i, node := range []quad.IRI{a, b} {
		if at[i] = r.Find(node); at[i] < 0 {
			return l, &UnknownError{Msg: strict.Sprintf("%s is no thing that can be matched: it has no name, and is no event", v.Base.Short(node))}
		}
	}
	s, err := match.New(ctx, r.List, match.Options{OneKind: r.OneKind})
	if err != nil {
		return l, err
	}
	return v.likeness(r, s.Judge(at[0], at[1])), nil
}

// check returns what is wrong with the options.
func (o PairOptions) check(r *records.Records) error {
	for _, source := range o.Between {
		if source != "" && !r.KnowsSource(source) {
			return &UnknownError{Msg: strict.Sprintf("%s names nothing that can be matched", source)}
		}
	}
	return nil
}

// likeness converts a pair that match has scored.
func (v *View) likeness(r *records.Records, p match.Pair) Likeness {
	a, b := quad.IRI(r.List[p.A].IRI), quad.IRI(r.List[p.B].IRI)
	return Likeness{
		A: a, B: b, Score: p.Score, Out: p.Out, Reasons: p.Reasons,
		Kinds:    [2]string{r.KindName(p.A), r.KindName(p.B)},
		Decision: v.Match(a, b), Joined: v.joins.Canonical(a) == v.joins.Canonical(b),
	}
}

// want reports whether the options ask for a pair.
func (o PairOptions) want(v *View, r *records.Records, a, b int) bool {
	if !r.IsA(a, o.Kind) || !r.IsA(b, o.Kind) || o.Between[0] != "" && !r.Across(a, b, o.Between) {
		return false
	}
	if o.Decided {
		return true
	}
	x, y := quad.IRI(r.List[a].IRI), quad.IRI(r.List[b].IRI)
	d := v.Match(x, y)
	undecided := d == nil || d.Verdict == schema.Undecided
	return undecided && v.joins.Canonical(x) != v.joins.Canonical(y)
}

// records returns the entities and events of the graph that can be matched.
func (v *View) records(ctx context.Context) (*records.Records, error) {
	x, err := v.names.Get(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := v.joins.Classes(ctx); err != nil {
		return nil, err
	}
	return records.Read(ctx, &records.Graph{
		R: v.r, Names: x,
		Canonical: func(node quad.IRI) quad.IRI { return iriOf(v.joins.Canonical(node)) },
		Called:    func(ctx context.Context, node quad.IRI) (string, error) { return v.namer.Name(ctx, node) },
		Role: func(ctx context.Context, relation quad.IRI) (string, error) {
			role, err := v.Reading(ctx, relation, true)
			return role.Text, err
		},
	})
}

// KnowsKind returns an error with the nearest known kind if the graph has no kind of
// that name; "entity" is any kind.
func (v *View) KnowsKind(ctx context.Context, name string) error {
	x, err := v.names.Get(ctx)
	if err != nil || name == "entity" {
		return err
	}
	var known []string
	for _, k := range x.Kinds {
		if k.Name == name {
			return nil
		}
		known = append(known, k.Name)
	}
	slices.Sort(known)
	return &UnknownError{Msg: strict.Sprintf("unknown kind %q", name) + strict.DidYouMean(name, known)}
}

// JoinedBetween counts the pairs of entities, one of each of two sources, or of any
// sources if none are given, that sources or decisions join.
func (v *View) JoinedBetween(ctx context.Context, between [2]quad.IRI) (n int, err error) {
	classes, err := v.joins.Classes(ctx)
	if err != nil {
		return 0, err
	}
	sources := map[quad.IRI][]quad.IRI{}
	for node := range classes {
		err := v.r.Do(ctx, quad.Quad{Subject: node, Predicate: schema.Type}, func(q quad.Quad) {
			sources[node] = append(sources[node], schema.IRI(iriOf(q.Label)).Source())
		})
		if err != nil {
			return 0, err
		}
	}
	in := func(node quad.IRI, i int) bool { return between[i] == "" || slices.Contains(sources[node], between[i]) }
	for node, others := range classes {
		for _, other := range others {
			if node < other && (in(node, 0) && in(other, 1) || in(node, 1) && in(other, 0)) {
				n++
			}
		}
	}
	return n, nil
}
