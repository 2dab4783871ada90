package pg

import (
	"context"
	"errors"
	"sync"

	"github.com/jackc/pgx/v5"

	"kg/graph/internal/store"
	"kg/graph/internal/store/db"
)

// Mirror copies the graph on a server into memory and an unnamed file, for processes that
// answer many questions. A refresh reads the changes only.
type Mirror struct {
	address string

	mu   sync.Mutex
	conn *pgx.Conn // nil if there is none

	refreshing sync.Mutex
	last       *db.DB
	store      *store.QuadStore // of last
	state      CopyState        // that last has; guarded by mu
}

// NewMirror makes a mirror that has copied nothing yet.
func NewMirror(address string) *Mirror { return &Mirror{address: address} }

// Changed reports whether something was committed since the last copy was begun.
func (m *Mirror) Changed(ctx context.Context) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var count, sum int64
	for range 2 {
		if m.conn == nil || m.conn.IsClosed() { // the server was away, or a request was cancelled
			conn, err := dial(ctx, m.address)
			if err != nil {
				return false, err
			}
			m.conn = conn
		}
		if err := m.conn.QueryRow(ctx, witness).Scan(&count, &sum); err == nil {
			return m.state.Graph == "" || count != m.state.Commits || sum != m.state.Tokens, nil
		} else if !m.conn.IsClosed() {
			return false, err
		}
	}
	return false, errors.New("the connection to the server is lost")
}

// Refresh returns the graph in its current state, in a store of its own. The stores of
// earlier calls do not change.
func (m *Mirror) Refresh(ctx context.Context) (qs *store.QuadStore, err error) {
	m.refreshing.Lock()
	defer m.refreshing.Unlock()
	s, err := Open(ctx, m.address, Options{})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	m.mu.Lock()
	state := m.state
	m.mu.Unlock()
	change, err := s.Since(state)
	if errors.Is(err, ErrOtherGraph) {
		change, err = s.Everything(err)
	}
	if err != nil {
		return nil, s.readError(err)
	}
	next := m.last
	if change.Transition != nil {
		next, err = m.do(ctx, s, &change)
	}
	if err != nil {
		return nil, s.readError(err)
	}
	if next != m.last {
		m.last, m.store = next, store.New(next)
	}
	m.mu.Lock()
	m.state = change.To
	m.mu.Unlock()
	return m.store, nil
}

// do makes a store from the last one and the changes.
func (m *Mirror) do(ctx context.Context, s *Session, c *CopyDelta) (*db.DB, error) {
	if c.Whole == "" {
		next := m.last.Fork()
		err := next.Step(ctx, *c.Transition)
		if !errors.Is(err, db.ErrOtherCount) {
			return next, err
		}
		if *c, err = s.Everything(err); err != nil {
			return nil, err
		}
	}
	next := db.Scratch()
	return next, next.Step(ctx, *c.Transition)
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
