package ftm

import (
	"encoding/hex"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// escape spells an id so that it can be the last part of an IRI.
func escape(id string) string {
	if strings.IndexFunc(id, escaped) < 0 {
		return id
	}
	var b strings.Builder
	for i := 0; i < len(id); i++ {
		if c := id[i]; c >= utf8.RuneSelf || escaped(rune(c)) {
			b.WriteByte('%')
			b.WriteString(strings.ToUpper(hex.EncodeToString([]byte{c})))
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

func escaped(r rune) bool {
	return (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && !strings.ContainsRune("-._~", r)
}

// unescape is the inverse of escape; false for text that escape does not produce.
func unescape(s string) (string, bool) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '%' {
			b.WriteByte(s[i])
			continue
		}
		if i+3 > len(s) {
			return "", false
		}
		c, err := hex.DecodeString(s[i+1 : i+3])
		if err != nil {
			return "", false
		}
		b.Write(c)
		i += 2
	}
	return b.String(), escape(b.String()) == s
}

// folder is where the entities of FollowTheMoney live under a base.
const folder = "ftm/"

// entityIRI is the IRI of the entity with that id.
func entityIRI(base schema.Base, id string) quad.IRI {
	return quad.IRI(string(base) + folder + escape(id))
}

// idOf is the id of the entity with that IRI: the one that it came with, or one made
// from the IRI, of the characters that FollowTheMoney allows.
func idOf(base schema.Base, iri quad.IRI) string {
	if rest, ok := strings.CutPrefix(string(iri), string(base)+folder); ok {
		if id, ok := unescape(rest); ok {
			return id
		}
	}
	rest, ours := strings.CutPrefix(string(iri), string(base))
	if id := "kg." + strings.ReplaceAll(rest, "/", "."); ours && validID.MatchString(id) && !strings.Contains(rest, ".") {
		return id
	}
	return "kg-" + digest(string(iri))
}

// validID matches valid FollowTheMoney ids.
var validID = regexp.MustCompile(`^[0-9a-zA-Z]([0-9a-zA-Z.\-]*[0-9a-zA-Z])?$`)
