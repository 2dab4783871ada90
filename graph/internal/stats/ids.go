package stats

import (
	"cmp"
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/claims"
	"kg/graph/internal/read"
	"kg/graph/internal/store"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// byID is All by term ids: all quads are scanned once, and values are read only of the
// groups.
type byID struct {
	g *Graph
	read.Columns
	claims  []term.ID // that are such by their class
	sure    []term.ID // those of claims files
	sources []term.ID
	foreign map[term.ID]bool // by label
	counts  map[string]map[term.ID]int
}

func countByID(ctx context.Context, g *Graph, ids *store.IDs, t counts) (err error) {
	defer snapshot.Catch(&err)
	s := &byID{g: g, Columns: read.Columns{Ctx: ctx, IDs: ids}, foreign: map[term.ID]bool{}, counts: map[string]map[term.ID]int{}}
	for _, of := range []string{"kind", "source", "speaker", "author", "relation", "graph"} {
		s.counts[of] = map[term.ID]int{}
	}
	if s.claims, err = s.Subjects(schema.Type, schema.ClaimClass); err != nil {
		return err
	}
	if s.sources, err = s.Subjects(schema.Type, schema.SourceClass); err != nil {
		return err
	}
	if s.sure, _, err = claims.NewReader(read.Columns{Ctx: ctx, IDs: ids}, g.R).Split(s.claims); err != nil {
		return err
	}
	for _, count := range []func() error{s.quads, s.kinds, s.speakers, s.authors} {
		if err := count(); err != nil {
			return err
		}
	}
	return s.tell(t)
}

// Speakers counts claims by speaker, those with most first.
func Speakers(ctx context.Context, g *Graph) (list []Count, err error) {
	defer snapshot.Catch(&err)
	t := counts{}
	qs, ok := g.R.QS.(*store.QuadStore)
	if !ok {
		err = g.R.Do(ctx, quad.Quad{Predicate: schema.Speaker}, func(q quad.Quad) {
			if !g.leavesOut(read.IRI(q.Subject)) {
				t.add("speaker", q.Object)
			}
		})
		return t.mostFirst(), err
	}
	ids, err := qs.IDs()
	if err != nil {
		return nil, err
	}
	s := &byID{g: g, Columns: read.Columns{Ctx: ctx, IDs: ids}, counts: map[string]map[term.ID]int{"speaker": {}}}
	if err := s.count("speaker", schema.Speaker); err != nil {
		return nil, err
	}
	err = s.tell(t)
	return t.mostFirst(), err
}

// mostFirst is in the order of numbers and IRIs.
func (t counts) mostFirst() []Count {
	list := t.sorted()
	slices.SortFunc(list, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(read.IRI(a.Value), read.IRI(b.Value)))
	})
	return list
}

// tell adds the counts, by values.
func (s *byID) tell(t counts) error {
	for of, counts := range s.counts {
		for id, n := range counts {
			value, err := s.IDs.Value(id)
			if err != nil {
				return err
			}
			t[Count{Of: of, Value: value}] += n
		}
	}
	return nil
}

func has(sorted []term.ID, id term.ID) bool {
	_, has := slices.BinarySearch(sorted, id)
	return has
}

// each is that of the numbers, until do fails.
func (s *byID) each(p term.Pattern, do func(term.Quad) error) (err error) {
	each := s.IDs.Each(s.Ctx, p, func(q term.Quad) {
		if err == nil {
			err = do(q)
		}
	})
	if err == nil {
		err = each
	}
	return err
}

// quads counts all quads by their predicates: those of claims but for the inner parts
// of figures, and those of other graphs, by their labels too.
func (s *byID) quads() error {
	var last struct {
		subject, label term.ID

		claim, inner, foreign bool
	}
	var text [2][]byte
	relations := s.counts["relation"]
	return s.each(term.Pattern{}, func(q term.Quad) (err error) {
		subject, label := q[term.Subject], q[term.Label]
		if label != last.label || label == term.None {
			last.claim = has(s.claims, label)
			last.foreign, err = s.isForeign(label)
		}
		if last.claim && (subject != last.subject || label != last.label) {
			last.inner = claims.Under(s.IDs, subject, label, &text)
		}
		last.subject, last.label = subject, label
		if last.claim && !last.inner {
			relations[q[term.Predicate]]++
		}
		if last.foreign {
			s.counts["graph"][label]++
			relations[q[term.Predicate]]++
		}
		return err
	})
}

// labelsCounted is how many labels are remembered: a graph may have one for each
// quad.
const labelsCounted = 1 << 16

// isForeign reports whether a label is that of another graph.
func (s *byID) isForeign(label term.ID) (bool, error) {
	if label == term.None || has(s.sure, label) {
		return label == term.None, nil
	}
	foreign, known := s.foreign[label]
	if known {
		return foreign, nil
	}
	value, err := s.IDs.Value(label)
	if err != nil {
		return false, err
	}
	foreign, err = s.g.Foreign(s.Ctx, value)
	if len(s.foreign) == labelsCounted {
		clear(s.foreign)
	}
	s.foreign[label] = foreign
	return foreign, err
}

// kinds counts the entities of sources, each by one kind, and nodes with kinds in another
// graph by those.
func (s *byID) kinds() error {
	var p term.Pattern
	var err error
	if p.Quad[term.Predicate], err = s.IDs.Find(schema.Type); err != nil || p.Quad[term.Predicate] == term.None {
		return err
	}
	records := map[term.ID]bool{}
	for _, kind := range schema.Records {
		id, err := s.IDs.Find(kind)
		if err != nil {
			return err
		}
		records[id] = true
	}
	seen := make(read.IDSet, int(s.IDs.Last())/64+1)
	var last [2]term.ID
	return s.each(p, func(q term.Quad) error {
		subject, kind := q[term.Subject], q[term.Object]
		if has(s.sources, q[term.Label]) && !records[kind] && !seen.Has(int(subject)) {
			seen.Add(int(subject))
			s.counts["kind"][kind]++
		}
		foreign, err := s.isForeign(q[term.Label])
		if now := [2]term.ID{subject, kind}; foreign && now != last {
			last = now
			s.counts["kind"][kind]++
		}
		return err
	})
}

// speakers counts claims by speaker, and by source.
func (s *byID) speakers() error {
	return cmp.Or(s.count("source", schema.FromSource), s.count("speaker", schema.Speaker))
}

// count counts the quads of a predicate by their objects.
func (s *byID) count(of string, predicate quad.IRI) (err error) {
	var p term.Pattern
	if p.Quad[term.Predicate], err = s.IDs.Find(predicate); err != nil || p.Quad[term.Predicate] == term.None {
		return err
	}
	return s.each(p, func(q term.Quad) error {
		out, err := s.leavesOut(q[term.Subject])
		if !out {
			s.counts[of][q[term.Object]]++
		}
		return err
	})
}

func (s *byID) leavesOut(claim term.ID) (bool, error) {
	if s.g.Retired == nil {
		return false, nil
	}
	value, err := s.IDs.Value(claim)
	return s.g.leavesOut(read.IRI(value)), err
}

// authors counts claims without a speaker by their annotator. Of claims of claims files
// only these are read.
func (s *byID) authors() error {
	speakers, err := s.Read(s.claims, schema.Speaker)
	if err != nil {
		return err
	}
	for i, id := range s.claims {
		if speakers.Of[i] != term.None && has(s.sure, id) {
			continue
		}
		value, err := s.IDs.Value(id)
		if err != nil {
			return err
		}
		annotator, concluded, err := s.g.author(s.Ctx, read.IRI(value))
		if err != nil {
			return err
		}
		if !concluded || s.g.leavesOut(read.IRI(value)) {
			continue
		}
		author, err := s.IDs.Find(annotator)
		if err != nil {
			return err
		}
		s.counts["author"][author]++
	}
	return nil
}
