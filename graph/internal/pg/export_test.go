package pg

import "time"

// Again begins another question on the same connection.
func (s *Session) Again() error {
	if err := s.tx.Rollback(s.ctx); err != nil {
		return err
	}
	s.Statements, s.Rounds, s.wire.spent = 0, 0, 0
	return s.begin()
}

// Waited is how long the question waited for the server, but for its beginning.
func (s *Session) Waited() time.Duration { return s.wire.spent }

// Trips is how often statements were sent, but for those that begin a transaction.
func (s *Session) Trips() int { return s.wire.trips }

// SetMostInStep changes how much of a step is read ahead, and gives what it was.
func SetMostInStep(n int) (was int) {
	was, mostInStep = mostInStep, n
	return was
}

// Backend is the server's process that serves the session.
func (s *Session) Backend() uint32 { return s.conn.PgConn().PID() }
