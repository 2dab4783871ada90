package blank_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kg/graph/internal/store/blank"
	"kg/internal/rdf/nquads"
)

var errDisk = errors.New("the disk is gone")

// failing is a file that cannot be read, or takes less than it is given.
type failing struct {
	blank.File
	short bool
}

func (f failing) ReadAt(p []byte, at int64) (int, error) {
	if !f.short {
		return 0, errDisk
	}
	return f.File.ReadAt(p, at)
}

func (f failing) Write(p []byte) (int, error) {
	if f.short {
		p = p[:len(p)-1]
	}
	return f.File.Write(p)
}

// A failed write or read of a file is an error, and never a quad less.
func TestFails(t *testing.T) {
	t.Parallel()
	for _, short := range []bool{false, true} {
		dir := t.TempDir()
		n := &blank.Namer{Prefix: "a:", Largest: 1 << 20, Temp: filepath.Join(dir, "x-"), Remove: os.Remove, Create: func(path string) (blank.File, error) {
			f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
			return failing{f, short}, err
		}}
		var b blank.Batch
		terms := [4]nquads.Term{{Kind: nquads.Blank, Text: []byte("x")}, {Kind: nquads.IRI, Text: []byte("a:p")}, {Kind: nquads.Blank, Text: []byte("y")}}
		b.Add(1, &terms)
		err := n.Take(0, &b)
		if err == nil {
			_, err = n.Finish(context.Background(), func(*[4]nquads.Term) error { return nil })
		}
		if err == nil || !short && !errors.Is(err, errDisk) || !strings.Contains(err.Error(), dir) {
			t.Errorf("short %v: %v", short, err)
		}
		if err := n.Close(); err != nil {
			t.Error(err)
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("left %v, %v", left, err)
		}
	}
}

// The work ends with its context, and with the first error of what it is for.
func TestStops(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]error{"context": context.Canceled, "emit": errDisk} {
		n := &blank.Namer{Prefix: "a:", Memory: 1 << 20, Largest: 1 << 20}
		var b blank.Batch
		terms := [4]nquads.Term{{Kind: nquads.Blank, Text: []byte("x")}, {Kind: nquads.IRI, Text: []byte("a:p")}, {Kind: nquads.Blank, Text: []byte("y")}}
		b.Add(1, &terms)
		if err := n.Take(0, &b); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		if name == "context" {
			cancel()
		}
		if _, err := n.Finish(ctx, func(*[4]nquads.Term) error { return errDisk }); !errors.Is(err, want) {
			t.Errorf("%s: %v", name, err)
		}
		cancel()
	}
}
