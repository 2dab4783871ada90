package main

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// SQLite and DuckDB have the same tables and are asked the same questions:
//
//	term(id, value, number)   value as N-Quads spell it, number where it is one
//	quad(s, p, o, l)          ids; l is 0 for the default graph
//	quad_o                    the same quads, for questions that begin at o
//
// The questions name terms by value, as kg's do.

// term gives SQL for the id of a term.
func term(value string) string {
	return "(SELECT id FROM term WHERE value = '" + strings.ReplaceAll(value, "'", "''") + "')"
}

// ask returns the SQL that counts the rows of a question; keyed is for DuckDB, whose
// recursion can store the reached nodes by a key.
func ask(q question, keyed bool) (string, error) {
	p := func(name string) string { return term(property(name)) }
	start := term(q.From)
	switch q.Name {
	case "q1":
		return "SELECT count(*) FROM quad WHERE s = " + start + " AND p = " + p("knows"), nil
	case "q2hub", "q2leaf":
		return "SELECT count(*) FROM quad_o w JOIN quad k ON k.s = w.s AND k.p = " + p("knows") +
			" WHERE w.o = " + start + " AND w.p = " + p("worksAt"), nil
	case "q3":
		return "SELECT count(*) FROM quad w JOIN quad_o t ON t.o = w.o AND t.p = " + p("to") +
			" JOIN quad f ON f.s = t.s AND f.p = " + p("from") +
			" WHERE w.s = " + start + " AND w.p = " + p("worksAt"), nil
	case "q4":
		return "SELECT count(*) FROM quad_o f JOIN quad_o t ON t.s = f.s AND t.p = " + p("to") + " AND t.o = " + term(iri("company", 1)) +
			" WHERE f.o = " + start + " AND f.p = " + p("from"), nil
	case "q5up":
		return recursion(keyed, start, "SELECT q.o FROM r JOIN quad q ON q.s = r.n AND q.p = "+p("owner")), nil
	case "q5down":
		return recursion(keyed, start, "SELECT q.s FROM r JOIN quad_o q ON q.o = r.n AND q.p = "+p("owner")), nil
	case "q6":
		return "SELECT count(*) FROM term v JOIN quad_o a ON a.o = v.id AND a.p = " + p("amount") +
			" JOIN quad t ON t.s = a.s AND t.p = " + p("type") + " AND +t.o = " + start + " WHERE v.number >= 20000", nil // + keeps SQLite from beginning with all payments
	}
	return "", fmt.Errorf("no question %q", q.Name)
}

func recursion(keyed bool, start, step string) string {
	using := ""
	if keyed {
		using = "USING KEY (n) "
	}
	return "WITH RECURSIVE r(n) " + using + "AS (SELECT " + start + " UNION " + step + ") SELECT count(*) - 1 FROM r"
}

// exportLines is SQL for every quad as a line of N-Quads, without its end.
const exportLines = `SELECT s.value || ' ' || p.value || ' ' || o.value || CASE WHEN l.value IS NULL THEN '' ELSE ' ' || l.value END || ' .'
	FROM quad q JOIN term s ON s.id = q.s JOIN term p ON p.id = q.p JOIN term o ON o.id = q.o LEFT JOIN term l ON l.id = q.l`

// questioner counts rows, and adds some, with prepared statements.
type questioner struct {
	db       *sql.DB
	keyed    bool // recursion
	prepared map[question]*sql.Stmt
	adding   []*sql.Stmt
}

// Count asks the database.
func (a *questioner) Count(q question) (n int, err error) {
	s := a.prepared[q]
	if s == nil {
		text, err := ask(q, a.keyed)
		if err != nil {
			return 0, err
		}
		if s, err = a.db.Prepare(text); err != nil {
			return 0, fmt.Errorf("preparing %s: %w", q.Name, err)
		}
		if a.prepared == nil {
			a.prepared = map[question]*sql.Stmt{}
		}
		a.prepared[q] = s
	}
	if err := s.QueryRow().Scan(&n); err != nil {
		return 0, fmt.Errorf("asking %s: %w", q.Name, err)
	}
	return n, nil
}

func (a *questioner) Close() error { return a.db.Close() }

// execAll runs statements one after the other.
func execAll(db interface {
	Exec(string, ...any) (sql.Result, error)
}, statements ...string) error {
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}

// syncAll makes a file and its name durable.
func syncAll(path string) error {
	for _, p := range []string{path, filepath.Dir(path)} {
		f, err := os.Open(p)
		if err != nil {
			return err
		}
		if err := f.Sync(); err != nil {
			f.Close()
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
	return nil
}

// insertRow is SQL that adds a quad, given as four terms, to a table.
func insertRow(table string) string {
	const id = "(SELECT id FROM term WHERE value = ?)"
	return "INSERT INTO " + table + " SELECT " + id + ", " + id + ", " + id + ", " + id
}

// add runs statements, each with the four terms of a quad, in a transaction,
// which is durable when it returns.
func (a *questioner) add(statements []string, quad ...any) error {
	if a.adding == nil {
		for _, text := range statements {
			s, err := a.db.Prepare(text)
			if err != nil {
				return fmt.Errorf("preparing %s: %w", text, err)
			}
			a.adding = append(a.adding, s)
		}
	}
	tx, err := a.db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after Commit
	for _, s := range a.adding {
		if _, err := tx.Stmt(s).Exec(quad...); err != nil {
			return err
		}
	}
	return tx.Commit()
}
