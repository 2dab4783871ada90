package schema

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/cayleygraph/quad"
)

// Decision is the retraction or the restoration of a source, of a claim, or of
// what another graph has under a label; or it says whether two things are one. Of
// several about the same the latest holds. Its IRI is minted from its content, so that
// the same decision is the same quads wherever it was made, and one that somebody
// altered is none. NewDecision, NewMatch, ReadDecision and Remint are its only
// constructors.
type Decision struct {
	IRI      quad.IRI
	Retracts bool    // else it restores, or is a match
	Verdict  Verdict // of a match; else empty
	On       quad.IRI
	With     quad.IRI // of a match, the other thing: On is the smaller IRI
	Reason   string
	By       string    // who decided
	At       time.Time // UTC, to the microsecond
}

// Because is the decision in words: its reason, who decided so, and on what day.
func (d *Decision) Because() string {
	return fmt.Sprintf("%q (%s, %s)", d.Reason, d.By, d.At.Format(time.DateOnly))
}

// Verdict is what somebody decided about two things.
type Verdict string

// The verdicts. Undecided is one too: somebody looked, and could not tell.
const (
	Same      Verdict = "same"
	Different Verdict = "different"
	Undecided Verdict = "undecided"
)

// Verdicts lists them.
var Verdicts = []Verdict{Same, Different, Undecided}

// decisionID is the length of the id of a decision, in hexadecimal digits.
const decisionID = 32

// Decisions mints the IRI that labels decisions; each of them lies under it.
func (b Base) Decisions() quad.IRI { return quad.IRI(string(b) + "decisions") }

// NewDecision makes a decision. It needs a reason and an author.
func (b Base) NewDecision(retracts bool, on quad.IRI, reason, by string, at time.Time) (*Decision, error) {
	return newDecision(b, Decision{Retracts: retracts, On: on, Reason: reason, By: by, At: at})
}

// NewMatch makes a decision about two things, in whatever order.
func (b Base) NewMatch(verdict Verdict, one, other quad.IRI, reason, by string, at time.Time) (*Decision, error) {
	switch {
	case !slices.Contains(Verdicts, verdict):
		return nil, fmt.Errorf("%q is no verdict: same, different or undecided", verdict)
	case one == other:
		return nil, errors.New("one thing is not matched with itself")
	}
	return newDecision(b, Decision{Verdict: verdict, On: min(one, other), With: max(one, other), Reason: reason, By: by, At: at})
}

func newDecision(base Base, content Decision) (*Decision, error) {
	d := &content
	d.Reason, d.By = strings.Join(strings.Fields(d.Reason), " "), strings.Join(strings.Fields(d.By), " ")
	d.At = d.At.UTC().Truncate(time.Microsecond)
	switch {
	case d.Reason == "":
		return nil, errors.New("a decision needs a reason")
	case d.By == "":
		return nil, errors.New("a decision needs an author")
	case !utf8.ValidString(d.Reason + d.By):
		return nil, errors.New("a decision needs a reason and an author in UTF-8")
	case d.At.Year() < 1 || d.At.Year() > 9999:
		return nil, fmt.Errorf("a decision needs a time of the years 1 to 9999, not %s", d.At)
	}
	d.IRI = d.mint(base.Decisions())
	return d, nil
}

// mint is the IRI of a decision under a label: the SHA-256 of its content.
func (d *Decision) mint(label quad.IRI) quad.IRI {
	content := []string{string(d.class()), string(d.On), d.Reason, d.By, d.At.Format(time.RFC3339Nano)}
	if d.Verdict != "" {
		content = append(content, string(d.Verdict), string(d.With))
	}
	sum := sha256.Sum256([]byte(strings.Join(content, "\x00")))
	return label + "/" + quad.IRI(hex.EncodeToString(sum[:])[:decisionID])
}

func (d *Decision) class() quad.IRI {
	switch {
	case d.Verdict != "":
		return MatchClass
	case d.Retracts:
		return RetractionClass
	}
	return RestorationClass
}

// Quads are all that is said of a decision.
func (d *Decision) Quads() []quad.Quad {
	label, _ := IRI(d.IRI).DecisionLabel()
	q := &labelled{label: label}
	q.add(d.IRI, Type, d.class())
	q.add(d.IRI, DecisionOn, d.On)
	if d.Verdict != "" {
		q.add(d.IRI, MatchedWith, d.With)
		q.add(d.IRI, MatchVerdict, quad.String(d.Verdict))
	}
	q.add(d.IRI, DecisionReason, quad.String(d.Reason))
	q.add(d.IRI, DecidedBy, quad.String(d.By))
	q.add(d.IRI, DecidedAt, quad.TypedString{Value: quad.String(d.At.Format(time.RFC3339Nano)), Type: xsdDateTime})
	return q.list
}

// ReadDecision is the decision of an IRI that some quads tell of: all that its
// label has with it as the subject. The error says why they are none.
func ReadDecision(iri quad.IRI, quads []quad.Quad) (*Decision, error) {
	d, err := readDecision(iri, quads)
	if err != nil {
		return nil, err
	}
	if d.Verdict != "" && d.With <= d.On {
		return nil, errors.New("it is not whole")
	}
	if label, _ := IRI(iri).DecisionLabel(); d.mint(label) != iri {
		return nil, errors.New("its content is not what its IRI was minted from")
	}
	return d, nil
}

// Remint is the decision when its quads have other content, as a name is taken out of
// them, under the IRI that is minted from what it is now.
func (d *Decision) Remint(quads []quad.Quad) (*Decision, error) {
	label, _ := IRI(d.IRI).DecisionLabel()
	d, err := readDecision(d.IRI, quads)
	if err != nil {
		return nil, err
	}
	if d.Verdict != "" {
		d.On, d.With = min(d.On, d.With), max(d.On, d.With)
	}
	d.IRI = d.mint(label)
	return d, nil
}

func readDecision(iri quad.IRI, quads []quad.Quad) (*Decision, error) {
	label, ok := IRI(iri).DecisionLabel()
	if !ok {
		return nil, errors.New("its IRI is not that of a decision")
	}
	d, seen, isMatch := &Decision{IRI: iri}, map[quad.Value]bool{}, false
	for _, q := range quads {
		if q.Subject != iri || q.Label != label || seen[q.Predicate] || !d.read(q) {
			return nil, fmt.Errorf("%s is no part of a decision, or there twice", quad.StringOf(q.Predicate))
		}
		seen[q.Predicate] = true
		isMatch = isMatch || q.Object == MatchClass
	}
	if len(seen) != len(d.Quads()) || d.Verdict != "" && !isMatch || isMatch && !slices.Contains(Verdicts, d.Verdict) {
		return nil, errors.New("it is not whole")
	}
	return d, nil
}

// read takes one of its quads, and reports whether that can be one.
func (d *Decision) read(q quad.Quad) (ok bool) {
	switch q.Predicate {
	case Type:
		d.Retracts = q.Object == RetractionClass
		return d.Retracts || q.Object == RestorationClass || q.Object == MatchClass
	case DecisionOn:
		d.On, ok = q.Object.(quad.IRI)
	case MatchedWith:
		d.With, ok = q.Object.(quad.IRI)
	case MatchVerdict:
		var text string
		text, ok = textOf(q.Object)
		d.Verdict = Verdict(text)
	case DecisionReason:
		d.Reason, ok = textOf(q.Object)
	case DecidedBy:
		d.By, ok = textOf(q.Object)
	case DecidedAt:
		switch t := q.Object.(type) {
		case quad.Time:
			d.At, ok = time.Time(t).UTC(), true
		case quad.TypedString:
			var err error
			d.At, err = time.Parse(time.RFC3339Nano, string(t.Value))
			d.At, ok = d.At.UTC(), err == nil && t.Type == xsdDateTime
		}
	}
	return ok
}

func textOf(value quad.Value) (string, bool) {
	s, ok := value.(quad.String)
	return string(s), ok
}

// After reports whether a decision holds against another one about the same
// thing: it is later, or of one instant and its IRI is greater.
func (d *Decision) After(other *Decision) bool {
	return cmp.Or(d.At.Compare(other.At), cmp.Compare(d.IRI, other.IRI)) > 0
}
