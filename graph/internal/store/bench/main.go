// Bench loads one file of N-Quads into kg's store, SQLite, DuckDB, Ladybug and
// servers that speak SPARQL, asks all of them the same questions, checks that they agree, and
// prints tables. See README.md.
//
// It is a module of its own, so that the peers are no dependencies of kg.
package main

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// options are the user's options.
type options struct {
	quads  int
	file   string
	peers  []string
	dir    string
	rounds int
	adds   int
	askFor time.Duration // how long each question is asked in a round
	out    io.Writer
}

func main() {
	if isChild, err := asChild(os.Args[1:]); err != nil {
		fail(err)
	} else if isChild {
		return
	}
	o := options{askFor: 200 * time.Millisecond, out: os.Stdout}
	peers := flag.String("peers", "kg,sqlite,duckdb", "what is compared, separated by commas; there are duckdb-art, ladybug, oxigraph, jena and virtuoso too")
	flag.IntVar(&o.quads, "n", 1_000_000, "size of the bench graph in quads, at least 10000")
	flag.StringVar(&o.file, "file", "", "a file of canonical N-Quads to load instead; the bench graph in another size")
	flag.StringVar(&o.dir, "dir", "", "folder for the stores, which are kept (default: a temporary one)")
	flag.IntVar(&o.rounds, "rounds", 3, "times everything is measured; the tables give medians")
	flag.IntVar(&o.adds, "adds", 10_000, "single durable adds, 0 for none")
	flag.Parse()
	o.peers = strings.Split(*peers, ",")
	if flag.NArg() > 0 || o.rounds < 1 || o.adds < 0 || o.quads < 10_000 {
		flag.Usage()
		os.Exit(2)
	}
	if err := compare(o); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "bench:", err)
	os.Exit(1)
}

// compare measures everything and prints as it goes.
func compare(o options) (err error) {
	if o.peers, err = present(o.peers, o.out); err != nil {
		return err
	}
	if o.dir == "" {
		if o.dir, err = os.MkdirTemp("", "kg-bench-"); err != nil {
			return err
		}
		defer os.RemoveAll(o.dir)
		go removeOnInterrupt(o.dir)
	} else if err := os.MkdirAll(o.dir, 0o777); err != nil {
		return err
	}
	if o.file == "" {
		if o.file, err = benchGraph(o.dir, o.quads); err != nil {
			return err
		}
	}
	b := &bench{options: o}
	if err := b.count(); err != nil {
		return err
	}
	b.machine()
	for _, step := range []func() error{b.loads, b.asks, b.starts, b.exports, b.singles} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// present returns the peers whose programs are installed, and reports which are not.
func present(names []string, out io.Writer) (there []string, err error) {
	for _, name := range names {
		e, err := newEngine(name, "")
		if err != nil {
			return nil, err
		}
		if why := missing(e); why != "" {
			fmt.Fprintf(out, "%s is left out: %s\n\n", name, why)
			continue
		}
		there = append(there, name)
	}
	return there, nil
}

// removeOnInterrupt ends the program when the user interrupts it. The children
// are of the same process group and end by themselves.
func removeOnInterrupt(dir string) {
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt)
	<-interrupted
	os.RemoveAll(dir)
	os.Exit(130)
}

// benchGraph makes the file of n quads, if it is not there.
func benchGraph(dir string, n int) (string, error) {
	path := filepath.Join(dir, fmt.Sprintf("bench-%d.nq", n))
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	f, err := os.Create(path + ".new")
	if err != nil {
		return "", err
	}
	defer f.Close()
	if err := generate(f, n); err != nil {
		return "", err
	}
	if err := f.Sync(); err != nil { // not on the first engine's clock
		return "", err
	}
	return path, os.Rename(path+".new", path)
}

// bench is one run.
type bench struct {
	options
	last   int   // number of the last company
	bytes  int64 // of the file
	digest lines // of the file
}

// lines is a number of lines and digests of them in any order: as they are, and with
// the decimal numbers in them without the zeros that say nothing.
type lines struct {
	count       int
	sum, values uint64
}

// same reports whether an engine gave back what it got. Servers of SPARQL keep the value
// of a number and not how it was written.
func (l lines) same(got lines, e engine) bool {
	if embedded(e) {
		return got == l
	}
	return got.count == l.count && got.values == l.values
}

var decimalZeros = regexp.MustCompile(`(\.[0-9]*[1-9])0+("\^\^<` + regexp.QuoteMeta(xsd) + `decimal>)|\.0+("\^\^<` + regexp.QuoteMeta(xsd) + `decimal>)`)

// count reads the file once.
func (b *bench) count() error {
	info, err := os.Stat(b.file)
	if err != nil {
		return err
	}
	b.bytes = info.Size()
	b.digest, err = linesOf(b.file)
	return err
}

func (b *bench) folder(name string) string { return filepath.Join(b.dir, name) }

// linesOf reads a file's lines.
func linesOf(path string) (l lines, err error) {
	f, err := os.Open(path)
	if err != nil {
		return l, err
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	s.Buffer(make([]byte, 1<<20), 16<<20)
	for s.Scan() {
		l.count++
		l.sum += hash(s.Bytes())
		line := s.Bytes()
		if bytes.Contains(line, []byte(`decimal>`)) {
			line = decimalZeros.ReplaceAll(line, []byte("$1$2$3"))
		}
		l.values += hash(line)
	}
	return l, s.Err()
}
