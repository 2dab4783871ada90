package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/spf13/cobra"
)

// TestManual: each file of the manual is a topic or a verb's help, has a title,
// and fits a terminal.
func TestManual(t *testing.T) {
	t.Parallel()
	root := newRoot(&app{})
	files, err := fs.Glob(manual, "help/*.md")
	if err != nil || len(files) < len(topics) {
		t.Fatal(files, err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".md")
		cmd, rest, err := root.Find([]string{name})
		title, text := topic(name)
		if err != nil || len(rest) > 0 || cmd.Long != text {
			t.Errorf("kg help %s does not print %s", name, file)
		}
		if !slices.Contains(topics, name) && !cmd.Runnable() {
			t.Errorf("%s is no topic and no verb's", file)
		}
		if !strings.HasPrefix(text, "# ") || len(title) > 50 {
			t.Errorf("%s has the title %q", file, title)
		}
		printed := false // by a command: a terminal wraps that by itself
		for line := range strings.Lines(text) {
			if strings.HasPrefix(line, "```") {
				printed = line == "```console\n"
			}
			if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > manualWidth && !printed {
				t.Errorf("%s: %d columns: %s", file, n, line)
			}
		}
	}
	for line := range strings.Lines(methodsHelp()) {
		if len(line) > manualWidth+1 {
			t.Errorf("kg help gizmo: a long line: %s", line)
		}
	}
}

var (
	quoted  = regexp.MustCompile("`kg ([^`]+)`")
	topicIn = regexp.MustCompile(`kg help ([a-z-]+)`)
)

// TestCommandsInDocuments: what documents and messages tell people to type is
// there: verbs, flags, and topics of help.
func TestCommandsInDocuments(t *testing.T) {
	t.Parallel()
	root := newRoot(&app{})
	prose := []string{"lists", "has", "with", "says"} // kg help lists them
	n := 0
	err := filepath.WalkDir(filepath.Join("..", ".."), func(path string, d fs.DirEntry, err error) error {
		markdown := strings.HasSuffix(path, ".md")
		if err != nil || d.IsDir() || !markdown && !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range topicIn.FindAllStringSubmatch(string(text), -1) {
			if _, rest, err := root.Find(m[1:]); (err != nil || len(rest) > 0) && !slices.Contains(prose, m[1]) {
				t.Errorf("%s: %s is no help", path, m[0])
			}
		}
		for _, m := range quoted.FindAllStringSubmatch(string(text), -1) {
			if markdown && !isCommand(root, strings.Fields(m[1])) {
				t.Errorf("%s: %s is no command", path, m[0])
			}
			n++
		}
		return nil
	})
	if err != nil || n < 30 {
		t.Errorf("%d commands, %v", n, err)
	}
}

// isCommand reports whether there is such a verb with such flags.
func isCommand(root *cobra.Command, words []string) bool {
	cmd, rest, err := root.Find(words)
	if err != nil || cmd == root && len(rest) > 0 && !strings.HasPrefix(rest[0], "-") {
		return false
	}
	cmd.InitDefaultHelpFlag()
	cmd.InitDefaultVersionFlag()
	for _, word := range rest {
		name, long := strings.CutPrefix(word, "--")
		switch {
		case long && cmd.Flag(name) == nil:
			return false
		case !long && len(word) > 1 && word[0] == '-' && cmd.Flags().ShorthandLookup(word[1:2]) == nil:
			return false
		}
	}
	return true
}

// TestTestsInDocuments: the tests that documents name are there.
func TestTestsInDocuments(t *testing.T) {
	t.Parallel()
	name := regexp.MustCompile(`\b(Test|Fuzz|Benchmark)[A-Z]\w+`)
	var tests strings.Builder
	err := filepath.WalkDir(filepath.Join("..", ".."), func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		tests.Write(text)
		return err
	})
	documents, globErr := filepath.Glob(filepath.Join("..", "..", "*.md"))
	if err := errors.Join(err, globErr); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, path := range documents {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, test := range name.FindAllString(string(text), -1) {
			if !strings.Contains(tests.String(), "func "+test+"(") {
				t.Errorf("%s: there is no %s", path, test)
			}
			n++
		}
	}
	if n < 20 {
		t.Errorf("only %d tests are named", n)
	}
}
