package pg

import (
	"context"
	"errors"
	"fmt"
)

// ErrAgain ends a run that has missed something: it is to be done again, when More
// has read it.
var ErrAgain = errors.New("what was read so far is not all of the graph that was asked for")

// mostRounds bounds how often a question is run. Each round is a step that the one before
// made possible.
const mostRounds = 10_000

// Missed reports whether the last run missed something, so that its result does not
// count. Nor does it while the terms have no order: rows would come in another order than
// from a file.
func (s *Session) Missed() bool { return s.Missing() || s.asking && s.loose }

// Missing implements store.Feed.
func (s *Session) Missing() bool { return s.again || !s.missing.none() }

// Whole reports whether the store has all of the graph, for good: a writing run may have
// to begin again.
func (s *Session) Whole() bool { return s.whole && !s.write }

// ToWrite begins another transaction, which may write, if this one may not.
func (s *Session) ToWrite() error {
	if s.write {
		return nil
	}
	s.write = true
	if err := s.tx.Rollback(s.ctx); err != nil {
		return s.readError(err)
	}
	if err := s.begin(); err != nil {
		return s.readError(err)
	}
	s.again = true // a store of the last transaction may still be used
	return nil
}

// During bounds reads by ctx, until back is called. After a failed read it begins another
// transaction, on a connection of its own.
func (s *Session) During(ctx context.Context) (back func(), err error) {
	before := s.ctx
	s.ctx = ctx
	if s.stopped || s.conn.IsClosed() || s.conn.PgConn().TxStatus() != 'T' {
		if err := s.reopen(); err != nil {
			s.ctx = before
			return nil, s.readError(err)
		}
	}
	return func() { s.ctx = before }, nil
}

// reopen begins a new transaction, and forgets all that was read.
func (s *Session) reopen() error {
	conn, err := dial(s.ctx, s.address)
	if err != nil {
		return err
	}
	s.conn.Close(context.WithoutCancel(s.ctx)) // it was given up, and may say so
	s.conn, s.tx = conn, nil
	s.wire = wire{conn: conn, prepared: map[string]string{}}
	clear(s.locked)
	s.again, s.stopped = false, true
	if err := s.begin(); err != nil {
		return err
	}
	s.stopped = false
	return nil
}

// More reads everything that the last run missed, in one go, for the next one.
func (s *Session) More() error {
	s.again = false
	if s.Rounds++; s.Rounds > mostRounds {
		return fmt.Errorf("reading %s: the question is not answered after %d rounds", s.Name(), mostRounds)
	}
	if err := s.ctx.Err(); err != nil {
		return err
	}
	s.stopped = true // until it has ended well
	read := s.fetch
	if s.missing.none() {
		if !s.loose {
			s.stopped = false
			return nil
		}
		read = (&fetched{Session: s}).sort
	}
	if err := read(); err != nil {
		if s.ctx.Err() != nil {
			return s.ctx.Err()
		}
		return s.readError(err)
	}
	s.stopped = false
	return nil
}
