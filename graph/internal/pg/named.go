package pg

import (
	"cmp"
	"encoding/binary"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"
	"github.com/jackc/pgx/v5"

	"kg/graph/internal/names"
	"kg/graph/internal/store"
	"kg/graph/internal/store/term"
)

// The statements that find nodes by name.
const (
	termsByID   = `SELECT id, head, rest FROM kg_terms WHERE id = ANY($1::bigint[])`
	gramSizes   = `SELECT gram, sum(n)::bigint FROM kg_names WHERE gram = ANY($1::bigint[]) GROUP BY gram`
	gramsIn     = `SELECT gram, sum(n)::bigint FROM kg_names WHERE gram >= $1 AND gram <= $2 GROUP BY gram`
	gramTerms   = `SELECT gram, terms FROM kg_names WHERE gram = ANY($1::bigint[])`
	termsCalled = `SELECT id, head, rest FROM kg_terms WHERE id IN (SELECT q.s FROM kg_by_object q WHERE q.o = ANY($1::bigint[]) AND q.p = ANY($2::bigint[]))`
)

const (
	// enoughKnown is how many terms are read and tested themselves, rather than
	// intersected with further lists.
	enoughKnown = 300
	// seenForOne bounds the terms that are read and tested, per node that may be found.
	seenForOne = 5
)

// namedNodes is the result of Named.
type namedNodes struct {
	nodes []quad.IRI
	ok    bool
}

// Kinds implements store.Feed.
func (s *Session) Kinds() (list []store.KindCount, ok bool, err error) {
	if s.whole {
		return nil, false, nil
	}
	err = s.keysByID(slices.Collect(maps.Keys(s.kinds)), func(id int64, key []byte) error {
		value, err := term.Value(key)
		if iri, is := value.(quad.IRI); is && s.kinds[id] > 0 {
			list = append(list, store.KindCount{IRI: iri, Count: s.kinds[id]})
		}
		return err
	})
	if err != nil {
		return nil, false, s.readError(err)
	}
	return list, true, nil
}

// Named implements store.Feed. It reads at once: only the number of its statements
// depends on the search, and no other read can replace it.
func (s *Session) Named(w names.Wanted, keep func(name string) bool, most int) ([]quad.IRI, bool, error) {
	if s.whole {
		return nil, false, nil
	}
	key := w.Key()
	if have, known := s.found[key]; known {
		return have.nodes, have.ok, nil
	}
	f := &finding{Session: s, wanted: w, keep: keep, most: most, sizes: map[names.Gram]int64{}, within: map[names.GramRange][]names.Gram{}}
	nodes, ok, err := f.nodes()
	if err != nil {
		if s.ctx.Err() != nil {
			err = s.ctx.Err()
		}
		return nil, false, s.readError(err)
	}
	s.found[key] = namedNodes{nodes, ok}
	return nodes, ok, nil
}

// finding is one search for names.
type finding struct {
	*Session
	wanted names.Wanted
	keep   func(string) bool
	most   int
	by     []int64 // the naming predicates
	sizes  map[names.Gram]int64
	within map[names.GramRange][]names.Gram // those that there are
	lists  map[names.Gram][]int64
}

func (f *finding) nodes() (nodes []quad.IRI, ok bool, err error) {
	if err := f.measure(); err != nil {
		return nil, false, err
	}
	words := f.choose()
	if err := f.read(words); err != nil {
		return nil, false, err
	}
	terms := f.terms(words)
	odd := f.lists[oddNames]
	if len(terms)+len(odd) > seenForOne*f.most {
		return nil, false, nil
	}
	found, literals, err := f.see(terms, odd)
	if err != nil {
		return nil, false, err
	}
	if err := f.called(literals, found); err != nil {
		return nil, false, err
	}
	return slices.Sorted(maps.Keys(found)), len(found) <= f.most, nil
}

// measure reads how many terms have each gram, and the ids of the naming predicates.
func (f *finding) measure() error {
	b := &pgx.Batch{}
	count := func(rows pgx.Rows, each func(names.Gram)) error {
		var g, n int64
		_, err := pgx.ForEachRow(rows, []any{&g, &n}, func() error {
			f.sizes[names.Gram(g)] = n
			each(names.Gram(g))
			return nil
		})
		return err
	}
	var single []int64
	for _, word := range f.wanted {
		for _, way := range word {
			for _, r := range way {
				if _, seen := f.within[r]; seen {
					continue
				}
				f.within[r] = nil
				if r.From == r.To {
					single = append(single, int64(r.From))
					continue
				}
				b.Queue(gramsIn, int64(r.From), int64(r.To)).Query(func(rows pgx.Rows) error {
					return count(rows, func(g names.Gram) { f.within[r] = append(f.within[r], g) })
				})
			}
		}
	}
	b.Queue(gramSizes, single).Query(func(rows pgx.Rows) error {
		return count(rows, func(g names.Gram) { f.within[names.GramRange{From: g, To: g}] = []names.Gram{g} })
	})
	heads, digests := splitAll(namingKeys())
	b.Queue(termsByKey, heads, digests).Query(func(rows pgx.Rows) error {
		for rows.Next() {
			f.by = append(f.by, int64(binary.BigEndian.Uint64(rows.RawValues()[0])))
		}
		return rows.Err()
	})
	f.Statements += b.Len()
	return f.tx.SendBatch(f.ctx, b).Close()
}

// size is how many terms have a gram of a range, those with several more than once.
func (f *finding) size(r names.GramRange) (n int64) {
	for _, g := range f.within[r] {
		n += f.sizes[g]
	}
	return n
}

// choose drops the lists that need not be read: most grams of an alternative,
// alternatives that no term has, and words when few terms have another one.
func (f *finding) choose() (words [][]names.AllOf) {
	most := map[int]int64{}
	for _, word := range f.wanted {
		var ways []names.AllOf
		n := int64(0)
		for _, way := range word {
			rarest := slices.Clone(way)
			slices.SortStableFunc(rarest, func(a, b names.GramRange) int { return cmp.Compare(f.size(a), f.size(b)) })
			least := f.size(rarest[0])
			if least == 0 {
				continue
			}
			few := 1
			for few < min(len(rarest), 4) && f.size(rarest[few-1]) > enoughKnown {
				few++
			}
			ways, n = append(ways, rarest[:few]), n+least
		}
		most[len(words)] = n
		words = append(words, ways)
	}
	order := slices.SortedFunc(maps.Keys(most), func(a, b int) int { return cmp.Or(cmp.Compare(most[a], most[b]), cmp.Compare(a, b)) })
	var chosen [][]names.AllOf
	for i, at := range order {
		if i == 0 || most[order[i-1]] > enoughKnown {
			chosen = append(chosen, words[at])
		}
	}
	return chosen
}
