package pg

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"
)

// splitAll is split of many keys.
func splitAll(keys []string) (heads, digests [][]byte) {
	for _, key := range keys {
		head, _, digest := split([]byte(key))
		heads, digests = append(heads, head), append(digests, digest)
	}
	return heads, digests
}

// namingKeys are the keys of naming.
func namingKeys() (keys []string) {
	for _, iri := range naming() {
		keys = append(keys, keyOf(iri))
	}
	return keys
}

// eachKey calls do with the terms that a statement gives, as id, head and rest.
func eachKey(ctx context.Context, tx pgx.Tx, do func(id int64, key []byte) error, query string, args ...any) error {
	rows, err := tx.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	var id int64
	var head, rest []byte
	_, err = pgx.ForEachRow(rows, []any{&id, &head, &rest}, func() error { return do(id, slices.Concat(head, rest)) })
	return err
}

// eachKey is eachKey in the session's transaction.
func (s *Session) eachKey(do func(id int64, key []byte) error, query string, args ...any) error {
	s.Statements++
	return eachKey(s.ctx, s.tx, do, query, args...)
}

// keysByID calls do with the keys of terms.
func (s *Session) keysByID(ids []int64, do func(id int64, key []byte) error) error {
	for chunk := range slices.Chunk(ids, perStatement) {
		if err := s.eachKey(do, termsByID, chunk); err != nil {
			return err
		}
	}
	return nil
}
