package plan

import (
	"errors"
	"slices"
	"sort"
	"strings"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
)

// memory is an Index over sorted slices.
type memory struct {
	values []quad.Value // by id; 0 is nil
	ids    map[quad.Value]term.ID
	live   []term.ID
	orders [4][]term.Quad // each sorted by the positions in lead[i]
	starts [4][]uint32    // by id: where its quads start in the order that leads with it
	nums   []float64

	numbering Numbering
	version   uint64
	earlier   *memory // with another numbering
	damage    func()  // called by every method, if there is one
}

// The positions each order is sorted by.
var lead = [4][4]int{
	{term.Subject, term.Predicate, term.Object, term.Label},
	{term.Predicate, term.Object, term.Subject, term.Label},
	{term.Object, term.Predicate, term.Subject, term.Label},
	{term.Label, term.Subject, term.Predicate, term.Object},
}

func (m *memory) build(quads []term.Quad) {
	seen := make([]bool, len(m.values))
	for i, l := range lead {
		o := slices.Clone(quads)
		slices.SortFunc(o, func(a, b term.Quad) int {
			for _, p := range l {
				if a[p] != b[p] {
					return int(a[p]) - int(b[p])
				}
			}
			return 0
		})
		o = slices.Compact(o)
		starts := make([]uint32, len(m.values)+1)
		for _, q := range o {
			starts[q[l[0]]+1]++
			seen[q[l[0]]] = true
		}
		for j := 1; j < len(starts); j++ {
			starts[j] += starts[j-1]
		}
		m.orders[i], m.starts[i] = o, starts
	}
	m.live = m.live[:0]
	for id, s := range seen {
		if s && id != 0 {
			m.live = append(m.live, term.ID(id))
		}
	}
}

func (m *memory) touch() {
	if m.damage != nil {
		m.damage()
	}
}

// span is where the quads of a pattern are: in which order, from where to
// where, and whether these are just they.
func (m *memory) span(p term.Pattern) (order int, lo, hi uint32, exact bool) {
	q := p.Quad
	given := 0
	for _, id := range q {
		if id != 0 {
			given++
		}
	}
	switch {
	case q[term.Subject] != 0:
		order = 0
	case q[term.Object] != 0:
		order = 2
	case q[term.Predicate] != 0:
		order = 1
	case q[term.Label] != 0:
		order = 3
	case p.ObjectTo != 0:
		s := m.starts[2]
		to := min(int(p.ObjectTo), len(s)-1)
		return 2, s[min(int(p.ObjectFrom), to)], s[to], true
	default:
		return 0, 0, uint32(len(m.orders[0])), true
	}
	l := lead[order]
	id := q[l[0]]
	lo, hi = m.starts[order][id], m.starts[order][id+1]
	quads := m.orders[order]
	n := 1
	for ; n < 3 && q[l[n]] != 0; n++ {
		lo, hi = narrow(quads, lo, hi, l[n], q[l[n]], q[l[n]]+1)
	}
	if p.ObjectTo != 0 {
		if l[n] != term.Object || n > 2 {
			return order, lo, hi, false
		}
		lo, hi = narrow(quads, lo, hi, term.Object, p.ObjectFrom, p.ObjectTo)
	}
	return order, lo, hi, n == given
}

func narrow(quads []term.Quad, lo, hi uint32, position int, from, to term.ID) (uint32, uint32) {
	a, b := lo, hi
	for a < b {
		if mid := (a + b) / 2; quads[mid][position] < from {
			a = mid + 1
		} else {
			b = mid
		}
	}
	lo = a
	b = hi
	for a < b {
		if mid := (a + b) / 2; quads[mid][position] < to {
			a = mid + 1
		} else {
			b = mid
		}
	}
	return lo, a
}

func (m *memory) Numbering() *Numbering { return &m.numbering }

// Earlier implements Terms.
func (m *memory) Earlier(id term.ID) (n TermRef, ok bool) {
	if m.earlier == nil {
		return n, false
	}
	n = TermRef{m.earlier.ids[m.values[id]], &m.earlier.numbering}
	return n, n.ID != term.None
}

// Kept implements Terms: some are.
func (m *memory) Kept(id term.ID) refs.Ref {
	if id%2 == 0 {
		return TermRef{id, &m.numbering}
	}
	return nil
}

func (m *memory) Version() uint64 { return m.version }

func (m *memory) Store() graph.QuadStore { return nil }

func (m *memory) AtMost(p term.Pattern) uint64 { return m.Count(p) }

func (m *memory) Count(p term.Pattern) uint64 {
	m.touch()
	order, lo, hi, exact := m.span(p)
	if exact {
		return uint64(hi - lo)
	}
	var n uint64
	for _, q := range m.orders[order][lo:hi] {
		if p.Matches(q) {
			n++
		}
	}
	return n
}

func (m *memory) CountEach(p term.Pattern, position int, ids []term.ID) (n uint64) {
	for _, id := range ids {
		if p.Quad[position] = id; id != term.None {
			n += m.Count(p)
		}
	}
	return n
}

func (m *memory) Counts(p term.Pattern, position int, ids []term.ID, counts []uint64) {
	for i := range ids {
		counts[i] = m.CountEach(p, position, ids[i:i+1])
	}
}

// EndsEach leaves every third term to Ends, and stops early.
func (m *memory) EndsEach(p term.Pattern, position int, ids, dst []term.ID) ([]term.ID, int) {
	for i, id := range ids {
		if m.touch(); id%3 == 0 || i > 0 && len(dst) > 5 {
			return dst, i
		}
		p.Quad[position] = id
		order, lo, hi, _ := m.span(p)
		for _, q := range m.orders[order][lo:hi] {
			dst = append(dst, q[term.Subject+term.Object-position])
		}
	}
	return dst, len(ids)
}

func (m *memory) begin(c *Cursor) []term.Quad {
	m.touch()
	if !c.Begun {
		order, lo, hi, exact := m.span(c.Pattern)
		c.Begun, c.Pos, c.End = true, uint64(lo), uint64(hi)|uint64(order)<<32
		if exact {
			c.End |= 1 << 40
		}
	}
	return m.orders[c.End>>32&3][:uint32(c.End)]
}

func (m *memory) Ends(c *Cursor, position int, dst []term.ID) int {
	quads := m.begin(c)
	if c.End>>40 != 0 {
		quads = quads[c.Pos:]
		if len(quads) > len(dst) {
			quads = quads[:len(dst)]
		}
		for i := range quads {
			dst[i] = quads[i][position]
		}
		c.Pos += uint64(len(quads))
		c.Done = len(quads) < len(dst)
		return len(quads)
	}
	n := 0
	for ; n < len(dst) && c.Pos < uint64(len(quads)); c.Pos++ {
		if q := quads[c.Pos]; c.Pattern.Matches(q) {
			dst[n] = q[position]
			n++
		}
	}
	return n
}

func (m *memory) Quads(c *Cursor, dst []term.Quad) int {
	quads := m.begin(c)
	n := 0
	for ; n < len(dst) && c.Pos < uint64(len(quads)); c.Pos++ {
		if q := quads[c.Pos]; c.End>>40 != 0 || c.Pattern.Matches(q) {
			dst[n] = q
			n++
		}
	}
	c.Done = n < len(dst) && n%2 == 0 // it need not
	return n
}

func (m *memory) Nodes(c *Cursor, dst []term.ID) int {
	m.touch()
	if !c.Begun {
		c.Begun, c.Pos, c.End = true, 0, uint64(len(m.live))
		if p := c.Pattern; p.ObjectTo != 0 {
			from, _ := slices.BinarySearch(m.live, p.ObjectFrom)
			to, _ := slices.BinarySearch(m.live, p.ObjectTo)
			c.Pos, c.End = uint64(from), uint64(to)
		}
	}
	n := copy(dst, m.live[c.Pos:c.End])
	c.Pos += uint64(n)
	return n
}

func (m *memory) NodeCount() uint64 { return uint64(len(m.live)) }

func (m *memory) Live(id term.ID) bool {
	m.touch()
	_, ok := slices.BinarySearch(m.live, id)
	return ok
}

func (m *memory) Value(id term.ID) (quad.Value, error) {
	m.touch()
	return m.values[id], nil
}

func (m *memory) Resolve(r refs.Ref) (term.ID, error) {
	switch r := r.(type) {
	case refs.PreFetchedValue:
		return m.ids[r.NameOf()], nil
	case TermRef:
		if t, ok := r.In.Terms.(*memory); ok {
			return m.ids[t.values[r.ID]], nil
		}
	}
	return 0, errors.New("a ref of another store")
}

func (m *memory) Ranges(op iterator.Operator, v quad.Value) ([]Range, error) {
	if n, ok := v.(quad.Int); ok && m.nums != nil {
		return m.numbers(op, float64(n)), nil
	}
	var rs []Range
	for id, have := range m.values {
		if id == 0 || !compares(have, op, v) {
			continue
		}
		if n := len(rs); n > 0 && rs[n-1].To == term.ID(id) {
			rs[n-1].To++
		} else {
			rs = append(rs, Range{term.ID(id), term.ID(id) + 1})
		}
	}
	return rs, nil
}

// numbers is Ranges where the numbers are the first terms.
func (m *memory) numbers(op iterator.Operator, v float64) []Range {
	lo := term.ID(sort.SearchFloat64s(m.nums, v)) + 1
	hi := term.ID(sort.Search(len(m.nums), func(i int) bool { return m.nums[i] > v })) + 1
	end := term.ID(len(m.nums)) + 1
	switch op {
	case iterator.CompareLT:
		return []Range{{1, lo}}
	case iterator.CompareLTE:
		return []Range{{1, hi}}
	case iterator.CompareGT:
		return []Range{{hi, end}}
	}
	return []Range{{lo, end}}
}

func (m *memory) Prefix(prefix string) ([]Range, error) {
	var rs []Range
	for id, v := range m.values {
		if id != 0 && strings.HasPrefix(text(v), prefix) {
			rs = append(rs, Range{term.ID(id), term.ID(id) + 1})
		}
	}
	return rs, nil
}

// compares is "a op b" by value: numbers with numbers, and else like with
// like.
func compares(a quad.Value, op iterator.Operator, b quad.Value) bool {
	if x, ok := number(a); ok {
		y, ok := number(b)
		return ok && iterator.RunFloatOp(quad.Float(x), op, quad.Float(y))
	}
	switch a.(type) {
	case quad.String:
		_, ok := b.(quad.String)
		return ok && iterator.RunStrOp(text(a), op, text(b))
	case quad.IRI:
		_, ok := b.(quad.IRI)
		return ok && iterator.RunStrOp(text(a), op, text(b))
	}
	return false
}

func number(v quad.Value) (float64, bool) {
	switch v := v.(type) {
	case quad.Int:
		return float64(v), true
	case quad.Float:
		return float64(v), true
	case quad.TypedString:
		n, err := v.ParseValue()
		if err != nil || v.Type != "http://www.w3.org/2001/XMLSchema#integer" {
			return 0, false
		}
		return number(n)
	}
	return 0, false
}

// text is what filters of text see.
func text(v quad.Value) string {
	switch v := v.(type) {
	case quad.String:
		return string(v)
	case quad.LangString:
		return string(v.Value)
	case quad.TypedString:
		return string(v.Value)
	case quad.IRI:
		return string(v)
	case quad.BNode:
		return string(v)
	}
	return ""
}
