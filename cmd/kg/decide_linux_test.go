package main

import (
	"bytes"
	"encoding/binary"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
	"golang.org/x/sys/unix"

	"kg/cmd/kg/web"
	"kg/internal/pgtest"
	"kg/schema"
)

// TestServeDecidesInTheRoundThatCounts holds that a decision on a graph on a server is
// not in the decisions file before all is read that it depends on. It is taken back once,
// since what was read may not hold any more when the labels are locked.
func TestServeDecidesInTheRoundThatCounts(t *testing.T) {
	address, dir := pgtest.Database(t), t.TempDir()
	kg(t, "--db", address, "db", "init")
	kg(t, "--db", address, "load", "../../data/testdata/example.yaml")
	var out bytes.Buffer
	a := newApp(strings.NewReader(""), &out, &out)
	a.settings.db, a.settings.author, a.settings.decisions = address, "Ann Lee", filepath.Join(dir, "decisions.yaml")
	live, err := a.openServed(true)
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	pair := [2]quad.IRI{"https://kg.example/person/ann-lee", "https://kg.example/company/blue-line"}
	count := written(t, dir)
	// The first time what takes it back is a removal, the second time a write.
	for i, verdict := range []schema.Verdict{schema.Different, schema.Undecided} {
		if err := live.decide(t.Context(), web.Decision{On: pair, Verdict: verdict, Because: "a test"}); err != nil {
			t.Fatal(err)
		}
		if got, most := count(), 2+i; got < 1 || got > most {
			t.Errorf("to decide %s the file was written %d times, want at most %d", verdict, got, most)
		}
	}
}

// written counts how often the file that is the only one of a folder was put in place
// since it was last asked.
func written(t *testing.T, dir string) func() int {
	fd, err := unix.InotifyInit1(unix.IN_NONBLOCK | unix.IN_CLOEXEC)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { unix.Close(fd) })
	// Of two like events in a row there may be one: what is made comes between.
	if _, err := unix.InotifyAddWatch(fd, dir, unix.IN_MOVED_TO|unix.IN_CREATE); err != nil {
		t.Fatal(err)
	}
	return func() (count int) {
		b := make([]byte, 64<<10)
		n, err := unix.Read(fd, b)
		if err != nil {
			t.Fatal(err)
		}
		for b = b[:n]; len(b) > 0; {
			if binary.NativeEndian.Uint32(b[4:])&unix.IN_MOVED_TO != 0 {
				count++
			}
			b = b[unix.SizeofInotifyEvent+binary.NativeEndian.Uint32(b[12:]):]
		}
		return count
	}
}
