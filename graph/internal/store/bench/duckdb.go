package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"path/filepath"

	duckdb "github.com/duckdb/duckdb-go/v2"
)

// duck is DuckDB.
type duck struct {
	questioner
	dir string
	art bool // with indices on the ids too
}

func (d *duck) path() string { return filepath.Join(d.dir, "kg.duckdb") }

// Load fills the tables through appenders, DuckDB's fastest door from a
// program, and sorts the quads by subject and by object. That is DuckDB's way
// to index: it skips the row groups that cannot match. Its ART indices on the
// ids double the space, and the answers take about as long (duckdb-art has
// them, to show it); the one on the terms' values pays.
func (d *duck) Load(file string) error {
	if err := d.Open(); err != nil {
		return err
	}
	defer d.db.Close()
	err := execAll(d.db,
		"CREATE TABLE term (id UINTEGER NOT NULL, value VARCHAR NOT NULL, number DOUBLE)",
		"CREATE TEMP TABLE loaded (s UINTEGER NOT NULL, p UINTEGER NOT NULL, o UINTEGER NOT NULL, l UINTEGER NOT NULL)")
	if err != nil {
		return err
	}
	conn, err := d.db.Conn(context.Background())
	if err != nil {
		return err
	}
	err = conn.Raw(func(c any) error { return fillDuck(c.(driver.Conn), file) })
	if err != nil {
		return err
	}
	if err := conn.Close(); err != nil {
		return err
	}
	err = execAll(d.db,
		"CREATE TABLE quad AS SELECT DISTINCT s, p, o, l FROM loaded ORDER BY s, p, o, l",
		"DROP TABLE loaded",
		"CREATE TABLE quad_o AS SELECT * FROM quad ORDER BY o, p, s, l",
		"CREATE UNIQUE INDEX term_value ON term (value)",
		"CREATE SEQUENCE added START 2147483648") // ids of terms added later
	if err == nil && d.art {
		err = execAll(d.db, "CREATE INDEX term_id ON term (id)",
			"CREATE INDEX quad_s ON quad (s)", "CREATE INDEX quad_o_o ON quad_o (o)")
	}
	if err == nil {
		err = execAll(d.db, "CHECKPOINT")
	}
	if err != nil {
		return err
	}
	if err := d.db.Close(); err != nil {
		return err
	}
	return syncAll(d.path())
}

func fillDuck(c driver.Conn, file string) error {
	terms, err := duckdb.NewAppenderFromConn(c, "", "term")
	if err != nil {
		return err
	}
	quads, err := duckdb.NewAppender(c, "temp", "", "loaded")
	if err != nil {
		return err
	}
	err = encode(file, func(b *batch) error {
		for i, t := range b.terms {
			var num driver.Value
			if v, ok := number(t); ok {
				num = v
			}
			if err := terms.AppendRow(b.first+uint32(i), string(t), num); err != nil {
				return err
			}
		}
		for _, r := range b.rows {
			if err := quads.AppendRow(r[0], r[1], r[2], r[3]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := terms.Close(); err != nil {
		return err
	}
	return quads.Close()
}

// Open opens the file.
func (d *duck) Open() (err error) {
	d.db, err = sql.Open("duckdb", d.path())
	if err != nil {
		return err
	}
	d.db.SetMaxOpenConns(1) // temporary tables belong to a connection
	return d.db.Ping()
}

// Export lets DuckDB write the file, on all cores: a COPY to CSV without
// quotes, whose delimiter occurs in no line.
func (d *duck) Export(file string) error {
	return execAll(d.db, "COPY ("+exportLines+") TO '"+file+"' (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01')")
}

// Add adds one quad in a transaction.
func (d *duck) Add(s, p, o, l string) error {
	return d.add([]string{
		"INSERT INTO term SELECT nextval('added'), t.value, NULL FROM (VALUES (?), (?), (?), (?)) t(value) ON CONFLICT DO NOTHING",
		insertRow("quad"), insertRow("quad_o"),
	}, s, p, o, l)
}
