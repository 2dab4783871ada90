package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// TestReadme runs the README's session in an empty folder and compares what it
// prints. With KG_UPDATE the README is written anew.
func TestReadme(t *testing.T) {
	const path = "../../README.md"
	readme, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if lines := bytes.Count(readme, []byte("\n")); lines > 150 {
		t.Errorf("the README has %d lines, and 150 are enough", lines)
	}
	before, rest, ok := strings.Cut(string(readme), "```console\n")
	session, after, closed := strings.Cut(rest, "```\n")
	if !ok || !closed {
		t.Fatal("the README has no session")
	}
	home, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("KG_TEXT", "")
	t.Chdir(t.TempDir())
	var got strings.Builder
	for _, line := range strings.Split(session, "\n") {
		command, ok := strings.CutPrefix(line, "$ kg ")
		if !ok {
			continue
		}
		var out, errOut bytes.Buffer
		if code := run(splitCommand(command), strings.NewReader(""), &out, &errOut); code != exitDone {
			t.Errorf("%s: exit code %d, %s", line, code, errOut.String())
		}
		got.WriteString(line + "\n" + out.String() + errOut.String())
	}
	if got.String() == session {
		return
	}
	t.Errorf("the README's session prints\n%s", got.String())
	if os.Getenv("KG_UPDATE") != "" {
		t.Chdir(home)
		if err := os.WriteFile(path, []byte(before+"```console\n"+got.String()+"```\n"+after), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// splitCommand splits a command line at its spaces, quotes respected.
func splitCommand(line string) []string {
	var list []string
	var word strings.Builder
	quote := rune(0)
	for _, r := range line + " " {
		switch {
		case quote == 0 && (r == '"' || r == '\''):
			quote = r
		case r == quote:
			quote = 0
		case r == ' ' && quote == 0:
			list = append(list, word.String())
			word.Reset()
		default:
			word.WriteRune(r)
		}
	}
	return list
}
