package graph_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kg/graph"
	"kg/graph/nquads"
	"kg/graph/store/snapshot"
)

// small is a store as the first were, a file of a few lines, with every sort of term.
const small = `<https://kg.example/a> <https://kg.example/p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> <https://kg.example/g> .
<https://kg.example/a> <https://kg.example/p> "1990~/1993~"^^<http://id.loc.gov/datatypes/edtf/EDTF> <https://kg.example/g> .
<https://kg.example/a> <https://kg.example/p> "동아일보"@ko <https://kg.example/g> .
<https://kg.example/b> <https://kg.example/p> "two\nlines" <https://kg.example/g> .
<https://kg.example/b> <https://kg.example/p> <https://kg.example/a> <https://kg.example/g> .
`

// damaged opens a damaged store. Either the error names the file and a line of
// it, or what opened can be used.
func damaged(t *testing.T, path, text string) (*graph.Store, error) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	store, err := graph.Open(path)
	if err != nil {
		var syntax *nquads.SyntaxError
		var damage *snapshot.DamageError
		inText := errors.As(err, &syntax) && syntax.File == path && syntax.Line >= 1 && syntax.Line <= strings.Count(text, "\n")+1
		noText := errors.As(err, &damage) && damage.Path == path && !strings.ContainsAny(text[:1], "<_# \t\r\n")
		other := strings.Contains(err.Error(), "it is a text that no kg wrote")
		if !inText && !noText && !other || !strings.Contains(err.Error(), path) {
			t.Fatalf("%q:\nthe error names no file and place: %v", text, err)
		}
		if _, err := graph.Load(context.Background(), path, ontology(), docs(t, port), graph.LoadOptions{Base: base, Replace: true}); err == nil {
			t.Fatalf("%q:\na damaged store was loaded into", text)
		}
		if now, _ := read(t, path); now != text {
			t.Fatal("what is left of a damaged store was changed")
		}
		return nil, err
	}
	if _, err := whole(store).Check(context.Background()); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	if _, err := store.Hash(context.Background(), nil); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return store, nil
}

func TestCutStore(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "kg.db")
	for n := 0; n <= len(small); n += 7 {
		text := small[:n]
		store, err := damaged(t, path, text)
		wholeLines := text == "" || strings.HasSuffix(text, "\n")
		if (err == nil) != wholeLines {
			t.Fatalf("cut at %d: %v\n%q", n, err, text)
		}
		if err == nil {
			if export(t, store) != text {
				t.Fatalf("cut at %d: %q reads as %q", n, text, export(t, store))
			}
		}
	}
}

func TestFlippedByte(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "kg.db")
	r, refused := rand.New(rand.NewPCG(3, 4)), 0
	const cases = 100
	for range cases {
		b := []byte(small)
		b[r.IntN(len(b))] ^= byte(1 + r.IntN(255))
		if _, err := damaged(t, path, string(b)); err != nil {
			refused++
		}
	}
	if refused < cases/12 {
		t.Errorf("only %d of %d damaged stores were refused", refused, cases)
	}
}
