package ftm

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/internal/cputime"
	"kg/schema"
)

// python runs a program of the followthemoney package, or skips.
func python(t *testing.T, program string, args ...string) string {
	t.Helper()
	if err := exec.Command("python3", "-c", "import followthemoney").Run(); err != nil {
		t.Skip("followthemoney is not to be had")
	}
	out, _ := timed(t, program, args...)
	return out
}

// timed is python, and the processor time that the program took, in seconds.
func timed(t *testing.T, program string, args ...string) (string, float64) {
	t.Helper()
	cmd := exec.Command("python3", append([]string{"-c", program}, args...)...)
	out, err := cmd.Output()
	if exit, ok := err.(*exec.ExitError); ok {
		t.Fatalf("%v: %s", err, exit.Stderr)
	}
	return strings.TrimSpace(string(out)), (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
}

// known has the names of the package's schemata and properties.
const known = `
import json
from followthemoney import model
print(json.dumps({s.name: [p.name for p in s.properties.values() if not p.stub] for s in model.schemata.values() if not s.abstract}))`

// same reads two files and compares them entity by entity, and prints how many there
// are.
const same = `
import json, sys
from followthemoney import model
def read(name):
    entities = {}
    for line in open(name, encoding="utf-8"):
        proxy = model.get_proxy(json.loads(line))
        entities[proxy.id] = (proxy.schema.name, {name: sorted(values) for name, values in proxy.to_dict()["properties"].items()})
    return entities
a, b = read(sys.argv[1]), read(sys.argv[2])
for id in a:
    if a[id] != b.get(id):
        sys.exit("%s: %s came back as %s" % (id, a[id], b.get(id)))
print(len(a), len(b))`

// cli are the package's own commands.
const cli = `
import sys
from followthemoney.cli.cli import cli
cli()`

// entitiesOf writes random entities of the schemata that the package has.
func entitiesOf(t *testing.T, m *Model, many int) []byte {
	t.Helper()
	var has map[string][]string
	if err := json.Unmarshal([]byte(python(t, known)), &has); err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(has)) {
		s := m.schemata[name]
		for _, p := range has[name] {
			if s == nil || s.props[p] == nil {
				t.Errorf("the tables do not have %s.%s", name, p)
			}
		}
	}
	var text bytes.Buffer
	r := rand.New(rand.NewPCG(5, 6))
	for i, n := 0, 0; n < many; i++ {
		e := random(m, r, i)
		if has[e.Schema] == nil {
			continue
		}
		n++
		line, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		text.Write(append(line, '\n'))
	}
	return text.Bytes()
}

// load loads entities into a new store.
func load(t *testing.T, m *Model, path string, text []byte) {
	t.Helper()
	file := graph.QuadsFile{Name: "in", Parts: func() (graph.QuadParts, error) {
		return m.Read(bytes.NewReader(text), Options{Base: schema.DefaultBase, Name: "in"}), nil
	}}
	s, err := graph.Create(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.LoadQuads(context.Background(), []graph.QuadsFile{file}, graph.LoadOptions{Base: schema.DefaultBase})
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
}

// Entities made from the rules, twenty thousand by themselves, go through a store and are the same
// to the package itself.
func TestPeers(t *testing.T) {
	if testing.Short() {
		t.Skip("takes minutes")
	}
	m, dir := model(t), t.TempDir()
	in, out, path := filepath.Join(dir, "in.ftm.json"), filepath.Join(dir, "out.ftm.json"), filepath.Join(dir, "kg.db")
	many := 20_000 // KG_FTM_ENTITIES=100000 takes minutes
	if n, err := strconv.Atoi(os.Getenv("KG_FTM_ENTITIES")); err == nil {
		many = n
	}
	text := entitiesOf(t, m, many)
	if err := os.WriteFile(in, text, 0o600); err != nil {
		t.Fatal(err)
	}
	load(t, m, path, text)
	export(t, m, path, out)
	if got := python(t, same, in, out); got != fmt.Sprint(many, " ", many) {
		t.Errorf("entities that went in and came out: %s", got)
	}
}

// kg reads and loads entities while the package validates and aggregates them, in one
// run, by the processor time of both, which other work on the machine does not stretch
// much; the package's commands have what they take to start taken off.
func TestSpeed(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute")
	}
	m, dir := model(t), t.TempDir()
	in := filepath.Join(dir, "in.ftm.json")
	text := entitiesOf(t, m, 10_000)
	if err := os.WriteFile(in, text, 0o600); err != nil {
		t.Fatal(err)
	}
	took := func(do func()) float64 {
		start := processorTime(t)
		do()
		return processorTime(t) - start
	}
	python(t, known) // which skips
	_, starting := timed(t, cli, "validate", "-i", os.DevNull, "-o", os.DevNull)
	_, validating := timed(t, cli, "validate", "-i", in, "-o", os.DevNull)
	_, aggregating := timed(t, cli, "aggregate", "-i", in, "-o", os.DevNull)
	theirs := validating + aggregating - 2*starting
	reading := took(func() {
		if _, _, err := readAll(m.Read(bytes.NewReader(text), Options{Base: schema.DefaultBase}), false); err != nil {
			t.Fatal(err)
		}
	})
	loading := took(func() { load(t, m, filepath.Join(dir, "kg.db"), text) })
	t.Logf("10,000 entities of all schemata: %.2f s of processor time to validate and aggregate by the package; kg reads them in %.2f s, %.0f times as fast, and loads them in %.2f s, %.1f times as fast",
		theirs, reading, theirs/reading, loading, theirs/loading)
}

// sameStatements reads statements with the package, which has no place for two of one
// id, and compares them cell by cell. Then it makes entities of what came back.
const sameStatements = `
import sys
from followthemoney.dataset import Dataset
from followthemoney.statement import CSV, StatementEntity, read_path_statements
from pathlib import Path
def read(name):
    found = {}
    for s in read_path_statements(Path(name), CSV):
        if s.id != s.generate_key():
            sys.exit("%s has another id: %s" % (s, s.id))
        found.setdefault(s.canonical_id, set()).add(tuple(sorted((k, str(v)) for k, v in s.to_dict().items())))
    return found
a, b = read(sys.argv[1]), read(sys.argv[2])
for id in a:
    if a[id] != b.get(id):
        sys.exit("%s: %s came back as %s" % (id, a[id] - b.get(id, set()), b.get(id, set()) - a[id]))
group, entities = [], 0
for s in read_path_statements(Path(sys.argv[2]), CSV):
    if group and group[0].canonical_id != s.canonical_id:
        entities += StatementEntity.from_statements(Dataset.make({"name": "one"}), group).id == group[0].canonical_id
        group = []
    group.append(s)
print(len(a), len(b), entities + 1)`

// Statements made from the rules go through a store and are the same to the package, id
// for id.
func TestPeerStatements(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the package")
	}
	m, dir := model(t), t.TempDir()
	var has map[string][]string
	if err := json.Unmarshal([]byte(python(t, known)), &has); err != nil {
		t.Fatal(err)
	}
	in, out, path := filepath.Join(dir, "in.csv"), filepath.Join(dir, "out.csv"), filepath.Join(dir, "kg.db")
	r := rand.New(rand.NewPCG(13, 14))
	var rows [][]string
	entities := 0
	for i := range 1000 {
		about := randomStatements(m, r, i)
		about = slices.DeleteFunc(about, func(row []string) bool {
			return !slices.Contains(has[row[slices.Index(columns, "schema")]], row[slices.Index(columns, "prop")])
		})
		if len(about) > 0 {
			entities++
		}
		rows = append(rows, about...)
	}
	text := []byte(tableOf(t, rows))
	if err := os.WriteFile(in, text, 0o600); err != nil {
		t.Fatal(err)
	}
	load(t, m, path, text)
	exportBy(t, m.NewStatementWriter, path, out)
	if got := python(t, sameStatements, in, out); got != fmt.Sprint(entities, " ", entities, " ", entities) {
		t.Errorf("entities of statements that went in, came out, and were made: %s, want %d", got, entities)
	}
}

// processorTime is that of this process, in seconds.
func processorTime(t *testing.T) float64 {
	t.Helper()
	used, err := cputime.Used()
	if err != nil {
		t.Fatal(err)
	}
	return used.Seconds()
}

// export writes a store as entities.
func export(t *testing.T, m *Model, path, to string) {
	t.Helper()
	exportBy(t, m.NewWriter, path, to)
}

// exportBy writes a store with a writer.
func exportBy(t *testing.T, newWriter func(io.Writer, schema.Base, Graph) *Writer, path, to string) {
	t.Helper()
	s, err := graph.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	f, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	ctx, v, out := context.Background(), s.WholeView(schema.DefaultBase), bufio.NewWriter(f)
	w := newWriter(out, schema.DefaultBase, Graph{
		Quads: func(p quad.Quad) (list []quad.Quad, err error) {
			for q, err := range v.Each(ctx, p) {
				if err != nil {
					return nil, err
				}
				list = append(list, q)
			}
			return list, nil
		},
		Claim: func(quad.Value) (ClaimInfo, error) { return ClaimInfo{}, nil },
	})
	if err := s.EachSubject(ctx, graph.ExportOptions{}, w.Subject); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Flush(), out.Flush()); err != nil {
		t.Fatal(err)
	}
}
