package propose

import (
	"fmt"
	"maps"
	"strconv"

	"kg/internal/claimsfile"
)

// Begin is the file of a text of which nothing is claimed yet: its source, of which
// values has what the text does not tell, and entities, such as its publisher.
func (p *Proposal) Begin(name string, values map[string]string, entities []claimsfile.EntityText) (*claimsfile.Edited, error) {
	all := map[string]string{"id": p.ID, "sha256": p.text.SHA256, "characters": strconv.Itoa(p.text.Len()), "heading": p.Heading,
		"extracted-from": p.text.FromFile, "extractor": p.text.Extractor}
	if p.Body > 0 {
		all["body"] = strconv.Itoa(p.Body)
	}
	maps.Copy(all, values)
	e, err := claimsfile.OpenEdited(name, []byte("source:\n  id: x\n"))
	if err == nil {
		e, err = e.PutSource(all)
	}
	for _, n := range entities {
		if err == nil {
			e, _, err = e.PutEntity("", n)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("beginning %q: %w", name, err)
	}
	return e, nil
}

// Line is an entity as a file and a form have it, with its id where that is not the
// one that its name would give.
func (n *Mention) Line() string {
	line := n.line()
	if (claimsfile.EntityText{Line: line}).Called() == n.ID {
		return line
	}
	return n.ID + ": " + line
}
