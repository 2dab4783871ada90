package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"
	"golang.org/x/term"
)

// pager shows output that is longer than the terminal with a program such as less, as
// git and gh do. Output that fits, or does not go to a terminal, is written as it is.
type pager struct {
	out     io.Writer
	errOut  io.Writer
	off     *bool        // --no-pager
	through bool         // everything is written as it is
	held    bytes.Buffer // while it may yet fit
	program *exec.Cmd    // once it runs
	in      io.WriteCloser
}

func (p *pager) Write(b []byte) (int, error) {
	f := terminalOf(p.out)
	if p.through || *p.off || f == nil {
		return p.out.Write(b)
	}
	if p.program != nil {
		_, _ = p.in.Write(b) // fails when the reader has seen enough
		return len(b), nil
	}
	p.held.Write(b)
	if width, height, err := term.GetSize(int(f.Fd())); err == nil && rows(p.held.String(), width) < height {
		return len(b), nil
	}
	if !p.start(f) {
		p.through = true
	}
	return len(b), p.release()
}

// release writes the buffered output.
func (p *pager) release() error {
	if p.program != nil {
		_, _ = p.held.WriteTo(p.in) // as above
		return nil
	}
	_, err := p.held.WriteTo(p.out)
	return err
}

// start starts the program, and reports whether it runs. From then on the program
// handles Ctrl-C.
func (p *pager) start(terminal *os.File) bool {
	words, chosen := pagerCommand(os.LookupEnv)
	if len(words) == 0 || words[0] == "cat" {
		return false
	}
	cmd := exec.Command(words[0], words[1:]...)
	cmd.Stdout, cmd.Stderr = terminal, os.Stderr
	cmd.Env = os.Environ()
	for name, value := range map[string]string{"LESS": "FRX", "LV": "-c"} { // git's, too: colours, and no cleared screen
		if _, set := os.LookupEnv(name); !set {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
	}
	in, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		if chosen {
			fmt.Fprintf(p.errOut, "without the pager: %v\n", err)
		}
		return false
	}
	signal.Ignore(os.Interrupt)
	p.program, p.in = cmd, in
	return true
}

// pagerCommand returns the program and its arguments, separated by spaces: from KG_PAGER
// or else PAGER, or else less; none if the variable is empty. chosen reports whether a
// variable names it.
func pagerCommand(lookup func(string) (string, bool)) (words []string, chosen bool) {
	for _, name := range []string{"KG_PAGER", "PAGER"} {
		if command, set := lookup(name); set {
			return strings.Fields(command), true
		}
	}
	return []string{"less"}, false
}

// rows returns the number of rows of a terminal that a text takes.
func rows(s string, width int) (n int) {
	for line := range strings.Lines(s) {
		n += 1 + max(text.StringWidthWithoutEscSequences(strings.TrimSuffix(line, "\n"))-1, 0)/max(width, 1)
	}
	return n
}

// close writes the buffered output, and waits for the program to end.
func (p *pager) close() error {
	err := p.release()
	if p.program != nil {
		_ = p.in.Close()
		_ = p.program.Wait() // how it ends is its own
	}
	return err
}
