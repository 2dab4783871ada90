package graph_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/schema"
)

// figures are quads of quantities and dates under claims, as files hold them and as
// they do not: many are read alike.
func figures(r *rand.Rand, n int) (quads []quad.Quad) {
	decimal := func(text string) quad.Value {
		return quad.TypedString{Value: quad.String(text), Type: "http://www.w3.org/2001/XMLSchema#decimal"}
	}
	numbers := []quad.Value{quad.Int(5), quad.Float(5), decimal("5.0"), quad.Int(6), decimal("6.5")}
	day := quad.TypedString{Value: "2019-03-01", Type: "http://www.w3.org/2001/XMLSchema#date"}
	texts := []quad.Value{day, quad.String(day.Value), quad.String("about 5"), quad.LangString{Value: "about 5", Lang: "en"}, quad.Bool(true)}
	predicates := []quad.IRI{schema.Value, schema.MinValue, schema.MaxValue, schema.MinValue, schema.MaxValue, schema.Unit,
		schema.Approximate, schema.Printed, schema.EDTF, schema.Note, schema.Type, schema.Label, schema.Earliest, schema.Latest, "x:latest"}
	for i := range n {
		claim := iri(fmt.Sprintf("kg:source/s%d/claim/c%d", i%7, i))
		node := claim + "/amount"
		if r.IntN(8) == 0 {
			node = claim // no part of one
		}
		for range r.IntN(5) {
			p, object := predicates[r.IntN(len(predicates))], numbers[r.IntN(len(numbers))]
			switch {
			case p == schema.Type:
				object = []quad.Value{schema.QuantityClass, schema.DateClass, schema.ClaimClass}[r.IntN(3)]
			case r.IntN(3) == 0:
				object = texts[r.IntN(len(texts))]
			}
			quads = append(quads, quad.Quad{Subject: node, Predicate: p, Object: object, Label: claim})
		}
		quads = append(quads, quad.Quad{Subject: iri(fmt.Sprintf("kg:event/e%d", r.IntN(20))), Predicate: iri("kgo:amount"), Object: node, Label: claim})
	}
	return quads
}

// TestRowKeys is the law of AppendKey: two terms have one key if Same spells them
// alike, and only then.
func TestRowKeys(t *testing.T) {
	t.Parallel()
	quads := figures(rand.New(rand.NewPCG(3, 3)), 300)
	quads = append(quads, quad.Quad{Subject: iri("kg:event/e1"), Predicate: schema.SameAs, Object: iri("kg:event/e2"), Label: iri("kg:source/s1/claim/join")})
	for _, v := range []*graph.View{open(t, storeOf(t, quads)).View(base), whole(scratch(t, bundled(t)...))} {
		ctx := context.Background()
		bySame, byKey, marks, alike := map[string]string{}, map[string]string{}, map[string]string{}, 0
		for row, err := range v.Gizmo(ctx, `g.V().tag("x").all()`, nil, false).Rows() {
			if err != nil {
				t.Fatal(err)
			}
			key, open, err := v.AppendKey(ctx, nil, row, []string{"x", "none"}, true)
			if err != nil {
				t.Fatal(err)
			}
			mark, marked, err := v.AppendKey(ctx, nil, row, []string{"x", "none"}, false)
			if err != nil {
				t.Fatal(err)
			}
			if marked != open || !open && string(mark) != string(key) {
				t.Errorf("the key %q is %q without figures", key, mark)
			}
			one, err := v.Canonical(ctx, row.Get("x"))
			if err != nil {
				t.Fatal(err)
			}
			same, err := v.Same(ctx, one)
			if err != nil {
				t.Fatal(err)
			}
			if have, had := bySame[same]; had && have != string(key) {
				t.Errorf("%s has the key %q, and another has %q", same, key, have)
			} else if had {
				alike++
			}
			if have, had := byKey[string(key)]; had && have != same {
				t.Errorf("the key %q is of %s and of %s", key, same, have)
			}
			if have, had := marks[string(key)]; had && have != string(mark) {
				t.Errorf("the key %q without figures is %q and %q", key, have, mark)
			}
			bySame[same], byKey[string(key)], marks[string(key)] = string(key), same, string(mark)
		}
		if alike < 3 {
			t.Errorf("%d terms are read like others, too few to tell", alike)
		}
	}
}

// TestDescribedAtOnce has nodes described by one read and by one for each predicate.
func TestDescribedAtOnce(t *testing.T) {
	t.Parallel()
	quads := figures(rand.New(rand.NewPCG(4, 4)), 300)
	for i := range 200 { // a node with many quads, and its name under two sources
		quads = append(quads, quad.Quad{Subject: iri("kg:event/e1"), Predicate: schema.Note, Object: quad.Int(i), Label: iri("kg:source/s1")})
	}
	for i, name := range []quad.Value{quad.String("a"), quad.LangString{Value: "a", Lang: "ko"}, quad.String("b"), quad.String("")} {
		for j, predicate := range []quad.IRI{schema.Label, schema.Description} {
			quads = append(quads, quad.Quad{Subject: iri(fmt.Sprintf("kg:event/e%d", i+j)), Predicate: predicate, Object: name, Label: iri(fmt.Sprintf("kg:source/s%d", 3-j))})
		}
	}
	many := 0
	for _, v := range []*graph.View{open(t, storeOf(t, quads)).View(base), whole(scratch(t, bundled(t)...))} {
		plain := graph.PlainView(v)
		for row, err := range v.Gizmo(context.Background(), `g.V().tag("x").all()`, nil, false).Rows() {
			if err != nil {
				t.Fatal(err)
			}
			node, ok := row.Get("x").(quad.IRI)
			if !ok {
				continue
			}
			if err := v.Knows(row, "x"); err != nil {
				t.Fatal(err)
			}
			n := 0
			for range v.Each(t.Context(), quad.Quad{Subject: node}) {
				n++
			}
			if n > 64 {
				many++
			}
			for _, sources := range [][]quad.IRI{nil, {iri("kg:source/s1")}, {iri("kg:source/s2"), iri("kg:source/s3")}} {
				once, err := v.DescribeFor(t.Context(), node, sources)
				byPredicate, err2 := plain.DescribeFor(t.Context(), node, sources)
				if err := errors.Join(err, err2); err != nil {
					t.Fatal(err)
				}
				if !reflect.DeepEqual(once, byPredicate) {
					t.Errorf("%s at once is\n%v, by predicate\n%v", node, once, byPredicate)
				}
			}
		}
	}
	if many == 0 {
		t.Error("no node has many quads")
	}
}
