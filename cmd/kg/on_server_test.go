package main

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/rogpeppe/go-internal/testscript"

	"kg/internal/pgtest"
)

// Of a script whose stores are on a server, the address of the server, and how the
// names of its databases begin.
const (
	serverVariable = "SCRIPT_SERVER"
	prefixVariable = "SCRIPT_DATABASES"
)

// template is the database with the tables of kg that stores are copies of.
const template = "kg_template"

// databaseOf is the address of the database that a store is in where a script's stores
// are on a server.
func databaseOf(store string, getenv func(string) string) string {
	path, err := filepath.Abs(store)
	if err != nil {
		panic(err)
	}
	sum := sha256.Sum256([]byte(path))
	at, err := url.Parse(getenv(serverVariable))
	if err != nil {
		panic(err)
	}
	at.Path = "/" + getenv(prefixVariable) + hex.EncodeToString(sum[:8])
	return at.String()
}

// onServer is kg for scripts. Where their stores are on a server, the name of each
// store, which ends in .db in scripts, is replaced by the address of its database, and
// what kg says of the database it says of the store. A database is there from the first
// load on, as a file is: till then the name is that of a file that is not there.
func onServer() {
	if os.Getenv(serverVariable) == "" {
		main()
		return
	}
	args, names := slices.Clone(os.Args[1:]), map[string]string{}
	loads := slices.Contains(args, "load")
	there := func(store string, makes bool) string {
		at := databaseOf(store, os.Getenv)
		if makes {
			makeDatabase(at)
		} else if do(at, "SELECT") != nil {
			return store
		}
		names[shownAddress(at)] = store
		return at
	}
	named := false
	for i, arg := range args {
		if strings.HasSuffix(arg, ".db") && !strings.Contains(arg, "://") {
			db := i > 0 && args[i-1] == "--db"
			named = named || db
			args[i] = there(arg, db && loads)
		}
	}
	if store := storeNamed(); !named {
		os.Setenv(variable("db"), there(store, loads))
		if os.Getenv(variable("decisions")) == "" { // which is else named after the database
			os.Setenv(variable("decisions"), cmp.Or(storeConfig()["decisions"], strings.TrimSuffix(store, ".db")+".decisions.yaml"))
		}
	}
	keepWithin(cgroupLimit)
	os.Exit(run(args, os.Stdin, renamed{os.Stdout, names}, renamed{os.Stderr, names}))
}

func storeConfig() map[string]string {
	config, _, err := readConfig()
	if err != nil {
		return nil // kg tells of it
	}
	return config
}

// storeNamed is the store that no flag names.
func storeNamed() string {
	return cmp.Or(os.Getenv(variable("db")), storeConfig()["db"], "kg.db")
}

// renamed is a stream that calls databases by the names of their stores.
type renamed struct {
	to    io.Writer
	names map[string]string
}

func (r renamed) Write(b []byte) (int, error) {
	text := string(b)
	for address, name := range r.names {
		text = strings.ReplaceAll(text, address, name)
	}
	_, err := io.WriteString(r.to, text)
	return len(b), err
}

func do(server, statement string) error {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, statement)
	return err
}

func makeDatabase(address string) {
	at, err := url.Parse(address)
	if err != nil {
		panic(err)
	}
	err = do(os.Getenv(serverVariable), "CREATE DATABASE "+strings.TrimPrefix(at.Path, "/")+" TEMPLATE "+template+" STRATEGY FILE_COPY")
	if err != nil && !strings.Contains(err.Error(), "already exists") {
		panic(err)
	}
}

// drop removes stores from a server, as rm does files.
func drop(ts *testscript.TestScript, _ bool, stores []string) {
	for _, store := range stores {
		at, err := url.Parse(databaseOf(ts.MkAbs(store), ts.Getenv))
		ts.Check(err)
		ts.Check(do(ts.Getenv(serverVariable), "DROP DATABASE "+strings.TrimPrefix(at.Path, "/")))
	}
}

// setDatabases gives a script databases for its stores, which are checked at its end
// and dropped.
func setDatabases(env *testscript.Env, server *pgtest.Server) {
	sum := sha256.Sum256([]byte(env.WorkDir))
	prefix := "kg_" + hex.EncodeToString(sum[:8]) + "_"
	env.Setenv(serverVariable, server.Address)
	env.Setenv(prefixVariable, prefix)
	env.Defer(func() {
		for _, name := range databases(env, server, prefix) {
			at, err := url.Parse(server.Address)
			if err != nil {
				env.T().Fatal(err)
			}
			at.Path = "/" + name
			var out bytes.Buffer
			for _, check := range [][]string{{"db", "check"}, {"check"}} {
				if code := run(append([]string{"--db", at.String()}, check...), strings.NewReader(""), &out, &out); code != exitDone {
					env.T().Fatal("kg ", check, ": exit code ", code, "\n", out.String())
				}
			}
			if err := do(server.Address, "DROP DATABASE "+name); err != nil {
				env.T().Fatal(err)
			}
		}
	})
}

func databases(env *testscript.Env, server *pgtest.Server, prefix string) []string {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, server.Address)
	if err != nil {
		env.T().Fatal(err)
	}
	defer conn.Close(ctx)
	rows, err := conn.Query(ctx, "SELECT datname FROM pg_database WHERE starts_with(datname, $1)", prefix)
	if err != nil {
		env.T().Fatal(err)
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		env.T().Fatal(err)
	}
	return names
}
