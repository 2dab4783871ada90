package document

import (
	"encoding/binary"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// tape encodes the quads of claims, claim by claim: about 15 bytes per quad, and no
// pointers, where quads in a list take 64 bytes, and their terms as much again. A file
// has millions. Terms that recur are numbers, and nodes of a claim are stored as the
// suffix of its IRI.
type tape struct {
	entities []fileEntity // whose terms claims have by their numbers
	chunks   []chunk
	claims   []string // their ids
	quads    int
	odd      bool // a term is longer than most, or perhaps none that N-Quads has
}

// chunk is some claims, one at least.
type chunk struct {
	text   string
	values *[]quad.Value // the values of term numbers, shared by all chunks
}

// join appends a tape.
func (t *tape) join(next *tape) {
	t.chunks, t.claims = append(t.chunks, next.chunks...), append(t.claims, next.claims...)
	t.quads, t.odd = t.quads+next.quads, t.odd || next.odd
}

// taper writes tapes, which share their term numbers.
type taper struct {
	tape           // that is written
	now     []byte // its text
	values  *[]quad.Value
	numbers map[quad.IRI]uint64
	recent  iriCache[uint64]    // of numbers
	types   map[quad.IRI]uint64 // of literals, in values too

	claim   quad.IRI // that is written
	subject quad.IRI // of the quad before
	nodes   []quad.IRI
}

// The first byte of a quad: how its label, its subject and its object are encoded.
const (
	ofSource  = 1      // the label is the source, rather than the claim
	otherNode = 1 << 1 // another subject than the quad before
	objectAt  = 2      // the object's kind is above these bits
)

// The kinds of terms. A number or the length of a text follows.
const (
	termNumber = iota // of a value
	termNode          // of a node of the claim
	termNew           // a new node of the claim: the suffix of the claim's IRI
	termIRI           // one that comes once, and has no number
	termString
	termTyped // the number of the type, and the text
	termInt
	termTrue
	termFalse
	termFloat
	termEntity // the number of an entity
	termEnd    // no term: the claim ends
)

func newTaper() *taper {
	return &taper{values: new([]quad.Value), numbers: map[quad.IRI]uint64{}, types: map[quad.IRI]uint64{}}
}

// add adds a claim: of are its source's statements about it, own its own statements.
func (t *taper) add(id string, claim quad.IRI, of, own []fact) {
	t.claim, t.subject, t.nodes = claim, claim, append(t.nodes[:0], claim)
	t.iriText(claim)
	for i := range of {
		t.fact(&of[i], ofSource)
	}
	for i := range own {
		t.fact(&own[i], 0)
	}
	t.now = append(t.now, termEnd<<objectAt)
	t.claims = append(t.claims, id)
	t.quads += len(of) + len(own)
}

// cut returns the tape written so far, as one chunk, and begins another.
func (t *taper) cut() tape {
	done := t.tape
	if len(t.now) > 0 {
		done.chunks = []chunk{{string(t.now), t.values}}
	}
	t.tape, t.now = tape{}, t.now[:0]
	return done
}

// fact writes a quad.
func (t *taper) fact(f *fact, head byte) {
	at := len(t.now)
	t.now = append(t.now, head)
	if f.s != t.subject {
		t.now[at] |= otherNode
		kind := len(t.now)
		t.now = append(t.now, 0)
		if f.of > 0 {
			t.number(uint64(f.of))
			t.now[kind] = termEntity
		} else {
			t.now[kind] = t.iri(f.s)
		}
		t.subject = f.s
	}
	t.number(t.numberOf(f.p))
	kind := byte(termEntity)
	switch {
	case f.to > 0:
		t.number(uint64(f.to))
	case f.p == schema.SeeAlso, f.p == schema.DerivedFrom: // which comes once
		t.iriText(f.o.(quad.IRI))
		kind = termIRI
	default:
		kind = t.term(f.o)
	}
	t.now[at] |= kind << objectAt
}

// term writes a term, and returns its kind.
func (t *taper) term(value quad.Value) byte {
	switch v := value.(type) {
	case quad.IRI:
		return t.iri(v)
	case quad.String:
		t.text(string(v))
		return termString
	case quad.TypedString:
		n, ok := t.types[v.Type]
		if !ok {
			n = t.value(v.Type)
			t.types[v.Type] = n
		}
		t.number(n)
		t.text(string(v.Value))
		return termTyped
	case quad.Int:
		t.now = binary.AppendVarint(t.now, int64(v))
		return termInt
	case quad.Bool:
		if v {
			return termTrue
		}
		return termFalse
	case quad.Float:
		t.now = binary.LittleEndian.AppendUint64(t.now, math.Float64bits(float64(v)))
		return termFloat
	}
	t.number(t.value(value))
	return termNumber
}

// iri writes an IRI: a node of the claim, or a value.
func (t *taper) iri(iri quad.IRI) byte {
	const near = 16 // a node further back is not searched for, but written again
	rest, ok := strings.CutPrefix(string(iri), string(t.claim))
	if !ok {
		t.number(t.numberOf(iri))
		return termNumber
	}
	for i := len(t.nodes) - 1; i >= max(0, len(t.nodes)-near); i-- {
		if t.nodes[i] == iri {
			t.number(uint64(i))
			return termNode
		}
	}
	t.nodes = append(t.nodes, iri)
	t.odd = t.odd || !isIRI(iri)
	t.text(rest)
	return termNew
}

func (t *taper) numberOf(iri quad.IRI) uint64 {
	known := t.recent.of(iri)
	if known.iri == iri && iri != "" {
		return known.is
	}
	n, ok := t.numbers[iri]
	if !ok {
		n = t.value(iri)
		t.numbers[iri] = n
	}
	known.iri, known.is = iri, n
	return n
}

func (t *taper) value(v quad.Value) uint64 {
	iri, ok := v.(quad.IRI)
	t.odd = t.odd || !ok || !isIRI(iri)
	*t.values = append(*t.values, v)
	return uint64(len(*t.values) - 1)
}

func (t *taper) number(n uint64) { t.now = binary.AppendUvarint(t.now, n) }

func (t *taper) iriText(iri quad.IRI) {
	t.odd = t.odd || !isIRI(iri)
	t.text(string(iri))
}

func (t *taper) text(s string) {
	const long = 1 << 16
	t.odd = t.odd || len(s) > long || !utf8.ValidString(s)
	t.number(uint64(len(s)))
	t.now = append(t.now, s...)
}

// isIRI reports whether N-Quads can hold an IRI.
func isIRI(iri quad.IRI) bool { return schema.CheckIRI(string(iri)) == nil }
