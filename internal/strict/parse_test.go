package strict_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"kg/internal/strict"
)

// problems are those that err carries, and nil for a nil one.
func problems(t testing.TB, err error) []strict.Problem {
	t.Helper()
	var e *strict.Error
	if err != nil && !errors.As(err, &e) {
		t.Fatalf("%v is a %T, not a *strict.Error", err, err)
	}
	if e == nil {
		return nil
	}
	return e.Problems
}

// Parse's messages for files it refuses.
const (
	anchors   = "anchors and aliases are not allowed: write the value out"
	second    = "a second document begins here: keep one document a file"
	noToken   = "not YAML: a value cannot begin with "
	noMapping = "not YAML: mapping values are not allowed in this context"
	oddEnd    = "a line ends here in an unusual way: end lines with LF, or CR and LF"
	endOfFile = "not YAML: found unexpected end of stream"
)

var refusedFiles = []struct {
	name, file   string
	line, column int
	msg          string
}{
	{"anchor on a value", "a: &x 1\n", 1, 4, anchors},
	{"anchor on a key", "a: 1\n&x b: 1\n", 2, 1, anchors},
	{"anchor on a mapping", "a:\n  - &x {b: 1}\n", 2, 5, anchors},
	{"anchor behind letters of two bytes", "é: {ü: &x 1}\n", 1, 8, anchors},
	{"only the first of several", "a: &x 1\nb: &y 2\nc: *x\n", 1, 4, anchors},
	{"alias without an anchor", "a: *x\n", 1, 4, "not YAML: unknown anchor 'x' referenced"},
	{"tag of YAML", "a: !!str 1\n", 1, 4, "tags such as !!str are not allowed"},
	{"tag of one's own", "a:\n  b: !price 3\n", 2, 6, "tags such as !price are not allowed"},
	{"tag on a mapping", "!!map {a: 1}\n", 1, 1, "tags such as !!map are not allowed"},
	{"tag in angle brackets", "a: !<tag:yaml.org,2002:str> x\n", 1, 4, "tags such as !!str are not allowed"},
	{"tag without a name", "a: ! x\n", 1, 4, "tags such as ! are not allowed"},
	{"CR alone", "a: b\r\nc: d\re: f\n", 2, 5, oddEnd},
	{"NEL", "é: b\u0085\n", 1, 5, oddEnd},
	{"line separator", "a: b\n\u2028", 2, 1, oddEnd},
	{"paragraph separator", "a: b\nc\u2029", 2, 2, oddEnd},
	{"second document", "a: 1\n---\nb: 2\n", 2, 1, second},
	{"empty second document", "---\na: 1\n---\n", 3, 1, second},
	{"third document", "a: 1\n---\nb: 2\n---\nc: 3\n", 2, 1, second},
	{"Latin-1", "name: Caf\xe9\n", 0, 0, "the file is not valid UTF-8"},
	{"UTF-16", "\xff\xfea\x00", 0, 0, "the file is UTF-16: save it as UTF-8"},
	{"UTF-16, the other way round", "\xfe\xff\x00a", 0, 0, "the file is UTF-16: save it as UTF-8"},
	{"another version of YAML", "# YAML\n%YAML 1.3\n---\na: 1\n", 2, 1, `"%YAML 1.3" is no version that kg reads: write %YAML 1.2, or leave the line out`},
	{"another version, at length", "%YAML " + strings.Repeat("9", 9999) + "\n---\na: 1\n", 1, 1, `"%YAML ` + strings.Repeat("9", 58) + `…" is no version that kg reads: write %YAML 1.2, or leave the line out`},
	{"surrogate in UTF-8", "a: \xed\xa0\x80\n", 0, 0, "the file is not valid UTF-8"},
	{"no byte", "", 0, 0, "the file is empty"},
	{"lines only", "\n\n", 0, 0, "the file is empty"},
	{"comment only", "# nothing here\n", 0, 0, "the file is empty"},
	{"character that begins nothing", "a: @x\n", 1, 4, noToken + "@: put it in quotes"},
	{"the same behind letters of two and four bytes", "é𝒳: @x\n", 1, 5, noToken + "@: put it in quotes"},
	{"the same behind a line of them", "a: éé\né: `x\n", 2, 4, noToken + "`: put it in quotes"},
	{"tab for indentation", "a:\n\tb: 1\n", 2, 1, "not YAML: a tab cannot stand before a value: indent with spaces"},
	{"two colons", "a: b: c\n", 1, 5, noMapping},
	{"indented after a value", "a: 1\n b: 2\n", 2, 3, noMapping},
	{"open quote", "a: \"x\nb: 1\n", 3, 1, endOfFile},
	{"open quote at the very end", "a: 'é", 1, 6, endOfFile},
	{"open bracket", "a: [1, 2\nb: 3]\n", 2, 2, "not YAML: did not find expected ',' or ']'"},
	{"bracket closed twice", "a: [b]]\n", 1, 7, "not YAML: did not find expected key"},
	{"list, then mapping", "- a\nb: 1\n", 2, 1, "not YAML: did not find expected '-' indicator"},
	{"unknown escape", `a: "\q"`, 1, 5, "not YAML: found unknown escape character"},
	{"control character", "a: \x01\n", 0, 0, "not YAML: control characters are not allowed (value: 1)"},
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for _, test := range refusedFiles {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := strict.NewReport("kind", "x.yaml")
			n := strict.Parse([]byte(test.file), r)
			if n.Present() || n.Pos() != (strict.Pos{}) {
				t.Errorf("the refused file gave a node at %v", n.Pos())
			}
			want := []strict.Problem{{Pos: strict.Pos{Line: test.line, Column: test.column}, Msg: test.msg}}
			if got := problems(t, r.Err()); !slices.Equal(got, want) {
				t.Errorf("got  %v\nwant %v", got, want)
			}
		})
	}
}

// Text that only looks like a refused construct is read.
func TestParseAccepts(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, file, want string }{
		{"ampersand inside", "a: x &y\n", "x &y"},
		{"star inside", "a: x*y\n", "x*y"},
		{"exclamation mark inside", "a: x!\n", "x!"},
		{"anchor in quotes", "a: \"&x\"\n", "&x"},
		{"tag in quotes", "a: '!!str'\n", "!!str"},
		{"one marked document", "---\na: x\n...\n", "x"},
		{"dashes inside", "a: x---y\n", "x---y"},
		{"byte order mark", "\ufeffa: x\n", "x"},
		{"Windows line ends", "b: 1\r\na: x\r\n", "x"},
		{"no line end", "a: x", "x"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := strict.NewReport("kind", "x.yaml")
			f := strict.Parse([]byte(test.file), r).Fields("a kind", "a", "b")
			if got := f["a"].Word("a").Text; got != test.want || r.Err() != nil {
				t.Errorf("got %q and %v, want %q", got, r.Err(), test.want)
			}
		})
	}
}

func TestPositions(t *testing.T) {
	t.Parallel()
	file := "# 댓글\nkey: value\n\"ключ\": {é: 𝒳, ü: [ß, \"ö\"]}\nlast:\n  - x\n"
	r := strict.NewReport("kind", "x.yaml")
	root := strict.Parse([]byte(file), r)
	var got []strict.Word
	for key, value := range root.Pairs("the file") {
		got = append(got, key)
		if !value.IsMapping() {
			got = append(got, value.Words("a value")...)
			continue
		}
		for k, v := range value.Pairs("the mapping") {
			got = append(got, k)
			got = append(got, v.Words("a value")...)
		}
	}
	want := []strict.Word{
		{Text: "key", Pos: strict.Pos{Line: 2, Column: 1}}, {Text: "value", Pos: strict.Pos{Line: 2, Column: 6}},
		{Text: "ключ", Pos: strict.Pos{Line: 3, Column: 1}},
		{Text: "é", Pos: strict.Pos{Line: 3, Column: 10}}, {Text: "𝒳", Pos: strict.Pos{Line: 3, Column: 13}},
		{Text: "ü", Pos: strict.Pos{Line: 3, Column: 16}},
		{Text: "ß", Pos: strict.Pos{Line: 3, Column: 20}}, {Text: "ö", Pos: strict.Pos{Line: 3, Column: 23}},
		{Text: "last", Pos: strict.Pos{Line: 4, Column: 1}}, {Text: "x", Pos: strict.Pos{Line: 5, Column: 5}},
	}
	if !slices.Equal(got, want) || r.Err() != nil {
		t.Errorf("got  %v and %v\nwant %v", got, r.Err(), want)
	}
	if root.Pos() != (strict.Pos{Line: 2, Column: 1}) {
		t.Errorf("the file's mapping begins at %v", root.Pos())
	}
}

// lines splits a file where the YAML library does: it follows YAML 1.1, which
// has more line ends than YAML 1.2, and ends a last line that has no end, so
// that what is missing there is missing at the start of the next.
func lines(file string) []string {
	file = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n").Replace(file)
	return strings.Split(strings.TrimSuffix(file, "\n")+"\n", "\n")
}

// readAll asks n for everything a reader can ask for, and its parts too.
func readAll(n strict.Node) {
	n.Int("a number")
	n.Bool("a switch")
	n.Words("a list of words")
	n.Has("a")
	n.Fields("a mapping", "a", "b")
	for range n.Pairs("a mapping") {
		break
	}
	for _, value := range n.Pairs("a mapping") {
		readAll(value)
	}
	for _, item := range n.Items("a list") {
		readAll(item)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"", "a: 1", "a: [b, {c: 'd'}]\n", "a: 1\na: 2\n", "a: &x 1\nb: *x", "a: !!str x", "! a", "a: 1\n---\nb: 2",
		"a: \"x", "a: {b", "\tx", "? [a]\n: b", "{[a]: b, {c: d}: e}", "a: |\n  é\n 𝒳\n", "a: >-\n  x\n\n  y\nb: @",
		"\xff", "\xef\xbb\xbfa: @", "a: \x00", "a\r\nb: @", "a\rb: @", "a: x\u2028b: @", "a: x\u0085 @", "<<: {a: 1}",
		"a: ~\nb:\nc: null", "%YAML 1.2\n---\na", "%TAG ! x\n---\na: !b c", "[[[[[[[[", "- - - - a", "'': 1", "a: \"\\ud800\"",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		r := strict.NewReport("kind", "x.yaml")
		readAll(strict.Parse(file, r))
		split := lines(string(file))
		for _, p := range problems(t, r.Err()) {
			if p.Msg == "" {
				t.Errorf("a problem at %v says nothing", p.Pos)
			}
			if p.Pos == (strict.Pos{}) {
				continue
			}
			if p.Pos.Line < 1 || p.Pos.Line > len(split) || p.Pos.Column < 1 || p.Pos.Column > len([]rune(split[p.Pos.Line-1]))+1 {
				t.Errorf("the problem %v is outside the file %q", p, file)
			}
		}
	})
}

// The declared version of YAML is read, and changes nothing.
func TestVersions(t *testing.T) {
	t.Parallel()
	for _, head := range []string{"%YAML 1.2\n---\n", "%YAML 1.1\n---\n", "\ufeff%YAML 1.2\r\n---\r\n", "# 1.3\n\n%TAG ! tag:x,2020:\n%YAML\t1.2 # or so\n---\n", "%YAML 1.2\n--- # %YAML 1.3\n"} {
		r := strict.NewReport("claims", "x.yaml")
		n := strict.Parse([]byte(head+"a: yes\nversion: 1.2\n"), r)
		f := n.Fields("a file", "a", "version")
		if err := r.Err(); err != nil || f["a"].Word("a").Text != "yes" || f["version"].Word("version").Text != "1.2" || n.Pos().Line != strings.Count(head, "\n")+1 {
			t.Errorf("%q: %v, %v at %v", head, err, f, n.Pos())
		}
	}
	r := strict.NewReport("claims", "x.yaml")
	if n := strict.Parse([]byte("a: b\n%YAML 1.3\n"), r); r.Err() != nil && strings.Contains(r.Err().Error(), "no version") {
		t.Errorf("a line of a text is taken for a version: %v, %v", n, r.Err())
	}
}

// A number that is too long is reported as such.
func TestIntsTooLong(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"1000000000000000":        `start must have at most 15 digits, and "1000000000000000" has 16`,
		"-1234567890123456":       `start must have at most 15 digits, and "-1234567890123456" has 16`,
		strings.Repeat("9", 1000): `start must have at most 15 digits, and "` + strings.Repeat("9", 64) + `…" has 1000`,
	} {
		r := strict.NewReport("claims", "x.yaml")
		strict.Parse([]byte("a: "+text), r).Fields("a file", "a")["a"].Int("start")
		if err := r.Err(); err == nil || err.Error() != `reading claims "x.yaml":1:4: `+want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}
