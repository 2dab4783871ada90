package schema

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/cayleygraph/quad"

	"kg/internal/strict"
)

// Kind is a sort of thing, such as Company, or a list of codes, such as Status.
type Kind struct {
	Name     string // as in claims files: Company
	Is       string // what it is, in a sentence
	Parent   *Kind  // nil for a root
	IRI      quad.IRI
	Abstract bool        // no entity is of this kind itself, only of its children
	Codes    []Code      // a closed list of values, for kinds that are one
	Required []*Relation // relations an entity of this kind must have
	Synonyms []string    // what people call it who do not know its name
	Shorts   []*Short    // the sentences that make an event of this kind

	pos    strict.Pos
	file   string
	folder string // of the IRIs of its entities: Folder of Name
}

// Code is one value of a kind that is a list of codes.
type Code struct {
	Name, Is string
	IRI      quad.IRI
}

// Relation joins an entity of one of its kinds with one of kind Range, or with a
// literal when Range is nil.
type Relation struct {
	Name, Is string
	IRI      quad.IRI
	Kinds    []*Kind // that have it: the one that defines it, then those that share it
	Domain   *Kind   // the nearest kind above them all: for a reader of RDFS
	Range    *Kind
	Literal  string // the sort of literal, a key of literals
	Inverse  string // how it is read from object to subject: is governed by; empty for literals
	Belongs  bool   // its subject belongs to its object: who asks for that is told of this
	Synonyms []string

	file string
}

// Serves reports whether an entity of kind k can have the relation.
func (r *Relation) Serves(k *Kind) bool {
	return slices.ContainsFunc(r.Kinds, k.Within)
}

// Ontology is a set of kinds and relations without lint. ReadOntology is its
// only constructor.
type Ontology struct {
	kinds     map[string]*Kind
	relations map[string]*Relation
	verbs     map[string]*Short
}

// Kind returns the kind of that name, or nil.
func (o *Ontology) Kind(name string) *Kind { return o.kinds[name] }

// Relation returns the relation of that name, or nil.
func (o *Ontology) Relation(name string) *Relation { return o.relations[name] }

// Kinds lists the kinds by name.
func (o *Ontology) Kinds() []*Kind {
	var list []*Kind
	for _, name := range slices.Sorted(maps.Keys(o.kinds)) {
		list = append(list, o.kinds[name])
	}
	return list
}

// Relations lists the relations by name.
func (o *Ontology) Relations() []*Relation {
	var list []*Relation
	for _, name := range slices.Sorted(maps.Keys(o.relations)) {
		list = append(list, o.relations[name])
	}
	return list
}

// Within tells whether k is the kind other or one of its descendants.
func (k *Kind) Within(other *Kind) bool {
	for ; k != nil; k = k.Parent {
		if k == other {
			return true
		}
	}
	return false
}

// Needs lists what an entity of kind k must have, from its ancestors too.
func (k *Kind) Needs() []*Relation {
	var list []*Relation
	for ; k != nil; k = k.Parent {
		list = append(list, k.Required...)
	}
	return list
}

// Code returns the code of that name.
func (k *Kind) Code(name string) (Code, bool) {
	i := slices.IndexFunc(k.Codes, func(c Code) bool { return c.Name == name })
	if i < 0 {
		return Code{}, false
	}
	return k.Codes[i], true
}

// CodeNames are the names of its codes, in their order.
func (k *Kind) CodeNames() []string {
	var names []string
	for _, c := range k.Codes {
		names = append(names, c.Name)
	}
	return names
}

// Folder is the part of an entity's IRI that tells its kind, by the kind's
// name: JointVenture is joint-venture.
func Folder(kind string) string {
	var b strings.Builder
	for i, r := range kind {
		if i > 0 && unicode.IsUpper(r) {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// Folder is the part of the IRIs of its entities that tells the kind.
func (k *Kind) Folder() string { return k.folder }

// RelationNames lists the relations an entity of kind k can have.
func (o *Ontology) RelationNames(k *Kind) []string {
	var names []string
	for name, r := range o.relations {
		if k == nil || r.Serves(k) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
