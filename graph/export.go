package graph

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
)

// Export writes the whole store as canonical N-Quads (RDFC-1.0 for a graph
// without blank nodes): one quad a line, sorted by code point, none twice.
func (s *Store) Export(w io.Writer) error {
	set, err := newLines(s.quads)
	if err != nil {
		return err
	}
	return set.writeTo(w)
}

// Hash is the SHA-256 of the export, in hexadecimal. It does not depend on the
// order in which sources were loaded.
func (s *Store) Hash() (string, error) {
	h := sha256.New()
	if err := s.Export(h); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
