package document

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/internal/testsize"
	"kg/schema"
	"kg/schema/edtf"
)

// A tape gives the quads that were put on it, whatever they are, in their order and in
// however many parts.
func TestTape(t *testing.T) {
	t.Parallel()
	for seed := range testsize.Of[uint64](4, 30) {
		r := rand.New(rand.NewPCG(seed, 5))
		source := quad.IRI("https://e.x/source/s")
		tape := tape{entities: someEntities()}
		tapers := []*taper{newTaper(), newTaper()}
		var want []quad.Quad
		for i := range 1 + r.IntN(400) {
			claim := quad.IRI(fmt.Sprintf("%s/claim/%d", source, i))
			of, own := someQuads(r, claim, source), someQuads(r, claim, claim)
			tapers[0].add(fmt.Sprint(i), claim, factsOf(tape.entities, of), factsOf(tape.entities, own))
			if r.IntN(50) == 0 { // another goes on
				next := tapers[0].cut()
				tape.join(&next)
				slices.Reverse(tapers)
			}
			want = append(append(want, of...), own...)
		}
		last := tapers[0].cut()
		tape.join(&last)
		n := 1 + r.IntN(4)
		var got []quad.Quad
		for i := range n {
			tape.play(source, share(len(tape.chunks), i, n), func(q quad.Quad) bool { got = append(got, q); return true })
		}
		if !reflect.DeepEqual(got, want) || tape.quads != len(want) {
			t.Fatalf("seed %d: %d quads of %d, %d counted", seed, len(got), len(want), tape.quads)
		}
		if tape.play(source, share(len(tape.chunks), 0, 1), func(quad.Quad) bool { return false }) && len(want) > 0 {
			t.Errorf("seed %d: a tape goes on that nobody hears", seed)
		}
	}
}

// someEntities are among the terms of someQuads.
func someEntities() []fileEntity {
	list := make([]fileEntity, 100)
	for i := range list {
		list[i] = fileEntity{number: uint32(i) + 1, iri: quad.IRI(fmt.Sprintf("https://e.x/%d", 2*i))}
		list[i].term = list[i].iri
	}
	return list
}

// factsOf are quads without their label, as a check has them.
func factsOf(entities []fileEntity, quads []quad.Quad) (facts []fact) {
	number := map[quad.Value]uint32{}
	for i := range entities {
		number[entities[i].term] = entities[i].number
	}
	for _, q := range quads {
		f := fact{s: q.Subject.(quad.IRI), p: q.Predicate.(quad.IRI), o: q.Object}
		f.of, f.to = number[q.Subject], number[q.Object]
		facts = append(facts, f)
	}
	return facts
}

// someQuads are quads of a claim.
func someQuads(r *rand.Rand, claim, label quad.IRI) (list []quad.Quad) {
	iri := func() quad.IRI {
		switch r.IntN(4) {
		case 0:
			return claim
		case 1:
			return claim + quad.IRI(fmt.Sprintf("/node/%d", r.IntN(40)))
		case 2:
			return "" // which no graph has, and a tape keeps
		}
		return quad.IRI(fmt.Sprintf("https://e.x/%s%d", strings.Repeat("x", r.IntN(9)), r.IntN(300)))
	}
	for range r.IntN(30) {
		text := quad.String(strings.Repeat("é", r.IntN(200)))
		objects := []quad.Value{iri(), text, quad.Int(r.Uint64()), quad.Int(math.MinInt64), quad.Float(r.NormFloat64()), quad.Bool(r.IntN(2) == 0),
			quad.TypedString{Value: text, Type: iri()}, quad.LangString{Value: text, Lang: "en"}}
		q := quad.Quad{Subject: iri(), Predicate: iri(), Object: objects[r.IntN(len(objects))], Label: label}
		if r.IntN(8) == 0 {
			q.Predicate, q.Object = []quad.IRI{schema.SeeAlso, schema.DerivedFrom}[r.IntN(2)], iri()
		}
		list = append(list, q)
	}
	return list
}

// Terms on a tape that N-Quads does not have are distinguished from valid ones.
func TestTapeOdd(t *testing.T) {
	t.Parallel()
	const claim = quad.IRI("https://e.x/claim/c")
	for _, test := range []struct {
		object quad.Value
		odd    bool
	}{
		{quad.String("plain, and é"), false}, {quad.Int(1), false}, {quad.IRI("https://e.x/y"), false}, {claim + "/node", false},
		{quad.String("\xff"), true}, {quad.String(strings.Repeat("x", 1<<17)), true}, {quad.IRI("https://e.x/ y"), true},
		{quad.IRI("y"), true}, {claim + "/<", true}, {quad.LangString{Value: "x", Lang: "-"}, true},
		{quad.TypedString{Value: "\xff", Type: edtf.DayType}, true}, {quad.TypedString{Value: "x", Type: "y z"}, true},
	} {
		tape := newTaper()
		tape.add("c", claim, nil, []fact{{s: claim, p: schema.Type, o: test.object}})
		if tape.odd != test.odd {
			t.Errorf("%v is odd: %t", test.object, tape.odd)
		}
	}
	tape := newTaper()
	tape.add("c", claim, nil, []fact{{s: claim, p: schema.SeeAlso, o: quad.IRI("no iri")}})
	if !tape.odd {
		t.Error("an address that is none is taken for right")
	}
}
