package main

import (
	"errors"
	"fmt"
	"hash/maphash"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

var seed = maphash.MakeSeed()

func hash(b []byte) uint64 { return maphash.Bytes(seed, b) }

// loads loads the file into every peer.
func (b *bench) loads() error {
	rates := map[string][]float64{}
	size, peak := map[string]int64{}, map[string]int64{}
	for range b.rounds {
		for _, name := range b.peers {
			d, memory, err := b.load(name)
			if err != nil {
				return err
			}
			rates[name] = append(rates[name], float64(b.digest.count)/d.Nanos*1e9)
			peak[name] = max(peak[name], memory)
			if size[name], err = sizeOf(b.folder(name)); err != nil {
				return err
			}
		}
	}
	t := table{head: []string{"load", "quads/s", "kg is times as fast", "bytes/quad on disk", "peak memory, MiB"}}
	kg := median(rates["kg"])
	for _, name := range b.peers {
		rate := median(rates[name])
		t.add(name, thousands(rate), ratio(kg, rate), fmt.Sprintf("%.1f", float64(size[name])/float64(b.digest.count)), thousands(float64(peak[name]>>20)))
	}
	return t.print(b.out)
}

// load loads the file into a new store, by a process of its own.
func (b *bench) load(name string) (d done, peak int64, err error) {
	if err := os.RemoveAll(b.folder(name)); err != nil {
		return d, 0, err
	}
	if err := os.Mkdir(b.folder(name), 0o777); err != nil {
		return d, 0, err
	}
	syscall.Sync() // so that this one does not wait for others' writes
	c, err := start(name, b.folder(name))
	if err != nil {
		return d, 0, err
	}
	d, err = c.do(job{Do: "load", File: b.file})
	peak, ended := c.end()
	return d, max(peak, d.Peak), errors.Join(err, ended)
}

// sizeOf gives the bytes of all files in a folder.
func sizeOf(dir string) (n int64, err error) {
	return n, filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err == nil {
			n += info.Size()
		}
		return err
	})
}

// answers holds the measurements of the questions: by question and column.
type answers struct {
	rows  map[string]int
	times map[string]map[string][]float64
}

// asks asks all engines, taking turns, so that other load of the machine affects them
// alike.
func (b *bench) asks() (err error) {
	limit, err := start("limit", "")
	if err != nil {
		return err
	}
	children := []*child{limit}
	defer func() { err = errors.Join(err, endAll(children)) }()
	d, err := limit.do(job{Do: "load", File: b.file})
	if err != nil {
		return err
	}
	b.last = d.Last
	peers, err := b.open(b.peers)
	children = append(children, peers...)
	if err != nil {
		return err
	}
	a := answers{map[string]int{}, map[string]map[string][]float64{}}
	for range b.rounds {
		for _, q := range questions(b.last) {
			for _, c := range children {
				if err := a.ask(c, job{Do: "count", Question: q, For: b.askFor}); err != nil {
					return err
				}
				if c.name == "kg" {
					if err := a.ask(c, job{Do: "names", Question: q, For: b.askFor}); err != nil {
						return err
					}
				}
			}
		}
	}
	return b.printAnswers(a)
}

// open starts peers on their stores.
func (b *bench) open(peers []string) (all []*child, err error) {
	for _, name := range peers {
		c, err := start(name, b.folder(name))
		if err != nil {
			return all, err
		}
		all = append(all, c)
		if _, err := c.do(job{Do: "open"}); err != nil {
			return all, err
		}
	}
	return all, nil
}

// ask lets a child ask a question, and holds it to the others' rows.
func (a answers) ask(c *child, j job) error {
	q := j.Question
	d, err := c.do(j)
	if err != nil {
		return fmt.Errorf("%s: %w", q.Name, err)
	}
	if rows, ok := a.rows[q.Name]; ok && rows != d.Rows {
		return fmt.Errorf("%s: %s gives %d rows (%s), where there are %d: one of the engines is wrong", q.Name, c.name, d.Rows, j.Do, rows)
	}
	a.rows[q.Name] = d.Rows
	if a.times[q.Name] == nil {
		a.times[q.Name] = map[string][]float64{}
	}
	column := c.name
	if j.Do == "names" {
		column += ", names"
	}
	a.times[q.Name][column] = append(a.times[q.Name][column], d.Nanos/1e3)
	return nil
}

// exports lets every engine that can write all its quads, and compares them with those
// loaded.
func (b *bench) exports() error {
	peers, err := b.able(canExport)
	if err != nil {
		return err
	}
	rates := map[string][]float64{}
	path := filepath.Join(b.dir, "export.nq")
	defer os.Remove(path)
	for range b.rounds {
		for _, name := range peers {
			d, err := b.one(name, job{Do: "export", File: path})
			if err != nil {
				return err
			}
			got, err := linesOf(path)
			if err != nil {
				return err
			}
			e, err := newEngine(name, "")
			if err != nil {
				return err
			}
			if !b.digest.same(got, e) {
				return fmt.Errorf("%s exported %d lines, the file has %d, and they are not the same lines", name, got.count, b.digest.count)
			}
			rates[name] = append(rates[name], float64(got.count)/d.Nanos*1e9)
		}
	}
	t := table{head: []string{"export", "quads/s", "kg is times as fast"}}
	kg := median(rates["kg"])
	for _, name := range peers {
		t.add(name, thousands(median(rates[name])), ratio(kg, median(rates[name])))
	}
	return t.print(b.out)
}

// one starts an engine for one job on an open store.
func (b *bench) one(name string, j job) (d done, err error) {
	c, err := start(name, b.folder(name))
	if err != nil {
		return d, err
	}
	if _, err = c.do(job{Do: "open"}); err == nil {
		d, err = c.do(j)
	}
	_, ended := c.end()
	return d, errors.Join(err, ended)
}
