package ftm

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// provenances are the members of an entity that state its provenance. Entities with the
// same provenance are one claim of their dataset.
var provenances = []string{"dataset", "datasets", "origin", "first_seen", "last_seen", "last_change", "lang", "original_value", "external", "entity_id"}

func provenance(name string) bool { return slices.Contains(provenances, name) }

// claimed returns the object of a statement about the claim: the IRI that a text is, or
// an empty one for the id of an entity. It returns false if the text cannot be an object.
func claimed(p *schemaProperty, text string) (quad.IRI, bool) {
	switch {
	case p.Type == "entity":
		return "", text != ""
	case schema.CheckIRI(text) != nil || strings.ContainsFunc(text, func(r rune) bool { return r >= 0x7f }):
		return "", false
	}
	return quad.IRI(text), true
}

// claimOf returns the IRI of the claim that states an entity: entities with the same
// dataset and provenance share one claim. Its record is written once.
func (c *converter) claimOf(r *resolved) string {
	c.key = c.key[:0]
	for _, m := range r.Members {
		if provenance(m.Name) {
			c.key = append(append(append(c.key, m.Name...), ' '), m.JSON...)
			c.key = append(c.key, '\n')
		}
	}
	for _, v := range r.about {
		c.key = strconv.AppendInt(append(append(c.key, 0), v.Name...), int64(len(v.text)), 10)
		c.key = append(append(c.key, ' '), v.text...)
	}
	if iri := c.claims[string(c.key)]; iri != "" {
		return iri
	}
	known := string(c.key)
	claim := c.newClaim(r)
	remember(c.claims, known, claim)
	return claim
}

// newClaim is claimOf for an entity that is unlike those before.
func (c *converter) newClaim(r *resolved) string {
	datasets := datasetsOf(r.entity)
	name := strings.Join(datasets, "+")
	if name == "" {
		name = c.file
	}
	label := c.label
	if label == "" {
		label = c.base.Source(escape(strings.ReplaceAll(name, "+", "_and_")))
	}
	key := []string{"a claim of " + string(label)}
	for _, m := range r.Members {
		if provenance(m.Name) {
			key = append(key, m.Name+" "+m.JSON)
		}
	}
	for _, v := range r.about {
		if _, ok := claimed(v.schemaProperty, v.text); ok {
			key = append(key, "\x00"+v.Name+" "+v.text)
		}
	}
	slices.Sort(key[1:])
	k := strings.Join(key, "\n")
	if iri := c.seen[k]; iri != "" {
		return iri
	}
	claim := string(label) + "/claim/" + digest(k)
	remember(c.seen, k, claim)
	c.record(r, label, name, claim)
	return claim
}

// remember records what is written, up to a bound: writing it again changes nothing.
func remember(seen map[string]string, key, value string) {
	const most = 1 << 16
	if len(seen) >= most {
		clear(seen)
	}
	seen[key] = value
}

// record writes the record of a claim: its speaker and its provenance.
func (c *converter) record(r *resolved, label quad.IRI, name, claim string) {
	var s, end quad.Value = quad.IRI(claim), label
	if c.seen[string(label)] == "" {
		remember(c.seen, string(label), name)
		c.quad(end, schema.Type, datasetKind, end)
		c.text(end, schema.Label, name, end)
	}
	c.quad(s, schema.Type, schema.ClaimClass, end)
	c.quad(s, schema.FromSource, end, end)
	c.quad(s, schema.Speaker, end, end)
	c.quad(s, schema.StanceTerm, schema.Asserts.IRI(), end)
	c.text(s, schema.Comment, says(name, r.Members), end)
	for _, m := range r.Members {
		if provenance(m.Name) {
			c.member(s, m, end)
		}
	}
	for _, v := range r.about {
		iri, ok := claimed(v.schemaProperty, v.text)
		if !ok {
			continue
		}
		if iri == "" {
			iri = entityIRI(c.base, v.text)
		}
		c.quad(s, v.term, iri, end)
	}
}

// says returns the text of a claim: that the entities stand in the dataset.
func says(name string, members []jsonMember) string {
	text := "It stands in " + name
	for _, m := range members {
		if m.Name != "dataset" && m.Name != "datasets" && provenance(m.Name) {
			text += ", " + strings.ReplaceAll(m.Name, "_", " ") + " " + strings.Trim(m.JSON, `"`)
		}
	}
	return text + "."
}

// datasetsOf are the datasets that an entity says it is from.
func datasetsOf(e *entity) (names []string) {
	for _, m := range e.Members {
		switch m.Name {
		case "dataset":
			if text, ok := strings.CutPrefix(m.JSON, `"`); ok && strings.IndexByte(text, '\\') < 0 && len(text) > 1 {
				names = append(names, text[:len(text)-1]) // as nearly all are
				continue
			}
			var name string
			if json.Unmarshal([]byte(m.JSON), &name) == nil && name != "" {
				names = append(names, name)
			}
		case "datasets":
			var list []string
			if json.Unmarshal([]byte(m.JSON), &list) == nil {
				names = append(names, list...)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
