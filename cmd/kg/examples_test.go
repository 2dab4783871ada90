package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/creack/pty"
)

// TestExamples runs the examples of the README and of the manual as a reader
// would, each document in a folder of its own, and compares what they print.
// With KG_UPDATE the documents are written anew.
//
// In a block marked "console", a line that begins with "$ kg" is a command, and
// what follows is what it prints; "; echo $?" behind it is for commands that
// fail. A block marked with a language and a name, such as "yaml mine.yaml", is
// a file that later commands find. A document finds the article loaded, unless
// it loads it itself.
func TestExamples(t *testing.T) {
	manual, err := filepath.Glob("help/*.md")
	if err != nil {
		t.Fatal(err)
	}
	if testing.Short() {
		manual = []string{"help/start.md"}
	}
	t.Run("README.md", func(t *testing.T) { example{width: 0}.test(t, "../../README.md") })
	for _, path := range manual {
		t.Run(filepath.Base(path), func(t *testing.T) { example{width: manualWidth}.test(t, path) })
	}
}

// example runs the examples of a document; width is that of its terminal, 0 for
// none.
type example struct{ width int }

func (e example) test(t *testing.T, path string) {
	path, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	document, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		t.Setenv("KG_"+strings.ToUpper(name), "")
	}
	t.Setenv("NO_COLOR", "1")
	t.Setenv("KG_PAGER", "")
	t.Setenv("LC_ALL", "C")
	t.Chdir(t.TempDir())
	if !strings.Contains(string(document), "$ kg load\n") {
		putArticle(t, "kg.db")
	}
	got := e.repeat(t, string(document))
	if got == string(document) {
		return
	}
	t.Errorf("the examples of %s print\n%s", filepath.Base(path), got)
	if os.Getenv("KG_UPDATE") != "" {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// repeat is the document with what its commands print now.
func (e example) repeat(t *testing.T, document string) string {
	var got strings.Builder
	fence, block := "", ""
	for line := range strings.Lines(document) {
		mark, opens := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "```")
		switch {
		case fence == "" && opens:
			fence, block = mark, ""
		case opens:
			e.file(t, fence, block)
			fence = ""
		case fence == "console":
			if command, ok := strings.CutPrefix(line, "$ kg "); ok {
				got.WriteString(line + e.command(t, strings.TrimSuffix(command, "\n")))
			}
			continue
		default:
			block += line
		}
		got.WriteString(line)
	}
	if fence != "" {
		t.Error("a block that is not closed:", fence)
	}
	return got.String()
}

// file writes a block that has a name.
func (e example) file(t *testing.T, fence, block string) {
	_, name, ok := strings.Cut(fence, " ")
	if !ok {
		return
	}
	err := os.MkdirAll(filepath.Dir(name), 0o700)
	if err == nil {
		err = os.WriteFile(name, []byte(block), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// command is what a command prints, on standard output and then on standard
// error.
func (e example) command(t *testing.T, line string) string {
	line, fails := strings.CutSuffix(line, "; echo $?")
	var errOut bytes.Buffer
	code := 0
	out := e.terminal(t, func(w io.Writer) {
		code = run(splitCommand(line), strings.NewReader(""), w, &errOut)
	})
	switch {
	case fails:
		return fmt.Sprintf("%s%s%d\n", out, errOut.String(), code)
	case code != exitDone:
		t.Errorf("$ kg %s: exit code %d, %s", line, code, errOut.String())
	}
	return out + errOut.String()
}

// terminal returns what do writes to a terminal of e's width.
func (e example) terminal(t *testing.T, do func(io.Writer)) string {
	var got bytes.Buffer
	if e.width == 0 {
		do(&got)
		return got.String()
	}
	screen, tty, err := pty.Open()
	if errors.Is(err, pty.ErrUnsupported) {
		t.Skip("no terminals here")
	}
	if err == nil {
		err = pty.Setsize(tty, &pty.Winsize{Rows: 24, Cols: uint16(e.width)})
	}
	if err != nil {
		t.Fatal(err)
	}
	defer screen.Close()
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = io.Copy(&got, screen) // ends in an error when tty is closed
	}()
	do(tty)
	if err := tty.Close(); err != nil {
		t.Fatal(err)
	}
	<-done
	return strings.ReplaceAll(got.String(), "\r\n", "\n")
}
