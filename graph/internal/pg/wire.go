package pg

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
)

// wire sends statements that read, all that are to go together in one round trip: pgx's
// own batches take a round trip more for each statement that the connection has not
// prepared yet, and a question sends most of its statements once.
type wire struct {
	conn     *pgx.Conn
	prepared map[string]string // names on the server, by the statement
	spent    time.Duration     // waiting for the server
	trips    int
}

// wireStatement is one to send.
type wireStatement struct {
	text string
	args []any
	row  func(columns [][]byte) error // called for each row, in PostgreSQL's binary format
	end  func()                       // called after the last, if it is not nil
}

// oids are the types of the arguments that statements have.
func oid(arg any) uint32 {
	switch arg.(type) {
	case []int64:
		return pgtype.Int8ArrayOID
	case [][]byte:
		return pgtype.ByteaArrayOID
	case []byte:
		return pgtype.ByteaOID
	}
	return pgtype.Int8OID
}

var inBinary = []int16{pgx.BinaryFormatCode}

// send sends statements, and reads their results.
func (w *wire) send(ctx context.Context, list []wireStatement) error {
	defer func(began time.Time) { w.spent += time.Since(began) }(time.Now())
	w.trips++
	p := w.conn.PgConn().StartPipeline(ctx)
	fresh := make([]string, len(list)) // statements that are prepared before these
	seen := map[string]string{}
	for i, s := range list {
		if err := w.queue(p, s, seen, &fresh[i]); err != nil {
			p.Sync()
			p.Close()
			return err
		}
	}
	err := p.Sync()
	for i := 0; i < len(list) && err == nil; i++ {
		if fresh[i] != "" {
			if _, err = p.GetResults(); err != nil {
				break
			}
			w.prepared[fresh[i]] = seen[fresh[i]]
		}
		err = list[i].receive(p)
	}
	if e := p.Close(); err == nil {
		err = e
	}
	return err
}

func (w *wire) queue(p *pgconn.Pipeline, s wireStatement, seen map[string]string, fresh *string) (err error) {
	values, oids := make([][]byte, len(s.args)), make([]uint32, len(s.args))
	for i, arg := range s.args {
		oids[i] = oid(arg)
		if n, ok := arg.(int); ok {
			arg = int64(n)
		}
		if values[i], err = w.conn.TypeMap().Encode(oids[i], pgx.BinaryFormatCode, arg, nil); err != nil {
			return fmt.Errorf("sending a statement: %w", err)
		}
	}
	name, ok := w.prepared[s.text]
	if !ok {
		name, ok = seen[s.text]
	}
	if !ok {
		name = fmt.Sprintf("kg%d", len(w.prepared)+len(seen))
		seen[s.text], *fresh = name, s.text
		p.SendPrepare(name, s.text, oids)
	}
	p.SendQueryPrepared(name, values, inBinary, inBinary)
	return nil
}

// receive reads the result of a statement.
func (s wireStatement) receive(p *pgconn.Pipeline) error {
	results, err := p.GetResults()
	if err != nil {
		return err
	}
	rows, ok := results.(*pgconn.ResultReader)
	if !ok {
		return fmt.Errorf("reading what a statement gives: the server answered with %T", results)
	}
	for rows.NextRow() && err == nil {
		if s.row != nil {
			err = s.row(rows.Values())
		}
	}
	if _, e := rows.Close(); err == nil {
		err = e
	}
	if err == nil && s.end != nil {
		s.end()
	}
	return err
}
