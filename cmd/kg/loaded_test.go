package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"kg/internal/pgtest"
)

// loadedStores are the stores that were made in this process, by what is loaded.
var loadedStores = struct {
	sync.Mutex
	bytes map[string][]byte
}{bytes: map[string][]byte{}}

// loaded is "kg --db STORE load [FILE…]" for scripts that are about something else: the
// files are those of the small example, or none for the article. They are loaded once in
// a process of tests, and each script has a copy.
func loaded(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: loaded STORE [FILE…]")
	}
	store, files := args[0], args[1:]
	if pgtest.OnServer() {
		kgLine(ts, false, append([]string{"--db", store, "load"}, files...))
		return
	}
	b, err := storeWith(files...)
	ts.Check(err)
	if _, err := os.Stat(ts.MkAbs(store)); err == nil {
		ts.Fatalf("%s is there: what is loaded makes a new store", store)
	}
	ts.Check(os.WriteFile(ts.MkAbs(store), b, 0o600))
}

// putArticle writes a store with the article to a file.
func putArticle(t *testing.T, db string) {
	t.Helper()
	b, err := storeWith()
	if err == nil {
		err = os.WriteFile(db, b, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// storeWith is a store with files of the small example, or with the article.
func storeWith(files ...string) ([]byte, error) {
	loadedStores.Lock()
	defer loadedStores.Unlock()
	key := strings.Join(files, " ")
	if b := loadedStores.bytes[key]; b != nil {
		return b, nil
	}
	b, err := makeStore(files)
	if err == nil {
		loadedStores.bytes[key] = b
	}
	return b, err
}

func makeStore(files []string) ([]byte, error) {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	store := filepath.Join(dir, "kg.db")
	args := []string{"--db", store, "load"}
	for _, name := range files {
		args = append(args, filepath.Join("../../data/testdata", name))
	}
	oneVerb.Lock()
	defer oneVerb.Unlock()
	var out bytes.Buffer
	if code := run(args, strings.NewReader(""), &out, &out); code != exitDone {
		return nil, fmt.Errorf("kg %q: exit code %d, %s", args, code, out.String())
	}
	return os.ReadFile(store)
}
