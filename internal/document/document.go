package document

import (
	"iter"
	"slices"

	"kg/internal/strict"
	"kg/schema"
)

// Word is a word of a claims file and its position.
type Word = strict.Word

// Document is the content of one claims file: one source, its entities and its claims. It
// may be invalid; Check reports that.
type Document struct {
	Base     strict.Word // where its IRIs live; empty for the user's or the default
	Source   Source
	Entities []Entity
	Claims   []Claim
	Skipped  []Skipped
	// Once, if it is not nil, provides the claims instead of Claims, batch by batch
	// during the check, and only then: a file has hundreds of thousands. These claims may
	// not depend on others: no sentences, several speakers, derivations or drafts, and no
	// See.
	Once iter.Seq[ClaimBatch]

	elsewhere bool // the source has no text, although no claim is left to show it

	byID   map[string]int // the first entities, as far as nameOf has indexed them
	looked int            // how many
}

// Source is the document that the claims were taken from.
type Source struct {
	ID         strict.Word
	Of         strict.Word // the source, as kg:source/ID, of whose text this is another reading; empty as a rule
	Title      strict.Word
	Publisher  strict.Word // an entity of the file
	Annotator  strict.Word // id of the entity that read the source
	Date       strict.Word // the day of publication, YYYY-MM-DD; or the month or year
	Language   strict.Word // BCP 47, such as en
	Address    strict.Word // where it can be read; may be empty
	SHA256     strict.Word // of the text; empty for a source without one
	Characters int         // code points of the text
	FromFile   strict.Word // the SHA-256 of the document, a PDF say, that the text was taken out of; may be empty
	Extractor  strict.Word // the program that extracted the text, and its version; empty without FromFile
	Body       strict.Word // the code point where paragraph 1 begins; empty for the first
	Table      strict.Word // of a table: its delimiter, or json lines; see kg/internal/table
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

// Claim is one statement of the source: the edges it asserts and its speaker.
type Claim struct {
	ID          strict.Word
	Says        strict.Word   // the statement in the annotator's own words; empty to be made of the edges
	Speaker     strict.Word   // an entity; empty for the publisher, and for a derived claim
	AlsoBy      []strict.Word // further speakers of the same: Check makes one claim per speaker
	Via         []strict.Word // entities between publisher and speaker, the publisher's side first
	Stance      strict.Word   // empty for asserts
	Hedge       strict.Word   // as printed
	At          *schema.Locator
	See         strict.Word   // where it can be looked up, for a source without a text
	DerivedFrom []strict.Word // claims; a conclusion of the annotator has these and no speaker
	Note        strict.Word
	DraftedBy   strict.Word // the program that proposed it; the claim has no effect until a person removes this
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

// hasText reports whether the source is a text, in which its claims have locators. The
// claims of a source without a text are looked up elsewhere.
func (d *Document) hasText() bool {
	s := &d.Source
	return !d.elsewhere && (s.SHA256.Text != "" || s.Characters != 0 || s.Body.Text != "" || s.Heading.Text != "" || len(d.Skipped) > 0 ||
		slices.ContainsFunc(d.Claims, func(c Claim) bool { return c.At != nil }) ||
		!slices.ContainsFunc(d.Claims, func(c Claim) bool { return c.See.Text != "" }))
}

// ClaimBatch yields consecutive claims, each valid until the next is yielded, and adds
// their mistakes to a report. Batches are read concurrently.
type ClaimBatch func(*strict.Report) iter.Seq[*Claim]

// batches returns the claims in batches, for a check.
func (d *Document) batches() iter.Seq[ClaimBatch] {
	if d.Once != nil {
		return d.Once
	}
	return func(yield func(ClaimBatch) bool) {
		for list := range slices.Chunk(d.Claims, BatchSize) {
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

// BatchSize is the usual number of claims per batch: the unit that one goroutine reads
// and checks at a time.
const BatchSize = 512

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
