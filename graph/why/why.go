// Package why is what stands behind the paths between two entities: hop by hop who
// states it, which hop is the weakest, how many independent origins it has, and which
// sources the whole falls with. The paths, the claims and how sure they are it asks of
// package graph; it prints nothing.
package why

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/graph/internal/paths"
)

// Connection is how two entities are connected, and what stands behind it.
type Connection struct {
	From, To quad.IRI // the ends, or what stands for them and all that are joined to them
	Stories  []Story  // those through no hub first, then the shortest first
	More     bool     // there are more of the last one's length
	Nodes    int      // how many entities were looked at
	Cut      bool     // the search ended before all paths within the hops were looked at
	// OnlyDenied reports that the stories are of the graph with what sources deny:
	// without that nothing connects the two.
	OnlyDenied bool
	// OnlyRetracted reports that they are of the graph with what is retracted.
	OnlyRetracted bool
}

// Story is a path with its evidence.
type Story struct {
	Hops     []Hop
	Hubs     []quad.IRI
	Evidence *graph.Evidence // of the path as a whole
	Joined   []graph.Join    // what makes each thing on the way one, whether the path needs it or not
	Weakest  int             // the hop that is least sure, from 0; -1 where all are alike
	Origins  graph.Origins   // of the hop that has the fewest
	Falls    []Fall          // by source, in the order of IRIs
}

// Hop is an edge of a story, seen from where the path comes.
type Hop struct {
	graph.Edge
	From, To quad.IRI       // what stands for all that are joined to the edge's ends
	Quads    []quad.Quad    // the edge under each of its labels
	Claims   []*graph.Claim // all that state it, the surest first; none for a foreign edge
	Evidence *graph.Evidence
	Origins  graph.Origins
}

// Fall is what is left of a story without a source.
type Fall struct {
	Source quad.IRI
	Hop    int  // the first hop that nothing else states, from 0; -1 if there is none
	Joins  bool // it says that two nodes on the way are the same
}

// Stands reports whether the story does without the source.
func (f Fall) Stands() bool { return f.Hop < 0 && !f.Joins }

// Find finds how two entities are connected: the paths between them, with what
// stands behind each hop. If there is none, it looks for one through what sources
// deny, and then for one through what is retracted.
func Find(ctx context.Context, v *graph.View, from, to quad.IRI, o graph.PathOptions) (*Connection, error) {
	asked, w := v, &Connection{}
	found, err := v.Paths(ctx, from, to, o)
	if err == nil && len(found.Paths) == 0 && !v.ShowsDenied() {
		var whole *graph.View
		if whole, err = v.WithDenied(ctx); whole != nil && err == nil {
			asked = whole
			found, err = whole.Paths(ctx, from, to, o)
			w.OnlyDenied = err == nil && len(found.Paths) > 0
		}
	}
	if all := v.WithRetracted(); err == nil && len(found.Paths) == 0 && all != v {
		asked = all
		found, err = all.Paths(ctx, from, to, o)
		w.OnlyRetracted = err == nil && len(found.Paths) > 0
	}
	if err != nil {
		return nil, err
	}
	w.From, w.To, w.More, w.Nodes, w.Cut = found.From, found.To, found.More, found.Nodes, found.Cut
	for _, path := range found.Paths {
		story, err := tell(ctx, asked, [2]quad.IRI{from, to}, w.From, path)
		if err != nil {
			return nil, err
		}
		w.Stories = append(w.Stories, story)
	}
	return w, nil
}

// tell finds what stands behind a path between two ends that were asked for.
func tell(ctx context.Context, v *graph.View, ends [2]quad.IRI, at quad.IRI, p paths.Path) (Story, error) {
	s := Story{Hubs: p.Hubs}
	all := &graph.Answer{}
	var way []quad.Quad
	for _, step := range p.Steps {
		hop, err := hopOf(ctx, v, at, step)
		if err != nil {
			return s, err
		}
		s.Hops, way = append(s.Hops, hop), append(way, step.Quads...)
		at = step.To
	}
	all.Add(way)
	var err error
	if s.Evidence, err = v.Evidence(ctx, all); err != nil {
		return s, err
	}
	if err = addJoined(ctx, v, &s, ends); err != nil {
		return s, err
	}
	s.Weakest = weakest(s.Hops)
	fewest := slices.MinFunc(s.Hops, func(a, b Hop) int {
		return cmp.Or(cmp.Compare(a.Origins.Least, b.Origins.Least), cmp.Compare(a.Origins.Most, b.Origins.Most))
	})
	s.Origins = fewest.Origins
	s.Falls, err = fallsOf(ctx, v, s)
	return s, err
}

// addJoined finds what makes the things on the way one; the story rests on that too
// where an end that was asked for is not the one that the edge has.
func addJoined(ctx context.Context, v *graph.View, s *Story, ends [2]quad.IRI) error {
	first, last := s.Hops[0], s.Hops[len(s.Hops)-1]
	other := map[quad.IRI]bool{}
	near := first.Quad.Subject
	if !first.Out {
		near = first.Quad.Object
	}
	for i, end := range []quad.Value{near, last.Other()} {
		if end == quad.Value(ends[i]) {
			continue
		}
		node, err := v.Canonical(ctx, end)
		if err != nil {
			return err
		}
		other[asIRI(node)] = true
	}
	if err := v.AddJoins(ctx, s.Evidence, other); err != nil {
		return err
	}
	told := map[quad.Quad]bool{}
	at := first.From
	for i := range len(s.Hops) + 1 {
		joins, err := v.SameAs(ctx, at)
		if err != nil {
			return err
		}
		for _, j := range joins {
			if !told[j.Quad] {
				told[j.Quad] = true
				s.Joined = append(s.Joined, j)
			}
		}
		if i < len(s.Hops) {
			at = s.Hops[i].To
		}
	}
	return nil
}

// hopOf finds what stands behind a step.
func hopOf(ctx context.Context, v *graph.View, at quad.IRI, step paths.PathStep) (h Hop, err error) {
	h = Hop{Edge: graph.Edge{Quad: step.Quad, Out: step.Out}, From: at, To: step.To, Quads: step.Quads}
	for _, q := range step.Quads {
		c, err := v.Claim(ctx, asIRI(q.Label))
		if err != nil {
			return h, err
		}
		if c != nil {
			h.Claims = append(h.Claims, c)
		}
	}
	if h.Claim, err = v.Claim(ctx, asIRI(step.Quad.Label)); err != nil {
		return h, err
	}
	a := &graph.Answer{}
	a.Add(step.Quads)
	if h.Evidence, err = v.Evidence(ctx, a); err != nil {
		return h, err
	}
	h.Origins, err = v.Origins(ctx, h.Claims)
	return h, err
}

// weakest is the hop that is least sure: one that is denied, then by the stance of
// its surest speaker and what keeps it from being a plain fact; of hops that are as
// sure the one with the fewest origins. It is -1 if all hops are alike, or there is
// one alone.
func weakest(hops []Hop) int {
	surest := func(h Hop) graph.Sureness {
		var best graph.Sureness
		for i, s := range h.Evidence.Sureness {
			if i == 0 || s.Surer(best) {
				best = s
			}
		}
		return best
	}
	compare := func(a, b Hop) int { // the weaker one first
		denied := cmp.Compare(len(b.Evidence.Deniers), len(a.Evidence.Deniers))
		x, y := surest(a), surest(b)
		switch {
		case denied != 0:
			return denied
		case y.Surer(x):
			return -1
		case x.Surer(y):
			return 1
		}
		return cmp.Compare(a.Origins.Least, b.Origins.Least)
	}
	first, last := slices.MinFunc(hops, compare), slices.MaxFunc(hops, compare)
	if compare(first, last) == 0 {
		return -1
	}
	return slices.IndexFunc(hops, func(h Hop) bool { return compare(h, first) == 0 })
}

// fallsOf tells, for each source behind a story, whether the story does without it.
// A claim falls with its source, and with that of what it is derived from; an edge
// of another graph with its label.
func fallsOf(ctx context.Context, v *graph.View, s Story) ([]Fall, error) {
	sources, joins := map[quad.IRI]bool{}, map[quad.IRI]bool{}
	var stated []statements
	for _, h := range s.Hops {
		list, err := statementsOf(ctx, v, h.Quads)
		if err != nil {
			return nil, err
		}
		stated = append(stated, list)
		for _, needs := range list {
			maps.Copy(sources, needs)
		}
	}
	for _, j := range s.Evidence.Joins {
		joins[j.Source], sources[j.Source] = true, true
	}
	var falls []Fall
	for _, source := range slices.Sorted(maps.Keys(sources)) {
		hop := slices.IndexFunc(stated, func(list statements) bool { return list.allNeed(source) })
		falls = append(falls, Fall{Source: source, Hop: hop, Joins: joins[source]})
	}
	return falls, nil
}

// statements are the sources that each statement of an edge needs.
type statements []map[quad.IRI]bool

func statementsOf(ctx context.Context, v *graph.View, quads []quad.Quad) (list statements, err error) {
	for _, q := range quads {
		c, err := v.Claim(ctx, asIRI(q.Label))
		if err != nil {
			return nil, err
		}
		needs := map[quad.IRI]bool{}
		if c == nil {
			needs[asIRI(q.Label)] = true
		} else {
			origins := map[quad.IRI]*graph.Claim{}
			if err := v.AddOrigins(ctx, origins, c); err != nil {
				return nil, err
			}
			for _, origin := range origins {
				needs[origin.Source] = true
			}
		}
		list = append(list, needs)
	}
	return list, nil
}

func (list statements) allNeed(source quad.IRI) bool {
	return !slices.ContainsFunc(list, func(needs map[quad.IRI]bool) bool { return !needs[source] })
}

// Facts are the edges of the stories.
func (w *Connection) Facts() (list []graph.Edge) {
	for _, s := range w.Stories {
		for _, h := range s.Hops {
			list = append(list, h.Edge)
		}
	}
	return list
}

// asIRI is a value if it is an IRI, and else the empty one.
func asIRI(value quad.Value) quad.IRI {
	iri, _ := value.(quad.IRI)
	return iri
}
