package pg

// Again begins another question on the same connection.
func (s *Session) Again() error {
	if err := s.tx.Rollback(s.ctx); err != nil {
		return err
	}
	s.Statements, s.Rounds = 0, 0
	return s.begin()
}
