package graph

import (
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
)

// ClaimChange is what loading did to one claim: added, removed or changed it.
type ClaimChange struct{ Claim, Change string }

// changes compares two versions of a source claim by claim. What belongs to no
// claim comes under the empty name.
func changes(before, now lines, src quad.IRI) []ClaimChange {
	old, fresh, differ := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for line, q := range before {
		id := claimOf(q, src)
		old[id] = true
		_, same := now[line]
		differ[id] = differ[id] || !same
	}
	for line, q := range now {
		id := claimOf(q, src)
		fresh[id] = true
		_, same := before[line]
		differ[id] = differ[id] || !same
	}
	var list []ClaimChange
	for _, id := range slices.Sorted(maps.Keys(differ)) {
		switch {
		case !differ[id]:
		case !old[id]:
			list = append(list, ClaimChange{id, "added"})
		case !fresh[id]:
			list = append(list, ClaimChange{id, "removed"})
		default:
			list = append(list, ClaimChange{id, "changed"})
		}
	}
	return list
}

// claimOf is the id of the claim a quad of the source belongs to.
func claimOf(q quad.Quad, src quad.IRI) string {
	iri := iriOf(q.Label)
	if iri == src {
		iri = iriOf(q.Subject)
	}
	id, isClaim := strings.CutPrefix(string(iri), string(src)+"/claim/")
	if !isClaim {
		return ""
	}
	id, _, _ = strings.Cut(id, "/")
	return id
}

// differing says which claims changed, in words.
func differing(list []ClaimChange) string {
	var words []string
	for _, c := range list {
		if c.Claim == "" {
			words = append(words, "the source or its entities "+c.Change)
		} else {
			words = append(words, "claim "+c.Claim+" "+c.Change)
		}
	}
	return strings.Join(words, ", ")
}
