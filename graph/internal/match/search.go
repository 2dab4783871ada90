package match

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sync"
)

// mostBearers bounds the records of a selective key: records are not compared for a key
// that more have. mostBorn is the bound for a name with a year of birth.
const (
	mostBearers = 64
	mostBorn    = 512
)

// Options narrow a search.
type Options struct {
	// OneKind reports whether records of two kinds can be one entity.
	OneKind func(a, b int) bool
	// Wanted reports whether a pair is asked for; nil wants all. It is called from
	// several goroutines.
	Wanted func(a, b int) bool
	Least  int // the least score
}

// Search has the records under their keys.
type Search struct {
	records []Record
	options Options
	common  map[key]bool // that more than mostBearers have
	crowded map[key]bool // that more than mostBorn have
	pairs   []uint64     // that are to be judged, in order
}

// New finds the pairs to compare.
func New(ctx context.Context, records []Record, o Options) (*Search, error) {
	s := &Search{records: records, options: o, common: map[key]bool{}, crowded: map[key]bool{}}
	names := make([][][]string, len(records))
	err := s.pass(ctx, func(i int, do emit) { names[i] = records[i].keys(do) })
	const parts = 4 // keys of slips are many: a part of them at a time
	for part := range key(parts) {
		if err == nil {
			err = s.pass(ctx, func(i int, do emit) {
				slipKeys(names[i], func(k key) {
					if k%parts == part {
						do(k, true)
					}
				})
			})
		}
	}
	slices.Sort(s.pairs)
	s.pairs = slices.Compact(s.pairs)
	return s, err
}

// keyEntry is a record under a key.
type keyEntry struct {
	key    key
	record uint32
	asks   bool
}

const buckets = 256

// pass enters all records under some of their keys, and notes which records meet.
func (s *Search) pass(ctx context.Context, keys func(record int, do emit)) error {
	workers := runtime.GOMAXPROCS(0)
	entered := make([][buckets][]keyEntry, workers)
	s.aside(workers, func(w int) {
		for i := w; i < len(s.records) && ctx.Err() == nil; i += workers {
			keys(i, func(k key, asks bool) {
				b := &entered[w][k>>56]
				*b = append(*b, keyEntry{k, uint32(i), asks})
			})
		}
	})
	met := make([]meeting, workers)
	s.aside(workers, func(w int) {
		for b := w; b < buckets && ctx.Err() == nil; b += workers {
			var all []keyEntry
			for from := range entered {
				all = append(all, entered[from][b]...)
				entered[from][b] = nil
			}
			met[w].bucket(s, all)
		}
	})
	for _, m := range met {
		s.pairs = append(s.pairs, m.pairs...)
		for _, k := range m.common {
			s.common[k] = true
		}
		for _, k := range m.crowded {
			s.crowded[k] = true
		}
	}
	return ctx.Err()
}

// aside runs do on several workers concurrently.
func (s *Search) aside(workers int, do func(worker int)) {
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() { do(w) })
	}
	wait.Wait()
}

// meeting holds the pairs that a worker finds in a pass.
type meeting struct {
	pairs           []uint64
	common, crowded []key
}

// bucket finds the records of each key.
func (m *meeting) bucket(s *Search, all []keyEntry) {
	slices.SortFunc(all, func(a, b keyEntry) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.record, b.record))
	})
	for from, to := 0, 0; from < len(all); from = to {
		group := all[from:from:from]
		for to = from; to < len(all) && all[to].key == all[from].key; to++ {
			if n := len(group); n > 0 && group[n-1].record == all[to].record {
				group[n-1].asks = group[n-1].asks || all[to].asks
				continue
			}
			group = append(group, all[to]) // in place: the group never overtakes the read position
		}
		if len(group) > mostBearers {
			m.common = append(m.common, group[0].key)
		}
		if len(group) > mostBorn {
			m.crowded = append(m.crowded, group[0].key)
			continue
		}
		m.meet(s, group)
	}
}

// meet records the pairs of a group. For a key that many have they are recorded if it can
// be a name with a year of birth: judging decides.
func (m *meeting) meet(s *Search, group []keyEntry) {
	for i, a := range group {
		for _, b := range group[i+1:] {
			if (a.asks || b.asks) && s.wanted(int(a.record), int(b.record), len(group) > mostBearers) {
				m.pairs = append(m.pairs, uint64(a.record)<<32|uint64(b.record))
			}
		}
	}
}

// wanted reports whether a pair is to be judged at all.
func (s *Search) wanted(a, b int, born bool) bool {
	x, y := &s.records[a], &s.records[b]
	if x.Event != y.Event || !s.options.OneKind(x.Kind, y.Kind) {
		return false
	}
	if born { // a key that many have needs near dates
		if f, _ := fitOf(x.near(), y.near()); f < overlaps {
			return false
		}
	}
	return s.options.Wanted == nil || s.options.Wanted(a, b)
}

// near are the dates that part records of one key.
func (r *Record) near() []DateRange {
	if r.Event {
		return r.Dates
	}
	return r.Births
}

// Pairs scores the pairs: the best first, and among equals by IRI.
func (s *Search) Pairs(ctx context.Context) ([]Pair, error) {
	workers := runtime.GOMAXPROCS(0)
	found := make([][]Pair, workers)
	s.aside(workers, func(w int) {
		share := (len(s.pairs) + workers - 1) / workers
		for i := w * share; i < min((w+1)*share, len(s.pairs)) && ctx.Err() == nil; i++ {
			p := s.Judge(int(s.pairs[i]>>32), int(uint32(s.pairs[i])))
			if p.Score >= max(s.options.Least, 1) {
				found[w] = append(found[w], p)
			}
		}
	})
	all := slices.Concat(found...)
	slices.SortFunc(all, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(s.records[a.A].IRI, s.records[b.A].IRI), cmp.Compare(s.records[a.B].IRI, s.records[b.B].IRI))
	})
	return all, ctx.Err()
}
