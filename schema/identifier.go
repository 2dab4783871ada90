package schema

import "github.com/cayleygraph/quad"

// Identifiers are the relations by whose values things are told apart: each leads to a
// number or code in a register.
var Identifiers = []struct {
	Relation  quad.IRI
	Name      string // what people call it
	Permanent bool   // a thing never has two: it goes with its hull, its security, its chassis
}{
	{term("kgo:imo"), "IMO number", true},
	{term("schema:leiCode"), "LEI", true},
	{term("kgo:isin"), "ISIN", true},
	{term("schema:vehicleIdentificationNumber"), "VIN", true},
	{term("kgo:wallet-address"), "wallet address", true},
	{term("kgo:mmsi"), "MMSI", false},
	{term("kgo:call-sign"), "call sign", false},
	{term("kgo:registration"), "registration", false},
	{term("kgo:registration-number"), "registration number", false},
	{term("kgo:serial-number"), "serial number", false},
	{term("kgo:account-number"), "account number", false},
	{term("kgo:document-number"), "document number", false},
	{term("schema:taxID"), "tax number", false},
	{term("schema:identifier"), "identifier", false},
}

// Relations beside names and identifiers that match compares.
var (
	DocumentHolder = term("kgo:document-holder")
	Born           = term("kgo:born")
	BirthDates     = []quad.IRI{term("schema:birthDate"), "http://schema.org/birthDate"} // of other graphs
	CountriesOf    = []quad.IRI{term("kgo:nationality"), term("kgo:flag"), term("kgo:jurisdiction")}
	PostsOf        = []quad.IRI{term("org:holds"), term("kgo:occupation")}
	// AboutEvents are the relations of events to what has no part in them.
	AboutEvents = []quad.IRI{
		term("kgo:located-in"), term("dcterms:isPartOf"), BelongsTo, term("kgo:cause"), term("kgo:purpose"), After,
		term("kgo:evident-in"), term("kgo:known-to"), term("kgo:revealed-by"), term("kgo:made-of"),
	}
	PersonKinds = []quad.IRI{term("schema:Person"), "http://schema.org/Person", "http://xmlns.com/foaf/0.1/Person"}
)
