package graph

import (
	"context"
	"time"

	"kg/graph/internal/pg"
)

// ErrAgain ends what an Asking has not read enough for: see there.
var ErrAgain = pg.ErrAgain

// Remote is the address of a graph in a PostgreSQL database. Methods connect when they
// are called.
type Remote struct{ address string }

// ParseRemote reports whether the name of a store is the address of a database,
// postgres://USER@HOST/DATABASE, and not a file.
func ParseRemote(name string) (r Remote, ok bool) {
	if !pg.IsURL(name) {
		return Remote{}, false
	}
	return Remote{name}, true
}

// String returns the address without its password.
func (r Remote) String() string { return pg.Redact(r.address) }

// Database returns the name of the database.
func (r Remote) Database() string { return pg.DatabaseName(r.address) }

// Init creates the tables in a database that has none, and reports whether it did.
func (r Remote) Init(ctx context.Context) (made bool, err error) { return pg.Init(ctx, r.address) }

// Upgrade changes the tables to the version that this kg reads.
func (r Remote) Upgrade(ctx context.Context) error { return pg.Upgrade(ctx, r.address) }

// Repair makes the tables of several servers agree after one of them ended between their
// commits, and checks them. The first server decides. Writers of that moment have to
// write again, and copies are made anew as a whole. It returns how many rows were
// dropped and restored; each quad has two.
func (r Remote) Repair(ctx context.Context) (pg.Mended, error) { return pg.Repair(ctx, r.address) }

// Trim drops the record of the commits before a time, by which copies are refreshed: a
// copy that lacks such a commit is copied as a whole. It returns the number of these
// commits. It also adds up the counts of all commits; no quad, term or name is removed.
func (r Remote) Trim(ctx context.Context, before time.Time) (commits int64, err error) {
	return pg.Trim(ctx, r.address, before)
}

// Asking is one question to a graph on a server, in one transaction. The question runs
// on a Store of the Asking, which has only the quads read so far. If a run Missed quads,
// its result does not count, and the question is run again after More, which reads all
// missed quads in a few statements. So the number of statements grows with the steps of
// the question, not with the nodes it visits.
//
// A write takes place in the first run that misses nothing.
type Asking struct{ session *pg.Session }

// Ask begins a question.
func (r Remote) Ask(ctx context.Context, write bool) (*Asking, error) {
	s, err := pg.Open(ctx, r.address, pg.Options{Write: write, Ask: true})
	if err != nil {
		return nil, err
	}
	return &Asking{s}, nil
}

// ToWrite lets the next runs write. It discards what was read if nothing could be
// written until now.
func (a *Asking) ToWrite() error { return a.session.ToWrite() }

// Store returns the store that the next run reads.
func (a *Asking) Store() (*Store, error) {
	s := &Store{quads: a.session.Store(), lent: true}
	return s, s.look(0)
}

// Missed reports whether the last run missed quads.
func (a *Asking) Missed() bool { return a.session.Missed() }

// Settled returns ErrAgain in a run that has missed quads: its results must not be kept.
func (a *Asking) Settled() error {
	if a.Missed() {
		return ErrAgain
	}
	return nil
}

// More reads the missed quads.
func (a *Asking) More() error { return a.session.More() }

// Whole reports whether the whole graph was read, so that nothing can be missed.
func (a *Asking) Whole() bool { return a.session.Whole() }

// Statements returns how many statements were sent to the server, and in how many
// rounds.
func (a *Asking) Statements() (statements, rounds int) {
	return a.session.Statements, a.session.Rounds
}

// Close ends the question.
func (a *Asking) Close() error { return a.session.Close() }

// In runs do on stores of the question until it misses nothing. The end of ctx also ends
// the statement on the server; the next In begins a new transaction, which sees the
// graph of that time.
func (a *Asking) In(ctx context.Context, do func(*Store) error) error {
	back, err := a.session.During(ctx)
	if err != nil {
		return err
	}
	defer back()
	for {
		err := a.once(do)
		if !a.Missed() {
			return err
		}
		if err := a.More(); err != nil {
			return err
		}
	}
}

// once is one run. With part of a graph it may fail in any way.
func (a *Asking) once(do func(*Store) error) (err error) {
	defer func() {
		if a.Missed() {
			if x := recover(); x != nil {
				err = ErrAgain
			}
		}
	}()
	s, err := a.Store()
	if err != nil {
		return err
	}
	return do(s)
}

// openRemote opens a store on a server that reads quads on demand.
func openRemote(address string, write bool) (*Store, error) {
	s, err := pg.Open(context.Background(), address, pg.Options{Write: write})
	if err != nil {
		return nil, err
	}
	return newStore(s.Store())
}
