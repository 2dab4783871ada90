package plan

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
)

const example = "http://kg.example/"

func iri(kind string, i int) quad.IRI { return quad.IRI(example + kind + "/" + strconv.Itoa(i)) }

// investigations makes the graph of persons, companies and payments that the
// speed of the store is measured with, quad by quad the same for the same
// number: power-law degrees, ownership chains, typed dates and amounts.
type investigations struct {
	*rand.Rand
	left int
	emit func(s, p, o, l quad.Value)
}

func (g *investigations) zipf(n int, k float64) int {
	return int(float64(n) * math.Pow(g.Float64(), k))
}

func (g *investigations) put(s quad.Value, p string, o, l quad.Value) {
	if g.left > 0 {
		g.left--
		g.emit(s, quad.IRI(example+p), o, l)
	}
}

func (g *investigations) date(from, span int) quad.Value {
	return quad.TypedString{
		Value: quad.String(fmt.Sprintf("%04d-%02d-%02d", from+g.IntN(span), 1+g.IntN(12), 1+g.IntN(28))),
		Type:  "http://www.w3.org/2001/XMLSchema#date",
	}
}

func (g *investigations) word(k int) string {
	syl := []string{"ka", "ro", "mi", "ten", "sha", "vol", "ber", "gu", "lin", "do", "pa", "ze", "ru", "san", "ti", "nor", "el", "da", "mo", "qui"}
	b := []byte{}
	for range k {
		b = append(b, syl[g.IntN(len(syl))]...)
	}
	b[0] -= 32
	return string(b)
}

func (g *investigations) run() {
	max := g.left
	P, C, BR, R, E, A := max/20, max/40, max/100, 100, 200, max/100
	art := func() quad.Value { return iri("article", g.zipf(A, 2)) }
	typ := func(s quad.Value, k string, a quad.Value) { g.put(s, "type", quad.IRI(example+"type/"+k), a) }
	for i := range R {
		a := art()
		typ(iri("region", i), "Region", a)
		g.put(iri("region", i), "name", quad.String(g.word(3)+" Oblast"), a)
	}
	for i := range E {
		a := art()
		typ(iri("embassy", i), "Embassy", a)
		g.put(iri("embassy", i), "name", quad.String("Embassy of "+g.word(3)), a)
		g.put(iri("embassy", i), "region", iri("region", g.zipf(R, 2)), a)
	}
	for i := range C {
		g.company(i, P, R, art())
	}
	for i := range P {
		g.person(i, P, C, R, E, art())
	}
	party := func() quad.Value {
		if g.IntN(3) == 0 {
			return iri("person", g.zipf(P, 3))
		}
		return iri("company", g.zipf(C, 3))
	}
	for i := range BR {
		a, s := art(), iri("bribe", i)
		typ(s, "Bribe", a)
		g.put(s, "from", party(), a)
		g.put(s, "to", iri("person", g.zipf(P/10, 3)*10), a)
		g.put(s, "amount", quad.TypedString{
			Value: quad.String(fmt.Sprintf("%d.%02d", int(math.Exp(5+g.NormFloat64()*2)), g.IntN(100))),
			Type:  "http://www.w3.org/2001/XMLSchema#decimal",
		}, a)
		g.put(s, "date", g.date(2000, 24), a)
	}
	for i := 0; g.left > 0; i++ {
		a, s := art(), iri("payment", i)
		typ(s, "Payment", a)
		g.put(s, "from", party(), a)
		g.put(s, "to", party(), a)
		g.put(s, "amount", quad.Int(math.Exp(7+g.NormFloat64()*1.5)), a)
		g.put(s, "date", g.date(2000, 24), a)
	}
}

// company has its ownership chain: a near predecessor, a hub or a person.
func (g *investigations) company(i, P, R int, a quad.Value) {
	s := iri("company", i)
	g.put(s, "type", quad.IRI(example+"type/Company"), a)
	g.put(s, "name", quad.String(g.word(4)+" LLC "+strconv.Itoa(i)), a)
	g.put(s, "region", iri("region", g.zipf(R, 2)), a)
	var last quad.Value
	for range 1 + g.IntN(2) {
		var o quad.Value
		switch x := g.Float64(); {
		case i > 0 && x < 0.45:
			o = iri("company", i-1-g.zipf(min(i, 1000), 2))
		case i > 0 && x < 0.75:
			o = iri("company", g.zipf(i, 3))
		default:
			o = iri("person", g.zipf(P, 3))
		}
		if o != last {
			g.put(s, "owner", o, a)
		}
		last = o
	}
}

func (g *investigations) person(i, P, C, R, E int, a quad.Value) {
	s := iri("person", i)
	t := "Person"
	if i%10 == 0 {
		t = "Official"
	}
	g.put(s, "type", quad.IRI(example+"type/"+t), a)
	g.put(s, "name", quad.String(g.word(2)+" "+g.word(3)), a)
	g.put(s, "date", g.date(1930, 75), a)
	g.put(s, "region", iri("region", g.zipf(R, 2)), a)
	if i%50 == 0 {
		g.put(s, "worksAt", iri("embassy", g.zipf(E, 2)), a)
	} else {
		g.put(s, "worksAt", iri("company", g.zipf(C, 3)), a)
	}
	seen := map[int]bool{i: true}
	for range g.IntN(5) {
		o := g.zipf(P, 3)
		if !seen[o] {
			g.put(s, "knows", iri("person", o), a)
		}
		seen[o] = true
	}
}

// bigStore holds so many quads of the graph, its ids in the order of values:
// numbers first, and the rest by text.
func bigStore(n int) *store {
	m := &memory{values: []quad.Value{nil}, ids: map[quad.Value]term.ID{}}
	var quads []term.Quad
	id := func(v quad.Value) term.ID {
		if id, ok := m.ids[v]; ok {
			return id
		}
		id := term.ID(len(m.values))
		m.ids[v] = id
		m.values = append(m.values, v)
		return id
	}
	g := &investigations{Rand: rand.New(rand.NewPCG(42, 7)), left: n, emit: func(s, p, o, l quad.Value) {
		quads = append(quads, term.Quad{id(s), id(p), id(o), id(l)})
	}}
	g.run()
	nums := map[quad.Value]float64{}
	for _, v := range m.values[1:] {
		if i, ok := v.(quad.Int); ok {
			nums[v] = float64(i)
		} else if t, ok := v.(quad.TypedString); ok {
			if f, err := strconv.ParseFloat(string(t.Value), 64); err == nil {
				nums[v] = f
			}
		}
	}
	old := slices.Clone(m.values)
	slices.SortFunc(m.values[1:], func(a, b quad.Value) int {
		x, isX := nums[a]
		y, isY := nums[b]
		if isX != isY {
			return map[bool]int{true: -1, false: 1}[isX]
		}
		return cmp.Or(cmp.Compare(x, y), cmp.Compare(text(a), text(b)))
	})
	for i, v := range m.values[1:] {
		m.ids[v] = term.ID(i + 1)
		if f, ok := nums[v]; ok {
			m.nums = append(m.nums, f)
		}
	}
	for i := range quads {
		for j := range quads[i] {
			quads[i][j] = m.ids[old[quads[i][j]]]
		}
	}
	m.build(quads)
	return &store{memory: m}
}
