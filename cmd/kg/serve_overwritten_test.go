package main

import (
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/spf13/cobra"
)

// otherQuad is a quad of another graph, and its line of an export.
func otherQuad(name string) string {
	return "<https://o.example/" + name + "> <https://o.example/p> <https://o.example/b> <https://o.example/g> .\n"
}

// otherStore is the bytes of a store of other quads.
func otherStore(t *testing.T, text string) []byte {
	t.Helper()
	dir := t.TempDir()
	quads := filepath.Join(dir, "o.nq")
	if err := os.WriteFile(quads, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	db := filepath.Join(dir, "kg.db")
	if code := run([]string{"--db", db, "load", quads}, strings.NewReader(""), io.Discard, io.Discard); code != 0 {
		t.Fatalf("kg load exits with %d", code)
	}
	b, err := os.ReadFile(db)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// overwrite does what cp does: it cuts the file and writes another into it, with
// a pause in between.
func overwrite(t *testing.T, path string, b []byte) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_TRUNC, 0)
	if err != nil {
		t.Fatal(err)
	}
	for part := range 4 {
		time.Sleep(30 * time.Millisecond)
		if _, err := f.Write(b[part*len(b)/4 : (part+1)*len(b)/4]); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestServeOverwritten overwrites the store of a running server in place, again
// and again, while it is asked: every answer is of one of the two graphs, as a
// whole, or an error, and the server goes on with the new one.
func TestServeOverwritten(t *testing.T) {
	if testing.Short() {
		t.Skip("asks all the while")
	}
	s := serving(t)
	one, err := os.ReadFile("kg.db")
	if err != nil {
		t.Fatal(err)
	}
	second := otherQuad("second")
	two := otherStore(t, second)
	read := func() (string, bool) {
		code, text, err := try(t.Context(), "GET", s.at+"/api/v2/read?format=nquads", nil, http.Header{})
		return text, code == 200 && err == nil
	}
	first, ok := read()
	if !ok {
		t.Fatal("the store cannot be read")
	}
	ctx, stop := context.WithCancel(t.Context())
	var asking sync.WaitGroup
	for i := range 4 {
		asking.Go(func() {
			for ctx.Err() == nil {
				path := []string{"/api/v2/read", "/query/embassies", "/entity?id=kg:person/kim-jong-il", "/search?q=kim"}[i]
				code, text, err := try(t.Context(), "GET", s.at+path, nil, nil)
				if err != nil {
					continue // it broke off, which the client sees
				}
				if code != 200 && code != 503 && code != 404 && code != 429 {
					t.Errorf("%s is answered with %d: %.300s", path, code, text)
				}
				if i == 0 && code == 200 && text != first && text != second {
					t.Errorf("an answer is of neither graph: %d bytes", len(text))
				}
			}
		})
	}
	for i := range 8 {
		overwrite(t, "kg.db", [][]byte{two, one}[i%2])
	}
	stop()
	asking.Wait()
	if text, ok := read(); !ok || text != first {
		t.Errorf("the store is not read anew: %d bytes, %v", len(text), ok)
	}
	overwrite(t, "kg.db", two)
	if text, ok := read(); !ok || text != second {
		t.Errorf("the other store is not read: %.300s, %v", text, ok)
	}
	if says := s.says.String(); strings.Contains(says, "goroutine ") {
		t.Errorf("a fault is told by its stack:\n%.2000s", says)
	}
}

// TestVerbOverwritten: a verb whose store is cut while it runs is one line and
// the exit code of a store that fails.
func TestVerbOverwritten(t *testing.T) {
	t.Chdir(t.TempDir())
	putArticle(t, "kg.db")
	a := newApp(strings.NewReader(""), io.Discard, io.Discard)
	a.settings.db = "kg.db"
	verb := &cobra.Command{Use: "cut", SilenceErrors: true, SilenceUsage: true, RunE: func(cmd *cobra.Command, _ []string) error {
		v, err := a.wholeView()
		if err != nil {
			return err
		}
		if err := os.Truncate("kg.db", 0); err != nil {
			return err
		}
		it := v.Cayley().QuadsAllIterator().Iterate()
		defer it.Close()
		for it.Next(cmd.Context()) {
		}
		return it.Err()
	}}
	verb.SetArgs(nil)
	err := a.execute(t.Context(), verb)
	if err == nil || !strings.Contains(err.Error(), "overwritten") || strings.Contains(err.Error(), "\n") || exitCode(err) != exitStore {
		t.Errorf("got %v", err)
	}
}
