package pg

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"
)

// IsURL reports whether the name of a store is that of one on a server.
func IsURL(name string) bool {
	return strings.HasPrefix(name, "postgres://") || strings.HasPrefix(name, "postgresql://")
}

// Redact is the address of a server without its password and its options, for
// errors and people.
func Redact(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" && u.Path == "" {
		return "postgres://…"
	}
	clean := url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}
	if name := u.User.Username(); name != "" {
		clean.User = url.User(name)
	}
	return clean.String()
}

// DatabaseName is the name of the database at an address, for a file that is named
// after it.
func DatabaseName(address string) string {
	if config, err := pgx.ParseConfig(address); err == nil && config.Database != "" {
		return filepath.Base(config.Database)
	}
	return "kg"
}

// dial connects to a server. No error names the password.
func dial(ctx context.Context, address string) (*pgx.Conn, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, fmt.Errorf("connecting to %s: the address is not that of a PostgreSQL server: expected postgres://USER:PASSWORD@HOST:PORT/DATABASE, with %%40 for an @ in a password", Redact(address))
	}
	config.RuntimeParams["application_name"] = "kg"
	config.OnNotice = func(*pgconn.PgConn, *pgconn.Notice) {}
	// The end of a context cancels the statement on the server, and not the connection
	// alone.
	config.BuildContextWatcherHandler = func(conn *pgconn.PgConn) ctxwatch.Handler {
		return &pgconn.CancelRequestContextWatcherHandler{Conn: conn, DeadlineDelay: 5 * time.Second}
	}
	plainFirst(config, address)
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		message := err.Error()
		if config.Password != "" {
			message = strings.ReplaceAll(message, config.Password, "…")
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if code(err) == noDatabase {
			return nil, fmt.Errorf("connecting to %s: there is no database %q yet: createdb makes one, and kg db init its tables", Redact(address), config.Database)
		}
		return nil, fmt.Errorf("connecting to %s: %s", Redact(address), reason(message))
	}
	return conn, nil
}

// plainFirst tries without TLS first on this machine, unless TLS is configured: most
// servers refuse TLS there, which costs another connection, since pgx does not go on with
// the refused one.
func plainFirst(config *pgx.ConnConfig, address string) {
	if strings.Contains(address, "sslmode=") || os.Getenv("PGSSLMODE") != "" || config.TLSConfig == nil {
		return
	}
	ip := net.ParseIP(config.Host)
	if config.Host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return
	}
	for _, other := range config.Fallbacks {
		if other.TLSConfig == nil && other.Host == config.Host && other.Port == config.Port {
			other.TLSConfig, config.TLSConfig = config.TLSConfig, nil
			return
		}
	}
}

// reason returns why a connection failed, for the last address that was tried: pgx
// reports each, over several lines, and a refused TLS too.
func reason(message string) string {
	lines := strings.Split(strings.TrimSpace(message), "\n")
	for len(lines) > 1 && strings.Contains(lines[len(lines)-1], "refused TLS") {
		lines = lines[:len(lines)-1]
	}
	return oneLine(lines[len(lines)-1])
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// code is the SQLSTATE of an error, empty if it has none.
func code(err error) string {
	if failed := (*pgconn.PgError)(nil); errors.As(err, &failed) {
		return failed.Code
	}
	return ""
}

// The SQLSTATE codes that are handled.
const (
	undefinedTable  = "42P01"
	noDatabase      = "3D000"
	notSerializable = "40001"
	deadlock        = "40P01"
	uniqueViolation = "23505"
)
