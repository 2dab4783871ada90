package plan

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/query/path/pathtest"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
)

// growing is a store that can be written, by building it anew.
type growing struct {
	store
	quads []quad.Quad
}

func (g *growing) ApplyDeltas(deltas []graph.Delta, _ graph.IgnoreOpts) error {
	for _, d := range deltas {
		g.quads = append(g.quads, d.Quad)
	}
	m := &memory{values: []quad.Value{nil}, ids: map[quad.Value]term.ID{}}
	id := func(v quad.Value) term.ID {
		if v == nil {
			return term.None
		}
		if _, ok := m.ids[v]; !ok {
			m.ids[v] = term.ID(len(m.values))
			m.values = append(m.values, v)
		}
		return m.ids[v]
	}
	var quads []term.Quad
	for _, q := range g.quads {
		quads = append(quads, term.Quad{id(q.Subject), id(q.Predicate), id(q.Object), id(q.Label)})
	}
	m.build(quads)
	g.memory = m
	return nil
}

// TestCayleysPaths runs Cayley's own suite of paths over the operators.
func TestCayleysPaths(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/cayleygraph/cayley").Output()
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(filepath.Join(strings.TrimSpace(string(dir)), "query", "path", "pathtest"))
	pathtest.RunTestMorphisms(t, func(testing.TB) (graph.QuadStore, graph.Options) {
		g := &growing{}
		if err := g.ApplyDeltas(nil, graph.IgnoreOpts{}); err != nil {
			t.Fatal(err)
		}
		return g, nil
	})
}
