package db

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// LockedError says that another process, or another handle of this one, writes
// to the store.
type LockedError struct {
	Path   string // of the store
	Holder string // the holder of the lock, as "pid 7 on host (kg serve), since ..."; empty if unknown
}

// Error names the store and its writer.
func (e *LockedError) Error() string {
	who := e.Holder
	if who == "" {
		who = "another process"
	}
	return fmt.Sprintf("store %q is being written by %s: try again when it has finished", e.Path, who)
}

// lock keeps other writers out. It is the operating system's and goes with the
// process, so a lock file that was left behind is no obstacle; the file stays,
// since removing it would let two writers lock two files of one name.
func lock(path string) (*flock.Flock, error) {
	if err := isOurs(path + lockEnd); err != nil {
		return nil, fmt.Errorf("locking store %q: %w", path, err)
	}
	l := flock.New(path+lockEnd, flock.SetPermissions(0o644))
	ok, err := l.TryLock()
	if err != nil {
		return nil, fmt.Errorf("locking store %q: %w", path, err)
	}
	if !ok {
		return nil, &LockedError{path, readHolder(path)}
	}
	if err := writeHolder(path); err != nil {
		l.Unlock()
		return nil, fmt.Errorf("locking store %q: %w", path, err)
	}
	return l, nil
}

// Lock keeps other writers out of a store that is not there yet.
func Lock(path string) (unlock func() error, err error) {
	l, err := lock(path)
	if err != nil {
		return nil, err
	}
	return l.Unlock, nil
}

// The holder's name begins at the second byte: on Windows the lock covers the first,
// which no other process can read.
const holderAt = 1

func writeHolder(path string) error {
	host, err := os.Hostname()
	if err != nil {
		host = "an unknown host"
	}
	text := fmt.Sprintf("pid %d on %s (%s), since %s\n", os.Getpid(), host,
		strings.Join(append([]string{filepath.Base(os.Args[0])}, firstArg()...), " "),
		time.Now().Format(time.RFC3339))
	f, err := os.OpenFile(path+lockEnd, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.WriteAt([]byte(text), holderAt); err != nil {
		return err
	}
	return f.Truncate(int64(holderAt + len(text)))
}

// firstArg returns the verb the process was started with; further arguments may be
// private.
func firstArg() []string {
	if len(os.Args) > 1 && !strings.HasPrefix(os.Args[1], "-") {
		return os.Args[1:2]
	}
	return nil
}

func readHolder(path string) string {
	text, err := os.ReadFile(path + lockEnd)
	if err != nil || len(text) < holderAt {
		return ""
	}
	return string(bytes.TrimSpace(text[holderAt:]))
}
