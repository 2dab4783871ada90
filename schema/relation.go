package schema

import (
	"slices"
	"strings"
)

// RelationsOf lists the relations that an entity of kind k can have: its own, then
// those of each kind above it, by name.
func (o *Ontology) RelationsOf(k *Kind) (list []*Relation) {
	seen := map[*Relation]bool{}
	for ; k != nil; k = k.Parent {
		for _, r := range o.Relations() {
			if slices.Contains(r.Kinds, k) && !seen[r] {
				seen[r] = true
				list = append(list, r)
			}
		}
	}
	return list
}

// Required reports whether an entity of kind k must have the relation.
func (r *Relation) Required(k *Kind) bool { return slices.Contains(k.Needs(), r) }

// Takes is what the relation leads to, in words.
func (r *Relation) Takes() string {
	switch {
	case r.Literal != "":
		return r.Literal
	case len(r.Range.Codes) > 0:
		return "one of " + strings.Join(r.Range.CodeNames(), ", ")
	}
	return r.Range.Name
}

// RangeName is what the relation leads to, as an error says it.
func (r *Relation) RangeName() string {
	switch {
	case r.Literal == "edtf":
		return "a date such as 2008-03-12 or 2008-02"
	case r.Range == nil:
		return "a " + r.Literal
	}
	if len(r.Range.Codes) > 0 {
		return "one of the codes of " + r.Range.Name
	}
	return "an entity of kind " + r.Range.Name
}
