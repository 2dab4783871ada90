package strict

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
	"unsafe"

	"go.yaml.in/yaml/v4"
)

// Parse reads one YAML document. Its mistakes are added to r, and the Node is then the
// zero one. The caller must not change data later: texts of the Node are slices of it,
// since a second copy of a large file would take as much memory again.
func Parse(data []byte, r *Report) Node {
	if t, ok := scan(unsafe.String(unsafe.SliceData(data), len(data))); ok { // which is UTF-8
		return Node{t, 0, r}
	}
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		r.Addf(Pos{}, "the file is UTF-16: save it as UTF-8")
		return Node{}
	case !utf8.Valid(data):
		r.Addf(Pos{}, "the file is not valid UTF-8")
		return Node{}
	}
	return parse(data, r)
}

// parse reads any YAML, for files that scan does not take.
func parse(data []byte, r *Report) Node {
	if pos, ok := oddLineEnd(string(data)); ok {
		r.Addf(pos, "a line ends here in an unusual way: end lines with LF, or CR and LF")
		return Node{}
	}
	data, ok := version(data, r)
	if !ok {
		return Node{}
	}
	var docs []yaml.Node
	if err := yaml.Load(data, &docs, yaml.WithAllDocuments(), yaml.WithUniqueKeys(false)); err != nil {
		pos := errPos(err)
		r.Addf(pos, "%s", errText(err, line(data, pos)))
		return Node{}
	}
	if len(docs) == 0 || len(docs[0].Content) == 0 {
		r.Addf(Pos{}, "the file is empty")
		return Node{}
	}
	if len(docs) > 1 {
		r.Addf(nodePos(&docs[1]), "a second document begins here: keep one document a file")
		return Node{}
	}
	t := &tree{}
	if !t.add(docs[0].Content[0], r) {
		return Node{}
	}
	return Node{t, 0, r}
}

// oddLineEnd finds characters that YAML takes for the end of a line and editors do not: a
// CR alone, NEL, and the two separators of Unicode.
func oddLineEnd(s string) (Pos, bool) {
	pos := Pos{1, 1}
	for i, r := range s {
		switch {
		case r == '\n':
			pos = Pos{pos.Line + 1, 0}
		case r == '\u0085', r == '\u2028', r == '\u2029', r == '\r' && !strings.HasPrefix(s[i+1:], "\n"):
			return pos, true
		}
		pos.Column++
	}
	return pos, false
}

func nodePos(y *yaml.Node) Pos { return Pos{y.Line, y.Column} }

func errPos(err error) Pos {
	var e *yaml.LoadError
	if errors.As(err, &e) && e.Mark.Line > 0 {
		return Pos{e.Mark.Line, e.Mark.Column}
	}
	return Pos{}
}

// errText returns the mistake in a text that is no YAML, with the text from its position
// on.
func errText(err error, rest string) string {
	msg := err.Error()
	if e := new(yaml.LoadError); errors.As(err, &e) {
		msg = e.Message
	}
	if strings.Contains(msg, "cannot start any token") && rest != "" {
		if rest[0] == '\t' {
			return "not YAML: a tab cannot stand before a value: indent with spaces"
		}
		return fmt.Sprintf("not YAML: a value cannot begin with %c: put it in quotes", rest[0])
	}
	return "not YAML: " + Brief(msg)
}

// line returns the text of a line from a position on.
func line(data []byte, pos Pos) string {
	lines := strings.SplitN(string(data), "\n", pos.Line+1)
	if pos.Line < 1 || len(lines) < pos.Line {
		return ""
	}
	runes := []rune(lines[pos.Line-1])
	return string(runes[min(max(pos.Column-1, 0), len(runes)):])
}

// versions matches those of YAML that a file may declare. Their differences do not matter
// here: every scalar is read as written.
var versions = regexp.MustCompile(`^%YAML[ \t]+1\.[12][ \t]*(#.*)?\r?$`)

// version has a file that says it is YAML 1.2 read by a parser that knows 1.1.
func version(data []byte, r *Report) ([]byte, bool) {
	at := 0
	for n, text := range strings.SplitAfter(string(data), "\n") {
		bare := strings.TrimPrefix(strings.TrimSuffix(text, "\n"), "\ufeff")
		switch {
		case strings.TrimSpace(bare) == "", bare[0] == '#', bare[0] == '%' && !strings.HasPrefix(bare, "%YAML"):
		case bare[0] != '%':
			return data, true
		case !versions.MatchString(bare):
			r.Addf(Pos{n + 1, 1}, "%q is no version that kg reads: write %%YAML 1.2, or leave the line out", strings.TrimSpace(bare))
			return nil, false
		default:
			data = bytes.Clone(data)
			dot := at + strings.IndexByte(text, '.')
			data[dot+1] = '1'
			return data, true
		}
		at += len(text)
	}
	return data, true
}
