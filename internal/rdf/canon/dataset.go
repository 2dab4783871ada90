package canon

import (
	"bytes"
	"cmp"
	"slices"

	"kg/internal/rdf/nquads"
)

// Dataset is a set of quads. The zero Dataset is empty.
type Dataset struct {
	text   []byte // of all lines
	lines  []spelledQuad
	labels []string // of the blank nodes, in the order they came
	nodes  map[string]int32
}

// spelledQuad is a quad as canonical N-Quads spell it, but for the labels of blank
// nodes, which are left out.
type spelledQuad struct {
	from      int      // where it begins in the text of the dataset
	size      int32    // in bytes
	predicate [2]int32 // where it is in the line, its angle brackets included
	cut       [positions]int32
	node      [positions]int32 // none where no blank node stands
}

// Blank nodes occur at three positions of a quad, which the standard calls s, o and g.
const (
	positions     = 3
	graphPosition = 2
	none          = -1
)

var letters = [positions]byte{'s', 'o', 'g'}

// Add adds a quad: subject, predicate, object and label. It keeps nothing of
// terms. It is an error, and the quad is not added, if a term has no spelling
// in canonical N-Quads.
func (d *Dataset) Add(terms *[4]nquads.Term) error {
	l := spelledQuad{from: len(d.text), node: [positions]int32{none, none, none}}
	text, err := d.text, error(nil)
	position := 0
	for i := range terms {
		t := &terms[i]
		at := int32(len(text) - l.from)
		switch t.Kind {
		case nquads.None:
			continue
		case nquads.Blank:
			l.cut[position], l.node[position] = at, d.nodeOf(t.Text)
		default:
			if text, err = t.Append(text); err != nil {
				return err
			}
		}
		if i == 1 {
			l.predicate = [2]int32{at, int32(len(text) - l.from)}
		} else {
			position++
		}
		text = append(text, ' ')
	}
	d.text = append(text, '.', '\n')
	l.size = int32(len(d.text) - l.from)
	d.lines = append(d.lines, l)
	return nil
}

func (d *Dataset) nodeOf(label []byte) int32 {
	if n, ok := d.nodes[string(label)]; ok {
		return n
	}
	if d.nodes == nil {
		d.nodes = map[string]int32{}
	}
	n := int32(len(d.labels))
	d.labels = append(d.labels, string(label))
	d.nodes[d.labels[n]] = n
	return n
}

// Reset empties d. It keeps the memory for reuse.
func (d *Dataset) Reset() {
	d.text, d.lines, d.labels = d.text[:0], d.lines[:0], d.labels[:0]
	clear(d.nodes)
}

func (d *Dataset) of(l *spelledQuad) []byte { return d.text[l.from : l.from+int(l.size)] }

// unique sorts the quads and leaves one of each.
func (d *Dataset) unique() {
	compare := func(a, b spelledQuad) int {
		if c := bytes.Compare(d.of(&a), d.of(&b)); c != 0 {
			return c
		}
		for i := range a.node {
			if c := cmp.Or(cmp.Compare(a.cut[i], b.cut[i]), cmp.Compare(a.node[i], b.node[i])); c != 0 {
				return c
			}
		}
		return 0
	}
	slices.SortFunc(d.lines, compare)
	d.lines = slices.CompactFunc(d.lines, func(a, b spelledQuad) bool { return compare(a, b) == 0 })
}

// spell appends a line, with the output of label for each blank node.
func (d *Dataset) spell(dst []byte, l *spelledQuad, label func(dst []byte, node int32) []byte) []byte {
	text := d.of(l)
	done := int32(0)
	for i, n := range l.node {
		if n != none {
			dst = label(append(dst, text[done:l.cut[i]]...), n)
			done = l.cut[i]
		}
	}
	return append(dst, text[done:]...)
}

// lines are lines of text to be sorted.
type lines struct {
	text []byte
	ends []int
	each [][]byte
}

func (s *lines) reset() { s.text, s.ends = s.text[:0], s.ends[:0] }

func (s *lines) end() { s.ends = append(s.ends, len(s.text)) }

// sorted gives the lines in the order of their bytes, good until the next
// reset.
func (s *lines) sorted() [][]byte {
	s.each = s.each[:0]
	from := 0
	for _, end := range s.ends {
		s.each = append(s.each, s.text[from:end])
		from = end
	}
	slices.SortFunc(s.each, bytes.Compare)
	return s.each
}
