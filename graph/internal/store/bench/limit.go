package main

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// limit is no store: the quads as sorted arrays in memory, called directly with the
// numbers of the terms asked for. No engine can be much faster on one core, so the goals
// are stated as multiples of it.
//
// Terms are numbered in the order of values, numbers first.
type limit struct {
	s, o                                                   []uint32          // where each subject's, each object's rows begin
	sRows                                                  [][2]uint32       // predicate, object; sorted by subject and then so
	oRows                                                  [][2]uint32       // predicate, subject; sorted by object and then so
	from20k                                                uint32            // the first number that is 20000 or more
	numbers                                                uint32            // the last number
	start                                                  map[string]uint32 // of each question
	company1, knows, worksAt, from, to, owner, amount, isA uint32
	last                                                   int // the highest number of a company
	seen                                                   []uint32
	turn                                                   uint32 // seen[id] == turn: was reached in this question
	queue                                                  []uint32
}

func (l *limit) Open() error  { return nil }
func (l *limit) Close() error { return nil }

// Load builds the arrays.
func (l *limit) Load(file string) error {
	d := newDict()
	var quads [][4]uint32
	err := scan(file, func(s, p, o, g []byte) error {
		q := [4]uint32{d.add(s), d.add(p), d.add(o)}
		if len(g) > 0 {
			q[3] = d.add(g)
		}
		quads = append(quads, q)
		return nil
	})
	if err != nil {
		return err
	}
	rank := l.order(d)
	for i, q := range quads {
		quads[i] = [4]uint32{rank[q[0]], rank[q[1]], rank[q[2]], rank[q[3]]}
	}
	slices.SortFunc(quads, func(a, b [4]uint32) int { return slices.Compare(a[:], b[:]) })
	quads = slices.Compact(quads)
	l.sRows, l.s = index(quads, d.len(), 0, 2)
	l.oRows, l.o = index(quads, d.len(), 2, 0)
	l.seen = make([]uint32, d.len()+1)
	l.know(d, rank)
	if l.last < 1 {
		return fmt.Errorf("reading quads %q: not the bench graph, whose questions are asked: no %s", file, iri("company", 1))
	}
	return nil
}

// order gives the rank of each term in the order of values.
func (l *limit) order(d *dict) []uint32 {
	type term struct {
		id    uint32
		value float64
		isNum bool
	}
	terms := make([]term, d.len())
	for i := range terms {
		v, ok := number(d.term(uint32(i + 1)))
		terms[i] = term{uint32(i + 1), v, ok}
	}
	slices.SortFunc(terms, func(a, b term) int {
		switch {
		case a.isNum && b.isNum:
			return cmp.Or(cmp.Compare(a.value, b.value), cmp.Compare(a.id, b.id))
		case a.isNum:
			return -1
		case b.isNum:
			return 1
		}
		return bytes.Compare(d.term(a.id), d.term(b.id))
	})
	l.numbers = uint32(sort.Search(len(terms), func(i int) bool { return !terms[i].isNum }))
	l.from20k = 1 + uint32(sort.Search(int(l.numbers), func(i int) bool { return terms[i].value >= 20000 }))
	rank := make([]uint32, len(terms)+1)
	for i, t := range terms {
		rank[t.id] = uint32(i + 1)
	}
	return rank
}

// index returns the rows of quads sorted by the term at one position, then by predicate
// and the term at the other position, and where each term's rows begin.
func index(quads [][4]uint32, terms, by, then int) (rows [][2]uint32, begin []uint32) {
	begin = make([]uint32, terms+2)
	for _, q := range quads {
		begin[q[by]+1]++
	}
	for i := range begin[1:] {
		begin[i+1] += begin[i]
	}
	rows = make([][2]uint32, len(quads))
	next := slices.Clone(begin)
	for _, q := range quads {
		rows[next[q[by]]] = [2]uint32{q[1], q[then]}
		next[q[by]]++
	}
	for i := range begin[1:] {
		slices.SortFunc(rows[begin[i]:begin[i+1]], func(a, b [2]uint32) int { return slices.Compare(a[:], b[:]) })
	}
	return rows, begin
}

// know keeps the numbers of the terms that questions name.
func (l *limit) know(d *dict, rank []uint32) {
	for id := range uint32(d.len()) {
		rest, ok := strings.CutPrefix(string(d.term(id+1)), "<"+base+"company/")
		if n, err := strconv.Atoi(strings.TrimSuffix(rest, ">")); ok && err == nil {
			l.last = max(l.last, n)
		}
	}
	find := func(term string) uint32 { return rank[d.find(term)] } // 0 has no rows
	l.company1 = find(iri("company", 1))
	l.knows, l.worksAt = find(property("knows")), find(property("worksAt"))
	l.from, l.to, l.owner = find(property("from")), find(property("to")), find(property("owner"))
	l.amount, l.isA = find(property("amount")), find(property("type"))
	l.start = map[string]uint32{}
	for _, q := range questions(l.last) {
		l.start[q.Name] = find(q.From)
	}
}

// out gives the rows of a subject with a predicate.
func (l *limit) out(s, p uint32) [][2]uint32 { return part(l.sRows[l.s[s]:l.s[s+1]], p) }

// in gives the rows of an object with a predicate.
func (l *limit) in(o, p uint32) [][2]uint32 { return part(l.oRows[l.o[o]:l.o[o+1]], p) }

// part returns the rows with a predicate: a linear scan for few rows, a binary search for
// many.
func part(rows [][2]uint32, p uint32) [][2]uint32 {
	from, to := 0, len(rows)
	if len(rows) > 16 {
		from = sort.Search(len(rows), func(i int) bool { return rows[i][0] >= p })
		to = from + sort.Search(len(rows)-from, func(i int) bool { return rows[from+i][0] > p })
		return rows[from:to]
	}
	for from < to && rows[from][0] < p {
		from++
	}
	end := from
	for end < to && rows[end][0] == p {
		end++
	}
	return rows[from:end]
}

// Count asks the arrays.
func (l *limit) Count(q question) (int, error) {
	start := l.start[q.Name]
	switch q.Name {
	case "q1":
		return len(l.out(start, l.knows)), nil
	case "q2hub", "q2leaf":
		return l.colleagues(start), nil
	case "q3":
		return l.payers(start), nil
	case "q4":
		return l.both(start), nil
	case "q5up", "q5down":
		return l.follow(start, q.Name == "q5up"), nil
	case "q6":
		return l.large(start), nil
	}
	return 0, fmt.Errorf("no question %q", q.Name)
}

func (l *limit) colleagues(company uint32) (n int) {
	for _, row := range l.in(company, l.worksAt) {
		n += len(l.out(row[1], l.knows))
	}
	return n
}

func (l *limit) payers(person uint32) (n int) {
	for _, work := range l.out(person, l.worksAt) {
		for _, paid := range l.in(work[1], l.to) {
			n += len(l.out(paid[1], l.from))
		}
	}
	return n
}

// both merges two sorted lists; equal entries give the product of their
// numbers, since rows are paths.
func (l *limit) both(company uint32) (n int) {
	a, b := l.in(company, l.from), l.in(l.company1, l.to)
	for len(a) > 0 && len(b) > 0 {
		switch x, y := a[0][1], b[0][1]; {
		case x < y:
			a = a[1:]
		case x > y:
			b = b[1:]
		default:
			i, j := repeats(a), repeats(b)
			n += i * j
			a, b = a[i:], b[j:]
		}
	}
	return n
}

// repeats counts the rows at the beginning that are equal.
func repeats(rows [][2]uint32) int {
	n := 1
	for n < len(rows) && rows[n][1] == rows[0][1] {
		n++
	}
	return n
}

// follow counts the nodes reached over owners, up or down.
func (l *limit) follow(start uint32, up bool) int {
	l.turn++
	l.queue = append(l.queue[:0], start)
	n := 0
	for i := 0; i < len(l.queue); i++ {
		var rows [][2]uint32
		if up {
			rows = l.out(l.queue[i], l.owner)
		} else {
			rows = l.in(l.queue[i], l.owner)
		}
		for _, row := range rows {
			if l.seen[row[1]] != l.turn {
				l.seen[row[1]] = l.turn
				l.queue = append(l.queue, row[1])
				n++
			}
		}
	}
	return n
}

// large counts the entities of a kind with an amount of at least 20000.
func (l *limit) large(kind uint32) (n int) {
	for _, row := range l.oRows[l.o[l.from20k]:l.o[l.numbers+1]] {
		if row[0] != l.amount {
			continue
		}
		for _, t := range l.out(row[1], l.isA) {
			if t[1] == kind {
				n++
			}
		}
	}
	return n
}
