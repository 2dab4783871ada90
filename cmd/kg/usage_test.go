package main

import (
	"bytes"
	"strings"
	"testing"
)

// The list of flags has no form that nobody types, and its texts one column.
func TestFlagUsages(t *testing.T) {
	t.Parallel()
	root := newRoot(&app{})
	for _, cmd := range root.Commands() {
		usages := flagUsages(cmd.LocalFlags())
		column := -1
		for line := range strings.Lines(usages) {
			at := strings.LastIndex(line[:min(len(line), 36)], "   ") + 3
			if column < 0 {
				column = at
			}
			if at != column || strings.Contains(line, "=true") {
				t.Errorf("kg %s: %s", cmd.Name(), line)
			}
		}
		for line := range strings.Lines(cmd.LocalFlags().FlagUsages()) {
			if word := strings.Fields(line)[len(strings.Fields(line))-1]; !strings.Contains(usages, word) {
				t.Errorf("kg %s: a flag is not listed: %s", cmd.Name(), line)
			}
		}
	}
}

// No error echoes a whole file, however it got onto the command line.
func TestErrorsAreBrief(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 100_000)
	for _, args := range [][]string{
		{"load", long}, {"--db", long, "stats"}, {"--lang", long, "stats"}, {"export", "--out", "/nowhere/" + long + ".nq"},
		{"stats", "-o", long}, {"query", long}, {"stats", "--" + long}, {"--text", long, "verify"}, {long},
	} {
		var out bytes.Buffer
		if code := run(args, strings.NewReader(""), &out, &out); code == exitDone || out.Len() > 1000 {
			t.Errorf("kg %.20s: exit code %d, %d bytes", strings.Join(args, " "), code, out.Len())
		}
	}
}
