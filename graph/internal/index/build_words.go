package index

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/names"
	"kg/graph/internal/store/term"
	"kg/internal/fold"
)

// readNames reads the names that a predicate gives nodes. A literal is read once: they
// come in order.
func (b *building) readNames(ctx context.Context, predicate quad.IRI, as uint8) error {
	var last term.ID
	var key uint32
	return b.each(ctx, predicate, func(q term.Quad) (err error) {
		n := b.node(q[term.Subject])
		if n == nil || as == AsText && (!n.is || n.rank != AClaim) {
			return nil
		}
		n.is = true
		if as != AsText {
			n.edges--
		}
		if n.rank == AFigure {
			return nil
		}
		if q[term.Object] != last {
			last = q[term.Object]
			if err = b.readKey(last); err == nil {
				key, err = b.keep(as)
			}
		}
		if key != 0 {
			b.names = append(b.names, builtName{n.first, last, key})
			n.first = uint32(len(b.names))
		}
		return err
	})
}

// readKey folds the text of a term into key.
func (b *building) readKey(id term.ID) error {
	text, ok := b.ids.AppendText(b.text[:0], id)
	if !ok {
		value, err := b.ids.Value(id)
		if err != nil {
			return err
		}
		text = append(text[:0], term.TextOf(value)...)
	}
	b.text, b.key = text, fold.AppendWords(b.key[:0], text)
	return nil
}

// keep appends the words of key to words, and returns their offset; 0 if there is none.
func (b *building) keep(as uint8) (uint32, error) {
	if len(b.key) == 0 {
		return 0, nil
	}
	b.list = b.dict.Append(b.list[:0], b.key)
	return b.keepWords(as)
}

func (b *building) keepWords(as uint8) (uint32, error) {
	at := len(b.words)
	b.words = append(append(b.words, uint32(len(b.list))<<8|uint32(as)), b.list...)
	if len(b.list) >= 1<<24 || at >= idWord || at%1024 < 8 && b.size() > mostNamesBytes {
		return 0, names.ErrTooMany
	}
	return uint32(at), nil
}

// size is about how much memory is taken.
func (b *building) size() int {
	return 20*len(b.nodes) + 12*cap(b.names) + 4*cap(b.words) + b.dict.Size()
}

// addIDs makes the ends of IRIs names.
func (b *building) addIDs() (err error) {
	for i := range b.nodes {
		n := &b.nodes[i]
		if !n.is || n.rank == AFigure {
			continue
		}
		text, _ := b.ids.AppendText(b.text[:0], b.from+term.ID(i))
		b.text = text
		if part := text[bytes.LastIndexAny(text, "/#")+1:]; len(part) > 0 {
			text = part
		}
		b.key = fold.AppendWords(b.key[:0], text)
		if len(b.key) == 0 {
			continue
		}
		b.list = b.dict.Append(b.list[:0], b.key)
		if len(b.list) == 1 {
			n.id = b.list[0] + 1
		} else if n.id, err = b.keepWords(AsID); err != nil {
			return err
		} else {
			n.id |= idWord
		}
		if i%4096 == 0 && b.size() > mostNamesBytes {
			return names.ErrTooMany
		}
	}
	return nil
}

// sortWords sorts the words, and renumbers them by their positions.
func (b *building) sortWords() {
	rank := b.dict.Sort()
	for at := 1; at < len(b.words); {
		end := at + 1 + int(b.words[at]>>8)
		for i := at + 1; i < end; i++ {
			b.words[i] = rank[b.words[i]]
		}
		at = end
	}
	for i := range b.nodes {
		if n := &b.nodes[i]; n.id != 0 && n.id&idWord == 0 {
			n.id = rank[n.id-1] + 1
		}
	}
}

// namesOf returns the names of a node, the best first, each once, without an id that
// repeats the name; it reuses the memory of list.
func (b *building) namesOf(n *built, list []names.Name) []names.Name {
	list = list[:0]
	for at := n.first; at != 0; at = b.names[at-1].next {
		list = append(list, b.name(&b.names[at-1]))
	}
	if n.id != 0 {
		id := names.Name{As: AsID}
		if n.id&idWord != 0 {
			id = b.name(&builtName{key: n.id &^ idWord})
		} else {
			id.Words = b.list[:0:1]
			id.Words = append(id.Words, n.id-1)
		}
		list = append(list, id)
	}
	if len(list) > 1 {
		slices.SortFunc(list, b.compareNames)
	}
	kept := list[:0]
	for i, name := range list {
		again := i > 0 && kept[len(kept)-1].As == name.As && kept[len(kept)-1].Literal == name.Literal
		if again || name.As == AsID && i > 0 && slices.Equal(kept[0].Words, name.Words) {
			continue
		}
		kept = append(kept, name)
	}
	return kept
}

func (b *building) name(n *builtName) names.Name {
	head := b.words[n.key]
	from := n.key + 1
	return names.Name{Literal: uint32(n.literal), As: uint8(head), Words: b.words[from : from+head>>8]}
}

// compareNames is the order of compareCalled.
func (b *building) compareNames(x, y names.Name) int {
	if x.As != y.As {
		return int(x.As) - int(y.As)
	}
	if d := slices.Compare(x.Words, y.Words); d != 0 || x.Literal == y.Literal {
		return d
	}
	return cmp.Or(strings.Compare(b.textOf(x.Literal), b.textOf(y.Literal)), cmp.Compare(x.Literal, y.Literal))
}

func (b *building) textOf(literal uint32) string {
	value, _ := b.ids.Value(term.ID(literal))
	return term.TextOf(value)
}
