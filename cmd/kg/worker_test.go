package main

import (
	"bytes"
	"encoding/gob"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"kg/internal/pgtest"
)

// A script has a process of its own that carries out its lines one by one, a worker:
// to start kg for each of a thousand lines takes longer than what the lines do. What
// needs the streams of a process has one: see needsProcess. Scripts on a server, and
// the examples of the manual, start kg for each line.

// line is a command line for a worker.
type line struct {
	Args, Env []string
	Folder    string
}

// ended is how kg ended.
type ended struct {
	Out, Err []byte
	Code     int
}

// work is a worker: it reads lines, and writes how each ended.
func work() {
	lines, answers := gob.NewDecoder(os.Stdin), gob.NewEncoder(os.Stdout)
	keepWithin(cgroupLimit)
	for {
		var l line
		if err := lines.Decode(&l); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			panic(err)
		}
		if err := os.Chdir(l.Folder); err != nil {
			panic(err)
		}
		os.Clearenv()
		for _, variable := range l.Env {
			name, value, _ := strings.Cut(variable, "=")
			if err := os.Setenv(name, value); err != nil {
				panic(err)
			}
		}
		collectLate() // as a process does
		var out, errOut bytes.Buffer
		code := run(l.Args, strings.NewReader(""), &out, &errOut)
		if err := answers.Encode(ended{out.Bytes(), errOut.Bytes(), code}); err != nil {
			panic(err)
		}
	}
}

// worker is the worker of a script, started by its first line.
type worker struct {
	variables []string // that a line is given
	process   *exec.Cmd
	in        io.WriteCloser
	lines     *gob.Encoder
	answers   *gob.Decoder
	says      bytes.Buffer
}

type workerKey struct{}

// setWorker gives a script a worker.
func setWorker(env *testscript.Env) {
	w := &worker{}
	for _, variable := range env.Vars {
		name, _, _ := strings.Cut(variable, "=")
		w.variables = append(w.variables, name)
	}
	w.variables = append(w.variables, scriptVariables()...)
	slices.Sort(w.variables)
	w.variables = slices.Compact(w.variables)
	env.Values[workerKey{}] = w
	env.Defer(w.stop)
}

func (w *worker) start() (err error) {
	w.process = exec.Command("kg-worker")
	w.process.Stderr = &w.says
	if w.in, err = w.process.StdinPipe(); err != nil {
		return err
	}
	out, err := w.process.StdoutPipe()
	if err != nil {
		return err
	}
	w.lines, w.answers = gob.NewEncoder(w.in), gob.NewDecoder(out)
	return w.process.Start()
}

func (w *worker) stop() {
	if w.process != nil && w.process.Process != nil {
		w.in.Close()
		w.process.Wait()
	}
}

func (w *worker) carryOut(l line) (e ended, err error) {
	if w.process == nil {
		if err := w.start(); err != nil {
			return e, err
		}
	}
	err = errors.Join(w.lines.Encode(l), w.answers.Decode(&e))
	return e, err
}

// scriptVariables are those that scripts set.
var scriptVariables = sync.OnceValue(func() (list []string) {
	files, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil {
		panic(err)
	}
	sets := regexp.MustCompile(`(?m)^(?:\[[^]]*\] *)*env +(.*)$`)
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			panic(err)
		}
		for _, m := range sets.FindAllStringSubmatch(string(b), -1) {
			for word := range strings.FieldsSeq(m[1]) {
				if name, _, set := strings.Cut(word, "="); set {
					list = append(list, name)
				}
			}
		}
	}
	return list
})

// runLine runs kg as a line of a script says, and returns its exit code.
func runLine(ts *testscript.TestScript, args []string) (code int) {
	w, _ := ts.Value(workerKey{}).(*worker)
	if w == nil || needsProcess(args) {
		err := ts.Exec("kg", args...)
		if exit := new(exec.ExitError); errors.As(err, &exit) {
			return exit.ExitCode()
		} else if err != nil {
			ts.Fatalf("%v", err)
		}
		return exitDone
	}
	l := line{Args: args, Folder: ts.MkAbs(".")}
	for _, name := range w.variables {
		if value := ts.Getenv(name); value != "" && name != "PWD" {
			l.Env = append(l.Env, name+"="+value)
		}
	}
	e, err := w.carryOut(l)
	if err != nil {
		ts.Fatalf("kg %q: %v\n%s", args, err, &w.says)
	}
	ts.Stdout().Write(e.Out)
	ts.Stderr().Write(e.Err)
	return e.Code
}

// needsProcess reports whether a line reads standard input, or names a stream, or is
// cobra's own verb, which writes to the stream of the process.
func needsProcess(args []string) bool {
	return slices.Contains(args, "completion") || slices.ContainsFunc(args, func(arg string) bool { return arg == "-" || strings.HasPrefix(arg, "/dev/") })
}

// kgLine is a line that runs kg, which must succeed, or fail.
func kgLine(ts *testscript.TestScript, neg bool, args []string) {
	if code := runLine(ts, args); (code != exitDone) != neg {
		ts.Fatalf("kg exits with %d", code)
	}
}

// startedAs is the name by which this process was started.
func startedAs() string {
	return strings.TrimSuffix(filepath.Base(os.Args[0]), map[string]string{"windows": ".exe"}[runtime.GOOS])
}

// withKG is the tests with kg in the PATH, beside the commands that testscript puts
// there: kg is a command of scripts here, which it would take for one of its own.
type withKG struct{ m *testing.M }

func (w withKG) Run() int {
	of, err := exec.LookPath("kg-worker")
	if err != nil {
		panic(err)
	}
	if err := os.Link(of, filepath.Join(filepath.Dir(of), "kg"+filepath.Ext(of))); err != nil {
		panic(err)
	}
	return pgtest.Main{M: w.m}.Run()
}
