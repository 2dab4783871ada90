package graph_test

import (
	"context"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"kg/graph"
	"kg/internal/pgtest"
)

// killing kills a server in the middle of what is done on it.
type killing struct {
	t       *testing.T
	address string
	server  *pgtest.Server
	begin   func()     // kills the server, by and by
	killed  chan error // tells that it is
	dead    chan bool  // is closed then
	read    chan bool  // is closed when all was read that is loaded
	end     func()
}

func newKilling(t *testing.T, address string, server *pgtest.Server) *killing {
	k := &killing{t: t, address: address, server: server, killed: make(chan error, 1), dead: make(chan bool), read: make(chan bool)}
	k.end = sync.OnceFunc(func() { close(k.read) })
	k.begin = sync.OnceFunc(func() {
		go func() {
			k.killed <- server.Kill()
			close(k.dead)
		}()
	})
	return k
}

// load loads quads, of which the last come when the server was killed: once the load
// has written something, or has read all others.
func (k *killing) load(s *graph.Store, text string) error {
	watched := make(chan error, 1)
	file := graph.QuadsFile{Name: "ladder", Format: graph.NQuads, Open: func() (io.ReadCloser, error) {
		return io.NopCloser(io.MultiReader(strings.NewReader(text), k)), nil
	}}
	go func() {
		watched <- k.written()
		k.begin()
	}()
	_, err := s.LoadQuads(k.t.Context(), []graph.QuadsFile{file}, graph.LoadOptions{Base: base})
	k.end()
	if err := <-watched; err != nil {
		k.t.Error(err)
	}
	return err
}

// Read is the end of a text.
func (k *killing) Read([]byte) (int, error) {
	k.end()
	<-k.dead
	return 0, io.EOF
}

// written waits until a transaction has written, or all was read.
func (k *killing) written() error {
	conn, err := pgx.Connect(k.t.Context(), k.address)
	if err != nil {
		return err
	}
	defer conn.Close(context.Background())
	for some := false; !some && err == nil; {
		select {
		case <-k.read:
			return nil
		case <-time.After(10 * time.Millisecond):
		}
		err = conn.QueryRow(k.t.Context(), "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE backend_xid IS NOT NULL AND datname = current_database())").Scan(&some)
	}
	return err
}
