package main

import (
	"bufio"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"os"
	"path/filepath"
	"strings"

	sqlite3 "github.com/mattn/go-sqlite3"
)

// sqlite is SQLite through mattn's driver, the C library itself.
type sqlite struct {
	questioner
	dir string
}

func (s *sqlite) path() string { return filepath.Join(s.dir, "kg.sqlite") }

// sqliteInserts is the number of rows one prepared INSERT takes: fewer cost
// calls, more gain nothing.
const sqliteInserts = 128

// Load fills the tables in one transaction without a journal, since only a new file is
// lost on a failure, makes the indices at the end, and syncs; adds go through a
// write-ahead log afterwards.
func (s *sqlite) Load(file string) error {
	db, err := sql.Open("sqlite3", "file:"+s.path()+"?_journal_mode=OFF&_synchronous=OFF&_locking_mode=EXCLUSIVE&_cache_size=-262144")
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	err = execAll(db, "PRAGMA threads = 2", "BEGIN",
		"CREATE TABLE term (id INTEGER PRIMARY KEY, value TEXT NOT NULL, number REAL)",
		"CREATE TABLE quad (s INTEGER NOT NULL, p INTEGER NOT NULL, o INTEGER NOT NULL, l INTEGER NOT NULL, PRIMARY KEY (s, p, o, l)) WITHOUT ROWID")
	if err != nil {
		return err
	}
	conn, err := db.Conn(context.Background())
	if err != nil {
		return err
	}
	err = conn.Raw(func(c any) error { return fillSQLite(c.(*sqlite3.SQLiteConn), file) })
	if err != nil {
		return err
	}
	if err := conn.Close(); err != nil {
		return err
	}
	err = execAll(db,
		"CREATE UNIQUE INDEX term_value ON term (value)",
		"CREATE INDEX term_number ON term (number) WHERE number IS NOT NULL",
		"CREATE INDEX quad_by_o ON quad (o, p)", // and the rest of the primary key
		"CREATE INDEX quad_by_p ON quad (p, o)",
		"CREATE INDEX quad_by_l ON quad (l)",
		"CREATE VIEW quad_o AS SELECT * FROM quad", // the indices do
		"ANALYZE", "COMMIT", "PRAGMA locking_mode = NORMAL", "PRAGMA journal_mode = WAL")
	if err != nil {
		return err
	}
	if err := db.Close(); err != nil {
		return err
	}
	return syncAll(s.path())
}

// fillSQLite bypasses database/sql, which costs as much as the insert itself.
func fillSQLite(c *sqlite3.SQLiteConn, file string) (err error) {
	terms := &inserter{conn: c, head: "INSERT INTO term VALUES ", row: "(?,?,?)", columns: 3}
	quads := &inserter{conn: c, head: "INSERT OR IGNORE INTO quad VALUES ", row: "(?,?,?,?)", columns: 4}
	err = encode(file, func(b *batch) error {
		for i, t := range b.terms {
			var num driver.Value
			if v, ok := number(t); ok {
				num = v
			}
			if err := terms.add(int64(b.first)+int64(i), string(t), num); err != nil {
				return err
			}
		}
		for _, r := range b.rows {
			if err := quads.add(int64(r[0]), int64(r[1]), int64(r[2]), int64(r[3])); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := terms.flush(); err != nil {
		return err
	}
	return quads.flush()
}

// inserter collects rows for INSERTs of many rows.
type inserter struct {
	conn      *sqlite3.SQLiteConn
	head, row string
	columns   int
	full      driver.Stmt // for sqliteInserts rows
	args      []driver.NamedValue
}

func (n *inserter) add(values ...driver.Value) error {
	for _, v := range values {
		n.args = append(n.args, driver.NamedValue{Ordinal: len(n.args) + 1, Value: v})
	}
	if len(n.args) < n.columns*sqliteInserts {
		return nil
	}
	if n.full == nil {
		var err error
		if n.full, err = n.prepare(sqliteInserts); err != nil {
			return err
		}
	}
	return n.exec(n.full)
}

func (n *inserter) prepare(rows int) (driver.Stmt, error) {
	return n.conn.Prepare(n.head + strings.Repeat(n.row+",", rows-1) + n.row)
}

func (n *inserter) exec(s driver.Stmt) error {
	_, err := s.(driver.StmtExecContext).ExecContext(context.Background(), n.args)
	n.args = n.args[:0]
	return err
}

// flush inserts the last rows.
func (n *inserter) flush() error {
	if n.full != nil {
		if err := n.full.Close(); err != nil {
			return err
		}
	}
	if len(n.args) == 0 {
		return nil
	}
	last, err := n.prepare(len(n.args) / n.columns)
	if err != nil {
		return err
	}
	return errors.Join(n.exec(last), last.Close())
}

// Open opens the file, mapped into memory, every commit synced.
func (s *sqlite) Open() (err error) {
	s.db, err = sql.Open("sqlite3", "file:"+s.path()+"?_journal_mode=WAL&_synchronous=FULL&_cache_size=-262144")
	if err != nil {
		return err
	}
	s.db.SetMaxOpenConns(1) // one writer at a time, and one cache
	return execAll(s.db, "PRAGMA mmap_size = 1099511627776")
}

// Export writes the lines as SQLite makes them.
func (s *sqlite) Export(file string) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	rows, err := s.db.Query(exportLines)
	if err != nil {
		return err
	}
	defer rows.Close()
	var line sql.RawBytes
	for rows.Next() {
		if err := rows.Scan(&line); err != nil {
			return err
		}
		w.Write(line)
		w.WriteByte('\n')
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

// Add adds one quad in a transaction.
func (s *sqlite) Add(sub, p, o, l string) error {
	return s.add([]string{"INSERT OR IGNORE INTO term (value) VALUES (?), (?), (?), (?)", insertRow("quad")}, sub, p, o, l)
}
