package claimsfile

import (
	"kg/schema"
	"kg/schema/strict"
)

// readClaims puts the claims of a file into a document: once, while they are checked, if
// each can be checked by itself.
func readClaims(d *schema.Document, n strict.Node, once bool) {
	if !once {
		for id, node := range claimsOf(n) {
			c, made := claim(id, node)
			d.Claims, d.Entities = append(d.Claims, c), append(d.Entities, made...)
		}
		return
	}
	d.Once = func(yield func(schema.Claim) bool) {
		for id, node := range claimsOf(n) {
			if c, _ := claim(id, node); !yield(c) {
				return
			}
		}
	}
}

// eachAlone reports whether every claim of a file can be checked by itself, when the
// entities are known that are declared outside of claims: see Document.Once. It notes
// nothing, and says no if in doubt.
func eachAlone(n strict.Node) bool {
	for claim := range n.Children() {
		for key, value := range claim.Quiet() {
			switch key {
			case "id", "says", "stance", "hedge", "note", "via":
			case "speaker":
				if value.IsList() {
					return false
				}
			case "at":
				if !value.IsMapping() && !placePattern().MatchString(value.Text()) {
					return false // the words of a draft
				}
			case "edges":
				if !edgesAlone(value) {
					return false
				}
			default:
				return false
			}
		}
	}
	return true
}

// edgesAlone reports whether edges are a mapping in which nothing is declared.
func edgesAlone(n strict.Node) bool {
	if !n.IsMapping() {
		return false
	}
	for _, of := range n.Quiet() {
		if !of.IsMapping() {
			return false
		}
		for relation := range of.Quiet() {
			if relation == schema.Is {
				return false
			}
		}
	}
	return true
}
