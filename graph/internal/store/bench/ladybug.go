package main

import (
	_ "embed"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// runner is the program that runs Cypher for ladybug.
//
//go:embed ladybug.py
var runner string

// ladybug is Ladybug, an embedded store of property graphs that goes on from Kuzu, in a
// process of Python (package real_ladybug). Nodes are terms, each predicate is a table of
// relationships, a quad's label is a property. It is asked in Cypher; the pipe to the
// process is in its figures.
type ladybug struct {
	dir     string
	cmd     *exec.Cmd
	in      io.WriteCloser
	answers *json.Decoder
	peak    int64 // bytes
}

// Load copies files of CSV, which is how Ladybug loads many.
func (l *ladybug) Load(file string) (err error) {
	if err := l.Open(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	terms := filepath.Join(l.dir, "terms.csv")
	tables, err := spell(file, terms, l.dir)
	if err != nil {
		return err
	}
	if err := l.copy("Term", "NODE TABLE Term(value STRING PRIMARY KEY, number DOUBLE)", terms); err != nil {
		return err
	}
	for p, path := range tables {
		name := relationship(p)
		if err := l.copy(name, "REL TABLE "+name+"(FROM Term TO Term, label STRING)", path); err != nil {
			return err
		}
	}
	_, err = l.run("CHECKPOINT", nil)
	return err
}

// copy makes a table and fills it with a file, which it removes.
func (l *ladybug) copy(name, table, path string) error {
	for _, text := range []string{"CREATE " + table, "COPY " + name + " FROM '" + path + "' (header=false, parallel=false)"} {
		if _, err := l.run(text, nil); err != nil {
			return err
		}
	}
	return os.Remove(path)
}

// relationship gives the name of a predicate's table.
func relationship(predicate string) string {
	return "`" + strings.TrimSuffix(predicate[strings.LastIndexByte(predicate, '/')+1:], ">") + "`"
}

// spelled is a file of CSV that is being written.
type spelled struct {
	file *os.File
	*csv.Writer
}

func createCSV(path string) (*spelled, error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	return &spelled{f, csv.NewWriter(f)}, nil
}

func (s *spelled) close() error {
	s.Flush()
	return errors.Join(s.Error(), s.file.Close())
}

// spell writes a file's terms, each once, and its quads by predicate into files of a
// folder, which it gives.
func spell(file, terms, dir string) (tables map[string]string, err error) {
	nodes, err := createCSV(terms)
	if err != nil {
		return nil, err
	}
	tables, open := map[string]string{}, map[string]*spelled{}
	defer func() {
		for _, s := range open {
			err = errors.Join(err, s.close())
		}
		err = errors.Join(err, nodes.close())
	}()
	seen := newDict()
	node := func(term []byte) error {
		if known := seen.len(); seen.add(term) <= uint32(known) {
			return nil
		}
		text := ""
		if value, ok := number(term); ok {
			text = strconv.FormatFloat(value, 'g', -1, 64)
		}
		return nodes.Write([]string{string(term), text})
	}
	return tables, scan(file, func(s, p, o, l []byte) error {
		if err := errors.Join(node(s), node(o)); err != nil {
			return err
		}
		to := open[string(p)]
		if to == nil {
			path := filepath.Join(dir, fmt.Sprintf("quads%d.csv", len(open)))
			if to, err = createCSV(path); err != nil {
				return err
			}
			open[string(p)], tables[string(p)] = to, path
		}
		return to.Write([]string{string(s), string(o), string(l)})
	})
}

// Open starts the process.
func (l *ladybug) Open() (err error) {
	l.cmd = exec.Command("python3", "-c", runner, filepath.Join(l.dir, "store"))
	l.cmd.Stderr = os.Stderr
	if l.in, err = l.cmd.StdinPipe(); err != nil {
		return err
	}
	out, err := l.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	l.answers = json.NewDecoder(out)
	return l.cmd.Start()
}

// run runs a statement and gives the first cell of its answer.
func (l *ladybug) run(text string, values map[string]string) (cell any, err error) {
	if err := json.NewEncoder(l.in).Encode(map[string]any{"Text": text, "Values": values}); err != nil {
		return nil, err
	}
	var answer struct {
		Cell any
		Err  string
	}
	if err := l.answers.Decode(&answer); err != nil {
		return nil, fmt.Errorf("%s: no answer: %w", text, err)
	}
	if answer.Err != "" {
		return nil, fmt.Errorf("%s: %s", text, answer.Err)
	}
	return answer.Cell, nil
}

// inCypher counts the rows of the questions that begin at $from. Nodes reached by a
// recursion are counted once each, by a shortest way.
var inCypher = map[string]string{
	"q1":     "MATCH (:Term {value: $from})-[:knows]->() RETURN count(*)",
	"q2hub":  "MATCH (:Term {value: $from})<-[:worksAt]-()-[:knows]->() RETURN count(*)",
	"q2leaf": "MATCH (:Term {value: $from})<-[:worksAt]-()-[:knows]->() RETURN count(*)",
	"q3":     "MATCH (:Term {value: $from})-[:worksAt]->()<-[:`to`]-()-[:`from`]->() RETURN count(*)",
	"q4":     "MATCH (:Term {value: $from})<-[:`from`]-()-[:`to`]->(:Term {value: '" + iri("company", 1) + "'}) RETURN count(*)",
	"q5up":   "MATCH (:Term {value: $from})-[:owner* SHORTEST 1..1000]->(x) WHERE x.value <> $from RETURN count(*)",
	"q5down": "MATCH (:Term {value: $from})<-[:owner* SHORTEST 1..1000]-(x) WHERE x.value <> $from RETURN count(*)",
	"q6":     "MATCH (:Term {value: $from})<-[:`type`]-()-[:amount]->(a) WHERE a.number >= 20000 RETURN count(*)",
}

// Count asks the process.
func (l *ladybug) Count(q question) (int, error) {
	cell, err := l.run(inCypher[q.Name], map[string]string{"from": q.From})
	if err != nil {
		return 0, err
	}
	n, ok := cell.(float64)
	if !ok {
		return 0, fmt.Errorf("%s: no number but %v", q.Name, cell)
	}
	return int(n), nil
}

// Close ends the process.
func (l *ladybug) Close() error {
	l.in.Close()
	err := l.cmd.Wait()
	l.peak = max(l.peak, peakMemory(l.cmd.ProcessState))
	return err
}
