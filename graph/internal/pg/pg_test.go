package pg_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"kg/graph/internal/pg"
	"kg/graph/internal/store"
	"kg/graph/internal/store/bulk"
	"kg/internal/pgtest"
)

func TestMain(m *testing.M) {
	pg.Small = -1 // the graphs of tests are all small, and the rounds are to be tested
	os.Exit(pgtest.Main{M: m}.Run())
}

// open makes a database with the tables of kg, and opens a session.
func open(t *testing.T, o pg.Options) (*pg.Session, string) {
	t.Helper()
	address := pgtest.Database(t)
	if made, err := pg.Init(t.Context(), address); err != nil || !made {
		t.Fatal(made, err)
	}
	return session(t, address, o), address
}

func session(t *testing.T, address string, o pg.Options) *pg.Session {
	t.Helper()
	s, err := pg.Open(t.Context(), address, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func text(name, lines string) []bulk.Input {
	return []bulk.Input{{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(lines)), nil }}}
}

func exported(t *testing.T, qs *store.QuadStore) string {
	t.Helper()
	var out bytes.Buffer
	if _, err := qs.Export(t.Context(), &out, nil); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// lines are quads whose terms are of all sorts, one longer than an index holds.
func lines(from, to int) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		fmt.Fprintf(&b, "<https://x.example/s%d> <https://x.example/p%d> <https://x.example/o%d> <https://x.example/l%d> .\n", i%37, i%5, i, i%3)
		fmt.Fprintf(&b, "<https://x.example/s%d> <https://x.example/n> \"%d\"^^<http://www.w3.org/2001/XMLSchema#integer> <https://x.example/l%d> .\n", i%37, i, i%3)
	}
	fmt.Fprintf(&b, "<https://x.example/s1> <https://x.example/long> \"%s\" <https://x.example/l0> .\n", strings.Repeat("ü", 5000))
	fmt.Fprintf(&b, "<https://x.example/s1> <https://x.example/long> \"%sx\" <https://x.example/l0> .\n", strings.Repeat("ü", 5000))
	return b.String()
}

func TestLoadTwice(t *testing.T) {
	s, address := open(t, pg.Options{Write: true})
	twin := store.Scratch()
	for _, part := range []string{lines(0, 500), lines(0, 500), lines(300, 900), lines(0, 900)} {
		got, err := s.Import(t.Context(), text("a", part), bulk.Options{})
		if err != nil {
			t.Fatal(err)
		}
		want, err := twin.Import(t.Context(), text("a", part), bulk.Options{})
		if err != nil || got != want {
			t.Fatalf("got %+v, want %+v: %v", got, want, err)
		}
	}
	want := exported(t, twin)
	if got := exported(t, s.Store()); got != want {
		t.Errorf("the session that wrote has %d bytes, want %d", len(got), len(want))
	}
	for _, ask := range []bool{true, false} {
		other := session(t, address, pg.Options{Ask: ask})
		got := answer(t, other, func(qs *store.QuadStore) (string, error) {
			var out bytes.Buffer
			_, err := qs.Export(t.Context(), &out, nil)
			return out.String(), err
		})
		if got != want {
			t.Errorf("asking: %t: got %d bytes, want %d", ask, len(got), len(want))
		}
		if err := other.Check(context.Background()); err != nil {
			t.Error(err)
		}
	}
}

// answer asks until nothing is missing.
func answer[T any](t *testing.T, s *pg.Session, ask func(*store.QuadStore) (T, error)) (got T) {
	t.Helper()
	if err := rounds(s, func() (err error) { got, err = ask(s.Store()); return err }); err != nil {
		t.Fatal(err)
	}
	return got
}

// rounds runs until nothing is missing.
func rounds(s *pg.Session, run func() error) error {
	for {
		if err := run(); !s.Missed() {
			return err
		}
		if err := s.More(); err != nil {
			return err
		}
	}
}
