package claimsfile

import (
	"strconv"

	"kg/schema"
	"kg/schema/strict"
)

// A place in a line: 12:228-302 and the SHA-256 of the passage, or with the page of a
// document 3/12:228-302. It is what at has instead of its fields, and what kg writes.
var (
	placePattern = strict.Pattern(`^(?:([0-9]+)/)?([0-9]+):([0-9]+)-([0-9]+) +([0-9a-f]{64})$`)
	// likePlace is what is meant for a place, and is no place: nobody's words are so.
	likePlace = strict.Pattern(`^(?:[0-9]+/)?[0-9]+:[0-9]+-[0-9]+ +[0-9a-fA-F]{8,}$`)
)

// placeOfLine reads a place in a line, or else words.
func placeOfLine(n strict.Node) schema.Locator {
	w := n.Word("at")
	m := placePattern().FindStringSubmatch(w.Text)
	if m == nil {
		if likePlace().MatchString(w.Text) {
			n.Addf("a place in a line is its paragraph, start and end and its SHA-256 in 64 digits, as 2:228-302 9f86…: kg locate FILE --text TEXT writes it")
		}
		return schema.Locator{Pos: w.Pos, Words: w.Text}
	}
	p := schema.Locator{Pos: w.Pos, SHA256: m[5]}
	for i, to := range []*int{&p.Page, &p.Paragraph, &p.Start, &p.End} {
		if m[i+1] == "" {
			continue
		}
		number, err := strconv.Atoi(m[i+1])
		if err != nil || i == 0 && number == 0 {
			n.Addf("at: %q is no number that a text can have here", m[i+1])
		}
		*to = number
	}
	return p
}

// placeOfFields reads the fields of a place.
func placeOfFields(n strict.Node) schema.Locator {
	f := n.Fields("at", placeFields...)
	n.Needs("at", placeNeeds...)
	p := schema.Locator{
		Pos:       n.Pos(),
		Page:      f["page"].Int("page"),
		Paragraph: f["paragraph"].Int("paragraph"),
		Start:     f["start"].Int("start"),
		End:       f["end"].Int("end"),
		SHA256:    f["sha256"].Word("sha256").Text,
	}
	if f["page"].Present() && p.Page < 1 {
		f["page"].Addf("the first page is 1, not %d", p.Page)
	}
	return p
}
