package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"

	"kg/internal/pgtest"
)

// loadedStores are the stores that loaded has made in this process, by what is loaded.
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
	loadedStores.Lock()
	defer loadedStores.Unlock()
	key := strings.Join(files, " ")
	if loadedStores.bytes[key] == nil {
		b, err := storeWith(files)
		ts.Check(err)
		loadedStores.bytes[key] = b
	}
	if _, err := os.Stat(ts.MkAbs(store)); err == nil {
		ts.Fatalf("%s is there: what is loaded makes a new store", store)
	}
	ts.Check(os.WriteFile(ts.MkAbs(store), loadedStores.bytes[key], 0o600))
}

// storeWith is a store with files of the small example, or with the article.
func storeWith(files []string) ([]byte, error) {
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
	var out bytes.Buffer
	if code := run(args, strings.NewReader(""), &out, &out); code != exitDone {
		return nil, fmt.Errorf("kg %q: exit code %d, %s", args, code, out.String())
	}
	return os.ReadFile(store)
}
