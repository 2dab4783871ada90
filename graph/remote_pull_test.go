package graph_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"kg/graph"
	pulled "kg/graph/internal/pull"
)

func pull(t testing.TB, address, path string) pulled.Pulled {
	t.Helper()
	p, err := at(address).Pull(t.Context(), path, func(err error) { t.Error(err) })
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// sameAsServer holds a copy against the server.
func sameAsServer(t testing.TB, address, path string) {
	t.Helper()
	if got, want := hash(t, open(t, path)), hashOf(t, address); got != want {
		t.Fatalf("got hash %s, want %s", got, want)
	}
}

// changeSomehow changes the graph on a server: a source comes, or goes, or one of its
// claims is retracted; or quads are loaded. What cannot be done does not matter.
func changeSomehow(t testing.TB, r *rand.Rand, address string) {
	t.Helper()
	id := fmt.Sprint("ferry-", r.IntN(3))
	var do func(*graph.Store) error
	switch r.IntN(6) {
	case 0, 1:
		checked := docs(t, strings.ReplaceAll(ferry, "id: ferry", "id: "+id))
		do = func(s *graph.Store) error {
			_, err := s.Load(t.Context(), ontology(), checked, graph.LoadOptions{Base: base, Replace: true})
			return err
		}
	case 2:
		do = func(s *graph.Store) error {
			_, err := s.Remove(t.Context(), base.Source(id), graph.LoadOptions{Base: base})
			return err
		}
	case 3:
		do = func(s *graph.Store) error {
			_, err := s.Retract(t.Context(), base.Source(id), graph.DecisionOptions{Base: base, Reason: "a test", By: "Ann"})
			return err
		}
	default:
		text := randomLines(r)
		do = func(s *graph.Store) error { return loadLines(s, t, text) }
	}
	_ = changing(t, address, do) // there may be no such source, or it is retracted already
}

// TestPullLaw holds that a copy that is pulled at random moments of a history is what
// the server is then, and that it is made anew only where it must be.
func TestPullLaw(t *testing.T) {
	t.Parallel()
	address, path := remote(t), storePath(t)
	if err := changing(t, address, func(s *graph.Store) error { return loadLines(s, t, ladder(3, 50)) }); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(5, 6))
	if p := pull(t, address, path); !p.Made {
		t.Errorf("got %+v", p)
	}
	for range 14 {
		trimmed := r.IntN(8) == 0
		n := r.IntN(4)
		for range n {
			changeSomehow(t, r, address)
		}
		if trimmed {
			if _, err := at(address).Trim(t.Context(), time.Now().Add(time.Hour)); err != nil {
				t.Fatal(err)
			}
		}
		p := pull(t, address, path)
		if p.Made || n == 0 && !p.Same || p.Whole != "" && !trimmed {
			t.Errorf("after %d changes, the record of them dropped being %t: %+v", n, trimmed, p)
		}
		sameAsServer(t, address, path)
	}
	if err := changing(t, address, func(s *graph.Store) error { return s.Verify(t.Context(), nil) }); err != nil {
		t.Error(err)
	}
}

// TestPullLarge holds that a copy that is too large to be written anew gets what changed
// by its journal, and that readers of it go on with what they have.
func TestPullLarge(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	address, path := remote(t), storePath(t)
	r := rand.New(rand.NewPCG(3, 4))
	var b strings.Builder
	for i := range 2800 {
		fmt.Fprintf(&b, "<https://x.example/s%d> <https://x.example/p> \"", i/3)
		for range 200 {
			fmt.Fprintf(&b, "%016x", r.Uint64())
		}
		fmt.Fprintf(&b, "\" <https://x.example/l%d> .\n", i%100)
	}
	if err := changing(t, address, func(s *graph.Store) error { return loadLines(s, t, b.String()) }); err != nil {
		t.Fatal(err)
	}
	pull(t, address, path)
	reader := open(t, path)
	before := hash(t, reader)
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Size() <= 8<<20 {
		t.Fatalf("the copy has %d bytes, which are written anew", info.Size())
	}
	for i := range 3 {
		text := ladder(2, 3+i)
		if err := changing(t, address, func(s *graph.Store) error { return loadLines(s, t, text) }); err != nil {
			t.Fatal(err)
		}
		if p := pull(t, address, path); p.Whole != "" || p.Quads <= p.Before {
			t.Errorf("got %+v", p)
		}
		sameAsServer(t, address, path)
		if now, err := os.Stat(path); err != nil || now.ModTime().Sub(info.ModTime()) > 0 && i > 0 && !os.SameFile(now, info) {
			t.Errorf("the copy is another file: %v", err)
		}
	}
	if got := hash(t, reader); got != before {
		t.Error("who reads the copy sees another graph")
	}
}

// TestPullRefused holds that nothing but an untouched copy of the same graph is written
// to.
func TestPullRefused(t *testing.T) {
	address, path := remote(t), storePath(t)
	add := func(address string, n int) {
		t.Helper()
		if err := changing(t, address, func(s *graph.Store) error { return loadLines(s, t, ladder(2, n)) }); err != nil {
			t.Fatal(err)
		}
	}
	refused := func(name, path, want string) {
		t.Helper()
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		_, err = at(address).Pull(t.Context(), path, nil)
		if !errors.Is(err, graph.ErrNoCopy) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want an error with %q", name, err, want)
		}
		if after, err := os.ReadFile(path); err != nil || !slices.Equal(before, after) {
			t.Errorf("%s: the file was changed: %v", name, err)
		}
	}
	add(address, 5)
	own := storePath(t)
	load(t, own, graph.LoadOptions{}, ferry)
	refused("a store of somebody's", own, "no copy")
	text := filepath.Join(t.TempDir(), "text")
	if err := os.WriteFile(text, []byte("a text"), 0o600); err != nil {
		t.Fatal(err)
	}
	refused("a text", text, "no copy")

	pull(t, address, path)
	loadText(t, path, foreignQuads)
	add(address, 6)
	refused("a copy that was written to", path, "written to since")

	path = storePath(t) // and one that was led back to what it was before
	pull(t, address, path)
	if err := changing(t, address, func(s *graph.Store) error { return loadLines(s, t, foreignQuads) }); err != nil {
		t.Fatal(err)
	}
	pull(t, address, path)
	w := writable(t, path)
	if _, err := w.Remove(t.Context(), iri("https://e.example/g"), graph.LoadOptions{Base: base}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	refused("a copy that was led back", path, "written to since")

	other := remote(t)
	add(other, 5)
	path = storePath(t)
	pull(t, other, path)
	refused("a copy of another graph", path, "another graph")
	if err := os.WriteFile(path+".pulled", []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	refused("a note that was cut", path, "pulled")
	if err := os.WriteFile(path+".pulled", []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	refused("a note of nothing", path, "no note of a copy")
}

// TestPullAtOnce holds that of those who make one copy at once one does, that what a
// kill left of a copy goes with the next, and that an interrupted pull says so.
func TestPullAtOnce(t *testing.T) {
	address, path := remote(t), storePath(t)
	if err := changing(t, address, func(s *graph.Store) error { return loadLines(s, t, ladder(3, 50)) }); err != nil {
		t.Fatal(err)
	}
	left, other := path+".pull-17", path+".pull-me"
	for _, folder := range []string{left, other} {
		if err := os.MkdirAll(filepath.Join(folder, "part"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(5*time.Millisecond, cancel)
	for ctx.Err() == nil {
		_, err := at(address).Pull(ctx, filepath.Join(t.TempDir(), "kg.db"), nil)
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("got %v of an interrupted pull", err)
		}
	}
	done := make(chan error)
	for range 4 {
		go func() {
			_, err := at(address).Pull(t.Context(), path, nil)
			done <- err
		}()
	}
	made := 0
	for range 4 {
		if err := <-done; err == nil {
			made++
		} else if !strings.Contains(err.Error(), "try again") {
			t.Error(err)
		}
	}
	if p := pull(t, address, path); !p.Same || made == 0 {
		t.Errorf("%d made it; got %+v", made, p)
	}
	sameAsServer(t, address, path)
	if _, err := os.Lstat(left); err == nil {
		t.Error("what a kill left is there")
	}
	if _, err := os.Lstat(other); err != nil {
		t.Error("somebody's folder is gone")
	}
}

// pullerEnv holds the address from which a child of TestPullKill pulls.
const pullerEnv = "KG_TEST_PULL"

// pullForever is what the test's own binary does when TestPullKill starts it.
func pullForever(address, path string) {
	fmt.Println("ready")
	for {
		if _, err := at(address).Pull(context.Background(), path, nil); err != nil {
			fmt.Println("failed:", err)
			return
		}
	}
}

// TestPullKill kills those who pull at any moment, while others write: the copy is the
// graph of some moment, and the next pull brings it up to date by what changed.
func TestPullKill(t *testing.T) {
	if testing.Short() || runtime.GOOS == "windows" {
		t.Skip("takes some seconds, and SIGKILL")
	}
	address, path := remote(t), storePath(t)
	checked := docs(t, ferry) // and the ontology with it
	if err := changing(t, address, func(s *graph.Store) error {
		_, err := s.Load(t.Context(), ontology(), checked, graph.LoadOptions{Base: base})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	text := ladder(3, 40)
	if err := changing(t, address, func(s *graph.Store) error { return loadLines(s, t, text) }); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(8, 9))
	states, moved := map[string]bool{hashOf(t, address): true}, 0
	for i := range 16 {
		stop, stopped := make(chan struct{}), make(chan struct{})
		go func() {
			defer close(stopped)
			for {
				select {
				case <-stop:
					return
				default:
					changeSomehow(t, r, address)
					states[hashOf(t, address)] = true
				}
			}
		}()
		killLoader(t, path, rand.N(300*time.Millisecond), pullerEnv+"="+address)
		close(stop)
		<-stopped
		made := true
		if _, err := os.Stat(path); err == nil {
			made = false
			if h := hash(t, open(t, path)); !states[h] {
				t.Fatalf("kill %d: the copy is no state of the server", i)
			}
		}
		p := pull(t, address, path)
		if p.Made != made || p.Whole != "" {
			t.Errorf("kill %d: got %+v", i, p)
		}
		if !p.Same {
			moved++
		}
		sameAsServer(t, address, path)
	}
	if moved == 0 {
		t.Error("no kill left an older copy")
	}
	for _, name := range names(t, path) {
		if strings.Contains(name, ".tmp-") {
			t.Errorf("the next pull left %s", name)
		}
	}
}
