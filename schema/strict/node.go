package strict

import (
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"

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

// Empty tells whether the value is a list or a mapping with nothing in it.
func (n Node) Empty() bool {
	return n.y != nil && n.y.Kind != yaml.ScalarNode && len(n.y.Content) == 0
}

// Child returns the value of a key of a mapping, or an absent value. It notes
// nothing: Fields does.
func (n Node) Child(key string) Node {
	if n.IsMapping() {
		for i := 0; i+1 < len(n.y.Content); i += 2 {
			if n.y.Content[i].Value == key {
				return Node{n.y.Content[i+1], n.r}
			}
		}
	}
	return Node{}
}

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

// Line is Word for a text of which parts have places: the place is that of its
// first character, behind a quote.
func (n Node) Line(what string) Word {
	w := n.Word(what)
	if n.y != nil && n.y.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
		w.Pos.Column++
	}
	return w
}

// Text is the text of a scalar, and notes nothing.
func (n Node) Text() string {
	if n.y == nil || n.y.Kind != yaml.ScalarNode {
		return ""
	}
	return n.y.Value
}

// Quiet walks a mapping as Pairs does, and notes nothing.
func (n Node) Quiet() iter.Seq2[string, Node] {
	return func(yield func(string, Node) bool) {
		for i := 0; n.IsMapping() && i+1 < len(n.y.Content); i += 2 {
			if !yield(n.y.Content[i].Value, Node{n.y.Content[i+1], n.r}) {
				return
			}
		}
	}
}

// Addf notes a problem of the value.
func (n Node) Addf(format string, args ...any) { n.r.Addf(n.Pos(), format, args...) }

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
	digits := strings.TrimPrefix(w.Text, "-")
	switch {
	case !wholeNumber.MatchString(w.Text):
		n.r.Addf(w.Pos, "%s must be a whole number, not %q", what, w.Text)
		return 0
	case len(digits) > 15:
		n.r.Addf(w.Pos, "%s must have at most 15 digits, and %q has %d", what, w.Text, len(digits))
		return 0
	}
	i, _ := strconv.Atoi(w.Text) // the pattern and the bound admit nothing else
	return i
}

var wholeNumber = regexp.MustCompile(`^(0|-?[1-9][0-9]*)$`)

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
	return Quote(n.y.Value)
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
func (n Node) Has(key string) bool { return n.Child(key).Present() }
