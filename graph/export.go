package graph

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
)

// ExportOptions say what an export contains.
type ExportOptions struct {
	WithoutDecisions bool // leave out retractions and restorations: all else is there, what is retracted too
	Reified          bool // of Turtle: RDF 1.2, in which claims are reifiers of their triples
	Report           func(Progress)
}

// Export writes the whole store as canonical N-Quads (RDFC-1.0 for a graph without blank
// nodes): one quad per line, sorted by code point, without duplicates.
func (s *Store) Export(ctx context.Context, w io.Writer, o ExportOptions) error {
	quads := s.quads
	if labels := s.state.Load().decisions.Labels; o.WithoutDecisions && len(labels) > 0 {
		var err error
		if quads, err = quads.Hide(labels, nil); err != nil {
			return err
		}
	}
	_, err := quads.Export(ctx, w, func(done, total uint64) {
		if o.Report != nil {
			o.Report(Progress{Doing: "writing", Quads: int64(done), Done: int64(done), Total: int64(total)})
		}
	})
	return err
}

// Hash returns the SHA-256 of the export, in hexadecimal. It does not depend on the
// order in which sources were loaded.
func (s *Store) Hash(ctx context.Context, o ExportOptions) (string, error) {
	h := sha256.New()
	if err := s.Export(ctx, h, o); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
