package pg

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"kg/graph/internal/store"
	"kg/graph/internal/store/db"
	"kg/graph/internal/store/memtable"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
)

var _ store.Feed = (*Session)(nil)

// Session reads one state of the graph on a server for one question, in one transaction,
// and feeds a store with the part that the question reads. It is for one goroutine at a
// time.
type Session struct {
	ctx     context.Context
	address string
	write   bool
	conn    *pgx.Conn
	tx      pgx.Tx
	db      *db.DB
	quads   *store.QuadStore
	wire    wire
	asking  bool // missing patterns are recorded, and not read at once: see Ask
	again   bool // the run has to be repeated, whatever is missing
	missing wants

	ids       map[string]int64 // of keys; 0 is none
	keys      map[int64][]byte // and the other way round
	server    []int64          // the server's ids of the store's, from 0
	fed       map[idRow]bool   // the patterns, all of whose quads are in the store
	large     map[idRow]bool   // those with many quads
	counts    map[idRow]uint64
	alive     map[alive]bool
	walked    map[string]bool  // the walks that were fetched
	rowCounts map[string]int64 // row counts by their text
	rows      []idRow          // all that came, unless it was loaded
	loaded    bool             // the store has a snapshot, into which more is sorted
	ranges    []term.KeyRange
	lone      map[string]bool // keys of terms that were looked up, without a quad in the store
	kinds     map[int64]int64 // how many quads say that something is of a kind
	found     map[string]namedNodes
	total     idRow // of quads, and of terms
	whole     bool
	loose     bool           // terms of the store are not in the order of their keys
	locked    map[int64]bool // see lock
	tries     int            // of writing
	stopped   bool           // patterns recorded as read may not be there

	groups, surplus int64 // rows that kg_counts needs, and rows in addition to them: see keepFew

	checked bool     // the tables agree, in this transaction
	spread  []string // the partitions that are on other servers

	// Statements counts the statements sent to the server.
	Statements, Rounds int
}

// Options say how to use a server.
type Options struct {
	Write bool // else it only reads
	Ask   bool // reads are made in rounds: see Session.More
}

// Open begins a session. The error wraps ErrNoTables where kg db init was not run.
func Open(ctx context.Context, address string, o Options) (*Session, error) {
	conn, err := dial(ctx, address)
	if err != nil {
		return nil, err
	}
	s := &Session{ctx: ctx, address: address, write: o.Write, conn: conn, asking: o.Ask, locked: map[int64]bool{}}
	s.wire = wire{conn: conn, prepared: map[string]string{}}
	s.db = db.Scratch()
	s.quads = store.Fed(s.db, s)
	if err := s.begin(); err != nil {
		if ctx.Err() != nil {
			err = ctx.Err()
		}
		return nil, errors.Join(fmt.Errorf("opening %s: %w", s.Name(), err), s.Close())
	}
	return s, nil
}

// Store is the store that the session feeds.
func (s *Session) Store() *store.QuadStore { return s.quads }

// Name implements store.Feed.
func (s *Session) Name() string { return Redact(s.address) }

// forget forgets all that was read.
func (s *Session) forget() error {
	s.ids, s.keys, s.server = map[string]int64{}, map[int64][]byte{}, nil
	s.fed, s.large, s.counts, s.alive = map[idRow]bool{}, map[idRow]bool{}, map[idRow]uint64{}, map[alive]bool{}
	s.walked, s.rowCounts = map[string]bool{}, map[string]int64{}
	s.missing, s.ranges, s.lone = newWants(), nil, map[string]bool{}
	s.found = map[string]namedNodes{}
	s.whole, s.loose = false, false
	s.rows, s.loaded = nil, false
	if s.db.State().Last() == 0 {
		return nil
	}
	err := s.db.Close()
	s.db = db.Scratch()
	s.quads.Feed(s.db)
	return err
}

// begin begins the transaction, and forgets the data of another one.
func (s *Session) begin() error {
	if err := s.forget(); err != nil {
		return err
	}
	if err := s.beginAgain(); err != nil {
		return err
	}
	if s.asking && !s.write && s.total[0] <= Small {
		return s.pullSmall()
	}
	return nil
}

// Small is how many quads a graph has at most that is read as a whole for any question:
// that takes less than to run a question again for each of its steps. Tests of rounds
// set it to -1.
var Small int64 = 20_000

// A reading statement takes a few rows by an index: any other plan is the planner's
// mistake about an array, whose length it does not know. JIT compilation of a statement
// takes longer than running it.
const (
	beginWrite = "BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE"
	beginRead  = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL jit = off; SET LOCAL plan_cache_mode = force_generic_plan;" +
		" SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; SET LOCAL max_parallel_workers_per_gather = 0"
)

// beginAgain begins a transaction, and reads the state of the tables. With partitions on
// other servers it does so while no writer commits to several: see the file spread.go.
func (s *Session) beginAgain() (err error) {
	begin := beginRead
	if s.write {
		begin = beginWrite
	}
	for {
		locked := len(s.spread) > 0
		if locked {
			s.Statements++
			if _, err = s.conn.Exec(s.ctx, "SELECT pg_advisory_lock_shared($1::bigint)", committing); err != nil {
				return err
			}
		}
		if s.tx, err = s.conn.BeginTx(s.ctx, pgx.TxOptions{BeginQuery: begin}); err != nil {
			return err
		}
		if err := s.counted(); err != nil {
			return err
		}
		if locked {
			return away(s.lookAt())
		}
		if len(s.spread) == 0 {
			return nil
		}
		if err := s.tx.Rollback(s.ctx); err != nil {
			return err
		}
	}
}

// counted reads the version, which partitions are on other servers, and the counts.
func (s *Session) counted() error {
	again := len(s.spread) > 0 // so there is a foreign table
	s.total, s.checked, s.spread = idRow{}, false, nil
	s.groups, s.surplus = 0, 0
	clear(s.counts)
	clear(s.found)
	s.kinds = map[int64]int64{}
	var text string
	counts := func(v [][]byte) error {
		s.groups, s.surplus = s.groups+1, s.surplus+integer(v[3])-1
		switch id, n := integer(v[1]), integer(v[2]); v[0][0] {
		case countQuads:
			s.total[0] = n
		case countTerms:
			s.total[1] = n
		case countPredicate:
			s.counts[idRow{term.Predicate: id}] = uint64(n)
		case countKind:
			s.kinds[id] = n
		}
		return nil
	}
	var others bool
	list := []wireStatement{
		{text: `SELECT value, EXISTS (SELECT FROM pg_foreign_table) FROM kg_meta WHERE name = 'version'`, row: func(v [][]byte) error {
			text, others = string(v[0]), v[1][0] != 0
			return nil
		}},
		{text: sumCounts, row: counts},
	}
	spread := wireStatement{text: foreign, row: func(v [][]byte) error {
		s.spread = strings.Fields(string(v[0]))
		return nil
	}}
	if again {
		list = append(list, spread)
	}
	s.Statements += len(list)
	err := s.wire.send(s.ctx, list)
	if err == nil && others && !again {
		s.Statements++
		err = s.wire.send(s.ctx, []wireStatement{spread})
	}
	s.counts[idRow{}] = uint64(s.total[0])
	version, err := versionIn(text, err)
	if err != nil {
		return err
	}
	return known(version)
}

// Close implements store.Feed: uncommitted changes are dropped.
func (s *Session) Close() error {
	if s.conn == nil {
		return nil
	}
	ctx := context.WithoutCancel(s.ctx)
	var err error
	if s.tx != nil && !s.conn.IsClosed() {
		if err = s.tx.Rollback(ctx); errors.Is(err, pgx.ErrTxClosed) || s.conn.IsClosed() {
			err = nil
		}
	}
	err = errors.Join(err, s.conn.Close(ctx))
	s.conn, s.tx = nil, nil
	return err
}

// fail ends a run with an error of the server's.
func (s *Session) fail(err error) {
	if s.ctx.Err() != nil {
		err = s.ctx.Err()
	}
	panic(&snapshot.FeedError{Err: s.readError(err)})
}

func (s *Session) readError(err error) error {
	return fmt.Errorf("reading %s: %w", s.Name(), away(err))
}

// serverID is the server's id of a term of the store, 0 for none.
func (s *Session) serverID(t *memtable.Table, id term.ID) int64 {
	if id == term.None || id > t.Last() {
		return 0
	}
	var key []byte
	for n := len(s.server); n <= int(id); n++ {
		key = t.AppendKey(key[:0], term.ID(n))
		s.server = append(s.server, s.ids[string(key)])
	}
	return s.server[id]
}

// pattern is a pattern by the server's ids.
func (s *Session) pattern(t *memtable.Table, p term.Pattern) (r idRow) {
	for i, id := range p.Quad {
		r[i] = s.serverID(t, id)
	}
	return r
}
