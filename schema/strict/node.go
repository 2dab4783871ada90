package strict

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// Word is a scalar of a file and its place.
type Word struct {
	Text string
	Pos  Pos
}

// Node is one value of a file: a scalar, a list or a mapping. The zero Node is
// an absent value; reading it gives zero values and notes nothing.
type Node struct {
	y *yaml.Node
	r *Report
}

// Parse reads one YAML document. What is wrong is noted in r, and the Node is
// then the zero one.
func Parse(data []byte, r *Report) Node {
	if !utf8.Valid(data) {
		r.Addf(Pos{}, "the file is not valid UTF-8")
		return Node{}
	}
	if pos, ok := oddLineEnd(string(data)); ok {
		r.Addf(pos, "a line ends here in an unusual way: end lines with LF, or CR and LF")
		return Node{}
	}
	var docs []yaml.Node
	if err := yaml.Load(data, &docs, yaml.WithAllDocuments(), yaml.WithUniqueKeys(false)); err != nil {
		r.Addf(errPos(err), "%s", errText(err))
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
	n := Node{docs[0].Content[0], r}
	if !n.plain(n.y) {
		return Node{}
	}
	return n
}

// oddLineEnd finds what YAML takes for the end of a line and editors do not: a
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

// plain refuses what makes a file read differently from how it looks.
func (n Node) plain(y *yaml.Node) bool {
	switch {
	case y.Kind == yaml.AliasNode || y.Anchor != "":
		n.r.Addf(nodePos(y), "anchors and aliases are not allowed: write the value out")
		return false
	case y.Style&yaml.TaggedStyle != 0 || y.Tag == "!":
		n.r.Addf(nodePos(y), "tags such as %s are not allowed", y.Tag)
		return false
	}
	for _, c := range y.Content {
		if !n.plain(c) {
			return false
		}
	}
	return true
}

// Pos is the place where the value begins.
func (n Node) Pos() Pos {
	if n.y == nil {
		return Pos{}
	}
	return nodePos(n.y)
}

// Present tells whether there is a value at all.
func (n Node) Present() bool { return n.y != nil }

// IsMapping tells whether the value is a mapping.
func (n Node) IsMapping() bool { return n.y != nil && n.y.Kind == yaml.MappingNode }

// IsList tells whether the value is a list.
func (n Node) IsList() bool { return n.y != nil && n.y.Kind == yaml.SequenceNode }

// Fields reads a mapping whose keys are all among known; any other key is
// noted with the nearest known one. what names the mapping in errors.
func (n Node) Fields(what string, known ...string) map[string]Node {
	fields := map[string]Node{}
	for key, value := range n.Pairs(what) {
		if !slices.Contains(known, key.Text) {
			n.r.Addf(key.Pos, "unknown field %q in %s%s", key.Text, what, DidYouMean(key.Text, known))
			continue
		}
		fields[key.Text] = value
	}
	return fields
}

// Pairs walks a mapping with free keys in the order of the file. Doubled keys
// are noted, and the second is left out.
func (n Node) Pairs(what string) iter.Seq2[Word, Node] {
	return func(yield func(Word, Node) bool) {
		if n.y == nil {
			return
		}
		if n.y.Kind != yaml.MappingNode {
			n.r.Addf(n.Pos(), "%s must be a mapping of names to values, not %s", what, n.shape())
			return
		}
		if len(n.y.Content) == 0 {
			n.r.Addf(n.Pos(), "%s is empty", what)
		}
		seen := map[string]Pos{}
		for i := 0; i+1 < len(n.y.Content); i += 2 {
			k := Node{n.y.Content[i], n.r}
			key := k.Word("a key of " + what)
			if first, ok := seen[key.Text]; ok {
				n.r.Addf(key.Pos, "%q stands twice in %s (first in line %d)", key.Text, what, first.Line)
				continue
			}
			seen[key.Text] = key.Pos
			if !yield(key, Node{n.y.Content[i+1], n.r}) {
				return
			}
		}
	}
}

// Items returns the values of a list.
func (n Node) Items(what string) []Node {
	if n.y == nil {
		return nil
	}
	if n.y.Kind != yaml.SequenceNode {
		n.r.Addf(n.Pos(), "%s must be a list, not %s", what, n.shape())
		return nil
	}
	if len(n.y.Content) == 0 {
		n.r.Addf(n.Pos(), "%s is empty", what)
	}
	items := make([]Node, len(n.y.Content))
	for i, c := range n.y.Content {
		items[i] = Node{c, n.r}
	}
	return items
}

// Word reads a scalar as text, as it is written; empty ones are noted.
func (n Node) Word(what string) Word {
	w := Word{Pos: n.Pos()}
	if n.y == nil {
		return w
	}
	if n.y.Kind != yaml.ScalarNode {
		n.r.Addf(w.Pos, "%s must be a single value, not %s", what, n.shape())
		return w
	}
	w.Text = n.y.Value
	if strings.TrimSpace(w.Text) == "" || n.y.Tag == "!!null" {
		n.r.Addf(w.Pos, "%s is empty", what)
		w.Text = ""
	}
	return w
}

// Words reads a list of scalars, or a single one as a list of one.
func (n Node) Words(what string) []Word {
	if n.y == nil {
		return nil
	}
	if n.y.Kind == yaml.ScalarNode {
		return []Word{n.Word(what)}
	}
	var words []Word
	for _, item := range n.Items(what) {
		words = append(words, item.Word(what))
	}
	return words
}

// Int reads a whole number of at most 15 digits in plain decimal notation.
func (n Node) Int(what string) int {
	w := n.Word(what)
	if n.y == nil || w.Text == "" {
		return 0
	}
	i, err := strconv.Atoi(w.Text)
	if err != nil || strconv.Itoa(i) != w.Text || len(w.Text) > 15 {
		n.r.Addf(w.Pos, "%s must be a whole number, not %q", what, w.Text)
		return 0
	}
	return i
}

// Bool reads true or false.
func (n Node) Bool(what string) bool {
	w := n.Word(what)
	if n.y != nil && w.Text != "true" && w.Text != "false" && w.Text != "" {
		n.r.Addf(w.Pos, "%s must be true or false, not %q", what, w.Text)
	}
	return w.Text == "true"
}

func (n Node) shape() string {
	switch n.y.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	}
	return fmt.Sprintf("%q", n.y.Value)
}

func nodePos(y *yaml.Node) Pos { return Pos{y.Line, y.Column} }

func errPos(err error) Pos {
	var e *yaml.LoadError
	if errors.As(err, &e) && e.Mark.Line > 0 {
		return Pos{e.Mark.Line, e.Mark.Column}
	}
	return Pos{}
}

func errText(err error) string {
	var e *yaml.LoadError
	if errors.As(err, &e) {
		return "not YAML: " + e.Message
	}
	return "not YAML: " + err.Error()
}

// Needs notes the keys that a mapping lacks. what names it in errors.
func (n Node) Needs(what string, keys ...string) {
	for _, key := range keys {
		if n.IsMapping() && !n.Has(key) {
			n.r.Addf(n.Pos(), "%s is missing in %s", key, what)
		}
	}
}

// Has tells whether a mapping has the key.
func (n Node) Has(key string) bool {
	if !n.IsMapping() {
		return false
	}
	for i := 0; i+1 < len(n.y.Content); i += 2 {
		if n.y.Content[i].Value == key {
			return true
		}
	}
	return false
}
