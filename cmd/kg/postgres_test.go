package main

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"kg/graph"
	"kg/internal/pgtest"
)

// both runs a verb on a store in a file and on a graph on a server, and holds what
// they print and how they exit against each other.
func both(t *testing.T, file, address string, args ...string) {
	t.Helper()
	type ended struct {
		code     int
		out, err string
	}
	of := func(db string) ended {
		var out, errOut bytes.Buffer
		code := run(append([]string{"--db", db}, args...), strings.NewReader(""), &out, &errOut)
		said := strings.ReplaceAll(strings.ReplaceAll(errOut.String(), db, "DB"), shownAddress(address), "DB")
		return ended{code, out.String(), said}
	}
	want, got := of(file), of(address)
	if got != want {
		t.Errorf("kg %q: got %d\n%s%s\nwant %d\n%s%s", args, got.code, got.out, got.err, want.code, want.out, want.err)
	}
}

func shownAddress(address string) string { return (&settings{db: address}).shownDB() }

func kg(t *testing.T, args ...string) string {
	t.Helper()
	var out, errOut bytes.Buffer
	if code := run(args, strings.NewReader(""), &out, &errOut); code != exitDone {
		t.Fatalf("kg %q exits with %d: %s", args, code, errOut.String())
	}
	return out.String()
}

// TestPostgres holds that all verbs say the same of a graph on a server as of the same
// graph in a file.
func TestPostgres(t *testing.T) {
	if testing.Short() {
		t.Skip("carries out every verb twice")
	}
	address := pgtest.Database(t)
	t.Setenv("LC_ALL", "C")
	example, err := filepath.Abs("../../data/testdata/example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	file := filepath.Join(t.TempDir(), "kg.db")
	both(t, "no/where.db", address, "db", "init", "too much")
	kg(t, "--db", address, "db", "init")
	kg(t, "--db", address, "db", "upgrade")
	both(t, file, address, "load")
	both(t, file, address, "load")
	both(t, file, address, "load", "--dry-run", example)
	both(t, file, address, "load", example)
	for _, args := range postgresVerbs() {
		both(t, file, address, args...)
	}
	both(t, file, address, "retract", "herald-2020-05-04", "--reason", "a test", "--author", "Ann", "--dry-run")
	both(t, file, address, "remove", "herald-2020-05-04")
	both(t, file, address, "remove", "herald-2020-05-04", "--yes")
	both(t, file, address, "export", "--hash")
	both(t, file, address, "stats")
	kg(t, "--db", address, "db", "check")
	kg(t, "--db", address, "db", "check", "--repair")
	comesBack(t, file, address, example)
}

// postgresVerbs are questions of every sort.
func postgresVerbs() [][]string {
	verbs := [][]string{
		{"query", "test"},
		{"query", "officials", "--evidence", "-o", "json"},
		{"query", "neighbours", "entity=Blue Line", "--evidence"},
		{"query", "no-such-query"},
		{"query", "-e", "g.V().count()"},
		{"query", "-e", `g.V().has("schema:name", gt("M")).all()`, "--limit", "0"},
		{"query", "-e", `g.V().filter(regex("Kor")).all()`},
		{"query", "-e", `g.V("kg:person/kim-jong-il").followRecursive(g.M().both()).limit(40).all()`},
		{"query", "-e", `g.V("kg:person/kim-jong-il").all(`},
		{"find", "korea"},
		{"find", "nothing of the kind"},
		{"show", "Kim Jong Il"},
		{"show", "kg:source/donga-2008-04-04"},
		{"show", "Nobody"},
		{"why", "Kim Jong Il", "Vladivostok"},
		{"why", "Blue Line", "Kim Jong Il"},
		{"compare", "North Korea"},
		{"check"},
		{"stats"},
		{"match"},
		{"kinds"},
		{"export"},
		{"export", "--hash"},
		{"export", "--to", "ttl"},
		{"draw", "Kim Jong Il", "--format", "dot", "-o", "-"},
	}
	for _, name := range []string{"behind", "bribes", "companies", "denials", "embassies", "estimates", "figures", "lobbying", "money-trail", "payments", "plans", "regions", "sanctions", "workers"} {
		verbs = append(verbs, []string{"query", name})
	}
	return verbs
}

// comesBack copies the graph into a file, and from there into another database.
func comesBack(t *testing.T, file, address, example string) {
	t.Helper()
	kg(t, "snapshot", "pull", address, "-o", "pulled.db")
	want := kg(t, "--db", file, "export")
	if got := kg(t, "--db", "pulled.db", "export"); got != want {
		t.Errorf("pulled: got %d bytes, want %d", len(got), len(want))
	}
	for _, step := range []struct{ do, says string }{
		{"stats", "pulled.db has all of DB"},
		{"load " + example, "pulled.db has what changed in DB"},
		{"remove herald-2020-05-04 --yes", "pulled.db has what changed in DB"},
		{"db trim --keep 0s", "pulled.db has all of DB"},
	} {
		for _, db := range []string{file, address} {
			if args := strings.Fields(step.do); db == address || args[0] != "db" {
				kg(t, append([]string{"--db", db}, args...)...)
			}
		}
		var said bytes.Buffer
		code := run([]string{"snapshot", "pull", address, "-o", "pulled.db"}, strings.NewReader(""), new(bytes.Buffer), &said)
		if got := strings.ReplaceAll(said.String(), shownAddress(address), "DB"); code != exitDone || !strings.HasPrefix(got, step.says) {
			t.Errorf("pulled after %s: exits with %d and says %s", step.do, code, got)
		}
		want = kg(t, "--db", file, "export")
		if got := kg(t, "--db", "pulled.db", "export"); got != want {
			t.Errorf("pulled after %s: got %d bytes, want %d", step.do, len(got), len(want))
		}
	}
	kg(t, "--db", "pulled.db", "remove", "donga-2008-04-04", "--yes")
	for to, why := range map[string]string{"pulled.db": "written to since", file: "no copy", address: "on a server"} {
		var said bytes.Buffer
		if code := run([]string{"snapshot", "pull", address, "-o", to}, strings.NewReader(""), new(bytes.Buffer), &said); code != exitUsage || !strings.Contains(said.String(), why) {
			t.Errorf("pulled into %s: exits with %d and says %s", to, code, &said)
		}
	}
	if err := os.WriteFile("all.nq", []byte(want), 0o600); err != nil {
		t.Fatal(err)
	}
	second := pgtest.Database(t)
	kg(t, "--db", second, "db", "init")
	kg(t, "--db", second, "load", "all.nq")
	if got := kg(t, "--db", second, "export"); got != want {
		t.Errorf("loaded from the export: got %d bytes, want %d", len(got), len(want))
	}
	if left, err := filepath.Glob("*"); err != nil || !slices.Equal(left, []string{"all.nq", "pulled.db", "pulled.db.lock", "pulled.db.pulled"}) {
		t.Errorf("found the files %q: %v", left, err)
	}
}

// TestPostgresPassword holds that no password is printed.
func TestPostgresPassword(t *testing.T) {
	for _, address := range []string{
		"postgres://ann:hunter2@127.0.0.1:1/kg", "postgres://ann:hunter2@127.0.0.1:x/kg", "postgresql://127.0.0.1:1/kg?user=ann&password=hunter2",
		"postgres://ann:hunter2@[/kg", "postgres://ann:hunter2@127.0.0.1:1/kg?sslmode=hunter2",
	} {
		for _, args := range [][]string{{"--db", address, "stats"}, {"--db", address, "load"}, {"--db", address, "db", "init"}, {"--db", address, "db", "check"}, {"snapshot", "pull", address}, {"diff", address, "kg.db"}, {"--db", address, "serve", "--addr", "127.0.0.1:0"}} {
			var out, errOut bytes.Buffer
			if code := run(args, strings.NewReader(""), &out, &errOut); code == exitDone || strings.Contains(out.String()+errOut.String(), "hunter2") {
				t.Errorf("kg %q exits with %d and says %s%s", args, code, &out, &errOut)
			}
		}
	}
}

// TestPostgresServe holds that pages show what others commit, and that what is written
// through them is on the server.
func TestPostgresServe(t *testing.T) {
	address := pgtest.Database(t)
	example, err := filepath.Abs("../../data/testdata/example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	kg(t, "--db", address, "db", "init")
	kg(t, "--db", address, "load")
	s := serveWith(t, "--db", address, "--writable")
	found := func(name string) bool {
		return strings.Contains(send(t, "GET", s.at+"/search?q="+strings.ReplaceAll(name, "-", "+"), nil, nil, 200), "/"+name)
	}
	if !found("kim-jong-il") || found("blue-line") {
		t.Fatal("the pages do not show the graph")
	}
	kg(t, "--db", address, "load", example)
	eventually(t, func() bool { return found("blue-line") })
	line := `<https://kg.example/person/new-one> <http://www.w3.org/2000/01/rdf-schema#label> "New One" <https://kg.example/source/manual> .`
	send(t, "POST", s.at+"/api/v2/write", strings.NewReader(line), http.Header{"Authorization": {"Bearer " + s.token}}, 200)
	if !found("new-one") {
		t.Error("what was written is not shown")
	}
	if got := kg(t, "--db", address, "export"); !strings.Contains(got, line) {
		t.Error("what was written is not on the server")
	}
}

// TestPostgresBounds holds that a query ends at its time, and on the server, too.
func TestPostgresBounds(t *testing.T) {
	address := pgtest.Database(t)
	kg(t, "--db", address, "db", "init")
	kg(t, "--db", address, "load")
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(t.Context(), "BEGIN; LOCK TABLE kg_terms"); err != nil {
		t.Fatal(err)
	}
	var out, errOut bytes.Buffer
	code := run([]string{"--db", address, "query", "embassies", "--timeout", "300ms"}, strings.NewReader(""), &out, &errOut)
	if code != exitInput || !strings.Contains(errOut.String(), graph.ErrTimeout.Error()) {
		t.Errorf("exits with %d and says %s", code, &errOut)
	}
}

// TestPostgresDecisions: the file of decisions has a name that a file can have, without
// the password.
func TestPostgresDecisions(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"postgres://ann:hunter2@db.example/graphs?sslmode=disable": "graphs.decisions.yaml",
		"postgres://db.example/a%2Fb":                              "b.decisions.yaml",
		"postgres://[":                                             "kg.decisions.yaml",
		"mine.db":                                                  "mine.decisions.yaml",
	} {
		if got := (&settings{db: address}).decisionsFile(); got != want {
			t.Errorf("%s: got %q, want %q", address, got, want)
		}
	}
}
