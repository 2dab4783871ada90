package bulk

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"

	"kg/graph/internal/store/term"
)

// literals are those of one subject and predicate, to be sorted by their lines. Of few
// the lines are held. Of more than a chunk of lines only the first bytes are, and each is
// spelled again when it is written: so they take some bytes each, however long they are.
type literals struct {
	subject, same term.ID // same is the predicate
	kept          []byte  // the lines; of many that of the last one
	object        int     // where the object of the last line begins in it
	list          []literal
	many          bool
	other         []byte // a line to compare with
	failed        error  // of a line that was spelled before
}

// literal is a literal that waits for the others.
type literal struct {
	object, label term.ID
	start, end    int32     // of its buffered line, unless there are many
	lead          [2]uint64 // the beginning of the object in its line
}

// keep keeps the line of a literal.
func (s *speller) keep(q term.Quad) (err error) {
	s.subject, s.same = q[term.Subject], q[term.Predicate]
	if s.many {
		s.kept = s.kept[:0]
	}
	start := len(s.kept)
	if s.kept, err = s.append(s.kept, q); err != nil {
		return err
	}
	s.list = append(s.list, literal{q[term.Object], q[term.Label], int32(start), int32(len(s.kept)), leadOf(s.kept[s.object:])})
	s.many = s.many || len(s.kept) > chunkSize
	return nil
}

// leadOf is the first bytes of a text as two numbers, in the order of the text.
func leadOf(text []byte) (lead [2]uint64) {
	var first [16]byte
	copy(first[:], text)
	return [2]uint64{binary.BigEndian.Uint64(first[:8]), binary.BigEndian.Uint64(first[8:])}
}

// flush writes the buffered lines of literals.
func (s *speller) flush(p *lineSection, out *lineChunk) error {
	if len(s.list) > 1 {
		slices.SortFunc(s.list, s.compare)
	}
	err := s.failed
	for _, l := range s.list {
		if err != nil {
			break
		}
		if s.many {
			err = s.line(p, out, s.quadOf(l))
			continue
		}
		out.lines = append(out.lines, s.kept[l.start:l.end]...)
		err = s.wrote(p, out)
	}
	if s.many {
		s.literals = literals{}
	}
	s.kept, s.list = s.kept[:0], s.list[:0]
	return err
}

func (s *speller) quadOf(l literal) (q term.Quad) {
	q[term.Subject], q[term.Predicate], q[term.Object], q[term.Label] = s.subject, s.same, l.object, l.label
	return q
}

// compare orders literals by their lines. The first bytes mostly decide.
func (s *speller) compare(a, b literal) int {
	if d := cmp.Or(cmp.Compare(a.lead[0], b.lead[0]), cmp.Compare(a.lead[1], b.lead[1])); d != 0 {
		return d
	}
	if !s.many {
		return bytes.Compare(s.kept[a.start:a.end], s.kept[b.start:b.end])
	}
	var failed [2]error
	s.kept, failed[0] = s.append(s.kept[:0], s.quadOf(a))
	s.other, failed[1] = s.append(s.other[:0], s.quadOf(b))
	s.failed = cmp.Or(s.failed, failed[0], failed[1])
	return bytes.Compare(s.kept, s.other)
}
