package ftm

import (
	"encoding/csv"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// Model is FollowTheMoney's schemata and properties, with their mappings.
type Model struct {
	schemata map[string]*class
	byKind   map[quad.IRI]*class // the schema that entities of a kind are written as
	kinds    map[quad.IRI]*schema.Kind
	names    map[quad.IRI]string // of relations
	codes    map[string]quad.IRI // of kinship
	ontology []quad.Quad
	numbered []*schemaProperty // by their numbers
	// countryKind is the kind of the countries that codes stand for.
	countryKind quad.IRI
}

// class is a schema of FollowTheMoney.
type class struct {
	Name           string
	Source, Target *schemaProperty // of an edge
	abstract       bool            // no entity has it
	kind           *schema.Kind
	parents        []*class
	props          map[string]*schemaProperty // its own and those of its parents
	stubs          map[string]*schemaProperty // those that point to it, by their names from here
	byTerm         map[quad.Value]*schemaProperty
}

// schemaProperty is a property of a schema. How its values are written in the graph
// depends on the schema of the entity.
type schemaProperty struct {
	Name, Type string
	number     int    // among all properties, from 1; 0 for an end of another's
	owner      string // name of the schema that defines it
	ranges     string // the schema that an entity's property leads to
	reverse    string
	own        quad.Value // FollowTheMoney's own name for it, an IRI
	how        how
	term       quad.Value // the relation, an IRI; of an event the one from it to the entity
	event      *schema.Kind
}

// how is the mapping of a property's values.
type how byte

const (
	kept      how = iota // quads of FollowTheMoney's own name
	textual              // a literal
	reference            // another entity
	country              // a country
	date                 // a date
	from                 // the beginning of the date of an event
	to                   // its end
	code                 // a kinship
	event                // an event of a kind, with its date
	amount               // the figure of a quantity
	currency             // its unit
	percent              // a quantity in percent
	onClaim              // a statement about the claim
)

// ftmTerm is FollowTheMoney's own name for a property.
const ftmTerm = "https://schema.followthemoney.tech/#"

// memberTerm begins the name of a member of an entity that is no property.
const memberTerm = "https://schema.followthemoney.tech/entity#"

// schemaTerm leads to the name of an entity's schema.
const schemaTerm = quad.IRI(memberTerm + "schema")

const kinshipSet = "KinshipKind"

// NewModel reads the tables of package schema.
func NewModel(o *schema.Ontology) (*Model, error) {
	m := &Model{
		schemata: map[string]*class{}, byKind: map[quad.IRI]*class{}, kinds: map[quad.IRI]*schema.Kind{},
		names: map[quad.IRI]string{}, codes: map[string]quad.IRI{}, ontology: o.Quads(), countryKind: o.Kind("Country").IRI,
	}
	for _, k := range o.Kinds() {
		m.kinds[k.IRI] = k
	}
	for _, r := range o.Relations() {
		m.names[r.IRI] = strings.ReplaceAll(r.Name, "-", " ")
	}
	for _, c := range o.Kind(kinshipSet).Codes {
		m.codes[c.Name] = c.IRI
	}
	homes, err := table("followthemoney.tsv", 6)
	if err != nil {
		return nil, err
	}
	for _, row := range homes {
		m.schemata[row[0]] = &class{
			Name: row[0], kind: o.Kind(row[1]), abstract: strings.HasPrefix(row[4], "abstract there"),
			props: map[string]*schemaProperty{}, stubs: map[string]*schemaProperty{}, byTerm: map[quad.Value]*schemaProperty{},
		}
	}
	for _, row := range homes {
		for _, parent := range strings.Fields(row[5]) {
			m.schemata[row[0]].parents = append(m.schemata[row[0]].parents, m.schemata[parent])
		}
	}
	rows, err := table("followthemoney-properties.tsv", 7)
	if err != nil {
		return nil, err
	}
	if err := m.properties(o, rows); err != nil {
		return nil, err
	}
	m.home(homes)
	return m, nil
}

// table reads a table of package schema without its header.
func table(name string, cells int) ([][]string, error) {
	f, err := schema.FollowTheMoney.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.Comment, r.FieldsPerRecord = '\t', '#', cells
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	return rows[1:], nil
}

// properties gives each schema its properties and those of its parents.
func (m *Model) properties(o *schema.Ontology, rows [][]string) error {
	m.numbered = []*schemaProperty{nil}
	own := map[string][][]string{}
	for _, row := range rows {
		own[row[0]] = append(own[row[0]], row)
	}
	for _, name := range slices.Sorted(maps.Keys(m.schemata)) {
		s := m.schemata[name]
		for _, of := range s.line() { // a child's mapping of a property overrides its parents'
			for _, row := range own[of.Name] {
				if s.props[row[1]] != nil {
					continue
				}
				p, err := newProperty(o, s.kind, row)
				if err != nil {
					return err
				}
				p.number = len(m.numbered)
				m.numbered = append(m.numbered, p)
				s.props[p.Name] = p
			}
		}
		for _, p := range slices.SortedFunc(maps.Values(s.props), func(a, b *schemaProperty) int { return strings.Compare(a.Name, b.Name) }) {
			if s.taken(p) {
				p.how = kept
			}
		}
	}
	for _, s := range m.schemata {
		for _, p := range s.props {
			for _, other := range m.schemata {
				if p.reverse != "" && p.ranges != "" && other.is(m.schemata[p.ranges]) {
					other.stubs[p.reverse] = p
				}
			}
		}
	}
	return nil
}

// taken reports whether another property of the schema becomes the same, and else
// notes that this one does.
func (s *class) taken(p *schemaProperty) bool {
	switch p.how {
	case textual, reference, country, date, code, percent:
		if s.byTerm[p.term] != nil {
			return true
		}
		s.byTerm[p.term] = p
	case event:
		s.byTerm[p.event.IRI] = p
	}
	return false
}

// line is a schema and those above it, the nearest first.
func (s *class) line() []*class {
	list := []*class{s}
	for i := 0; i < len(list); i++ {
		for _, p := range list[i].parents {
			if !slices.Contains(list, p) {
				list = append(list, p)
			}
		}
	}
	return list
}

// is reports whether a schema is another one, or below it.
func (s *class) is(other *class) bool { return slices.Contains(s.line(), other) }

// newProperty reads a row of the table for a schema of that kind. A property that the
// kind has no relation for is stored under its own name.
func newProperty(o *schema.Ontology, kind *schema.Kind, row []string) (*schemaProperty, error) {
	p := &schemaProperty{own: quad.IRI(ftmTerm + row[1]), owner: row[0], Name: row[1], Type: row[2], ranges: row[3], reverse: row[4]}
	words := strings.Fields(row[5])
	if len(words) == 0 {
		return p, nil
	}
	last := words[len(words)-1]
	if term, ok := plain[last]; ok {
		if p.how, p.term = textual, term; words[0] == "claim" {
			p.how = onClaim
		}
		return p, nil
	}
	name := last
	if words[0] == "amount" {
		name = "amount"
	} else if words[0] == "share" {
		name = "share"
	}
	rel := o.Relation(name)
	if rel == nil {
		return nil, fmt.Errorf("followthemoney-properties.tsv: %s.%s becomes %q, which is no relation", p.owner, p.Name, row[5])
	}
	p.term = rel.IRI
	switch {
	case words[0] == "event":
		if p.event = o.Kind(words[1]); rel.Range != nil && kind.Within(rel.Range) {
			p.how = event
		}
	case !rel.Serves(kind):
	case words[0] == "amount":
		p.how = map[string]how{"value": amount, "unit": currency}[words[1]]
	case words[0] == "share":
		p.how = percent
	case words[0] == "code":
		p.how = code
	case words[0] == "from" || words[0] == "to":
		p.how = map[string]how{"from": from, "to": to}[words[0]]
	default:
		p.how = map[string]how{"entity": reference, "country": country, "date": date}[p.Type]
		if p.how == kept {
			p.how = textual
		}
	}
	return p, nil
}

// plain are the terms that are no relations of a kind.
var plain = map[string]quad.IRI{
	"rdfs:label": schema.Label, "skos:altLabel": schema.AltLabel, "dcterms:description": schema.Description,
	"dcterms:title": schema.Title, "rdfs:seeAlso": schema.SeeAlso, "prov:hadPrimarySource": primarySource,
}

const primarySource = quad.IRI("http://www.w3.org/ns/prov#hadPrimarySource")

// written are the schemata that entities of a kind are written as where the table has
// several, or none.
var written = map[string]string{
	"Document": "Document", "Organisation": "Organization", "Agent": "LegalEntity", "Event": "Event", "Thing": "Asset",
	"Association": "UnknownLink", "CourtCase": "CourtCase", "Communication": "Call", "Project": "Project", "Tenure": "Occupancy",
	"Sanction": "Sanction", "Country": "Territory", "Place": "Address",
}

// home sets as which schema a kind is written, and which properties are the ends of
// edges.
func (m *Model) home(rows [][]string) {
	for _, k := range m.kinds {
		if name := written[k.Name]; name != "" {
			m.byKind[k.IRI] = m.schemata[name]
		}
	}
	for _, row := range rows {
		s := m.schemata[row[0]]
		if m.byKind[s.kind.IRI] == nil && !s.abstract && !record(s.kind) {
			m.byKind[s.kind.IRI] = s
		}
		for _, p := range s.props {
			if p.how != reference {
				continue
			}
			name := m.names[p.term.(quad.IRI)]
			if row[2] != "" && name == strings.ReplaceAll(row[2], "-", " ") {
				s.Source = p
			}
			if row[3] != "" && name == strings.ReplaceAll(row[3], "-", " ") {
				s.Target = p
			}
		}
	}
}

// record reports whether a kind is one of kg's records about sources, or of figures: no
// entity of FollowTheMoney has it.
func record(k *schema.Kind) bool {
	for ; k != nil; k = k.Parent {
		if k.Name == "Record" || k.Name == "Figure" {
			return true
		}
	}
	return false
}

// schemaOf returns the schema that entities of a kind are written as: that of the nearest
// superkind which has one; nil for a kind that is no entity.
func (m *Model) schemaOf(kind quad.IRI) *class {
	if k := m.kinds[kind]; k == nil || record(k) || len(k.Codes) > 0 {
		return nil
	}
	for k := m.kinds[kind]; k != nil; k = k.Parent {
		if s := m.byKind[k.IRI]; s != nil {
			return s
		}
	}
	return nil
}
