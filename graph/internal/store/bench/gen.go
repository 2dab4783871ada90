package main

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"strconv"
)

// base is the namespace of the bench graph.
const base = "http://kg.example/"

const xsd = "http://www.w3.org/2001/XMLSchema#"

// iri spells an entity of the bench graph as in N-Quads.
func iri(kind string, i int) string { return "<" + base + kind + "/" + strconv.Itoa(i) + ">" }

// property spells a predicate of the bench graph as N-Quads do.
func property(name string) string { return "<" + base + name + ">" }

// generator writes the bench graph: an investigation's persons, officials, companies,
// regions, embassies, bribes and payments. Degrees follow a power law, ownership makes
// deep chains, and each entity's quads carry the label of one article. The same number
// gives the same bytes on every machine.
type generator struct {
	w          *bufio.Writer
	r          *rand.Rand
	left       int // quads still to be written
	persons    int
	companies  int
	bribes     int
	articles   int
	label      string
	regions    int
	embassies  int
	seenPeople map[int]bool
}

// generate writes exactly n quads of the bench graph to w, as canonical N-Quads in no
// particular order. Below 10,000 quads some kinds of entity do not occur.
func generate(w io.Writer, n int) error {
	g := &generator{
		w: bufio.NewWriterSize(w, 1<<20), r: rand.New(rand.NewPCG(42, 7)), left: n,
		persons: n / 20, companies: n / 40, bribes: n / 100, articles: n / 100,
		regions: 100, embassies: 200, seenPeople: map[int]bool{},
	}
	for i := range g.regions {
		g.region(i)
	}
	for i := range g.embassies {
		g.embassy(i)
	}
	for i := range g.companies {
		g.company(i)
	}
	for i := range g.persons {
		g.person(i)
	}
	for i := range g.bribes {
		g.bribe(i)
	}
	for i := 0; g.left > 0; i++ {
		g.payment(i)
	}
	return g.w.Flush() // an earlier failed write comes out here too
}

// zipf picks below n; the larger k, the more the small numbers are preferred.
func (g *generator) zipf(n int, k float64) int {
	return int(float64(n) * math.Pow(g.r.Float64(), k))
}

// about begins an entity: the quads that follow have the label of one article.
func (g *generator) about() { g.label = iri("article", g.zipf(g.articles, 2)) }

func (g *generator) quad(s, p, o string) {
	if g.left == 0 {
		return
	}
	g.left--
	for _, part := range []string{s, " ", property(p), " ", o, " ", g.label, " .\n"} {
		g.w.WriteString(part)
	}
}

func (g *generator) name(s, name string) { g.quad(s, "name", `"`+name+`"`) }
func (g *generator) kind(s, kind string) { g.quad(s, "type", property("type/"+kind)) }

func (g *generator) date(s string, from, span int) {
	g.quad(s, "date", fmt.Sprintf(`"%04d-%02d-%02d"^^<%sdate>`, from+g.r.IntN(span), 1+g.r.IntN(12), 1+g.r.IntN(28), xsd))
}

var syllables = []string{"ka", "ro", "mi", "ten", "sha", "vol", "ber", "gu", "lin", "do", "pa", "ze", "ru", "san", "ti", "nor", "el", "da", "mo", "qui"}

func (g *generator) word(n int) string {
	var b []byte
	for range n {
		b = append(b, syllables[g.r.IntN(len(syllables))]...)
	}
	b[0] -= 'a' - 'A'
	return string(b)
}

func (g *generator) region(i int) {
	g.about()
	s := iri("region", i)
	g.kind(s, "Region")
	g.name(s, g.word(3)+" Oblast")
}

func (g *generator) embassy(i int) {
	g.about()
	s := iri("embassy", i)
	g.kind(s, "Embassy")
	g.name(s, "Embassy of "+g.word(3))
	g.quad(s, "region", iri("region", g.zipf(g.regions, 2)))
}

// company has one or two owners: a company shortly before it (hence deep
// chains), one of the first companies (hence hubs), or a person.
func (g *generator) company(i int) {
	g.about()
	s := iri("company", i)
	g.kind(s, "Company")
	g.name(s, g.word(4)+" LLC "+strconv.Itoa(i))
	g.quad(s, "region", iri("region", g.zipf(g.regions, 2)))
	last := ""
	for range 1 + g.r.IntN(2) {
		var owner string
		switch x := g.r.Float64(); {
		case i > 0 && x < 0.45:
			owner = iri("company", i-1-g.zipf(min(i, 1000), 2))
		case i > 0 && x < 0.75:
			owner = iri("company", g.zipf(i, 3))
		default:
			owner = iri("person", g.zipf(g.persons, 3))
		}
		if owner != last {
			g.quad(s, "owner", owner)
		}
		last = owner
	}
}

func (g *generator) person(i int) {
	g.about()
	s := iri("person", i)
	if i%10 == 0 {
		g.kind(s, "Official")
	} else {
		g.kind(s, "Person")
	}
	g.name(s, g.word(2)+" "+g.word(3))
	g.date(s, 1930, 75)
	g.quad(s, "region", iri("region", g.zipf(g.regions, 2)))
	if i%50 == 0 {
		g.quad(s, "worksAt", iri("embassy", g.zipf(g.embassies, 2)))
	} else {
		g.quad(s, "worksAt", iri("company", g.zipf(g.companies, 3)))
	}
	clear(g.seenPeople)
	g.seenPeople[i] = true
	for range g.r.IntN(5) {
		o := g.zipf(g.persons, 3)
		if !g.seenPeople[o] {
			g.quad(s, "knows", iri("person", o))
		}
		g.seenPeople[o] = true
	}
}

// party pays or is paid.
func (g *generator) party() string {
	if g.r.IntN(3) == 0 {
		return iri("person", g.zipf(g.persons, 3))
	}
	return iri("company", g.zipf(g.companies, 3))
}

func (g *generator) bribe(i int) {
	g.about()
	s := iri("bribe", i)
	g.kind(s, "Bribe")
	g.quad(s, "from", g.party())
	g.quad(s, "to", iri("person", g.zipf(g.persons/10, 3)*10)) // an official
	g.quad(s, "amount", fmt.Sprintf(`"%d.%02d"^^<%sdecimal>`, int(math.Exp(5+g.r.NormFloat64()*2)), g.r.IntN(100), xsd))
	g.date(s, 2000, 24)
}

func (g *generator) payment(i int) {
	g.about()
	s := iri("payment", i)
	g.kind(s, "Payment")
	g.quad(s, "from", g.party())
	g.quad(s, "to", g.party())
	g.quad(s, "amount", fmt.Sprintf(`"%d"^^<%sinteger>`, int(math.Exp(7+g.r.NormFloat64()*1.5)), xsd))
	g.date(s, 2000, 24)
}
