package schema

import (
	"slices"

	"github.com/cayleygraph/quad"
)

// The terms that kg's own code names. All others are data: they come from the
// files of the ontology. Those of kgo: are described there too
// (TestVocabularyIsInTheOntology).
var (
	Type          = term("rdf:type")
	Label         = term("rdfs:label")
	Comment       = term("rdfs:comment")
	SubClassOf    = term("rdfs:subClassOf")
	SubPropertyOf = term("rdfs:subPropertyOf")
	Domain        = term("rdfs:domain")
	Range         = term("rdfs:range")
	Class         = term("rdfs:Class")
	Property      = term("rdf:Property")
	AltLabel      = term("skos:altLabel")
	Description   = term("dcterms:description")
	SameAs        = term("owl:sameAs")
	// InverseLabel has the words that read a relation from object to subject.
	// OWL's inverseOf needs a second relation for it, and prov:inverse has a
	// name and no words.
	InverseLabel = term("kgo:inverse-label")

	// A claim: who said it, through whom, how, and where it stands.
	ClaimClass  = term("kgo:Claim")
	FromSource  = term("dcterms:source")
	Speaker     = term("kgo:speaker")
	Via         = term("kgo:via")
	ViaParty    = term("kgo:party")
	ViaNext     = term("kgo:next")
	StanceTerm  = term("kgo:stance")
	Hedge       = term("kgo:hedge")
	Note        = term("skos:note")
	DerivedFrom = term("prov:wasDerivedFrom")
	AnnotatedBy = term("prov:wasAttributedTo")
	SeeAlso     = term("rdfs:seeAlso") // where a claim can be looked up that stands in no text
	HasTarget   = term("oa:hasTarget")
	HasSource   = term("oa:hasSource")
	HasSelector = term("oa:hasSelector")
	Start       = term("oa:start")
	End         = term("oa:end")
	Page        = term("kgo:page")
	Paragraph   = term("kgo:paragraph")
	Row         = term("kgo:row")
	Column      = term("kgo:column")
	SHA256      = term("kgo:sha256")

	// A source.
	SourceClass = term("kgo:Source")
	ReadingOf   = term("kgo:reading-of")
	Title       = term("dcterms:title")
	Publisher   = term("dcterms:publisher")
	Issued      = term("dcterms:issued")
	Language    = term("dcterms:language")
	Address     = term("schema:url")
	Characters  = term("kgo:characters")
	FromFile    = term("kgo:extracted-from")
	Extractor   = term("kgo:extractor")
	Body        = term("kgo:body")
	Heading     = term("kgo:heading")
	Table       = term("kgo:table")

	// A decision: see Decision.
	RetractionClass  = term("kgo:Retraction")
	RestorationClass = term("kgo:Restoration")
	MatchClass       = term("kgo:Match")
	MatchedWith      = term("kgo:matched-with")
	MatchVerdict     = term("kgo:judged")
	DecisionOn       = term("kgo:decision-on")
	DecisionReason   = term("kgo:decision-reason")
	DecidedBy        = term("kgo:decided-by")
	DecidedAt        = term("prov:generatedAtTime")

	// A quantity and a date, which are nodes.
	QuantityClass = term("schema:QuantitativeValue")
	Value         = term("schema:value")
	MinValue      = term("schema:minValue")
	MaxValue      = term("schema:maxValue")
	Unit          = term("schema:unitText")
	Per           = term("kgo:per")
	Period        = term("kgo:period")
	Of            = term("kgo:of")
	ComparedTo    = term("kgo:compared-to")
	SameSum       = term("kgo:same-sum")
	Approximate   = term("kgo:approximate")
	Uncertain     = term("kgo:uncertain")
	Printed       = term("kgo:printed")
	DateClass     = term("kgo:Date")
	EDTF          = term("kgo:edtf")
	Earliest      = term("kgo:earliest")
	Latest        = term("kgo:latest")
	Precision     = term("kgo:precision")
	Resolved      = term("kgo:resolved")

	// BelongsTo stands above the relations whose subject belongs to their object.
	BelongsTo = term("kgo:belongs-to")

	// An event: planned, promised, attempted or done, and when.
	Status  = term("kgo:status")
	Done    = term("kgo:done")
	Ongoing = term("kgo:ongoing")
	When    = term("kgo:date")
	After   = term("kgo:after")

	// A change of a thing, and an activity.
	Changes   = term("kgo:changes")
	Direction = term("kgo:direction")
	Resumed   = term("kgo:resumed")
	Actor     = term("kgo:actor")

	// Terms of claims alone: the steps between publisher and speaker, and the locator.
	AttributionClass = term("kgo:Attribution")
	SpecificResource = term("oa:SpecificResource")
	PositionSelector = term("oa:TextPositionSelector")

	domainIncludes = term("schema:domainIncludes") // of relations that several kinds have
	xsdDateTime    = term("xsd:dateTime")
)

// Naming are the relations by which graphs name things, ours first: the first
// that a thing has names it.
var Naming = []quad.IRI{
	Label, term("skos:prefLabel"), term("schema:name"), "http://schema.org/name", "http://xmlns.com/foaf/0.1/name", Title,
}

// ThingKind stands above all kinds of what sources speak of.
var ThingKind = term("kgo:Thing")

// EventKind stands above the kinds of what happens.
var EventKind = term("kgo:Event")

// Vocabulary are the kinds of what other things are described with.
var Vocabulary = []quad.IRI{
	Class, Property, term("owl:Class"), term("owl:ObjectProperty"), term("owl:DatatypeProperty"), term("owl:AnnotationProperty"),
}

// Parts are the kinds of what only a claim has: figures, the way of its words,
// its place. They have no names of their own.
var Parts = []quad.IRI{QuantityClass, DateClass, AttributionClass, SpecificResource, PositionSelector}

// Records are the kinds of what kg keeps about sources, beside the things
// that sources speak of.
var Records = slices.Concat([]quad.IRI{ClaimClass, SourceClass, AttributionClass, SpecificResource, PositionSelector}, DecisionClasses)

// DecisionClasses are the kinds of decisions.
var DecisionClasses = []quad.IRI{RetractionClass, RestorationClass, MatchClass}

// Stance is how a speaker stands to what a claim says.
type Stance string

// The stances, from the surest to the weakest; a denied claim's edges are what
// its speaker says is not so. Who admits or confirms something is as sure of it as
// who asserts it, and answers what others said.
const (
	Asserts   Stance = "asserts"
	Admits    Stance = "admits"
	Confirms  Stance = "confirms"
	Estimates Stance = "estimates"
	Predicts  Stance = "predicts"
	Alleges   Stance = "alleges"
	Denies    Stance = "denies"
)

// Stances lists the stances from the surest to the weakest.
var Stances = []Stance{Asserts, Admits, Confirms, Estimates, Predicts, Alleges, Denies}

// Rank is how weak a stance is: 0 for the surest, more for weaker ones.
func (s Stance) Rank() int { return max(0, slices.Index(Stances, s)-slices.Index(Stances, Confirms)) }

// IRI is the stance as a term of the ontology.
func (s Stance) IRI() quad.IRI { return term("kgo:" + string(s)) }

// Responds reports whether a stance answers what others said of the same event.
func (s Stance) Responds() bool { return s == Admits || s == Confirms || s == Denies }
