// Package storetest helps to test the packages of the store: it opens stores on
// a disk that does not wait for the machine's, fills them, and has a model of
// them to compare with.
package storetest

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

	"kg/graph/internal/store"
	"kg/graph/internal/store/bulk"
	"kg/graph/internal/store/db"
	"kg/graph/internal/store/term"
	"kg/internal/rdf/nquads"
)

// XSD is the prefix of the IRIs of XML Schema datatypes.
const XSD = "http://www.w3.org/2001/XMLSchema#"

// Values are some of every kind, close to each other.
var Values = []quad.Value{
	quad.IRI("a:a"), quad.IRI("a:a/b"), quad.IRI("a:a-b"), quad.IRI("a:b"), quad.IRI("a:c"), quad.IRI("a:d"),
	quad.BNode("x"), quad.BNode("x-y"),
	quad.String(""), quad.String("a"), quad.String("a\x00b"), quad.String("a\"\n"), quad.String("é"), quad.String("12"),
	quad.LangString{Value: "a", Lang: "en"}, quad.LangString{Value: "a", Lang: "en-GB"},
	quad.Int(7), quad.Int(-1), quad.Float(7), quad.Float(0.5), quad.Bool(true), quad.Bool(false),
	Typed("007", "integer"), Typed("7.0", "decimal"), Typed("7.00", "decimal"), Typed("True", "boolean"),
	Typed("2024-01-02", "date"), Typed("2024-01-02T03:04:05.5+01:00", "dateTime"),
	quad.Time(time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)),
	quad.TypedString{Value: "x", Type: "a:type"},
}

// Typed is a literal of a datatype of XML Schema.
func Typed(text, name string) quad.Value {
	return quad.TypedString{Value: quad.String(text), Type: quad.IRI(XSD + name)}
}

// RandomQuad picks anything for any position, as Cayley allows.
func RandomQuad(r *rand.Rand) quad.Quad {
	pick := func(n int) quad.Value { return Values[r.IntN(n)] }
	q := quad.Quad{Subject: pick(8), Predicate: pick(5), Object: pick(len(Values)), Label: pick(4)}
	if r.IntN(8) == 0 {
		q = quad.Quad{Subject: pick(len(Values)), Predicate: pick(len(Values)), Object: pick(len(Values)), Label: pick(len(Values))}
	}
	if r.IntN(3) == 0 {
		q.Label = nil
	}
	return q
}

// ProperQuad returns a random quad that RDF allows.
func ProperQuad(r *rand.Rand) quad.Quad {
	q := quad.Quad{Subject: Values[r.IntN(8)], Predicate: Values[r.IntN(6)], Object: Values[r.IntN(len(Values))]}
	if r.IntN(3) > 0 {
		q.Label = Values[r.IntN(8)]
	}
	return q
}

// Path is that of a store that is not there yet.
func Path(t testing.TB) string { return filepath.Join(t.TempDir(), "kg.db") }

// Store is a handle and the store that it is on.
type Store struct {
	*store.QuadStore
	DB *db.DB
}

// Open opens a store, without syncs if the options name no disk, and with short
// waits if they name no limits.
func Open(path string, o db.Options) (*Store, error) {
	if o.Disk == nil {
		o.Disk = Unsynced{}
	}
	if o.Limits == nil {
		o.Limits = &usual
	}
	d, err := db.Open(path, o)
	if err != nil {
		return nil, err
	}
	return &Store{store.New(d), d}, nil
}

// MustOpen opens a store, which is closed when the test ends.
func MustOpen(t testing.TB, path string, o db.Options) *Store {
	t.Helper()
	qs, err := Open(path, o)
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

// usual are the usual thresholds, with a short wait for a torn journal.
var usual = func() db.Thresholds { l := db.Usual; l.Settle = time.Millisecond; return l }()

// Unfolded are the usual thresholds, except that a closed store stays snapshot and
// journal.
var Unfolded = func() db.Thresholds { l := usual; l.Fold = 0; return l }()

// New makes an empty store.
func New(t testing.TB) *Store { return MustOpen(t, Path(t), db.Options{Create: true}) }

// Add makes deltas that add quads.
func Add(quads ...quad.Quad) []graph.Delta { return deltas(graph.Add, quads) }

// Del makes deltas that remove quads.
func Del(quads ...quad.Quad) []graph.Delta { return deltas(graph.Delete, quads) }

func deltas(p graph.Procedure, quads []quad.Quad) []graph.Delta {
	var list []graph.Delta
	for _, q := range quads {
		list = append(list, graph.Delta{Quad: q, Action: p})
	}
	return list
}

// Apply commits deltas.
func Apply(t testing.TB, qs interface {
	ApplyDeltas([]graph.Delta, graph.IgnoreOpts) error
}, deltas []graph.Delta) {
	t.Helper()
	if err := qs.ApplyDeltas(deltas, graph.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
}

// Spell returns a quad as one string, whatever its terms are.
func Spell(t testing.TB, q quad.Quad) string {
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

// Contents are the quads of a store as Spell has them, sorted.
func Contents(t testing.TB, qs graph.QuadStore) []string {
	t.Helper()
	it := qs.QuadsAllIterator().Iterate()
	defer it.Close()
	list := []string{}
	for it.Next(context.Background()) {
		q, err := qs.Quad(it.Result())
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, Spell(t, q))
	}
	if err := it.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(list)
	return list
}

// Verify checks the invariants.
func Verify(t testing.TB, qs interface {
	Verify(context.Context, func(done, total uint64)) error
}) {
	t.Helper()
	if err := qs.Verify(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
}

// Exported is the canonical N-Quads of a store.
func Exported(t testing.TB, qs interface {
	Export(context.Context, io.Writer, func(done, total uint64)) (uint64, error)
}) string {
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

// Text is an input.
func Text(name, s string) bulk.Input {
	return bulk.Input{Name: name, Size: int64(len(s)), Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(s)), nil
	}}
}

// Import imports texts.
func Import(t testing.TB, qs interface {
	Import(context.Context, []bulk.Input, bulk.Options) (bulk.Imported, error)
}, o bulk.Options, inputs ...bulk.Input) bulk.Imported {
	t.Helper()
	r, err := qs.Import(context.Background(), inputs, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// ImportBeside imports a quad, Numbered(3), while deltas are committed.
func ImportBeside(t *testing.T, qs *Store, deltas []graph.Delta) {
	t.Helper()
	in := Text("x.nq", "") // of unknown size, or it would be committed
	in.Open = func() (io.ReadCloser, error) {
		Apply(t, qs, deltas)
		return io.NopCloser(strings.NewReader(Canonical(t, []quad.Quad{Numbered(3)}))), nil
	}
	Import(t, qs, bulk.Options{Memory: 1 << 20}, in)
}

// Canonical are the lines of quads, sorted, none twice.
func Canonical(t testing.TB, quads []quad.Quad) string {
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

// Some makes quads that differ in their objects.
func Some(n int) []quad.Quad {
	var list []quad.Quad
	for i := range n {
		list = append(list, Numbered(i))
	}
	return list
}

// Numbered is the i-th quad of Some.
func Numbered(i int) quad.Quad {
	return quad.Quad{Subject: quad.IRI("a:s"), Predicate: quad.IRI("a:p"), Object: quad.Int(i), Label: quad.IRI("a:g")}
}

// ErrFull is the error of a full disk.
var ErrFull = errors.New("no space left on device")
