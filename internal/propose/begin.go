package propose

import (
	"fmt"
	"maps"
	"strconv"

	"kg/internal/claimsfile"
)

// Begin returns the claims file of a text without claims yet: its source, with values for
// what the text does not state, and entities, such as its publisher.
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

// Line returns an entity as a line of a file and a form, with its id where that differs
// from the one made from its name.
func (n *Mention) Line() string {
	line := n.line()
	if (claimsfile.EntityText{Line: line}).Called() == n.ID {
		return line
	}
	return n.ID + ": " + line
}
