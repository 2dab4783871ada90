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
	"github.com/spf13/pflag"
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
				printed = line == "```console\n" || strings.HasPrefix(line, "```csv ") // whose rows are lines
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

// TestHelpFits: the help of each verb fits a terminal, flags among it.
func TestHelpFits(t *testing.T) {
	t.Parallel()
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		if _, err := manual.ReadFile("help/" + cmd.Name() + ".md"); err == nil {
			cmd.Long = "" // TestManual has it
		}
		var b strings.Builder
		cmd.SetOut(&b)
		if err := cmd.Help(); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			if tooLong(strings.TrimSuffix(line, "\n")) {
				t.Errorf("%s: a long line: %s", cmd.CommandPath(), line)
			}
		}
		for _, sub := range cmd.Commands() {
			if sub.Name() != "gizmo" && cmd.Name() != "completion" { // cobra's own texts
				walk(sub)
			}
		}
	}
	walk(newRoot(&app{}))
}

// TestFitted: what fits stays, what does not is broken in words, and in a list what
// is said of a term stays below it.
func TestFitted(t *testing.T) {
	t.Parallel()
	long := strings.TrimSpace(strings.Repeat("word ", 20))
	for _, test := range [][2]string{
		{"short\nlines\n\n  code   is  kept", "short\nlines\n\n  code   is  kept"},
		{long + "\nmore", strings.Repeat("word ", 15) + "word\nword word word word more"},
		{"  a   one\n  bb  " + long + "\n      more\n  c   last", "  a   one\n  bb  " + strings.Repeat("word ", 14) + "word\n      " + strings.Repeat("word ", 5) + "more\n  c   last"},
	} {
		if got := fitted(test[0]); got != test[1] {
			t.Errorf("got\n%s\nwant\n%s", got, test[1])
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

// TestFlagsInDocuments: each flag that a document or a verb's help names is one of
// some verb's, or help or version.
func TestFlagsInDocuments(t *testing.T) {
	t.Parallel()
	known := map[string]bool{"help": true, "version": true}
	texts := map[string]string{}
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		note := func(f *pflag.Flag) { known[f.Name] = true }
		cmd.Flags().VisitAll(note)
		cmd.PersistentFlags().VisitAll(note)
		if cmd.Name() == "completion" {
			return // cobra's own texts
		}
		texts[cmd.CommandPath()] = cmd.Long
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
	}
	walk(newRoot(&app{}))
	for _, document := range []string{"README.md", "CHANGELOG.md", "SECURITY.md"} {
		text, err := os.ReadFile(filepath.Join("..", "..", document))
		if err != nil {
			t.Fatal(err)
		}
		texts[document] = string(text)
	}
	flag, n := regexp.MustCompile(`(?:^|[\s`+"`"+`(\[,])--([a-z][a-z-]*)`), 0
	others := regexp.MustCompile("`docker [^`]*`")
	for name, text := range texts {
		for _, m := range flag.FindAllStringSubmatch(others.ReplaceAllString(text, ""), -1) {
			if n++; !known[m[1]] {
				t.Errorf("%s: there is no flag --%s", name, m[1])
			}
		}
	}
	if n < 100 {
		t.Errorf("only %d flags are named", n)
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
