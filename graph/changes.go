package graph

import "strings"

// ClaimChange is what loading did to one claim: added, removed or changed it.
type ClaimChange struct{ Claim, Change string }

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
