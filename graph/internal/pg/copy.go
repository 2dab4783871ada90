package pg

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"

	"github.com/jackc/pgx/v5"
)

// copyHead begins the binary format of COPY: see "Binary Format" of COPY in the
// manual of PostgreSQL.
const copyHead = "PGCOPY\n\xff\r\n\x00\x00\x00\x00\x00\x00\x00\x00\x00"

// copyIn sends rows by COPY in its binary format, and returns how many. rows calls its
// argument with each. pgx's own CopyFrom takes each value as an interface, which costs
// more than the server does.
func copyIn(ctx context.Context, conn *pgx.Conn, table string, rows func(put func(fields ...[]byte) error) error) (int64, error) {
	r, w := io.Pipe()
	go func() {
		out := &copyWriter{to: w, buf: []byte(copyHead)}
		err := rows(out.put)
		if err == nil {
			err = out.end()
		}
		w.CloseWithError(err)
	}()
	tag, err := conn.PgConn().CopyFrom(ctx, r, "COPY "+table+" FROM STDIN BINARY")
	r.CloseWithError(context.Canceled) // ends the writing goroutine
	return tag.RowsAffected(), err
}

type copyWriter struct {
	to  io.Writer
	buf []byte
}

const copyBuffer = 64 << 10

func (w *copyWriter) put(fields ...[]byte) error {
	w.buf = binary.BigEndian.AppendUint16(w.buf, uint16(len(fields)))
	for _, f := range fields {
		w.buf = append(binary.BigEndian.AppendUint32(w.buf, uint32(len(f))), f...)
	}
	if len(w.buf) < copyBuffer {
		return nil
	}
	_, err := w.to.Write(w.buf)
	w.buf = w.buf[:0]
	return err
}

func (w *copyWriter) end() error {
	_, err := w.to.Write(binary.BigEndian.AppendUint16(w.buf, 0xffff))
	return err
}

// number is a bigint of COPY.
func number(dst *[8]byte, n int64) []byte {
	binary.BigEndian.PutUint64(dst[:], uint64(n))
	return dst[:]
}

// copyOut calls do with the fields of each row that a query gives, by COPY. They are
// valid until it returns.
func copyOut(ctx context.Context, conn *pgx.Conn, query string, fields int, do func(fields [][]byte) error) error {
	parser := &copyParser{fields: make([][]byte, fields), do: do, skip: len(copyHead)}
	_, err := conn.PgConn().CopyTo(ctx, parser, "COPY ("+query+") TO STDOUT BINARY")
	if err == nil && !parser.done {
		err = fmt.Errorf("the answer of COPY was cut")
	}
	return err
}

// copyParser takes the binary format of COPY apart. PostgreSQL sends each row in a
// message of its own, but nothing says that it must.
type copyParser struct {
	fields [][]byte
	do     func([][]byte) error
	skip   int // bytes of the head that are still to come
	rest   []byte
	done   bool
}

func (p *copyParser) Write(data []byte) (int, error) {
	n := len(data)
	if k := min(p.skip, len(data)); k > 0 {
		p.skip -= k
		data = data[k:]
	}
	if len(p.rest) > 0 {
		p.rest = append(p.rest, data...)
		data = p.rest
	}
	for {
		used, err := p.row(data)
		if err != nil {
			return 0, err
		}
		if used == 0 {
			break
		}
		data = data[used:]
	}
	p.rest = append(p.rest[:0:0], data...)
	return n, nil
}

// row takes a row, and returns how long it is, 0 if it is not there as a whole.
func (p *copyParser) row(data []byte) (int, error) {
	if len(data) < 2 || p.done {
		return 0, nil
	}
	switch n := int(binary.BigEndian.Uint16(data)); {
	case n == 0xffff:
		p.done = true
		return 2, nil
	case n != len(p.fields):
		return 0, fmt.Errorf("expected %d fields of COPY, found %d", len(p.fields), n)
	}
	at := 2
	for i := range p.fields {
		if len(data) < at+4 {
			return 0, nil
		}
		size := int(int32(binary.BigEndian.Uint32(data[at:])))
		at += 4
		if size < 0 {
			return 0, fmt.Errorf("found a field of COPY that is null")
		}
		if len(data) < at+size {
			return 0, nil
		}
		p.fields[i] = data[at : at+size]
		at += size
	}
	return at, p.do(p.fields)
}
