package strict

import (
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Word is a scalar of a file and its position.
type Word struct {
	Text string
	Pos  Pos
}

// Node is one value of a file: a scalar, a list or a mapping. The zero Node is
// an absent value; reading it gives zero values and notes nothing.
type Node struct {
	t *tree
	i int // in its values
	r *Report
}

func (n Node) value() *value { return &n.t.values[n.i] }

// child is a value of the same file.
func (n Node) child(i int) Node { return Node{n.t, i, n.r} }

// In returns the value with its content, adding problems to r.
func (n Node) In(r *Report) Node { return Node{n.t, n.i, r} }

// behind returns the value after this one and its content.
func (n Node) behind() Node { return n.child(int(n.value().next)) }

func (n Node) is(k kind) bool { return n.t != nil && n.value().kind == k }

// pairs walks the keys and values of a mapping.
func (n Node) pairs() iter.Seq2[Node, Node] {
	return func(yield func(Node, Node) bool) {
		if !n.IsMapping() {
			return
		}
		for key, end := n.child(n.i+1), int(n.value().next); key.i < end; {
			value := key.behind()
			if !yield(key, value) {
				return
			}
			key = value.behind()
		}
	}
}

// Pos returns the position where the value begins.
func (n Node) Pos() Pos {
	if n.t == nil {
		return Pos{}
	}
	return Pos{int(n.value().line), int(n.value().column)}
}

// Present reports whether there is a value at all.
func (n Node) Present() bool { return n.t != nil }

// IsMapping reports whether the value is a mapping.
func (n Node) IsMapping() bool { return n.is(mapping) }

// IsList reports whether the value is a list.
func (n Node) IsList() bool { return n.is(list) }

// Empty reports whether the value is an empty list or mapping.
func (n Node) Empty() bool {
	return (n.IsList() || n.IsMapping()) && int(n.value().next) == n.i+1
}

// Child returns the value of a key of a mapping, or an absent value. It notes
// nothing: Fields does.
func (n Node) Child(key string) Node {
	for k, value := range n.pairs() {
		if k.Text() == key {
			return value
		}
	}
	return Node{}
}

// Fields reads a mapping whose keys are all among known; any other key is reported with
// the nearest known one. what names the mapping in errors.
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
		if n.t == nil {
			return
		}
		if !n.IsMapping() {
			n.r.Addf(n.Pos(), "%s must be a mapping of names to values, not %s", what, n.shape())
			return
		}
		if n.Empty() {
			n.r.Addf(n.Pos(), "%s is empty", what)
		}
		var seen mappingKeys
		for k, value := range n.pairs() {
			if !k.is(scalar) || k.blank() {
				k.Word("a key of " + what)
			}
			key := Word{k.Text(), k.Pos()}
			if k.blank() {
				key.Text = ""
			}
			if first, ok := seen.add(key); ok {
				n.r.Addf(key.Pos, "%q stands twice in %s (first in line %d)", key.Text, what, first.Line)
				continue
			}
			if !yield(key, value) {
				return
			}
		}
	}
}

// Items returns the values of a list.
func (n Node) Items(what string) []Node {
	if n.t == nil {
		return nil
	}
	if !n.IsList() {
		n.r.Addf(n.Pos(), "%s must be a list, not %s", what, n.shape())
		return nil
	}
	if n.Empty() {
		n.r.Addf(n.Pos(), "%s is empty", what)
	}
	return slices.Collect(n.Children())
}

// Word reads a scalar as text, as it is written; empty ones are noted.
func (n Node) Word(what string) Word {
	w := Word{Pos: n.Pos()}
	if n.t == nil {
		return w
	}
	if !n.is(scalar) {
		n.r.Addf(w.Pos, "%s must be a single value, not %s", what, n.shape())
		return w
	}
	if w.Text = n.Text(); n.blank() {
		n.r.Addf(w.Pos, "%s is empty", what)
		w.Text = ""
	}
	return w
}

// Line is Word for a text whose parts have positions: its own is that of its first
// character, after a quote.
func (n Node) Line(what string) Word {
	w := n.Word(what)
	if n.t != nil && n.value().quoted {
		w.Pos.Column++
	}
	return w
}

// Text is the text of a scalar, and notes nothing.
func (n Node) Text() string {
	if !n.is(scalar) {
		return ""
	}
	return n.t.textOf(n.value())
}

// blank reports whether a scalar says nothing.
func (n Node) blank() bool {
	return n.is(scalar) && (n.value().null || strings.TrimSpace(n.Text()) == "")
}

// Quiet walks a mapping as Pairs does, and notes nothing.
func (n Node) Quiet() iter.Seq2[string, Node] {
	return func(yield func(string, Node) bool) {
		for key, value := range n.pairs() {
			if !yield(key.Text(), value) {
				return
			}
		}
	}
}

// Children walks the values of a list or a mapping, and notes nothing.
func (n Node) Children() iter.Seq[Node] {
	return func(yield func(Node) bool) {
		for _, value := range n.pairs() {
			if !yield(value) {
				return
			}
		}
		if !n.IsList() {
			return
		}
		for item, end := n.child(n.i+1), int(n.value().next); item.i < end; item = item.behind() {
			if !yield(item) {
				return
			}
		}
	}
}

// Len is the number of values in a list or a mapping.
func (n Node) Len() (count int) {
	for range n.Children() {
		count++
	}
	return count
}

// Addf notes a problem of the value.
func (n Node) Addf(format string, args ...any) { n.r.Addf(n.Pos(), format, args...) }

// Words reads a list of scalars, or a single one as a list of one.
func (n Node) Words(what string) []Word {
	if n.t == nil {
		return nil
	}
	if n.is(scalar) {
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
	if n.t == nil || w.Text == "" {
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
	if n.t != nil && w.Text != "true" && w.Text != "false" && w.Text != "" {
		n.r.Addf(w.Pos, "%s must be true or false, not %q", what, w.Text)
	}
	return w.Text == "true"
}

func (n Node) shape() string {
	switch n.value().kind {
	case mapping:
		return "a mapping"
	case list:
		return "a list"
	}
	return Sprintf("%q", n.Text())
}

// Needs reports the keys that a mapping lacks. what names the mapping in errors.
func (n Node) Needs(what string, keys ...string) {
	for _, key := range keys {
		if n.IsMapping() && !n.Has(key) {
			n.r.Addf(n.Pos(), "%s is missing in %s", key, what)
		}
	}
}

// Has reports whether a mapping has the key.
func (n Node) Has(key string) bool { return n.Child(key).Present() }
