package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

// Every engine works in child processes of this same program, so that memory and time are
// its own and no garbage is collected on another's clock. A child reads jobs from its
// standard input and answers each on its standard output, one line of JSON each.

// job is a command for a child.
type job struct {
	Do       string        // load, open, count, names, export or add
	File     string        // of load and export
	Question question      // of count and names
	For      time.Duration // of count and names: how long it is asked
	From     int           // of add: number of the last one added
	Adds     int           // of add: how many
	Writers  int           // of add: goroutines
}

// done is a child's answer.
type done struct {
	Nanos float64 // of load, open, export: in all; of count and names: median of one; of add: in all
	Rows  int     // of count and names
	Last  int     // of load, by limit: number of the last company
	Peak  int64   // of load: bytes, the most that another program of the engine had
	Err   string
}

// asChild runs the job that this process was started for, if it is a child.
func asChild(args []string) (isChild bool, err error) {
	switch {
	case len(args) == 3 && args[0] == "child":
		return true, serve(args[1], args[2], os.Stdin, os.Stdout)
	case len(args) > 0 && args[0] == "first":
		return true, first(args[1:])
	}
	return false, nil
}

// serve is the child that takes jobs.
func serve(name, dir string, in io.Reader, out io.Writer) error {
	e, err := newEngine(name, dir)
	if err != nil {
		return err
	}
	jobs, answers := json.NewDecoder(in), json.NewEncoder(out)
	open := false
	for {
		var j job
		if err := jobs.Decode(&j); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
		d, err := j.run(e)
		if err != nil {
			d.Err = err.Error()
		}
		open = open || j.Do == "open" && err == nil
		if err := answers.Encode(d); err != nil {
			return err
		}
	}
	if open {
		return e.Close()
	}
	return nil
}

func (j job) run(e engine) (done, error) {
	start := time.Now()
	var err error
	switch j.Do {
	case "load":
		err = e.Load(j.File)
	case "open":
		err = e.Open()
	case "count":
		return repeat(j.For, func() (int, error) { return e.Count(j.Question) })
	case "names":
		return repeat(j.For, func() (int, error) { return e.(namer).Names(j.Question) })
	case "export":
		err = e.(exporter).Export(j.File)
	case "add":
		err = addMany(e.(adder), j.From, j.Adds, j.Writers)
	default:
		err = fmt.Errorf("no job %q", j.Do)
	}
	d := done{Nanos: float64(time.Since(start))}
	switch e := e.(type) {
	case *limit:
		d.Last = e.last
	case *server:
		d.Peak = e.peak
	case *ladybug:
		d.Peak = e.peak
	}
	return d, err
}

// child is a running child process, seen from its parent.
type child struct {
	name    string
	cmd     *exec.Cmd
	in      io.WriteCloser
	answers *json.Decoder
}

func start(name, dir string) (*child, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := &child{name: name, cmd: exec.Command(self, "child", name, dir)}
	c.cmd.Stderr = os.Stderr
	if c.in, err = c.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	c.answers = json.NewDecoder(bufio.NewReader(out))
	return c, c.cmd.Start()
}

// do gives the child a job and waits for the answer.
func (c *child) do(j job) (done, error) {
	if err := json.NewEncoder(c.in).Encode(j); err != nil {
		return done{}, fmt.Errorf("%s, %s: %w", c.name, j.Do, err)
	}
	var d done
	if err := c.answers.Decode(&d); err != nil {
		return done{}, fmt.Errorf("%s, %s: no answer: %w", c.name, j.Do, err)
	}
	if d.Err != "" {
		return done{}, fmt.Errorf("%s, %s: %s", c.name, j.Do, d.Err)
	}
	return d, nil
}

// end lets the child close its store and gives the most memory it had, in
// bytes.
func (c *child) end() (peak int64, err error) {
	c.in.Close()
	if err := c.cmd.Wait(); err != nil {
		return 0, fmt.Errorf("%s: %w", c.name, err)
	}
	return peakMemory(c.cmd.ProcessState), nil
}

// peakMemory gives the largest resident set of a process that has ended.
// Linux lets a child inherit its parent's figure, so the parent has to stay
// small: it keeps no graph.
func peakMemory(s *os.ProcessState) int64 {
	use, ok := s.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return use.Maxrss // bytes there
	}
	return use.Maxrss << 10
}

// endAll ends children.
func endAll(all []*child) (err error) {
	for _, c := range all {
		_, ended := c.end()
		err = errors.Join(err, ended)
	}
	return err
}
