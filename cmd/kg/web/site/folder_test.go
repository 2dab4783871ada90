package site_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"kg/cmd/kg/web/site"
)

// TestSameBytes: the same graph gives the same bytes, in a folder that is new, empty,
// or replaced.
func TestSameBytes(t *testing.T) {
	t.Parallel()
	first, _ := copyOfExample(t) // in a new folder
	dir := filepath.Join(t.TempDir(), "s")
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	copied(t, dir, optionsOf(t, loaded(t, foreign(3)), 5))
	again := copied(t, dir, optionsOf(t, loaded(t, "", exampleFile), 5))
	for name, text := range first {
		if again[name] != text {
			t.Errorf("%s is another one", name)
		}
	}
	if len(again) != len(first) {
		t.Errorf("%d files, then %d", len(first), len(again))
	}
	alone(t, dir)
}

// alone holds that nothing else lies beside a folder.
func alone(t *testing.T, dir string) {
	t.Helper()
	list, err := os.ReadDir(filepath.Dir(dir))
	if err != nil || len(list) != 1 {
		t.Errorf("beside %s: %v, %v", dir, list, err)
	}
}

// TestOthersFiles: a folder with a file of others is left as it is.
func TestOthersFiles(t *testing.T) {
	t.Parallel()
	o := optionsOf(t, loaded(t, foreign(2)), 5)
	dir := filepath.Join(t.TempDir(), "s")
	copied(t, dir, o)
	mine := filepath.Join(dir, "entity", "mine.txt")
	if err := os.WriteFile(mine, []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	before := filesOf(t, dir)
	if _, err := site.Write(t.Context(), dir, o); err == nil || !strings.Contains(err.Error(), `"entity/mine.txt"`) {
		t.Errorf("a file of others: %v", err)
	}
	if err := os.Remove(filepath.Join(dir, "kg-site.txt")); err != nil {
		t.Fatal(err)
	}
	if _, err := site.Write(t.Context(), dir, o); err == nil || !strings.Contains(err.Error(), "files that kg did not write") {
		t.Errorf("a folder without the mark: %v", err)
	}
	if after := filesOf(t, dir); len(after) != len(before)-1 || after["entity/mine.txt"] != "mine" {
		t.Error("the folder was changed")
	}
	if _, err := site.Write(t.Context(), mine, o); err == nil {
		t.Error("a file is taken for a folder")
	}
	alone(t, dir)
}

// TestInterrupted: after an error, or an end from outside, the folder is as it was.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	o := optionsOf(t, loaded(t, foreign(5)), 5)
	dir := filepath.Join(t.TempDir(), "s")
	before := copied(t, dir, o)
	ctx, cancel := context.WithCancel(t.Context())
	o.Report = func(done, _ int) {
		if done == 4 {
			cancel()
		}
	}
	if _, err := site.Write(ctx, dir, o); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
	alone(t, dir)
	pages := o.Handler
	o.Report = nil
	o.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/browse/kinds") {
			http.Error(w, "no memory", http.StatusInternalServerError)
			return
		}
		pages.ServeHTTP(w, r)
	})
	if _, err := site.Write(t.Context(), dir, o); err == nil || !strings.Contains(err.Error(), "/browse/kinds: status 500: no memory") {
		t.Errorf("a page that fails: %v", err)
	}
	alone(t, dir)
	after := filesOf(t, dir)
	for name, text := range before {
		if after[name] != text {
			t.Errorf("%s was changed", name)
		}
	}
	// What a killed kg left is no hindrance.
	o.Handler = pages
	if err := os.Mkdir(dir+".kg-new", 0o777); err != nil {
		t.Fatal(err)
	}
	mark, _, _ := bytes.Cut([]byte(before["kg-site.txt"]), []byte("files\n"))
	for name, b := range map[string][]byte{"kg-site.txt": mark, "half.html": nil} {
		if err := os.WriteFile(filepath.Join(dir+".kg-new", name), b, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	copied(t, dir, o)
	alone(t, dir)
}

// TestNeverMissing: whoever reads the folder while it is replaced finds it, where the
// system can make two folders trade places.
func TestNeverMissing(t *testing.T) {
	if testing.Short() {
		t.Skip("copies again and again")
	}
	t.Parallel()
	if runtime.GOOS != "linux" && runtime.GOOS != "darwin" {
		t.Skip("two renames it is here")
	}
	o := optionsOf(t, loaded(t, foreign(2)), 5)
	dir := filepath.Join(t.TempDir(), "s")
	copied(t, dir, o)
	ctx, stop := context.WithCancel(t.Context())
	missing := make(chan error, 1)
	go func() {
		defer close(missing)
		for ctx.Err() == nil {
			if _, err := os.Stat(filepath.Join(dir, "index.html")); err != nil {
				missing <- err
				return
			}
		}
	}()
	for range 5 {
		copied(t, dir, o)
	}
	stop()
	if err := <-missing; err != nil {
		t.Errorf("it was gone for a while: %v", err)
	}
	alone(t, dir)
}

// TestRecovered: what a kill between two renames left aside is put back, though the next
// copy fails.
func TestRecovered(t *testing.T) {
	t.Parallel()
	o := optionsOf(t, loaded(t, foreign(2)), 5)
	dir := filepath.Join(t.TempDir(), "s")
	before := copied(t, dir, o)
	if err := os.Rename(dir, dir+".kg-old"); err != nil {
		t.Fatal(err)
	}
	gone, stop := context.WithCancel(t.Context())
	stop()
	if _, err := site.Write(gone, dir, o); err == nil {
		t.Fatal("a copy that is interrupted succeeds")
	}
	after := filesOf(t, dir)
	for name, text := range before {
		if after[name] != text {
			t.Errorf("%s is not what it was", name)
		}
	}
	alone(t, dir)
}
