package pgtest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
)

// Spread puts half of the partitions of kg's tables into a database of another server, as
// kg help postgres says.
func Spread(t testing.TB, address, other string) {
	t.Helper()
	at, err := url.Parse(other)
	if err != nil {
		t.Fatal(err)
	}
	here := []string{
		"CREATE EXTENSION postgres_fdw",
		fmt.Sprintf("CREATE SERVER other FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '%s', port '%s', dbname '%s', batch_size '1000', fetch_size '10000')", at.Hostname(), at.Port(), strings.TrimPrefix(at.Path, "/")),
		"CREATE USER MAPPING FOR CURRENT_USER SERVER other OPTIONS (user 'kg')",
	}
	var there []string
	for _, table := range []struct{ name, columns, index string }{{"kg_by_subject", "s, p, o, l", "l"}, {"kg_by_object", "o, p, s, l", "p"}} {
		columns := strings.ReplaceAll(table.columns, ",", " bigint NOT NULL,") + " bigint NOT NULL"
		here = append(here, fmt.Sprintf("ALTER TABLE %s DROP CONSTRAINT %[1]s_pkey", table.name))
		for i := range 4 {
			part := fmt.Sprintf("%s_%d", table.name, i)
			if i < 2 {
				here = append(here, fmt.Sprintf("ALTER TABLE %s ADD PRIMARY KEY (%s)", part, table.columns))
				continue
			}
			there = append(there, fmt.Sprintf("CREATE TABLE %s (%s, PRIMARY KEY (%s))", part, columns, table.columns),
				fmt.Sprintf("CREATE INDEX ON %s (%s)", part, table.index))
			here = append(here, "DROP TABLE "+part,
				fmt.Sprintf("CREATE FOREIGN TABLE %s PARTITION OF %s FOR VALUES WITH (MODULUS 4, REMAINDER %d) SERVER other", part, table.name, i))
		}
	}
	Exec(t, other, there...)
	Exec(t, address, here...)
}

// Exec sends statements to a database.
func Exec(t testing.TB, address string, statements ...string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	for _, s := range statements {
		if _, err := conn.Exec(t.Context(), s); err != nil {
			t.Fatalf("%v: %s", err, s)
		}
	}
}

// Asked returns the statements that a server of New received through postgres_fdw since
// logging began: the first call starts logging.
func (s *Server) Asked(t testing.TB) (list []string) {
	t.Helper()
	Exec(t, s.Address, "ALTER SYSTEM SET log_statement = 'all'", "SELECT pg_reload_conf()")
	text, err := os.ReadFile(filepath.Join(s.folder, "log"))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range strings.Split(string(text), "CURSOR FOR\n")[1:] {
		line, _, _ := strings.Cut(part, "\n")
		list = append(list, strings.TrimSpace(line))
	}
	return list
}
