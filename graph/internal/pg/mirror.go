package pg

import (
	"context"
	"errors"
	"sync"

	"github.com/jackc/pgx/v5"

	"kg/graph/internal/store"
)

// Mirror copies the graph on a server into memory and a file without a name, for those
// who answer many questions.
type Mirror struct {
	address string

	mu   sync.Mutex
	conn *pgx.Conn // nil if there is none
	seen int64     // the changes that the last copy has
}

// NewMirror makes a mirror that has copied nothing yet.
func NewMirror(address string) *Mirror { return &Mirror{address: address, seen: -1} }

// changes counts the rows of kg_counts: each commit adds some.
const changes = "SELECT count(*) FROM kg_counts"

// Changed reports whether something was committed since the last copy was begun.
func (m *Mirror) Changed(ctx context.Context) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var n int64
	for range 2 {
		if m.conn == nil || m.conn.IsClosed() { // the server was away, or a request was cancelled
			conn, err := dial(ctx, m.address)
			if err != nil {
				return false, err
			}
			m.conn = conn
		}
		if err := m.conn.QueryRow(ctx, changes).Scan(&n); err == nil {
			return n != m.seen, nil
		} else if !m.conn.IsClosed() {
			return false, err
		}
	}
	return false, errors.New("the connection to the server is lost")
}

// Copy copies the graph as it is now into a store of its own.
func (m *Mirror) Copy(ctx context.Context) (qs *store.QuadStore, err error) {
	s, err := Open(ctx, m.address, Options{Ask: true})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	var n int64
	if err := s.tx.QueryRow(ctx, changes).Scan(&n); err != nil {
		return nil, s.told(err)
	}
	if err := s.pull(); err != nil {
		return nil, s.told(err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.seen = n
	return store.New(s.db), nil
}

// Close ends the connection.
func (m *Mirror) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.conn == nil {
		return nil
	}
	return m.conn.Close(context.Background())
}
