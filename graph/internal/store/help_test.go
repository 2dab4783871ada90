package store

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/rdf/nquads"
	"kg/graph/internal/store/term"
)

const xsd = "http://www.w3.org/2001/XMLSchema#"

// values are some of every kind, close to each other.
var values = []quad.Value{
	quad.IRI("a:a"), quad.IRI("a:a/b"), quad.IRI("a:a-b"), quad.IRI("a:b"), quad.IRI("a:c"), quad.IRI("a:d"),
	quad.BNode("x"), quad.BNode("x-y"),
	quad.String(""), quad.String("a"), quad.String("a\x00b"), quad.String("a\"\n"), quad.String("é"), quad.String("12"),
	quad.LangString{Value: "a", Lang: "en"}, quad.LangString{Value: "a", Lang: "en-GB"},
	quad.Int(7), quad.Int(-1), quad.Float(7), quad.Float(0.5), quad.Bool(true), quad.Bool(false),
	typed("007", "integer"), typed("7.0", "decimal"), typed("7.00", "decimal"), typed("True", "boolean"),
	typed("2024-01-02", "date"), typed("2024-01-02T03:04:05.5+01:00", "dateTime"),
	quad.Time(time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)),
	quad.TypedString{Value: "x", Type: "a:type"},
}

func typed(text, name string) quad.Value {
	return quad.TypedString{Value: quad.String(text), Type: quad.IRI(xsd + name)}
}

// randomQuad picks anything for any place, as Cayley allows.
func randomQuad(r *rand.Rand) quad.Quad {
	pick := func(n int) quad.Value { return values[r.IntN(n)] }
	q := quad.Quad{Subject: pick(8), Predicate: pick(5), Object: pick(len(values)), Label: pick(4)}
	if r.IntN(8) == 0 {
		q = quad.Quad{Subject: pick(len(values)), Predicate: pick(len(values)), Object: pick(len(values)), Label: pick(len(values))}
	}
	if r.IntN(3) == 0 {
		q.Label = nil
	}
	return q
}

// properQuad picks what RDF allows.
func properQuad(r *rand.Rand) quad.Quad {
	q := quad.Quad{Subject: values[r.IntN(8)], Predicate: values[r.IntN(6)], Object: values[r.IntN(len(values))]}
	if r.IntN(3) > 0 {
		q.Label = values[r.IntN(8)]
	}
	return q
}

func newPath(t testing.TB) string { return filepath.Join(t.TempDir(), "kg.db") }

func mustOpen(t testing.TB, path string, o Options) *QuadStore {
	t.Helper()
	return mustOpenWith(t, path, o, usual)
}

func mustOpenWith(t testing.TB, path string, o Options, l limits) *QuadStore {
	t.Helper()
	qs, err := open(path, o, realDisk{}, l)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := qs.Close(); err != nil {
			t.Error(err)
		}
	})
	return qs
}

// unfolded are the usual limits, but what is closed stays snapshot and journal.
var unfolded = func() limits { l := usual; l.fold = 0; return l }()

// mustOpenUnfolded opens to write what stays snapshot and journal.
func mustOpenUnfolded(t testing.TB, path string) *QuadStore {
	t.Helper()
	return mustOpenWith(t, path, Options{Create: true}, unfolded)
}

func newStore(t testing.TB) *QuadStore { return mustOpen(t, newPath(t), Options{Create: true}) }

func add(quads ...quad.Quad) []graph.Delta { return deltas(graph.Add, quads) }

func del(quads ...quad.Quad) []graph.Delta { return deltas(graph.Delete, quads) }

func deltas(p graph.Procedure, quads []quad.Quad) []graph.Delta {
	var list []graph.Delta
	for _, q := range quads {
		list = append(list, graph.Delta{Quad: q, Action: p})
	}
	return list
}

func mustApply(t testing.TB, qs *QuadStore, deltas []graph.Delta) {
	t.Helper()
	if err := qs.ApplyDeltas(deltas, graph.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
}

// spell is a quad as one string, whatever its terms are.
func spell(t testing.TB, q quad.Quad) string {
	var b []byte
	for _, v := range []quad.Value{q.Subject, q.Predicate, q.Object, q.Label} {
		b = append(b, 0xFF)
		if v == nil {
			continue
		}
		var err error
		if b, err = term.Append(b, v); err != nil {
			t.Fatal(err)
		}
	}
	return string(b)
}

// contents are the quads of a store as spell has them, sorted.
func contents(t testing.TB, qs graph.QuadStore) []string {
	t.Helper()
	it := qs.QuadsAllIterator().Iterate()
	defer it.Close()
	list := []string{}
	for it.Next(context.Background()) {
		q, err := qs.Quad(it.Result())
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, spell(t, q))
	}
	if err := it.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(list)
	return list
}

// verify checks the invariants, and that Stats tells what there is.
func verify(t testing.TB, qs *QuadStore) {
	t.Helper()
	if err := qs.Verify(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
}

func exported(t testing.TB, qs *QuadStore) string {
	t.Helper()
	var out bytes.Buffer
	n, err := qs.Export(context.Background(), &out, nil)
	if err != nil {
		t.Fatal(err)
	}
	if lines := strings.Count(out.String(), "\n"); uint64(lines) != n {
		t.Fatalf("exported %d quads as %d lines", n, lines)
	}
	return out.String()
}

func text(name, s string) Input {
	return Input{Name: name, Size: int64(len(s)), Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(s)), nil
	}}
}

func mustImport(t testing.TB, qs *QuadStore, o ImportOptions, inputs ...Input) Result {
	t.Helper()
	r, err := qs.Import(context.Background(), inputs, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// importBeside imports a quad, numbered(3), while deltas are committed.
func importBeside(t *testing.T, qs *QuadStore, deltas []graph.Delta) {
	t.Helper()
	in := text("x.nq", "") // of unknown size, or it would be committed
	in.Open = func() (io.ReadCloser, error) {
		mustApply(t, qs, deltas)
		return io.NopCloser(strings.NewReader(canonical(t, []quad.Quad{numbered(3)}))), nil
	}
	mustImport(t, qs, ImportOptions{Memory: 1 << 20}, in)
}

// canonical are the lines of quads, sorted, none twice.
func canonical(t testing.TB, quads []quad.Quad) string {
	t.Helper()
	var lines []string
	for _, q := range quads {
		line, err := nquads.AppendQuad(nil, q)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(line))
	}
	slices.Sort(lines)
	return strings.Join(slices.Compact(lines), "")
}

// some makes quads that differ in their objects.
func some(n int) []quad.Quad {
	var list []quad.Quad
	for i := range n {
		list = append(list, numbered(i))
	}
	return list
}

func numbered(i int) quad.Quad {
	return quad.Quad{Subject: quad.IRI("a:s"), Predicate: quad.IRI("a:p"), Object: quad.Int(i), Label: quad.IRI("a:g")}
}

var errFull = errors.New("no space left on device")
