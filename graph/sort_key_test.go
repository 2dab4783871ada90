package graph_test

import (
	"bytes"
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/internal/rdf/nquads"
	"kg/schema"
)

// keyed is a cell and its sort key.
type keyed struct {
	key  graph.SortKey
	cell graph.Cell
}

// TestSortKeys is the law of SortKey: cells whose keys are known compare as these do, and
// read the same whatever their rows rest on.
func TestSortKeys(t *testing.T) {
	t.Parallel()
	quads := namedQuads()
	var lines bytes.Buffer
	w := nquads.NewWriter(&lines)
	for _, q := range quads {
		if err := w.Write(q); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	made := graph.Scratch()
	defer made.Close()
	if _, err := made.LoadQuads(t.Context(), []graph.QuadsFile{text("x.nq", lines.String())}, graph.LoadOptions{Base: base}); err != nil {
		t.Fatal(err)
	}
	scratched := scratch(t, bundled(t)...) // numbers nothing in order
	for _, store := range []*graph.Store{made, open(t, storeOf(t, quads)), scratched} {
		v := whole(store)
		list, named := sortKeysOf(t, v), 0
		for i := 1; i < len(list); i++ {
			a, b := list[i-1], list[i]
			if _, node := a.cell.Value.(quad.IRI); node {
				named++
			}
			if d := cmp.Compare(a.key, b.key); d != a.cell.Compare(b.cell) {
				t.Errorf("%v and %v have the keys %d and %d, and compare as %d", a.cell, b.cell, a.key, b.key, a.cell.Compare(b.cell))
			}
		}
		if last := list[len(list)-1]; last.cell.Value != nil || named < 5 && store != scratched {
			t.Errorf("the keys of %d nodes are known, and %v comes last", named, last)
		}
	}
}

// sortKeysOf are those of all terms of a view that have one, and of nothing, in order.
func sortKeysOf(t *testing.T, v *graph.View) (list []keyed) {
	t.Helper()
	asked, err := v.Saved(t.Context(), `g.V().tag("x").all()`, nil)
	if err != nil {
		t.Fatal(err)
	}
	var nothing keyed
	for row, err := range asked.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		if nothing.key, err = v.SortKey(t.Context(), row, "none"); err != nil {
			t.Fatal(err)
		}
		key, err := v.SortKey(t.Context(), row, "x")
		if err != nil {
			t.Fatal(err)
		}
		if key == 0 {
			continue
		}
		value, err := row.Value("x")
		if err != nil {
			t.Fatal(err)
		}
		c, alone, err := v.DescribeAlone(t.Context(), value)
		if err != nil {
			t.Fatal(err)
		}
		node, _ := value.(quad.IRI)
		if is, err := v.IsRelation(t.Context(), node); !alone || is || err != nil {
			t.Errorf("the key of %v is %d, and what is read there depends on more: %v", value, key, err)
		}
		list = append(list, keyed{key, c})
	}
	list = append(list, nothing)
	slices.SortFunc(list, func(a, b keyed) int { return cmp.Compare(a.key, b.key) })
	return list
}

// namedQuads are figures, and nodes that are named in several ways or are more than named.
func namedQuads() []quad.Quad {
	quads := figures(rand.New(rand.NewPCG(5, 6)), 400)
	for _, name := range []quad.Value{quad.String("Zoe"), quad.String("Ada"), quad.String(""), quad.LangString{Value: "Bea", Lang: "en"}, quad.Int(7)} {
		for i, relation := range []quad.IRI{schema.Label, schema.Description, schema.Label, schema.Description} {
			node := iri(fmt.Sprintf("kg:person/%v-%d", graph.Text(name), i))
			quads = append(quads, quad.Quad{Subject: node, Predicate: relation, Object: name, Label: iri("kg:source/s1")})
			if i == 3 {
				quads = append(quads, quad.Quad{Subject: node, Predicate: schema.Type, Object: schema.DateClass, Label: iri("kg:source/s1")})
			}
			for source := range i {
				quads = append(quads, quad.Quad{Subject: node, Predicate: schema.Label, Object: quad.String(fmt.Sprint(name, source)), Label: iri(fmt.Sprintf("kg:source/s%d", source))})
			}
		}
	}
	quads = append(quads, quad.Quad{Subject: iri("kg:person/Zoe-2"), Predicate: schema.SameAs, Object: iri("kg:person/Ada-0"), Label: iri("kg:source/s1")})
	return append(quads, quad.Quad{Subject: iri("kg:person/Bea-0"), Predicate: iri("kg:person/Zoe-0"), Object: quad.String("m"), Label: iri("kg:source/s1")})
}
