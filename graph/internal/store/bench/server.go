package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// product is the programs and arguments of one server.
type product struct {
	programs []string // that have to be there; of Java's, $FUSEKI is the jar
	load     func(dir, file string) []string
	serve    func(dir, port string) []string // on 127.0.0.1
	path     string                          // of its SPARQL endpoint
	dump     func(dir string) []string       // to its standard output; nil if it has none
}

const fuseki = "$FUSEKI"

var products = map[string]product{
	"oxigraph": {
		programs: []string{"oxigraph"},
		load: func(dir, file string) []string {
			return []string{"oxigraph", "load", "--location", dir, "--file", file}
		},
		serve: func(dir, port string) []string {
			return []string{"oxigraph", "serve-read-only", "--location", dir, "--bind", "127.0.0.1:" + port, "--union-default-graph"}
		},
		path: "/query",
		dump: func(dir string) []string {
			return []string{"oxigraph", "dump", "--location", dir, "--format", "nq"}
		},
	},
	"jena": {
		programs: []string{"java", fuseki},
		load: func(dir, file string) []string {
			return []string{"java", "-cp", os.Getenv("FUSEKI"), "tdb2.tdbloader", "--loader=parallel", "--loc", dir, file}
		},
		serve: func(dir, port string) []string {
			return []string{"java", "-cp", os.Getenv("FUSEKI"), "org.apache.jena.fuseki.main.cmds.FusekiServerCmd",
				"--quiet", "--loc", dir, "--localhost", "--port", port, "--set", "tdb2:unionDefaultGraph=true", "/bench"}
		},
		path: "/bench/query",
		dump: func(dir string) []string {
			return []string{"java", "-cp", os.Getenv("FUSEKI"), "tdb2.tdbdump", "--loc", dir}
		},
	},
	"virtuoso": {
		programs: []string{"virtuoso-t", "isql-vt"},
		serve: func(dir, port string) []string {
			return []string{"virtuoso-t", "+foreground", "+wait", "+configfile", filepath.Join(dir, "virtuoso.ini")}
		},
		path: "/sparql",
	},
}

// server is a store of its own program, asked by SPARQL over HTTP on this machine, so
// that the round trip is in its figures.
type server struct {
	product
	name, dir string
	running   *exec.Cmd
	endpoint  string
	sqlPort   string // of Virtuoso
	files     string // the folder that Virtuoso may load from
	texts     map[question]string
	peak      int64 // bytes, the most that one of its programs had
}

// missing returns the first program that is not installed, "" if all are.
func (s *server) missing() string {
	for _, name := range s.programs {
		if name == fuseki {
			name = os.Getenv("FUSEKI")
		}
		if _, err := exec.LookPath(name); err != nil {
			if _, err := os.Stat(name); err != nil {
				return "no program " + name
			}
		}
	}
	return ""
}

// Load runs the server's own bulk loader.
func (s *server) Load(file string) error {
	if s.name == "virtuoso" {
		return s.loadVirtuoso(file)
	}
	return s.run(s.load(s.dir, file), nil)
}

// Export stops the server, whose files are its own alone, and runs its dump.
func (s *server) Export(file string) error {
	if err := s.Close(); err != nil {
		return err
	}
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	return errors.Join(s.run(s.dump(s.dir), f), f.Close())
}

// run runs a program to its end; without an output, its output is shown if it fails.
func (s *server) run(command []string, output io.Writer) error {
	cmd := exec.Command(command[0], command[1:]...)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = output, &said
	if output == nil {
		cmd.Stdout = &said
	}
	err := cmd.Run()
	s.ended(cmd)
	if err != nil {
		return fmt.Errorf("%s: %w\n%.2000s", strings.Join(command, " "), err, said.Bytes())
	}
	return nil
}

// ended records the memory of a program.
func (s *server) ended(cmd *exec.Cmd) {
	if cmd.ProcessState != nil {
		s.peak = max(s.peak, peakMemory(cmd.ProcessState))
	}
}

// Open starts the server and waits until it answers.
func (s *server) Open() error {
	port, err := freePort()
	if err != nil {
		return err
	}
	if s.name == "virtuoso" {
		if s.sqlPort, err = freePort(); err != nil {
			return err
		}
		if err := s.configureVirtuoso(port); err != nil {
			return err
		}
	}
	command := s.serve(s.dir, port)
	log, err := os.Create(s.dir + ".log")
	if err != nil {
		return err
	}
	defer log.Close()
	s.running = exec.Command(command[0], command[1:]...)
	s.running.Dir, s.running.Stdout, s.running.Stderr = s.dir, log, log
	if err := s.running.Start(); err != nil {
		return err
	}
	s.endpoint = "http://127.0.0.1:" + port + s.path
	for begin := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		_, err := askSPARQL(s.endpoint, "SELECT (COUNT(*) AS ?n) { }")
		if err == nil {
			return nil
		}
		if time.Since(begin) > 5*time.Minute {
			return errors.Join(fmt.Errorf("%s does not answer, see %s: %w", s.name, log.Name(), err), s.Close())
		}
	}
}

// freePort returns a port of this machine that no process listened on just now.
func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port), l.Close()
}

// Count asks the server.
func (s *server) Count(q question) (int, error) {
	text, ok := s.texts[q]
	if !ok {
		var err error
		if text, err = inSPARQL(q); err != nil {
			return 0, err
		}
		if s.texts == nil {
			s.texts = map[question]string{}
		}
		s.texts[q] = text
	}
	return askSPARQL(s.endpoint, text)
}

// Close stops the server, if it runs.
func (s *server) Close() error {
	if s.running == nil {
		return nil
	}
	if err := s.running.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	s.running.Wait() // servers exit with all kinds of codes when they are stopped
	s.ended(s.running)
	s.running = nil
	return nil
}
