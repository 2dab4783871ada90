package pgtest

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// patience is how long Waits, Rests and Start wait.
const patience = 2 * time.Minute

// Lock locks tables of a database against reading by others, until unlock is called.
func Lock(t testing.TB, address string, tables ...string) (unlock func()) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(t.Context(), "BEGIN; LOCK TABLE "+strings.Join(tables, ", ")); err != nil {
		t.Fatal(err)
	}
	end := context.WithoutCancel(t.Context())
	t.Cleanup(func() { conn.Close(end) })
	return func() {
		if err := conn.Close(end); err != nil {
			t.Error(err)
		}
	}
}

// Waits returns when a statement waits for a lock in a database.
func Waits(t testing.TB, address string) {
	t.Helper()
	until(t, address, true)
}

// Rests returns when no statement does any more.
func Rests(t testing.TB, address string) {
	t.Helper()
	until(t, address, false)
}

func until(t testing.TB, address string, waits bool) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	for begun := time.Now(); time.Since(begun) < patience; time.Sleep(20 * time.Millisecond) {
		var some bool
		err := conn.QueryRow(t.Context(), "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database())").Scan(&some)
		if err != nil {
			t.Fatal(err)
		}
		if some == waits {
			return
		}
	}
	t.Fatalf("no statement waits for a lock, or one still does, after %s", patience)
}
