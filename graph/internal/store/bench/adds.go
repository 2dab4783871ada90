package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// writersAtOnce is how many add at the same time in kg's second row of adds.
const writersAtOnce = 16

// addTurns is in how many parts the adds are made, the engines and the bare
// disk taking turns: the rate of a shared disk changes within seconds.
const addTurns = 10

// singles adds quad by quad, compared with a file that is only written and synced. It is
// run once and last, since it changes the stores.
func (b *bench) singles() (err error) {
	if b.adds == 0 {
		return nil
	}
	peers, err := b.able(canAdd)
	if err != nil {
		return err
	}
	children, err := b.open(peers)
	defer func() { err = errors.Join(err, endAll(children)) }()
	if err != nil {
		return err
	}
	bare, err := os.Create(filepath.Join(b.dir, "bare"))
	if err != nil {
		return err
	}
	defer os.Remove(bare.Name())
	defer bare.Close()
	nanos, total := map[string]float64{}, 0
	for ; total < b.adds; total += max(1, b.adds/addTurns) {
		if err := b.addTurn(children, bare, total, nanos); err != nil {
			return err
		}
	}
	return b.printAdds(peers, nanos, total)
}

// addTurn lets everyone add one part, numbered from a number on, and adds the
// time to nanos.
func (b *bench) addTurn(children []*child, bare *os.File, from int, nanos map[string]float64) error {
	n := max(1, b.adds/addTurns)
	took, err := writeAndSync(bare, n)
	if err != nil {
		return err
	}
	nanos["bare"] += float64(took)
	for _, c := range children {
		for _, writers := range []int{1, writersAtOnce} {
			if writers > 1 && c.name != "kg" {
				continue // the peers' drivers have one connection here
			}
			d, err := c.do(job{Do: "add", From: from, Adds: n, Writers: writers})
			if err != nil {
				return err
			}
			nanos[addRow(c.name, writers)] += d.Nanos
		}
	}
	return nil
}

func addRow(name string, writers int) string {
	if writers == 1 {
		return name
	}
	return fmt.Sprintf("%s, %d at once", name, writers)
}

func (b *bench) printAdds(peers []string, nanos map[string]float64, total int) error {
	t := table{head: []string{thousands(float64(total)) + " adds, each durable", "adds/s", "times the bare disk's time"}}
	add := func(title, row string) {
		t.add(title, thousands(float64(total)/nanos[row]*1e9), ratio(nanos[row], nanos["bare"]))
	}
	add("bare write and fsync", "bare")
	for _, name := range peers {
		add(name, name)
		if name == "kg" {
			row := addRow(name, writersAtOnce)
			add(row, row)
		}
	}
	return t.print(b.out)
}

// writeAndSync appends n records of the size of a quad to a file and syncs after each:
// the bound set by the disk.
func writeAndSync(f *os.File, n int) (time.Duration, error) {
	record := make([]byte, 160)
	start := time.Now()
	for range n {
		if _, err := f.Write(record); err != nil {
			return 0, err
		}
		if err := f.Sync(); err != nil {
			return 0, err
		}
	}
	return time.Since(start), nil
}
