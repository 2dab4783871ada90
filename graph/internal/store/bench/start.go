package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

// startsARound is how often each process is started in a round.
const startsARound = 20

// starter is a process whose whole life is measured.
type starter struct {
	name    string
	command []string
	answers bool // prints the rows of q1
}

// first is the child that opens a store, answers q1 and ends; without
// arguments it ends at once.
func first(args []string) error {
	if len(args) == 0 {
		return nil
	}
	e, err := newEngine(args[0], args[1])
	if err != nil {
		return err
	}
	if err := e.Open(); err != nil {
		return err
	}
	n, err := e.Count(questions(0)[0])
	if err != nil {
		return errors.Join(err, e.Close())
	}
	fmt.Println(n)
	return e.Close()
}

// starters returns the processes to start. kg has a small program of its own, since this
// one carries DuckDB, and has to be started first to be told from it.
func (b *bench) starters() (all []starter, err error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	all = append(all, starter{"this program, idle", []string{self, "first"}, false})
	peers, err := b.able(embedded)
	if err != nil {
		return nil, err
	}
	for _, name := range peers {
		if name != "kg" {
			all = append(all, starter{name + ", in this program", []string{self, "first", name, b.folder(name)}, true})
			continue
		}
		small := filepath.Join(b.dir, "open")
		build := exec.Command("go", "build", "-o", small, "kg/graph/internal/store/bench/open")
		if out, err := build.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("building the program that only opens kg's store: %w (run this in its own folder, graph/internal/store/bench)\n%s", err, out)
		}
		all = append(all, starter{"kg's store and path, idle", []string{small}, false},
			starter{"kg", []string{small, storePath(b.folder(name)), base + "person/7"}, true})
	}
	return all, nil
}

// starts measures whole processes that open a store and answer q1.
func (b *bench) starts() error {
	all, err := b.starters()
	if err != nil {
		return err
	}
	times, want := map[string][]float64{}, []byte(nil)
	for range b.rounds * startsARound {
		for _, s := range all {
			begin := time.Now()
			out, err := exec.Command(s.command[0], s.command[1:]...).Output()
			if err != nil {
				return fmt.Errorf("%s, started for q1: %w", s.name, err)
			}
			times[s.name] = append(times[s.name], float64(time.Since(begin))/1e6)
			if !s.answers {
				continue
			}
			if want == nil {
				want = out
			}
			if !bytes.Equal(out, want) {
				return fmt.Errorf("%s, started for q1, gives %q where another gave %q", s.name, out, want)
			}
		}
	}
	t := table{head: []string{"process: start, open, q1", "ms"}}
	for _, s := range all {
		t.add(s.name, strconv.FormatFloat(median(times[s.name]), 'f', 1, 64))
	}
	return t.print(b.out)
}
