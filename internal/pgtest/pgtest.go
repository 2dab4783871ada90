// Package pgtest gives tests a PostgreSQL server: the one that KG_POSTGRES names, or one
// of their own, for which it looks for the binaries, first in the folder that
// KG_POSTGRES_BIN names. A test is skipped where there is neither, and with -short where
// neither is named.
//
// With KG_ON_SERVER the suites of verbs, queries, pages and the session, which otherwise
// run on stores in memory and in files, run on a server: see OnServer.
package pgtest

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Variable names the server to use, by its address: the user must be allowed to make
// databases.
const Variable = "KG_POSTGRES"

// Binaries names the folder of initdb and postgres.
const Binaries = "KG_POSTGRES_BIN"

// OnServer reports whether the suites are to run on a server.
func OnServer() bool { return os.Getenv("KG_ON_SERVER") != "" }

var shared struct {
	sync.Mutex
	server *Server
	err    error
	made   int
}

// Main runs the tests of a package, and stops the server that they had, if any. Garbage
// is collected late meanwhile, which saves a sixth of their processor time.
type Main struct{ *testing.M }

// Run runs them.
func (m Main) Run() int {
	flag.Parse()
	if _, set := os.LookupEnv("GOGC"); !set && flag.Lookup("test.bench").Value.String() == "" {
		debug.SetGCPercent(400) // benchmarks use the setting that users have
	}
	defer func() {
		shared.Lock()
		defer shared.Unlock()
		if shared.server != nil {
			shared.server.Stop()
		}
	}()
	return m.M.Run()
}

// Database makes an empty database that is gone at the end of the test, and gives its
// address. The tests of a package share a server.
func Database(t testing.TB) string {
	t.Helper()
	server := Shared(t)
	shared.Lock()
	shared.made++
	n := shared.made
	shared.Unlock()
	return server.database(t, n)
}

// Shared is the server that the tests of a package share.
func Shared(t testing.TB) *Server {
	t.Helper()
	if quick() {
		t.Skip("starts a PostgreSQL server")
	}
	shared.Lock()
	defer shared.Unlock()
	if shared.server == nil && shared.err == nil {
		shared.server, shared.err = find()
	}
	if shared.err != nil {
		unavailable(t, shared.err)
	}
	return shared.server
}

// Server is a server of PostgreSQL.
type Server struct {
	Address string // of the database postgres
	bin     string // folder of the binaries; empty if the server was not started here
	folder  string
	port    int
	cmd     *exec.Cmd
}

// quick reports whether a test is to do without a server, in the fast loop.
func quick() bool {
	return testing.Short() && !OnServer() && os.Getenv(Variable) == "" && os.Getenv(Binaries) == ""
}

func find() (*Server, error) {
	if address := os.Getenv(Variable); address != "" {
		return &Server{Address: address}, nil
	}
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	return begin(bin)
}

// New starts a server of the test's own, which it may stop and start again.
func New(t testing.TB) *Server {
	t.Helper()
	if quick() {
		t.Skip("starts a PostgreSQL server")
	}
	bin, err := binaries()
	if err != nil {
		unavailable(t, err)
	}
	s, err := begin(bin)
	if err != nil {
		unavailable(t, err)
	}
	t.Cleanup(s.Stop)
	return s
}

// unavailable skips a test that has no server, and fails it where binaries are
// configured.
func unavailable(t testing.TB, err error) {
	t.Helper()
	if os.Getenv(Binaries) != "" {
		t.Fatal(err)
	}
	t.Skip(err)
}

// binaries finds the folder of initdb and postgres.
func binaries() (string, error) {
	if folder := os.Getenv(Binaries); folder != "" {
		_, err := os.Stat(filepath.Join(folder, "initdb"))
		return folder, err
	}
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql*/bin"} {
		found, _ := filepath.Glob(pattern)
		for i := len(found) - 1; i >= 0; i-- {
			if _, err := os.Stat(filepath.Join(found[i], "initdb")); err == nil {
				return found[i], nil
			}
		}
	}
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path), nil
	}
	return "", fmt.Errorf("there is no PostgreSQL here: install it (Debian's package is postgresql), or set %s to the address of a server", Variable)
}

func begin(bin string) (*Server, error) {
	folder, err := os.MkdirTemp("", "kgpg")
	if err != nil {
		return nil, err
	}
	s := &Server{bin: bin, folder: folder}
	if err := s.make(); err != nil {
		os.RemoveAll(folder)
		return nil, err
	}
	if err := s.Start(); err != nil {
		s.Stop()
		return nil, err
	}
	return s, nil
}

func (s *Server) make() error {
	if os.Getuid() == 0 { // PostgreSQL does not run as root
		uid, gid, err := other()
		if err != nil {
			return err
		}
		if err := os.Chown(s.folder, int(uid), int(gid)); err != nil {
			return err
		}
	}
	cmd := exec.Command(filepath.Join(s.bin, "initdb"), "-D", filepath.Join(s.folder, "data"), "-U", "kg", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
	if err := asOther(cmd); err != nil {
		return err
	}
	cmd.Dir = s.folder
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("making a PostgreSQL server: %w: %s", err, out)
	}
	var err error
	if s.port, err = FreePort(); err != nil {
		return err
	}
	address := url.URL{Scheme: "postgres", User: url.User("kg"), Host: net.JoinHostPort("127.0.0.1", strconv.Itoa(s.port)), Path: "/postgres"}
	s.Address = address.String()
	return nil
}

// FreePort returns a port that no process listens on. It is outside the ephemeral range:
// an outgoing connection could take a port of that range before it is listened on.
func FreePort() (port int, err error) {
	for range 100 {
		var l net.Listener
		port = 10_000 + rand.IntN(20_000)
		if l, err = net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port))); err == nil {
			return port, l.Close()
		}
	}
	return 0, err
}

// Start starts the server, if it does not run, and waits until it answers.
func (s *Server) Start() error {
	if s.cmd != nil || s.bin == "" {
		return nil
	}
	s.cmd = exec.Command(filepath.Join(s.bin, "postgres"), "-D", filepath.Join(s.folder, "data"), "-p", strconv.Itoa(s.port),
		"-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off", "-c", "max_connections=60", "-c", "shared_buffers=256MB")
	if err := asOther(s.cmd); err != nil {
		return err
	}
	s.cmd.Dir = s.folder
	log, err := os.OpenFile(filepath.Join(s.folder, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	s.cmd.Stderr = log
	if err := s.cmd.Start(); err != nil {
		return err
	}
	for begun := time.Now(); time.Since(begun) < patience; {
		var conn *pgx.Conn
		if conn, err = pgx.Connect(context.Background(), s.Address); err == nil {
			return conn.Close(context.Background())
		}
		time.Sleep(50 * time.Millisecond)
	}
	return errors.Join(fmt.Errorf("a PostgreSQL server does not answer: %w", err), s.Kill())
}

// Kill ends the server at once, as a crash does.
func (s *Server) Kill() error {
	if s.cmd == nil {
		return nil
	}
	// A SIGQUIT lets the postmaster end its processes, which a SIGKILL does not.
	err := s.cmd.Process.Signal(quit)
	s.cmd.Wait()
	s.cmd = nil
	return err
}

// Stop ends the server and removes its files.
func (s *Server) Stop() {
	if s.bin != "" {
		s.Kill()
		os.RemoveAll(s.folder)
	}
}

// Database makes an empty database on the server.
func (s *Server) Database(t testing.TB) string { return s.database(t, 1) }

func (s *Server) database(t testing.TB, n int) string {
	t.Helper()
	name := fmt.Sprintf("kg_test_%d_%d", os.Getpid(), n)
	ctx := context.Background()
	do := func(statement string) error {
		conn, err := pgx.Connect(ctx, s.Address)
		if err != nil {
			return err
		}
		_, err = conn.Exec(ctx, statement)
		return errors.Join(err, conn.Close(ctx))
	}
	if err := do("CREATE DATABASE " + name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := do("DROP DATABASE " + name + " WITH (FORCE)"); err != nil && s.cmd != nil {
			t.Error(err)
		}
	})
	address, err := url.Parse(s.Address)
	if err != nil {
		t.Fatal(err)
	}
	address.Path = "/" + name
	return address.String()
}

// other is a user that is not root.
func other() (uid, gid uint32, err error) {
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		id, err := strconv.ParseUint(u.Uid, 10, 32)
		if err != nil {
			return 0, 0, err
		}
		group, err := strconv.ParseUint(u.Gid, 10, 32)
		return uint32(id), uint32(group), err
	}
	return 0, 0, errors.New("PostgreSQL does not run as root, and there is no other user")
}
