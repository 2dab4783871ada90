package main

import (
	"bytes"
	"errors"
	"fmt"
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
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"kg/graph/graphtest"
	"kg/internal/pgtest"
)

func TestMain(m *testing.M) {
	graphtest.InRounds()
	commands := map[string]func(){"kg-worker": func() { offline(work) }, "stand-in": standIn, "kg-stubborn": func() {
		defer endOnTerm(100 * time.Millisecond)()
		fmt.Println("ready")
		time.Sleep(time.Hour)
	}}
	if startedAs() == "kg" {
		commands["kg"] = func() { offline(onServer) }
	}
	testscript.Main(withKG{m}, commands)
}

// TestScripts runs each verb as a user does, in an empty folder with the small
// example of package data at hand. The stores that a script leaves are whole. With
// KG_ON_SERVER they are databases: see onServer.
func TestScripts(t *testing.T) {
	if pgtest.OnServer() {
		scriptsOnServer(t)
		return
	}
	p := scripts(nil)
	p.Dir, p.UpdateScripts = "testdata/script", os.Getenv("KG_UPDATE") != ""
	if testing.Short() {
		for _, name := range quick {
			p.Files = append(p.Files, filepath.Join(p.Dir, name+".txtar"))
		}
		p.Dir = ""
	}
	testscript.Run(t, p)
}

// quick are the scripts of go test -short, which cost little for what they try. What
// else there is of verbs is tried by TestReadingChangesNothing and TestWholeBeforeSaid.
var quick = []string{"check", "exit_codes", "fmt", "kinds", "match", "query", "recover", "schema", "show", "version"}

// scripts are how scripts are run, with the server that their stores are on, if any.
func scripts(server *pgtest.Server) testscript.Params {
	return testscript.Params{
		RequireUniqueNames: true,
		Cmds:               map[string]func(*testscript.TestScript, bool, []string){"kg": kgLine, "loaded": loaded, "exits": exits, "fetch": fetch, "drop": drop},
		Setup: func(env *testscript.Env) error {
			port, err := pgtest.FreePort()
			if err != nil {
				return err
			}
			env.Setenv("PORT", strconv.Itoa(port))
			for _, name := range []string{"example.yaml", "example.draft.yaml", "example.txt"} {
				b, err := os.ReadFile(filepath.Join("../../data/testdata", name))
				if err != nil {
					return err
				}
				if err := os.WriteFile(filepath.Join(env.WorkDir, name), b, 0o600); err != nil {
					return err
				}
			}
			if server != nil {
				setDatabases(env, server)
				return nil
			}
			setWorker(env)
			env.Defer(func() { checkStores(env) })
			return nil
		},
	}
}

func checkStores(env *testscript.Env) {
	stores, err := filepath.Glob(filepath.Join(env.WorkDir, "*.db"))
	if err != nil {
		env.T().Fatal(err)
	}
	for _, store := range stores {
		var out bytes.Buffer
		if code := run([]string{"--db", store, "check"}, strings.NewReader(""), &out, &out); code != exitDone {
			env.T().Fatal(filepath.Base(store), ": exit code ", code, "\n", out.String())
		}
	}
}

// exits runs a command that must end with the given exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND [ARG…]")
	}
	if args[1] == "kg" {
		if got := strconv.Itoa(runLine(ts, args[2:])); (got != args[0]) != neg {
			ts.Fatalf("%s exits with %s", strings.Join(args[1:], " "), got)
		}
		return
	}
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	if exit := new(exec.ExitError); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got := strconv.Itoa(code); (got != args[0]) != neg {
		ts.Fatalf("%s exits with %s", strings.Join(args[1:], " "), got)
	}
}

// rooms are the packages of the house, and those of ours that each may use.
var rooms = map[string][]string{
	"internal/strict":      {},
	"schema":               {"kg/schema/edtf", "kg/internal/strict"},
	"schema/edtf":          {"kg/internal/strict"},
	"internal/document":    {"kg/internal/suggest", "kg/schema", "kg/schema/edtf", "kg/internal/strict"},
	"internal/claimsfile":  {"kg/schema", "kg/internal/document", "kg/internal/strict", "kg/internal/fold", "kg/internal/jsonschema"},
	"internal/datatest":    {"kg/schema", "kg/internal/document"}, // for tests
	"internal/cputime":     {},                                    // for tests
	"internal/testsize":    {},                                    // for tests
	"internal/files":       {},
	"internal/fold":        {},
	"internal/js":          {}, // and nothing of Cayley's: it knows no graph
	"internal/jsonschema":  {"kg/schema"},
	"internal/languages":   {},
	"internal/lookup":      {"kg/internal/suggest", "kg/schema", "kg/internal/fold"},
	"internal/rdf/lex":     {},
	"internal/rdf/nquads":  {"kg/schema", "kg/internal/rdf/lex"},
	"internal/rdf/canon":   {"kg/internal/rdf/nquads"},
	"internal/rdf/turtle":  {"kg/schema", "kg/internal/rdf/lex", "kg/internal/rdf/nquads"},
	"internal/rdf/jsonld":  {"kg/schema", "kg/internal/rdf/lex", "kg/internal/rdf/nquads"},
	"internal/rdf":         {"kg/schema", "kg/internal/rdf/jsonld", "kg/internal/rdf/nquads", "kg/internal/rdf/turtle"},
	"internal/spreadsheet": {},
	"internal/xml":         {},
	"internal/sentence":    {"kg/internal/strict"},
	"internal/table":       {"kg/internal/strict"},
	"data":                 {"kg/schema", "kg/internal/document", "kg/internal/strict", "kg/internal/table", "kg/data/internal/nearest", "kg/internal/sentence", "kg/internal/sourcetext", "kg/internal/claimsfile"},
	"internal/mapping":     {"kg/internal/suggest", "kg/schema", "kg/schema/edtf", "kg/internal/document", "kg/internal/strict", "kg/data", "kg/internal/sourcetext", "kg/internal/table", "kg/internal/claimsfile", "kg/internal/fold", "kg/internal/jsonschema"},
	"internal/propose":     {"kg/internal/suggest", "kg/schema", "kg/schema/edtf", "kg/internal/document", "kg/internal/strict", "kg/data", "kg/internal/sourcetext", "kg/internal/sentence", "kg/internal/claimsfile", "kg/internal/fold"},
	"internal/ftm":         {"kg/schema", "kg/schema/edtf", "kg/internal/strict", "kg/internal/fold"},
	"graph":                {"kg/schema", "kg/schema/edtf", "kg/internal/document", "kg/internal/strict", "kg/internal/fold", "kg/internal/js", "kg/internal/languages", "kg/internal/xml", "kg/internal/rdf/jsonld", "kg/internal/rdf/nquads", "kg/internal/rdf/turtle"},
	"graph/why":            {"kg/graph", "kg/graph/internal/paths"},
	"internal/pgtest":      {},                                                         // for tests
	"graph/graphtest":      {"kg/graph", "kg/internal/pgtest", "kg/graph/internal/pg"}, // for tests
	"queries":              {"kg/schema", "kg/internal/languages", "kg/internal/strict", "kg/graph", "kg/queries/internal/answers"},
	"cmd/kg/web/picture":   {"kg/schema", "kg/graph", "kg/internal/rdf"},
	"cmd/kg/web":           {"kg/schema", "kg/schema/edtf", "kg/internal/strict", "kg/data", "kg/internal/sourcetext", "kg/graph", "kg/graph/why", "kg/queries", "kg/internal/claimrows", "kg/internal/fold", "kg/internal/js", "kg/internal/rdf", "kg/internal/spreadsheet", "kg/internal/xml", "kg/cmd/kg/web/picture"},
	"cmd/kg/web/site":      {},
	"cmd/kg/web/cayleyui":  {"kg/schema", "kg/internal/strict", "kg/graph", "kg/internal/rdf/nquads", "kg/cmd/kg/web"},
	"cmd/kg/web/desk":      {"kg/schema", "kg/internal/document", "kg/internal/strict", "kg/data", "kg/internal/sourcetext", "kg/internal/propose", "kg/graph", "kg/internal/files", "kg/cmd/kg/web", "kg/internal/claimsfile", "kg/internal/fold", "kg/internal/lookup"},
	"cmd/kg/model":         {"kg/internal/strict"},
	"cmd/kg/mcp":           {"kg/internal/strict", "kg/graph", "kg/queries"},
	"cmd/kg": {"kg/schema", "kg/schema/edtf", "kg/internal/document", "kg/internal/strict", "kg/data", "kg/internal/sourcetext", "kg/internal/ftm", "kg/internal/mapping", "kg/internal/propose", "kg/graph", "kg/graph/why", "kg/queries",
		"kg/cmd/kg/web", "kg/cmd/kg/web/picture", "kg/cmd/kg/web/site", "kg/cmd/kg/web/cayleyui", "kg/cmd/kg/web/desk", "kg/cmd/kg/mcp", "kg/cmd/kg/model", "kg/internal/claimrows", "kg/internal/claimsfile", "kg/internal/files", "kg/internal/fold", "kg/internal/js", "kg/internal/languages", "kg/internal/lookup", "kg/internal/spreadsheet", "kg/internal/suggest", "github.com/spf13/cobra"},

	"internal/claimrows":       {"kg/graph"},
	"internal/extract":         {},
	"internal/sourcetext":      {"kg/schema", "kg/internal/extract", "kg/internal/sentence", "kg/internal/strict", "kg/internal/table"},
	"internal/suggest":         {"kg/schema", "kg/internal/fold", "kg/internal/strict"},
	"data/internal/nearest":    {"kg/internal/sourcetext"},
	"queries/internal/answers": {"kg/schema", "kg/graph"},
}

// within are the rooms below graph/internal and what each may use of them.
var within = map[string][]string{
	"match":           {"kg/internal/fold"},
	"names":           {"kg/internal/files"},
	"store/term":      {"kg/internal/rdf/nquads"},
	"store/wal":       {"kg/internal/files"},
	"store/blank":     {"kg/internal/rdf/nquads", "kg/internal/rdf/canon"},
	"store/plan":      {"store/term"},
	"store/snapshot":  {"store/term", "kg/internal/files"},
	"store/memtable":  {"store/snapshot", "store/term", "store/wal"},
	"store/db":        {"store/memtable", "store/snapshot", "store/wal", "kg/internal/files"},
	"store/bulk":      {"kg/internal/rdf/nquads", "store/blank", "store/db", "store/memtable", "store/snapshot", "store/term"},
	"store":           {"names", "store/bulk", "store/db", "store/memtable", "store/plan", "store/snapshot", "store/term", "store/wal"},
	"store/storetest": {"kg/internal/rdf/nquads", "store", "store/bulk", "store/db", "store/term"}, // for tests
	"shortest":        {},
	"paths":           {"claims", "figures", "joins", "naming", "read", "store", "store/snapshot", "store/term"},
	"read":            {"store", "store/plan", "store/snapshot", "store/term"},
	"decide":          {"read"},
	"change":          {"agree", "claims", "decide", "find", "joins", "merge", "read", "store", "store/snapshot", "kg/internal/document", "kg/internal/strict"},
	"agree":           {"read", "store/term", "kg/internal/fold"},
	"merge":           {"agree", "decide", "read", "kg/internal/rdf/nquads", "store", "store/bulk", "store/term", "kg/internal/strict", "kg/internal/document"},
	"index":           {"names", "pg", "read", "store", "store/db", "store/snapshot", "store/term", "kg/internal/files", "kg/internal/fold"},
	"search":          {"index", "names", "read", "kg/internal/fold"},
	"figures":         {"read", "store/term"},
	"cells":           {"store/term", "kg/schema/edtf"},
	"joins":           {"decide", "read"},
	"naming":          {"cells", "joins", "read", "store/term", "kg/internal/languages"},
	"evidence":        {"claims", "decide", "figures", "joins", "naming", "read", "readings", "session", "store/plan", "store/term"},
	"keys":            {"cells", "figures", "joins", "naming", "read", "session", "store", "store/plan", "store/snapshot", "store/term"},
	"network":         {"claims", "decide", "evidence", "naming", "read", "stats", "kg/internal/xml"},
	"records":         {"figures", "index", "match", "read", "store/term", "kg/internal/fold", "kg/schema/edtf"},
	"find":            {"claims", "index", "joins", "naming", "read", "search", "store/term", "kg/internal/fold", "kg/internal/strict"},
	"compare":         {"claims", "edges", "evidence", "figures", "joins", "read", "readings", "store/term"},
	"readings":        {"agree", "claims", "read"},
	"edges":           {"claims", "read", "store", "store/term", "kg/internal/rdf/nquads", "kg/internal/strict"},
	"diff":            {"delta", "read", "store/term"},
	"convert":         {"kg/internal/rdf/jsonld", "kg/internal/rdf/lex", "kg/internal/rdf/nquads", "kg/internal/rdf/turtle", "store/bulk"},
	"claims":          {"decide", "read", "store", "store/plan", "store/snapshot", "store/term"},
	"pull":            {"index", "pg", "store/db", "kg/internal/files"},
	"stats":           {"agree", "claims", "read", "store", "store/snapshot", "store/term"},
	"delta":           {"kg/internal/rdf/nquads", "read", "store", "store/snapshot", "store/term"},
	"share":           {"decide", "read", "store/term", "kg/internal/fold"},
	"check":           {"agree", "decide", "read", "store", "store/snapshot", "store/term", "kg/internal/strict"},
	"pg":              {"names", "store", "store/bulk", "store/db", "store/memtable", "store/plan", "store/snapshot", "store/term", "store/wal", "kg/internal/fold"},
	"session":         {"kg/internal/js", "kg/internal/rdf/nquads", "shortest", "store/plan", "store/snapshot", "store/term"},
}

// may tells whether a package in folder may import one. What is below
// graph/internal is for graph alone, by Go's own rule. cobra is in cmd/kg alone.
// Only graph names Cayley, but for Cayley's own pages and their API.
func may(folder, imported string) bool {
	const inner, cayley = "graph/internal/", "github.com/cayleygraph/cayley"
	inGraph := folder == "graph" || strings.HasPrefix(folder, inner)
	if room, ok := strings.CutPrefix(folder, inner); ok && strings.HasPrefix(imported, "kg/") {
		return imported == "kg/schema" || slices.Contains(within[room], strings.TrimPrefix(imported, "kg/"+inner))
	}
	switch {
	case strings.HasPrefix(imported, "kg/"+inner):
		return inGraph || slices.Contains(rooms[folder], imported)
	case strings.HasPrefix(imported, "kg/"), imported == "github.com/spf13/cobra":
		return slices.Contains(rooms[folder], imported)
	case folder == "internal/js" && strings.HasPrefix(imported, "github.com/cayleygraph/"):
		return false
	case imported == cayley, strings.HasPrefix(imported, cayley+"/"):
		return inGraph || folder == "cmd/kg/web/cayleyui"
	}
	return true
}

// TestArrows holds which package may use which.
func TestArrows(t *testing.T) {
	t.Parallel()
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
		if strings.HasPrefix(folder, "graph/internal/store/bench") {
			return nil // a module of its own
		}
		seen[folder] = true
		for _, imported := range file.Imports {
			name, err := strconv.Unquote(imported.Path.Value)
			if err != nil {
				return err
			}
			if !may(folder, name) {
				t.Errorf("%s may not import %s", path, name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for folder := range rooms {
		if !seen[folder] {
			t.Errorf("no package in %s", folder)
		}
	}
	for room := range within {
		if !seen["graph/internal/"+room] {
			t.Errorf("no package in graph/internal/%s", room)
		}
	}
	for folder := range seen {
		if rooms[folder] == nil && within[strings.TrimPrefix(folder, "graph/internal/")] == nil {
			t.Errorf("%s is a room that the house does not have", folder)
		}
	}
}
