package pg

import (
	"context"
	"fmt"
	"strings"
)

// Some partitions of the quads can be foreign tables, on other servers (postgres_fdw).
// Then a commit is one commit per server, the others' first, and a transaction sees each
// server's state as of its first statement there. So that it sees one state nonetheless,
// a committing writer keeps out transactions that begin: see begin of Session. A crash
// between the commits is reported by Check, and mended by Repair.

// foreign are the partitions that are foreign tables, with a space between two. To plan it
// takes the server longer than most that is asked: it is for a database with such a table.
const foreign = `SELECT COALESCE((SELECT string_agg(c.oid::regclass::text, ' ') FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
	WHERE i.inhparent IN ('kg_by_subject'::regclass, 'kg_by_object'::regclass) AND c.relkind = 'f'), '')`

// committing is the advisory lock of commits to several servers, which beginning
// transactions share.
const committing = 0x6b68

// lookAt begins a transaction on each of the other servers. The limit is sent to them, as
// that of EXISTS is not: they would send as many rows as are fetched at a time.
func (s *Session) lookAt() error {
	var list []string
	for _, table := range s.spread {
		list = append(list, "(SELECT s FROM "+table+" LIMIT 1)")
	}
	s.Statements += 2
	if len(list) > 0 { // none, if another process has just moved them back
		if _, err := s.tx.Exec(s.ctx, strings.Join(list, " UNION ALL ")); err != nil {
			return err
		}
	}
	_, err := s.tx.Exec(s.ctx, "SELECT pg_advisory_unlock_shared($1::bigint)", committing)
	return err
}

// commit ends the transaction, on all servers.
func (s *Session) commit() error {
	err := s.commitAll()
	if err == nil {
		s.keepFew()
	}
	return err
}

func (s *Session) commitAll() error {
	if len(s.spread) == 0 {
		return s.tx.Commit(s.ctx)
	}
	s.Statements += 2
	if _, err := s.tx.Exec(s.ctx, "SELECT pg_advisory_lock($1::bigint)", committing); err != nil {
		return err
	}
	err := s.tx.Commit(s.ctx)
	// A commit is final, whatever fails now; a lost connection has no locks.
	_, _ = s.conn.Exec(context.WithoutCancel(s.ctx), "SELECT pg_advisory_unlock($1::bigint)", committing)
	return err
}

// away returns the error about another server that does not answer; the error of the
// server that was asked says only that the connection is lost.
func away(err error) error {
	if strings.HasPrefix(code(err), "08") {
		return fmt.Errorf("a server that has some of the partitions does not answer: %s", oneLine(err.Error()))
	}
	return err
}
