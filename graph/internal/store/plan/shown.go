package plan

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/cayley/graph/refs"

	"kg/graph/internal/store/term"
)

// shown are the tags that a row shows. Rows that agree in them are alike.
type shown struct {
	run     *run
	columns []tagColumn
	foreign []int // slots
	seeds   []int // slots: rows that went on from several nodes of a recursion around them are not alike
}

// tagColumn is a tag and its source; the last that is set wins.
type tagColumn struct {
	name string
	from []tagSource
}

type tagSource struct {
	slot  int
	label bool // it is the label of the quad there
	walk  bool // it is a walk that passes the quad there, and another for each row
}

// newShown returns the tags of a plan opened in a frame that are not hidden.
func newShown(r *run, m seedFrame) shown {
	s := shown{run: r, seeds: r.outer(m)}
	for i := m.slots; i < len(r.slots); i++ {
		switch t := r.tags[i]; {
		case t.kind == foreignTag:
			s.foreign = append(s.foreign, i)
		case t.kind != hiddenTag && !strings.HasPrefix(t.name, Hidden):
			s.add(t.name, tagSource{slot: i})
		}
	}
	return s
}

func (s *shown) add(name string, from tagSource) {
	i := slices.IndexFunc(s.columns, func(c tagColumn) bool { return c.name == name })
	if i < 0 {
		i = len(s.columns)
		s.columns = append(s.columns, tagColumn{name: name})
	}
	s.columns[i].from = append(s.columns[i].from, from)
}

// more adds the tags that are derived from other tags.
func (s *shown) more(made []Made, lo int) {
	for _, m := range made {
		for i := lo; i < len(s.run.slots); i++ {
			if t := s.run.tags[i]; t.name == m.Trace && (t.kind == linkTag || t.kind == bundleTag) {
				s.add(m.Name, tagSource{slot: i, label: !m.Walk, walk: m.Walk})
			}
		}
	}
}

// value returns the current row's value in a column, 0 for none.
func (s *shown) value(c tagColumn) uint64 {
	for _, from := range slices.Backward(c.from) {
		v := s.run.slots[from.slot]
		switch kind := s.run.tags[from.slot].kind; {
		case v == 0:
			continue
		case from.walk:
			return walked
		case !from.label:
			if kind == fixedTag {
				v = term.ID(from.slot)
			}
			return uint64(kind+1)<<32 | uint64(v)
		case kind == linkTag:
			if l := s.run.slots[from.slot+term.Label]; l != term.None {
				return uint64(nodeTag+1)<<32 | uint64(l)
			}
		}
	}
	return 0
}

// walked is the value of a walk.
const walked = ^uint64(0)

// append spells the shown tags of the current row, except some: rows that are alike are
// spelled alike. It reports whether the row shows a walk, which is unique.
func (s *shown) append(dst []byte, but map[string]bool) (_ []byte, walk bool) {
	for _, c := range s.columns {
		v := uint64(0)
		if !but[c.name] {
			v = s.value(c)
		}
		walk = walk || v == walked
		dst = binary.BigEndian.AppendUint64(dst, v)
	}
	for _, slot := range s.seeds {
		dst = binary.BigEndian.AppendUint32(dst, uint32(s.run.slots[slot]))
	}
	for _, slot := range s.foreign {
		if s.run.slots[slot] == 0 {
			continue
		}
		tags := s.run.extra[slot].(map[string]refs.Ref)
		for _, name := range slices.Sorted(maps.Keys(tags)) {
			if !but[name] && !strings.HasPrefix(name, Hidden) {
				key := refs.ToKey(tags[name])
				dst = fmt.Appendf(dst, "%q %T %v ", name, key, key)
			}
		}
	}
	return dst, walk
}

// set adds the names of the tags that the row at hand has.
func (s *shown) set(names map[string]bool) {
	for _, c := range s.columns {
		if s.value(c) != 0 {
			names[c.name] = true
		}
	}
	for _, slot := range s.foreign {
		if s.run.slots[slot] != 0 {
			for name := range s.run.extra[slot].(map[string]refs.Ref) {
				names[name] = true
			}
		}
	}
}
