package pg_test

import (
	"strings"
	"testing"

	"kg/graph/internal/pg"
	"kg/graph/internal/store/bulk"
	"kg/internal/pgtest"
)

const called = `<https://x.example/kim> <http://www.w3.org/2000/01/rdf-schema#label> "Kim Jong Il" <https://x.example/l0> .
<https://x.example/kim> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://x.example/Person> <https://x.example/l0> .
<https://x.example/odd> <http://www.w3.org/2000/01/rdf-schema#label> <https://x.example/its-name> <https://x.example/l0> .
`

// checked is what Check says of the tables.
func checked(t *testing.T, address string) string {
	t.Helper()
	if err := session(t, address, pg.Options{Ask: true}).Check(t.Context()); err != nil {
		return err.Error()
	}
	return ""
}

// Check tells of each way in which the tables of names can differ from the quads.
func TestCheckNames(t *testing.T) {
	s, address := open(t, pg.Options{Write: true})
	if _, err := s.Import(t.Context(), text("a", called), bulk.Options{}); err != nil {
		t.Fatal(err)
	}
	if found := checked(t, address); found != "" {
		t.Fatal(found)
	}
	pgtest.Exec(t, address, "CREATE TABLE kept AS TABLE kg_names", "CREATE TABLE counts AS TABLE kg_counts")
	for statement, want := range map[string]string{
		"DELETE FROM kg_names WHERE gram = (SELECT max(gram) FROM kg_names)":                                    "1 parts of names",
		"INSERT INTO kg_names SELECT gram, n, terms FROM kg_names ORDER BY gram DESC LIMIT 2":                   "2 parts of names",
		"DELETE FROM kg_names WHERE gram = -1":                                                                  "1 terms name something",
		"UPDATE kg_names SET n = n + 1 WHERE gram = (SELECT max(gram) FROM kg_names)":                           "1 rows of kg_names have other numbers",
		"UPDATE kg_names SET terms = '\\x00' WHERE gram = (SELECT max(gram) FROM kg_names)":                     "1 rows of kg_names cannot be read",
		"DELETE FROM kg_counts WHERE kind = 'k'":                                                                "the numbers of things of 1 kinds",
		"INSERT INTO kg_counts (kind, id, n, commit_id) SELECT 'k', id, 5, 0 FROM kg_terms ORDER BY id LIMIT 3": "the numbers of things of 3 kinds",
	} {
		pgtest.Exec(t, address, statement)
		if found := checked(t, address); !strings.Contains(found, want) {
			t.Errorf("after %s: found %q, want %q", statement, found, want)
		}
		pgtest.Exec(t, address, "DELETE FROM kg_names", "INSERT INTO kg_names TABLE kept", "DELETE FROM kg_counts", "INSERT INTO kg_counts TABLE counts")
	}
}
