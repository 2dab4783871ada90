package document

import (
	"iter"
	"slices"

	"kg/internal/strict"
	"kg/schema"
)

// Word is a word of a claims file and its place.
type Word = strict.Word

// Document is what one claims file says: one source, its entities and its
// claims. It may still be wrong; Check tells.
type Document struct {
	Base     strict.Word // where its IRIs live; empty for the user's or the default
	Source   Source
	Entities []Entity
	Claims   []Claim
	Skipped  []Skipped
	// Once, if it is not nil, gives the claims in place of Claims, stretch by stretch while
	// they are checked, and only then: a file has hundreds of thousands. What rests on more
	// than one claim they do not have: sentences, several speakers, derivations, drafts,
	// and a See.
	Once iter.Seq[ClaimBatch]

	elsewhere bool // what has no text, if no claim of it is left that says so

	byID   map[string]int // the first entities, which nameOf has looked at
	looked int            // how many
}

// Source is the document that the claims were taken from.
type Source struct {
	ID         strict.Word
	Of         strict.Word // the source, as kg:source/ID, of whose text this is another reading; empty as a rule
	Title      strict.Word
	Publisher  strict.Word // an entity of the file
	Annotator  strict.Word // an entity of the file: who read the source so
	Date       strict.Word // the day of publication, YYYY-MM-DD; or the month or year
	Language   strict.Word // BCP 47, such as en
	Address    strict.Word // where it can be read; may be empty
	SHA256     strict.Word // of the text; empty for a source without one
	Characters int         // code points of the text
	FromFile   strict.Word // the SHA-256 of the document, a PDF say, that the text was taken out of; may be empty
	Extractor  strict.Word // what took it out, and its version; empty without FromFile
	Body       strict.Word // the code point where paragraph 1 begins; empty for the first
	Table      strict.Word // of a table, what stands between its cells, or json lines: see kg/internal/table
	Heading    strict.Word // how lines begin that are headings, and no paragraphs
}

// Entity is a person, place, organisation, group, thing or event. One without
// a name belongs to its source alone and needs a description.
type Entity struct {
	ID          strict.Word
	Kind        strict.Word
	Name        strict.Word
	Also        []strict.Word // other names
	Description strict.Word
	SameAs      []strict.Word // IRIs of entities, of other sources say, that are this one
}

// Claim is one statement of the source: the edges it asserts and who says so.
type Claim struct {
	ID          strict.Word
	Says        strict.Word   // the statement in the annotator's own words; empty to be made of the edges
	Speaker     strict.Word   // an entity; empty for the publisher, and for a derived claim
	AlsoBy      []strict.Word // others who say the same: Check makes a claim of each
	Via         []strict.Word // entities between publisher and speaker, the publisher's side first
	Stance      strict.Word   // empty for asserts
	Hedge       strict.Word   // as printed
	At          *schema.Locator
	See         strict.Word   // where it can be looked up, of a source without a text
	DerivedFrom []strict.Word // claims; what we conclude has these and no speaker
	Note        strict.Word
	DraftedBy   strict.Word // what proposed it; it counts for nothing until a person takes this out
	Edges       []Edge
	Sentences   []Sentence // edges in the short form, which Check takes apart

	texts []string // of the sentences, as people read them
	long  int      // edges that no sentence made, which come first
}

// Sentence is an edge, or an event with its edges, in a line: ann-lee owns
// tidewater 40%. The grammar is in sentence.go.
type Sentence struct {
	ID   strict.Word // of the event; empty to be made of the sentence
	Text strict.Word
}

// hasText reports whether the source is a text, in which its claims have their
// places. The claims of one that is none are looked up elsewhere.
func (d *Document) hasText() bool {
	s := &d.Source
	return !d.elsewhere && (s.SHA256.Text != "" || s.Characters != 0 || s.Body.Text != "" || s.Heading.Text != "" || len(d.Skipped) > 0 ||
		slices.ContainsFunc(d.Claims, func(c Claim) bool { return c.At != nil }) ||
		!slices.ContainsFunc(d.Claims, func(c Claim) bool { return c.See.Text != "" }))
}

// ClaimBatch gives claims that follow each other, to be looked at until the next is given,
// and notes in a report what is wrong with them. Stretches are read side by side.
type ClaimBatch func(*strict.Report) iter.Seq[*Claim]

// stretches are the claims, for a check.
func (d *Document) stretches() iter.Seq[ClaimBatch] {
	if d.Once != nil {
		return d.Once
	}
	return func(yield func(ClaimBatch) bool) {
		for list := range slices.Chunk(d.Claims, StretchSize) {
			all := func(yield func(*Claim) bool) {
				for i := range list {
					if !yield(&list[i]) {
						return
					}
				}
			}
			if !yield(func(*strict.Report) iter.Seq[*Claim] { return all }) {
				return
			}
		}
	}
}

// StretchSize is how many claims a stretch has as a rule: so many are read and checked
// by one goroutine before it is given others.
const StretchSize = 512

// Skipped is a passage that states no relationship, and why.
type Skipped struct {
	At  schema.Locator
	Why strict.Word
}

// Edge joins two entities, or an entity and a value.
type Edge struct {
	Subject, Relation strict.Word
	Object            Object
}

// Object is the end of an edge: a word (an entity, a code, a literal), a
// quantity or a date, whichever the relation's range asks for.
type Object struct {
	strict.Word
	Quantity *Quantity
	Date     *DateValue
}

// text is the object as people read it.
func (o *Object) text() string {
	switch {
	case o.Quantity != nil:
		return o.Quantity.label()
	case o.Date != nil:
		return o.Date.EDTF.Text
	}
	return o.Text
}

// Quantity is a number with its unit: one value, or a range with both ends.
type Quantity struct {
	Value, Min, Max strict.Word
	Unit            strict.Word
	Per, Period     strict.Word // per worker, in a month
	Of              *Quantity   // the quantity it is a share of
	OfThing         strict.Word // or the entity it is a share of
	ComparedTo      strict.Word // the entity whose quantity it multiplies
	SameSum         *Quantity   // the same sum in another currency or unit
	Approximate     bool
	Printed         strict.Word
}

// DateValue is a date in EDTF, and how it was printed.
type DateValue struct {
	EDTF     strict.Word
	Printed  strict.Word
	Resolved bool // printed as a day such as Sunday, resolved against publication
}
