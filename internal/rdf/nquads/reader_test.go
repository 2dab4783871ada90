package nquads_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/cayleygraph/quad"

	"kg/internal/rdf/nquads"
)

// The canonical spelling of what the reader takes, laid out in many ways.
func TestLayout(t *testing.T) {
	t.Parallel()
	const triple = "<a:s> <a:p> <a:o> .\n"
	for name, c := range map[string]struct{ text, want string }{
		"nothing":               {"", ""},
		"blank lines":           {"\n \t\n\r\n", ""},
		"comment alone":         {"# <a:s> <a:p> <a:o> .", ""},
		"no line end":           {"<a:s> <a:p> <a:o> .", triple},
		"no white space":        {"<a:s><a:p><a:o>.", triple},
		"much white space":      {" \t<a:s>\t\t<a:p> <a:o>\t. \t", triple},
		"comment after":         {"<a:s> <a:p> <a:o> .# x\n", triple},
		"LF":                    {triple + triple, triple + triple},
		"CRLF":                  {"<a:s> <a:p> <a:o> .\r\n<a:s> <a:p> <a:o> .\r\n", triple + triple},
		"CR":                    {"<a:s> <a:p> <a:o> .\r<a:s> <a:p> <a:o> .\r", triple + triple},
		"mixed line ends":       {"\n\r<a:s> <a:p> <a:o> .\r\r\n\n<a:s> <a:p> <a:o> .", triple + triple},
		"labels":                {"_:s<a:p>\"o\"_:g.\n_:s<a:p>\"o\"<a:g>.", "_:s <a:p> \"o\" _:g .\n_:s <a:p> \"o\" <a:g> .\n"},
		"stop ends a label":     {"_:a <a:p> _:b.", "_:a <a:p> _:b .\n"},
		"stop inside a label":   {"_:a.b <a:p> _:a..b.", "_:a.b <a:p> _:a..b .\n"},
		"labels of any letters": {"_:0é <a:p> _:\u00c0-\u00b7\u203f .", "_:0é <a:p> _:\u00c0-\u00b7\u203f .\n"},
		"tag before a label":    {`_:a <a:p> "x"@en_:g.`, "_:a <a:p> \"x\"@en _:g .\n"},
		"space in a literal":    {`_:a <a:p> "x" ^^ <a:d> .`, "_:a <a:p> \"x\"^^<a:d> .\n"},
		"tag as written":        {`_:a <a:p> "x"@EN-us-1A2b3 .`, "_:a <a:p> \"x\"@EN-us-1A2b3 .\n"},
		"escapes in an IRI":     {`<\u0061:\U0001F600\u00e9> <a:p> <a:o> .`, "<a:😀é> <a:p> <a:o> .\n"},
		"escapes in a literal":  {`_:a <a:p> "\t\b\n\r\f\"\'\\\u0041\U00000042" .`, "_:a <a:p> \"\\t\\b\\n\\r\\f\\\"'\\\\AB\" .\n"},
		"raw controls":          {"_:a <a:p> \"\x00\x0b\x7f\t\" .", `_:a <a:p> "\u0000\u000B\u007F\t" .` + "\n"},
		"no XML characters":     {"_:a <a:p> \"\uffff\uFFFE\uFFFD\uEFFF\U0001FFFF\" .", "_:a <a:p> \"\\uFFFF\\uFFFE\uFFFD\uEFFF\U0001FFFF\" .\n"},
		"separators in Unicode": {"_:a <a:p> \"\u0085\u2028\ufeff\" .", "_:a <a:p> \"\u0085\u2028\ufeff\" .\n"},
		"comment sign inside":   {`<a:#s> <a:p> "#" .`, "<a:#s> <a:p> \"#\" .\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			quads, err := readAll(c.text)
			if err != nil {
				t.Fatal(err)
			}
			if got := checkLaw(t, quads); got != c.want {
				t.Errorf("wrote %q, want %q", got, c.want)
			}
		})
	}
}

// Readers that give a byte at a time, or half of what is asked, change nothing.
func TestShortReads(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("<a:s> <a:p> \"long\" .\r\n\r_:a <a:p> <a:o> .\n", 20_000)
	want, err := readAll(text)
	if err != nil || len(want) != 40_000 {
		t.Fatal(len(want), err)
	}
	for _, src := range []io.Reader{
		iotest.OneByteReader(strings.NewReader(text)),
		iotest.HalfReader(strings.NewReader(text)),
		iotest.DataErrReader(strings.NewReader(text)),
	} {
		r := nquads.NewReader(src, "x.nq")
		for i := range want {
			if q, err := r.Read(); err != nil || q != want[i] {
				t.Fatal(i, q, err)
			}
		}
		if _, err := r.Read(); !errors.Is(err, io.EOF) {
			t.Fatal(err)
		}
	}
}

// A line that was read in part before the source failed is no quad.
func TestSourceError(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken pipe")
	src := io.MultiReader(strings.NewReader("<a:s> <a:p> <a:o> .\n<a:s> <a:p> <a:o> ."), iotest.ErrReader(broken))
	r := nquads.NewReader(src, "x.nq")
	if _, err := r.Read(); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		q, err := r.Read()
		if !errors.Is(err, broken) || q != (quad.Quad{}) {
			t.Fatal(q, err)
		}
		if want := `reading quads "x.nq": line 2: broken pipe`; err.Error() != want {
			t.Errorf("got %q, want %q", err, want)
		}
	}
}

// Lines longer than any buffer are read, up to the limit and not beyond it.
func TestLongLines(t *testing.T) {
	t.Parallel()
	const most = 16 << 20
	frame := len(`<a:s> <a:p> "" .`)
	fits := `<a:s> <a:p> "` + strings.Repeat("x", most-frame) + `" .`
	quads, err := readAll(fits + "\n" + fits + "\r\n<a:s> <a:p> <a:o> .")
	if err != nil || len(quads) != 3 {
		t.Fatal(len(quads), err)
	}
	line, err := nquads.AppendQuad(nil, quads[0])
	if err != nil || string(line) != fits+"\n" {
		t.Fatal("the longest line is not written as it was read", err)
	}
	quads[0].Object = quads[0].Object.(quad.String) + "x"
	if _, err := nquads.AppendQuad(nil, quads[0]); err == nil {
		t.Error("a line was written that is too long to be read")
	}
	for _, tail := range []string{"", "\n", "\n<a:s> <a:p> <a:o> ."} {
		_, err = readAll("\n" + fits + " " + tail)
		const want = `reading quads "x.nq":2:16777217: expected a line of at most 16777216 bytes, found a longer one`
		if err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// A line without an end is refused before it fills the memory.
func TestEndlessLine(t *testing.T) {
	t.Parallel()
	_, err := nquads.NewReader(endless{}, "x.nq").Read()
	var syntax *nquads.SyntaxError
	if !errors.As(err, &syntax) || syntax.Line != 1 || syntax.Column != 16<<20+1 {
		t.Error(err)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '#'
	}
	return len(p), nil
}

func TestLabelled(t *testing.T) {
	t.Parallel()
	text := "<a:s> <a:p> <a:o> <a:g> .\n<a:s> <a:p> <a:o>  . # none\n<a:s> <a:p> \"o\" _:g .\n"
	r := nquads.NewReader(strings.NewReader(text), "x.nq")
	r.Labelled = true
	if q, err := r.Read(); err != nil || q.Label != quad.IRI("a:g") {
		t.Errorf("got %v, %v", q, err)
	}
	_, err := r.Read()
	if want := `reading quads "x.nq":2:20: expected a graph label (IRI or blank node), which every quad here needs, found '.'`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	if line, ok := r.Skip(); !ok || string(line) != "<a:s> <a:p> <a:o>  . # none" {
		t.Errorf("got %q, %v", line, ok)
	}
	if q, err := r.Read(); err != nil || q.Label != quad.BNode("g") {
		t.Errorf("got %v, %v", q, err)
	}
}
