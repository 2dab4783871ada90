package claimsfile

import (
	"strconv"
	"strings"

	"kg/internal/strict"
	"kg/schema"
)

// locatorLine is a locator on one line: 12:228-302 and the SHA-256 of the passage, or with
// the page of a document 3/12:228-302. It is the value of at in place of its fields, and
// the form that kg writes.
type locatorLine struct {
	page, paragraph, start, end string // digits; the page may be empty
	sha256                      string
}

// cutPlace takes a line apart. A file has one for each claim, too many for a pattern:
//
//	^(?:([0-9]+)/)?([0-9]+):([0-9]+)-([0-9]+) +([0-9a-f]{64})$
func cutPlace(line string) (p locatorLine, ok bool) {
	digits := func(to *string, behind byte) bool {
		n := 0
		for n < len(line) && '0' <= line[n] && line[n] <= '9' {
			n++
		}
		if n == 0 || n == len(line) || line[n] != behind {
			return false
		}
		*to, line = line[:n], line[n+1:]
		return true
	}
	_ = digits(&p.page, '/')
	if !digits(&p.paragraph, ':') || !digits(&p.start, '-') || !digits(&p.end, ' ') {
		return locatorLine{}, false
	}
	p.sha256 = strings.TrimLeft(line, " ")
	return p, len(p.sha256) == 64 && strings.Trim(p.sha256, "0123456789abcdef") == ""
}

// likeLocator matches a malformed locator: a draft's words never look so.
var likeLocator = strict.Pattern(`^(?:[0-9]+/)?[0-9]+:[0-9]+-[0-9]+ +[0-9a-fA-F]{8,}$`)

// locatorOfLine reads a locator on one line, or else a draft's words.
func locatorOfLine(n strict.Node) schema.Locator {
	w := n.Word("at")
	line, ok := cutPlace(w.Text)
	if !ok {
		if likeLocator().MatchString(w.Text) {
			n.Addf("a place in a line is its paragraph, start and end and its SHA-256 in 64 digits, as 2:228-302 9f86…: kg locate FILE --text TEXT writes it")
		}
		return schema.Locator{Pos: w.Pos, Words: w.Text}
	}
	p := schema.Locator{Pos: w.Pos, SHA256: line.sha256}
	for _, part := range []struct {
		to     *int
		digits string
		least  int
	}{{&p.Page, line.page, 1}, {&p.Paragraph, line.paragraph, 0}, {&p.Start, line.start, 0}, {&p.End, line.end, 0}} {
		if part.digits == "" {
			continue
		}
		number, err := strconv.Atoi(part.digits)
		if err != nil || number < part.least {
			n.Addf("at: %q is no number that a text can have here", part.digits)
		}
		*part.to = number
	}
	return p
}

// locatorOfFields reads a locator from its fields.
func locatorOfFields(n strict.Node) schema.Locator {
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
