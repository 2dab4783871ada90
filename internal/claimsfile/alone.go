package claimsfile

import (
	"iter"

	"kg/internal/document"
	"kg/internal/strict"
	"kg/schema"
)

// readClaims puts the claims of a file into a document: once, while they are checked, if
// each can be checked by itself.
func readClaims(d *document.Document, n strict.Node, once bool) {
	if !once {
		for id, node := range claimsOf(n) {
			c, made := claim(id, node)
			d.Claims, d.Entities = append(d.Claims, c), append(d.Entities, made...)
		}
		return
	}
	d.Once = func(yield func(document.ClaimBatch) bool) {
		var list unreadClaims
		for id, node := range claimsOf(n) {
			if list = append(list, heading{id, node}); len(list) == document.BatchSize {
				if !yield(list.read) {
					return
				}
				list = nil
			}
		}
		if list != nil {
			yield(list.read)
		}
	}
}

// unreadClaims are consecutive claims that are not read yet.
type unreadClaims []heading

// heading is the id of a claim and its value.
type heading struct {
	id   strict.Word
	node strict.Node
}

func (s unreadClaims) read(r *strict.Report) iter.Seq[*document.Claim] {
	return func(yield func(*document.Claim) bool) {
		var c document.Claim
		for _, one := range s {
			if c, _ = claim(one.id, one.node.In(r)); !yield(&c) {
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
				if _, ok := cutPlace(value.Text()); !ok && !value.IsMapping() {
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
