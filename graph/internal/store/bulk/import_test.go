package bulk_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/bulk"
	"kg/graph/internal/store/db"
	"kg/graph/internal/store/storetest"
	"kg/internal/rdf/nquads"
)

func TestImport(t *testing.T) {
	t.Parallel()
	path := newPath(t)
	qs := mustOpen(t, path, db.Options{Create: true})
	mustApply(t, qs, add(numbered(1), numbered(2)))
	mustApply(t, qs, del(numbered(1)))
	lines := canonical(t, []quad.Quad{numbered(2), numbered(3), numbered(4)})
	r := mustImport(t, qs, bulk.Options{}, text("a.nq", lines+"# a comment\n\n"+lines), text("b.nq", lines))
	if want := (bulk.Imported{Read: 9, Added: 2}); r != want {
		t.Errorf("got %+v, want %+v", r, want)
	}
	if got := exported(t, qs); got != lines {
		t.Errorf("got %q, want %q", got, lines)
	}
	verify(t, qs)
	before, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if r := mustImport(t, qs, bulk.Options{}, text("a.nq", lines)); r != (bulk.Imported{Read: 3}) {
		t.Errorf("the second time: %+v", r)
	}
	if after, err := os.Stat(path); err != nil || !os.SameFile(before, after) {
		t.Errorf("what brings nothing new rewrote the store: %v", err)
	}
	if got := exported(t, mustOpen(t, path, db.Options{ReadOnly: true})); got != lines {
		t.Errorf("got %q, want %q", got, lines)
	}
}

// In any order and any parts, and with any memory budget, the same quads make the same
// store.
func TestImportOrder(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 5))
	var quads []quad.Quad
	for i := range 20_000 {
		q := properQuad(r)
		if i%2 == 0 {
			q.Object = quad.IRI(fmt.Sprintf("a:o%d", r.IntN(5000)))
		}
		quads = append(quads, q)
	}
	want := canonical(t, quads)
	var first []byte
	for i := range 3 {
		r.Shuffle(len(quads), func(i, j int) { quads[i], quads[j] = quads[j], quads[i] })
		var inputs []bulk.Input
		for part := range slices.Chunk(quads, len(quads)/(i+1)) {
			var lines []byte
			for _, q := range part {
				var err error
				if lines, err = nquads.AppendQuad(lines, q); err != nil {
					t.Fatal(err)
				}
			}
			inputs = append(inputs, text("x.nq", string(lines)))
		}
		path := newPath(t)
		qs := mustOpen(t, path, db.Options{Create: true})
		o := bulk.Options{Memory: int64(1) << (20 - 4*i)}
		for len(inputs) > 0 {
			n := min(len(inputs), 2)
			mustImport(t, qs, o, inputs[:n]...)
			inputs = inputs[n:]
		}
		if got := exported(t, qs); got != want {
			t.Fatalf("round %d: exported %d bytes, want %d", i, len(got), len(want))
		}
		verify(t, qs)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = data
		} else if !bytes.Equal(data, first) {
			t.Fatalf("round %d made another file", i)
		}
	}
}

// A bad line stops the import with its position, the first of the text whichever
// goroutine reads it first, and nothing is stored.
func TestImportBad(t *testing.T) {
	t.Parallel()
	path := newPath(t)
	qs := mustOpen(t, path, db.Options{Create: true})
	var lines strings.Builder
	for i := range 60_000 {
		if i%20_000 == 19_999 {
			lines.WriteString("<a:s> <a:p> nonsense .\n")
		}
		fmt.Fprintf(&lines, "<a:s%d> <a:p> \"a long object that fills up the blocks\" .\n", i)
	}
	_, err := qs.Import(context.Background(), []bulk.Input{text("good.nq", "<a:s> <a:p> <a:o> .\n"), text("x.nq", lines.String())}, bulk.Options{})
	var syntax *nquads.SyntaxError
	if !errors.As(err, &syntax) || syntax.File != "x.nq" || syntax.Line != 20_000 || syntax.Column != 13 {
		t.Fatal(err)
	}
	if got := files(t, path); !slices.Equal(got, []string{"kg.db.lock"}) {
		t.Errorf("left %v", got)
	}
	if got := len(contents(t, qs)); got != 0 {
		t.Errorf("%d quads", got)
	}

	var rejects bytes.Buffer
	r := mustImport(t, qs, bulk.Options{Rejects: &rejects}, text("x.nq", lines.String()))
	if r != (bulk.Imported{Read: 60_000, Added: 60_000, Rejected: 3}) {
		t.Errorf("got %+v", r)
	}
	var want strings.Builder
	for _, line := range []int{20_000, 40_001, 60_002} {
		fmt.Fprintf(&want, "# reading quads \"x.nq\":%d:13: expected an object (IRI, blank node or literal), found 'n'\n<a:s> <a:p> nonsense .\n", line)
	}
	if rejects.String() != want.String() {
		t.Errorf("rejected\n%s\nwant\n%s", rejects.String(), want.String())
	}
}

// Errors of what is read from and written to stop the import, and nothing is
// stored.
func TestImportFails(t *testing.T) {
	t.Parallel()
	path := newPath(t)
	qs := mustOpen(t, path, db.Options{Create: true})
	broken := func(n int) bulk.Input {
		in := text("x.nq", "")
		in.Open = func() (io.ReadCloser, error) {
			if n == 0 {
				return nil, storetest.ErrFull
			}
			return io.NopCloser(io.MultiReader(strings.NewReader("<a:s> <a:p> <a:o> .\n"), bad{})), nil
		}
		return in
	}
	for name, c := range map[string]struct {
		in   bulk.Input
		o    bulk.Options
		want error
	}{
		"opening":     {broken(0), bulk.Options{}, storetest.ErrFull},
		"reading":     {broken(1), bulk.Options{}, storetest.ErrFull},
		"rejects":     {text("x.nq", "bad\n"), bulk.Options{Rejects: bad{}}, storetest.ErrFull},
		"bad prefix":  {text("x.nq", "_:a <a:p> <a:o> .\n"), bulk.Options{Blank: "no scheme"}, nil},
		"bad label":   {text("x.nq", "_:a <a:p> <a:o> .\n"), bulk.Options{Label: quad.String("a")}, nil},
		"worse label": {text("x.nq", "_:a <a:p> <a:o> .\n"), bulk.Options{Label: quad.IRI("a")}, nil},
	} {
		_, err := qs.Import(context.Background(), []bulk.Input{c.in}, c.o)
		if err == nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := files(t, path); !slices.Equal(got, []string{"kg.db.lock"}) {
		t.Errorf("left %v", got)
	}
}

type bad struct{}

func (bad) Read([]byte) (int, error)  { return 0, storetest.ErrFull }
func (bad) Write([]byte) (int, error) { return 0, storetest.ErrFull }

// Triples get the label that was asked for, which counts where blank nodes are
// named.
func TestImportNames(t *testing.T) {
	t.Parallel()
	qs := newStore(t)
	o := bulk.Options{Label: quad.IRI("a:label"), Blank: "a:node/"}
	for added := range 2 {
		r := mustImport(t, qs, o, text("one", "_:x <a:p> _:y.z .\n<a:s> <a:p> \"_:x\" .\n"), text("two", "_:a <a:p> _:b <a:label> .\n"))
		if want := (bulk.Imported{Read: 3, Added: uint64(2 - 2*added), Blank: 4}); r != want {
			t.Errorf("got %+v, want %+v", r, want)
		}
	}
	node := fmt.Sprintf("a:node/%x/1/c14n", sha256.Sum256([]byte("_:c14n1 <a:p> _:c14n0 <a:label> .\n")))
	want := fmt.Sprintf("<%s1> <a:p> <%s0> <a:label> .\n<a:s> <a:p> \"_:x\" <a:label> .\n", node, node)
	if got := exported(t, qs); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	// Without an IRI to begin with, blank nodes stay, and may be a label.
	plain := newStore(t)
	mustImport(t, plain, bulk.Options{Label: quad.BNode("g")}, text("x", "_:x <a:p> _:y .\n"))
	if got := exported(t, plain); got != "_:x <a:p> _:y _:g .\n" {
		t.Errorf("got %q", got)
	}
}

func TestImportProgress(t *testing.T) {
	t.Parallel()
	qs := newStore(t)
	lines := strings.Repeat("<a:s> <a:p> <a:o> .\n", 200_000)
	var last bulk.Progress
	calls := 0
	mustImport(t, qs, bulk.Options{Progress: func(p bulk.Progress) {
		calls++
		if p.Quads < last.Quads || p.Bytes < last.Bytes || p.Bytes > p.Total || p.Total != int64(len(lines)) {
			t.Errorf("%+v after %+v", p, last)
		}
		last = p
	}}, text("x.nq", lines))
	if calls == 0 {
		t.Error("never called")
	}
}

// Commits that are made while a text is imported are kept.
func TestImportBesideCommits(t *testing.T) {
	t.Parallel()
	path := newPath(t)
	qs := mustOpen(t, path, db.Options{Create: true})
	mustApply(t, qs, add(numbered(0), numbered(1)))
	importBeside(t, qs, append(add(numbered(2)), del(numbered(0))...))
	want := canonical(t, []quad.Quad{numbered(1), numbered(2), numbered(3)})
	for _, qs := range []*storetest.Store{qs, mustOpen(t, path, db.Options{ReadOnly: true})} {
		if got := exported(t, qs); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		verify(t, qs)
	}
}

// A term that canonical N-Quads cannot spell is refused by the name of the quad, whether
// it is in the snapshot or was added later.
func TestExportRefuses(t *testing.T) {
	t.Parallel()
	x := quad.IRI("a:x")
	for name, c := range map[string]struct {
		q    quad.Quad
		want string
	}{
		"literal subject": {quad.Quad{Subject: quad.String("lit"), Predicate: x, Object: x}, "subject: expected an IRI or a blank node"},
		"blank predicate": {quad.Quad{Subject: x, Predicate: quad.BNode("b"), Object: x}, "predicate: expected an IRI"},
		"literal label":   {quad.Quad{Subject: x, Predicate: x, Object: x, Label: quad.Int(7)}, "label: expected an IRI or a blank node"},
		"relative IRI":    {quad.Quad{Subject: x, Predicate: x, Object: quad.IRI("rel")}, "object: expected an absolute IRI"},
		"no UTF-8":        {quad.Quad{Subject: x, Predicate: x, Object: quad.String("\xff")}, "object: expected UTF-8"},
	} {
		qs := newStore(t)
		mustApply(t, qs, add(c.q, numbered(1)))
		for range 2 {
			_, err := qs.Export(context.Background(), io.Discard, nil)
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), c.q.NQuad()) {
				t.Errorf("%s: %v", name, err)
			}
			if err := qs.Compact(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestExportFails(t *testing.T) {
	t.Parallel()
	qs := newStore(t)
	mustApply(t, qs, add(numbered(1)))
	for range 2 {
		if _, err := qs.Export(context.Background(), bad{}, nil); !errors.Is(err, storetest.ErrFull) {
			t.Error(err)
		}
		if err := qs.Compact(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
}

// TestExportRandom exports stores whose quads are partly in the snapshot,
// partly beside it, and compares with sorted lines; what is imported again
// exports to the same bytes.
func TestExportRandom(t *testing.T) {
	t.Parallel()
	seeds := uint64(10)
	if testing.Short() {
		seeds = 2
	}
	for seed := range seeds {
		r := rand.New(rand.NewPCG(seed, 9))
		qs := newStore(t)
		there := map[string]quad.Quad{}
		for range 3 {
			for range 200 {
				q := properQuad(r)
				if r.IntN(2) == 0 {
					q.Object = quad.String(fmt.Sprint(r.IntN(100), "\""[:r.IntN(2)]))
				}
				there[spell(t, q)] = q
			}
			var list []quad.Quad
			for key, q := range there {
				if r.IntN(6) == 0 {
					delete(there, key)
					if err := qs.ApplyDeltas(del(q), graph.IgnoreOpts{IgnoreMissing: true}); err != nil {
						t.Fatal(err)
					}
					continue
				}
				list = append(list, q)
			}
			if err := qs.ApplyDeltas(add(list...), graph.IgnoreOpts{IgnoreDup: true}); err != nil {
				t.Fatal(err)
			}
			want := canonical(t, list)
			if got := exported(t, qs); got != want {
				t.Fatalf("seed %d: got\n%s\nwant\n%s", seed, got, want)
			}
			again := newStore(t)
			mustImport(t, again, bulk.Options{}, text("x.nq", want))
			if got := exported(t, again); got != want {
				t.Fatalf("seed %d: imported and exported again: got\n%s\nwant\n%s", seed, got, want)
			}
			if r.IntN(2) == 0 {
				if err := qs.Compact(context.Background()); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}
