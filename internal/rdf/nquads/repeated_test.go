package nquads

import (
	"io"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
)

// A line is the same quad whatever the line before was, though subjects and labels that
// repeat are not read again.
func TestRepeated(t *testing.T) {
	t.Parallel()
	var lines []string
	for _, s := range []string{"<http://e/a>", "<http://e/a>", "<http://e/ab>", "<http://e/\\u00e9>", "<http://e/\\u00e9>", "<b>", "<b>", "_:x", "_:x", "<http://e/a>"} {
		for _, g := range []string{" <http://e/g>", " <http://e/g>", "<http://e/g> ", "", " <g>", " <g>", " _:g", " <http://e/g>"} {
			lines = append(lines, s+" <http://e/p> \"o\""+g+" . # "+s+"\n")
		}
	}
	base, err := NewBase("http://base/x")
	if err != nil {
		t.Fatal(err)
	}
	read := func(text string) (quads []quad.Quad) {
		r := NewReader(strings.NewReader(text), "in")
		r.Base = base
		for {
			q, err := r.Read()
			if err == io.EOF {
				return quads
			}
			if err != nil {
				t.Fatalf("%v in %s", err, text)
			}
			quads = append(quads, q)
		}
	}
	all := read(strings.Join(lines, ""))
	if len(all) != len(lines) {
		t.Fatalf("%d quads of %d lines", len(all), len(lines))
	}
	for i, line := range lines {
		if alone := read(line); alone[0] != all[i] {
			t.Errorf("%s is %v after another line, and %v alone", line, all[i], alone[0])
		}
	}
}
