package graph

import (
	"context"
	"time"

	"kg/graph/internal/pg"
)

// ErrNoTables is the error of a database on a server in which kg db init was not run.
var ErrNoTables = pg.ErrNoTables

// ErrAgain ends what an Asking has not read enough for: see there.
var ErrAgain = pg.ErrAgain

// IsRemote reports whether the name of a store is that of one on a PostgreSQL server.
func IsRemote(name string) bool { return pg.IsURL(name) }

// ShownName is the name of a store without a password that may be in it.
func ShownName(name string) string {
	if pg.IsURL(name) {
		return pg.Redact(name)
	}
	return name
}

// DatabaseName is the name of the database that an address names.
func DatabaseName(address string) string { return pg.DatabaseName(address) }

// InitRemote makes the tables in a database that has none; it reports whether it did.
func InitRemote(ctx context.Context, address string) (made bool, err error) {
	return pg.Init(ctx, address)
}

// UpgradeRemote brings the tables of a database to the version that this kg reads.
func UpgradeRemote(ctx context.Context, address string) error { return pg.Upgrade(ctx, address) }

// TrimRemote drops what was recorded of the changes before a time, by which copies are
// refreshed: an older one is copied as a whole. It gives of how many commits it was.
func TrimRemote(ctx context.Context, address string, before time.Time) (commits int64, err error) {
	return pg.Trim(ctx, address, before)
}

// Asking is one question to a graph on a server, in one transaction. Whoever asks runs
// on a Store of it, which has only what was read so far; while it Missed something,
// what came of the run does not count, and the run is done again after More, which
// reads all that was missed in a few statements. So the statements are as many as the
// steps of the question, and not as the nodes it comes by.
//
// A Store of it that writes does so in the first run that misses nothing.
type Asking struct{ session *pg.Session }

// Ask begins a question.
func Ask(ctx context.Context, address string, write bool) (*Asking, error) {
	s, err := pg.Open(ctx, address, pg.Options{Write: write, Ask: true})
	if err != nil {
		return nil, err
	}
	return &Asking{s}, nil
}

// ToWrite makes the next runs such that may write. What was read is forgotten, if
// until now nothing could be written.
func (a *Asking) ToWrite() error { return a.session.ToWrite() }

// Store is what the next run asks.
func (a *Asking) Store() (*Store, error) {
	s := &Store{quads: a.session.Store(), lent: true}
	return s, s.look(0)
}

// Missed reports whether the last run has missed something.
func (a *Asking) Missed() bool { return a.session.Missed() }

// More reads what was missed.
func (a *Asking) More() error { return a.session.More() }

// Whole reports whether all of the graph was read: then nothing is missed any more.
func (a *Asking) Whole() bool { return a.session.Whole() }

// Statements is how many statements were sent to the server, and in how many rounds.
func (a *Asking) Statements() (statements, rounds int) {
	return a.session.Statements, a.session.Rounds
}

// Close ends the question.
func (a *Asking) Close() error { return a.session.Close() }

// In runs do on stores of the question until it misses nothing.
func (a *Asking) In(do func(*Store) error) error {
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

// once is a run. What it does with half of a graph may fail in any way.
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

// openRemote opens a store on a server that reads what is asked for when it is.
func openRemote(address string, write bool) (*Store, error) {
	s, err := pg.Open(context.Background(), address, pg.Options{Write: write})
	if err != nil {
		return nil, err
	}
	return newStore(s.Store())
}
