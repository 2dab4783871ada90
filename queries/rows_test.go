package queries_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"kg/queries"
)

// cell is a text of what could end a cell, a line or the comment.
func cell(r *rand.Rand) string {
	var b strings.Builder
	for range r.IntN(6) {
		b.WriteString([]string{"a", "|", `\`, "*/", "*", "/", " ", "\t", "\n", "\r", "\u00a0", "\u2028", "é", `\u{41}`, "@example", "u", "{"}[r.IntN(17)])
	}
	return b.String()
}

// TestWithRows: rows that are written into a header are those that are read from
// it, and nothing else of the text changes.
func TestWithRows(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 2000 {
		text := "/**\n * Who?\n * @columns a, b\n"
		n := 1 + r.IntN(3)
		for j := range n {
			text += fmt.Sprintf(" * @example kg query who x=%d\n", j)
			for range r.IntN(3) {
				text += " * | old | | x \\| y | z | |\n"
			}
		}
		text += []string{" */", "*/", " *\n */"}[r.IntN(3)] + "\ng.V().all(); // | not a row |\n * @example\n"
		if r.IntN(3) == 0 {
			text = strings.ReplaceAll(text, "\n", "\r\n")
		}
		q, err := queries.Parse("who", "who.js", text)
		if err != nil {
			t.Fatal(err)
		}
		rows := map[int][][]string{}
		want := slices.Clone(q.Examples)
		for j := range n {
			if r.IntN(3) == 0 {
				continue
			}
			rows[j] = nil
			for range r.IntN(3) {
				rows[j] = append(rows[j], []string{cell(r), cell(r), cell(r), cell(r), cell(r)})
			}
			want[j].Rows = rows[j]
		}
		again, err := queries.Parse("who", "who.js", q.WithRows(rows))
		if err != nil {
			t.Fatalf("%d: %v\n%s", i, err, q.WithRows(rows))
		}
		if !reflect.DeepEqual(again.Examples, want) {
			t.Fatalf("%d: got %q, want %q\n%s", i, again.Examples, want, again.Text)
		}
		_, code, _ := strings.Cut(text, "*/")
		if len(rows) == 0 && again.Text != text || !strings.HasSuffix(again.Text, "*/"+code) {
			t.Fatalf("%d: changed\n%s\nto\n%s", i, text, again.Text)
		}
		old := map[int][][]string{}
		for j, e := range again.Examples {
			old[j] = e.Rows
		}
		if twice := again.WithRows(old); twice != again.Text && strings.Count(text, " * | old") == 0 {
			t.Fatalf("%d: the same rows change\n%s\nto\n%s", i, again.Text, twice)
		}
	}
}

// An @example in the line that ends the comment gets its rows before the end.
func TestWithRowsInOneLine(t *testing.T) {
	t.Parallel()
	q, err := queries.Parse("who", "who.js", "/** Who?\n@columns a\n@example kg query who */g.V()")
	if err != nil {
		t.Fatal(err)
	}
	const want = "/** Who?\n@columns a\n@example kg query who \n * | x | y | z | |\n */g.V()"
	if got := q.WithRows(map[int][][]string{0: {{"x", "y", "z", ""}}}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Differences are told cell by cell, row by row.
func TestDifferences(t *testing.T) {
	t.Parallel()
	rows := func(text string) (list [][]string) {
		for _, line := range strings.Fields(text) {
			list = append(list, append(strings.Split(line, ","), "S", "asserts"))
		}
		return list
	}
	for _, c := range []struct{ want, got, tell string }{
		{"a,b", "a,c", `row 1, what: expected "b", found "c"`},
		{"a,b c,d", "c,d", "row 1 is missing: | a | b | S | asserts |"},
		{"c,d", "a,b c,d", "one row too many, row 1: | a | b | S | asserts |"},
		{"a,b c,d", "c,d a,b", "row 2 comes too early, as row 1: | c | d | S | asserts |"},
		{"a,b", "a,b a,b", "one row too many, row 2: | a | b | S | asserts |"},
		{"a,b a,c x,y", "a,c a,d x,y", "row 1, what: expected \"b\", found \"d\"\nrow 2 comes too early, as row 1: | a | c | S | asserts |"},
		{"", "", ""},
	} {
		f := queries.FailureOf([]string{"who", "what", "said by", "sure"}, rows(c.want), rows(c.got))
		if got := strings.Join(f.Differences(), "\n"); got != c.tell {
			t.Errorf("%s, %s:\n%s\nexpected:\n%s", c.want, c.got, got, c.tell)
		}
	}
}
