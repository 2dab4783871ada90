package graph

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/index"
	"kg/internal/pgtest"
	"kg/internal/rdf/nquads"
	"kg/schema"
)

// bothStores are the same quads in an embedded store and on a server.
func bothStores(t *testing.T, list []quad.Quad) (*Store, string) {
	t.Helper()
	address, store := pgtest.Database(t), Scratch()
	t.Cleanup(func() { store.Close() })
	if _, err := (Remote{address}).Init(t.Context()); err != nil {
		t.Fatal(err)
	}
	onBoth(t, store, address, func(s *Store) error { return loadQuads(s, list) })
	return store, address
}

func loadQuads(s *Store, list []quad.Quad) error {
	var text []byte
	for _, q := range list {
		var err error
		if text, err = nquads.AppendQuad(text, q); err != nil {
			return err
		}
	}
	file := QuadsFile{Name: "x.nq", Format: NQuads, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil }}
	_, err := s.LoadQuads(context.Background(), []QuadsFile{file}, LoadOptions{Base: namesBase})
	return err
}

func onBoth(t *testing.T, store *Store, address string, do func(*Store) error) {
	t.Helper()
	if err := do(store); err != nil {
		t.Fatal(err)
	}
	onServer(t, address, true, do)
}

func onServer(t *testing.T, address string, write bool, do func(*Store) error) (statements int) {
	t.Helper()
	a, err := Remote{address}.Ask(t.Context(), write)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if err := a.In(t.Context(), do); err != nil {
		t.Fatal(err)
	}
	statements, _ = a.Statements()
	return statements
}

// misspelt is a name with a slip or two, or a beginning of it.
func misspelt(r *rand.Rand, name string) string {
	letters := []rune(name)
	for range r.IntN(3) {
		i := r.IntN(len(letters))
		switch r.IntN(4) {
		case 0:
			letters = append(letters[:i:i], letters[min(i+1, len(letters)):]...)
		case 1:
			letters = append(letters[:i:i], append([]rune{'x'}, letters[i:]...)...)
		case 2:
			letters[i] = 'y'
		case 3:
			if i > 0 {
				letters[i-1], letters[i] = letters[i], letters[i-1]
			}
		}
		if len(letters) == 0 {
			return "x"
		}
	}
	if r.IntN(4) == 0 {
		letters = letters[:1+r.IntN(len(letters))]
	}
	return string(letters)
}

// questionsOf are what can be asked by a name: all that is answered, errors too.
func questionsOf(text string, n int) map[string]func(*View) (string, error) {
	o := FindOptions{Terms: n%3 == 1, Texts: n%3 == 2, Limit: []int{0, 1, 7, 100}[n%4], Kind: []string{"", "", "entity", "Company", "Person"}[n%5]}
	return map[string]func(*View) (string, error){
		fmt.Sprintf("FindAll %q %+v", text, o): func(v *View) (string, error) {
			found, all, err := v.FindAll(context.Background(), text, o)
			return fmt.Sprint(all, found, err), err
		},
		fmt.Sprintf("FindOf %q %q", text, o.Kind): func(v *View) (string, error) {
			one, err := v.FindOf(context.Background(), text, o.Kind)
			return fmt.Sprint(one, err), err
		},
		fmt.Sprintf("Complete %q %q", text, o.Kind): func(v *View) (string, error) {
			list, err := v.Complete(context.Background(), text, o.Kind)
			return fmt.Sprint(list, err), err
		},
	}
}

// TestRemoteNames holds what is found by names on a server, and in what order, against
// the embedded store: names as they are, beginnings, misspelt ones; after quads came and
// went, too.
func TestRemoteNames(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 18))
	list := someQuads(r, 600)
	for child, parent := range map[quad.IRI]quad.IRI{"https://e.x/Bank": "https://e.x/Company", "https://e.x/Loan": "https://e.x/Thing"} {
		list = append(list, quad.Quad{Subject: child, Predicate: schema.SubClassOf, Object: parent, Label: quad.IRI("https://e.x/g")})
	}
	store, address := bothStores(t, list)
	var words []string
	for range 24 {
		words = append(words, misspelt(r, someName(r)))
	}
	words = append(words, "kim", "person", "bank", "companies", "il", "k", "12", "!!", "—", "https://e.x/bank/3", "deltaasia", "abcd", "")
	compareNames(t, store, address, words)
	gone := list[:60]
	onBoth(t, store, address, func(s *Store) error {
		var deltas []cayley.Delta
		for _, q := range gone {
			deltas = append(deltas, cayley.Delta{Quad: q, Action: cayley.Delete})
		}
		return s.Apply(deltas, cayley.IgnoreOpts{IgnoreMissing: true})
	})
	compareNames(t, store, address, words[:8])
	onBoth(t, store, address, func(s *Store) error { return loadQuads(s, list[30:70]) })
	compareNames(t, store, address, words[8:16])
	onServer(t, address, true, func(s *Store) error { return s.Verify(context.Background(), nil) })
	compareUnasked(t, store, address, words[:4])
}

// compareUnasked compares what a store finds that reads when something is missed.
func compareUnasked(t *testing.T, store *Store, address string, words []string) {
	t.Helper()
	remote, err := Open(address)
	if err != nil {
		t.Fatal(err)
	}
	defer remote.Close()
	for i, text := range words {
		for name, ask := range questionsOf(text, i) {
			want, _ := ask(store.View(namesBase))
			if got, _ := ask(remote.View(namesBase)); got != want {
				t.Errorf("%s: on a server without rounds and in a file:\n%s", name, whereApart(got, want))
			}
		}
	}
}

func compareNames(t *testing.T, store *Store, address string, words []string) {
	t.Helper()
	whole, all := 0, 0
	for i, text := range words {
		for name, ask := range questionsOf(text, i) {
			want, _ := ask(store.View(namesBase))
			var got string
			a, err := Remote{address}.Ask(t.Context(), false)
			if err != nil {
				t.Fatal(err)
			}
			_ = a.In(t.Context(), func(s *Store) (err error) {
				got, err = ask(s.View(namesBase))
				return err
			})
			if got != want {
				t.Errorf("%s: on a server and in a file:\n%s", name, whereApart(got, want))
			}
			statements, rounds := a.Statements()
			t.Logf("%s: %d statements in %d rounds", name, statements, rounds)
			if all++; a.Whole() {
				whole++
			} else if most := 80; statements > most {
				t.Errorf("%s: %d statements", name, statements)
			}
			if err := a.Close(); err != nil {
				t.Error(err)
			}
		}
	}
	if whole > all/2 {
		t.Errorf("of %d questions %d read the whole graph", all, whole)
	}
}

// whereApart is two texts from where they differ.
func whereApart(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	part := func(s string) string { return s[max(0, i-100):min(len(s), i+300)] }
	return part(a) + "\n" + part(b)
}

// TestRemoteManyNames holds that words which many things have find what they find in a
// file, and that not all of the graph is read where they are a small part of it.
func TestRemoteManyNames(t *testing.T) {
	defer func(was int) { index.MostPart = was }(index.MostPart)
	index.MostPart = 5
	var list []quad.Quad
	for i := range 400 {
		name := "Anna"
		if i%33 == 0 {
			name = "Kim"
		}
		node := quad.IRI(fmt.Sprint("https://e.x/person/", i))
		list = append(list,
			quad.Quad{Subject: node, Predicate: schema.Type, Object: quad.IRI("https://e.x/Person"), Label: quad.IRI("https://e.x/g")},
			quad.Quad{Subject: node, Predicate: quad.IRI(schema.Naming[0]), Object: quad.String(fmt.Sprint(name, " ", i)), Label: quad.IRI("https://e.x/g")})
	}
	store, address := bothStores(t, list)
	for text, wants := range map[string]struct{ found, whole bool }{"kim": {true, false}, "anna": {true, true}, "person": {true, true}, "kim anna": {false, false}} {
		find := func(s *Store) (string, int, error) {
			found, all, err := s.View(namesBase).FindAll(t.Context(), text, FindOptions{Limit: 7})
			return fmt.Sprint(all, found), all, err
		}
		want, n, err := find(store)
		if err != nil || wants.found != (n > index.MostPart) {
			t.Fatalf("%s finds %d: %v", text, n, err)
		}
		a, err := Remote{address}.Ask(t.Context(), false)
		if err != nil {
			t.Fatal(err)
		}
		var got string
		if err := a.In(t.Context(), func(s *Store) (err error) { got, _, err = find(s); return err }); err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Errorf("%s: on a server and in a file:\n%s", text, whereApart(got, want))
		}
		if a.Whole() != wants.whole {
			t.Errorf("%s finds %d: the whole graph was read: %t", text, n, a.Whole())
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}
}
