package strict

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

// tree is a file as it was read: its values in the order of the file, those of a list
// or a mapping behind it. A file of 100,000 claims has millions of them, which is why
// a value has no pointer and, as a rule, no text of its own.
type tree struct {
	text   string   // of the file
	own    []string // texts that do not stand in the file as they are, such as those with escapes
	values []value
}

// value is a scalar, or the beginning of a list or a mapping.
type value struct {
	kind         kind
	quoted, null bool
	owned        bool   // start is an index into tree.own
	start, end   uint32 // of its text in that of the file
	line, column uint32
	next         uint32 // the value behind it and all that is in it
}

type kind uint8

const (
	scalar kind = iota
	list
	mapping
)

func (t *tree) textOf(v *value) string {
	if v.owned {
		return t.own[v.start]
	}
	return t.text[v.start:v.end]
}

// isNull reports whether a scalar without quotes is YAML's null.
func isNull(text string) bool {
	switch text {
	case "", "~", "null", "Null", "NULL":
		return true
	}
	return false
}

// add adds the library's result. It refuses constructs that make a file read differently
// from how it looks.
func (t *tree) add(y *yaml.Node, r *Report) bool {
	switch {
	case y.Kind == yaml.AliasNode || y.Anchor != "":
		r.Addf(nodePos(y), "anchors and aliases are not allowed: write the value out")
		return false
	case y.Style&yaml.TaggedStyle != 0 || y.Tag == "!":
		r.Addf(nodePos(y), "tags such as %s are not allowed", Brief(y.Tag))
		return false
	}
	v := value{line: uint32(y.Line), column: uint32(y.Column)}
	switch y.Kind {
	case yaml.SequenceNode:
		v.kind = list
	case yaml.MappingNode:
		v.kind = mapping
	default:
		v.owned, v.start = true, uint32(len(t.own))
		v.quoted = y.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0
		v.null = y.Tag == "!!null"
		t.own = append(t.own, strings.Clone(y.Value))
	}
	at := len(t.values)
	t.values = append(t.values, v)
	for _, c := range y.Content {
		if !t.add(c, r) {
			return false
		}
	}
	t.values[at].next = uint32(len(t.values))
	return true
}

// mappingKeys are those of a mapping that are seen. Most mappings have few, for which a map
// would take longer, and memory of their own too.
type mappingKeys struct {
	few  [12]Word
	n    int // of few
	many map[string]Pos
}

// add adds a key, or gives where it stands already.
func (k *mappingKeys) add(key Word) (first Pos, there bool) {
	if k.many == nil {
		for i := range k.few[:k.n] {
			if other := &k.few[i]; other.Text == key.Text {
				return other.Pos, true
			}
		}
		if k.n < len(k.few) {
			k.few[k.n] = key
			k.n++
			return Pos{}, false
		}
		k.many = map[string]Pos{}
		for _, other := range k.few {
			k.many[other.Text] = other.Pos
		}
	}
	if first, there = k.many[key.Text]; !there {
		k.many[key.Text] = key.Pos
	}
	return first, there
}
