package graph

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
)

// Export writes the whole store as canonical N-Quads (RDFC-1.0 for a graph
// without blank nodes): one quad a line, sorted by code point, none twice.
// report may be nil.
func (s *Store) Export(ctx context.Context, w io.Writer, report func(Progress)) error {
	_, err := s.quads.Export(ctx, w, func(done, total uint64) {
		if report != nil {
			report(Progress{Doing: "writing", Quads: int64(done), Done: int64(done), Total: int64(total)})
		}
	})
	return err
}

// Hash is the SHA-256 of the export, in hexadecimal. It does not depend on the
// order in which sources were loaded.
func (s *Store) Hash(ctx context.Context, report func(Progress)) (string, error) {
	h := sha256.New()
	if err := s.Export(ctx, h, report); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
