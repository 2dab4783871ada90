package main

import (
	"errors"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"kg": main})
}

// TestScripts runs each verb as a user does, in an empty folder with the small
// example of package data at hand.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                "testdata/script",
		UpdateScripts:      os.Getenv("KG_UPDATE") != "",
		RequireUniqueNames: true,
		Cmds:               map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
		Setup: func(env *testscript.Env) error {
			for _, name := range []string{"example.yaml", "example.draft.yaml", "example.txt"} {
				b, err := os.ReadFile(filepath.Join("../../data/testdata", name))
				if err != nil {
					return err
				}
				if err := os.WriteFile(filepath.Join(env.WorkDir, name), b, 0o600); err != nil {
					return err
				}
			}
			return nil
		},
	})
}

// exits runs a command that must end with the given exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND [ARG…]")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	if exit := new(exec.ExitError); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got := strconv.Itoa(code); got != args[0] {
		ts.Fatalf("%s exits with %s, not %s", strings.Join(args[1:], " "), got, args[0])
	}
}

// TestArrows holds which package may use which: schema none of ours but its
// reader, data and graph use schema, queries uses graph and schema, cmd/kg
// all; the rooms within graph use each other, and no other; and cobra is in
// cmd/kg alone.
func TestArrows(t *testing.T) {
	t.Parallel()
	allowed := map[string][]string{
		"schema/strict": {},
		"schema":        {"kg/schema/strict"},
		"data":          {"kg/schema", "kg/schema/strict"},
		"graph":         {"kg/schema", "kg/schema/strict"},
		"queries":       {"kg/schema", "kg/schema/strict", "kg/graph"},
		"cmd/kg":        {"kg/schema", "kg/schema/strict", "kg/data", "kg/graph", "kg/queries", "github.com/spf13/cobra"},
	}
	root := filepath.Join("..", "..")
	seen := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		folder, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		folder = filepath.ToSlash(folder)
		may, known := allowed[folder]
		inGraph := strings.HasPrefix(folder, "graph/")
		if !known && !inGraph {
			t.Errorf("%s is a room that the house does not have", folder)
		}
		seen[folder] = true
		for _, imported := range file.Imports {
			name, err := strconv.Unquote(imported.Path.Value)
			if err != nil {
				return err
			}
			ours := strings.HasPrefix(name, "kg/") || name == "github.com/spf13/cobra"
			within := strings.HasPrefix(name, "kg/graph/") && (inGraph || folder == "graph")
			if ours && !within && !slices.Contains(may, name) {
				t.Errorf("%s may not import %s", path, name)
			}
			if strings.HasPrefix(name, "github.com/cayleygraph/cayley") && folder != "graph" && !inGraph {
				t.Errorf("%s names Cayley: only graph may", path)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for folder := range allowed {
		if !seen[folder] {
			t.Errorf("no package in %s", folder)
		}
	}
}
