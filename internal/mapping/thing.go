package mapping

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"kg/internal/document"
	"kg/internal/fold"
	"kg/internal/strict"
)

// instances appends to list the entities of a thing in a row, declared.
func (row *rowOf) instances(t *thing, list []instance) []instance {
	if len(t.when) > 0 && !slices.ContainsFunc(t.when, func(c *columnRef) bool { return row.cell(c, "") != "" }) {
		return list
	}
	if t.each == nil {
		return row.instance(t, strict.Word{}, list)
	}
	for _, v := range row.values(t.each, instance{}) {
		list = row.instance(t, v, list)
	}
	return list
}

// instance returns the entity of a thing for a value of a cell.
func (row *rowOf) instance(t *thing, v strict.Word, list []instance) []instance {
	of := instance{value: v.Text, pos: v.Pos}
	for _, id := range t.ids {
		text, ok := id.fill(row, v.Text)
		if !ok {
			continue
		}
		of.pos = row.pos(id, of)
		if of.id = row.slug(text); of.id == "" {
			row.r.Addf(of.pos, "%q has neither letter nor digit for the id of %s", text, t.id.Text)
		} else if row.declare(t, of) {
			list = append(list, of)
		}
		break
	}
	return list
}

// declare puts an entity into the document, or holds it against the one of that id.
func (row *rowOf) declare(t *thing, of instance) bool {
	e := document.Entity{ID: strict.Word{Text: of.id, Pos: of.pos}}
	kinds := row.values(t.kind, of)
	if len(kinds) == 0 {
		row.r.Addf(of.pos, "nothing says of what kind %q is: the cell is empty", of.id)
		return false
	}
	var ok bool
	if e.Kind, ok = row.meant(t.kind, kinds[0]); !ok {
		return false
	}
	if names := row.values(t.name, of); len(names) > 0 {
		e.Name, e.Also = names[0], names[1:]
	}
	if t.description != nil {
		if text, ok := t.description.fill(row, of.value); ok {
			e.Description = strict.Word{Text: text, Pos: row.pos(t.description, of)}
		}
	}
	for _, c := range t.also {
		e.Also = append(e.Also, row.values(c, of)...)
	}
	for _, c := range t.sameAs {
		e.SameAs = append(e.SameAs, row.values(c, of)...)
	}
	e.Also = distinct(e.Also, e.Name.Text)
	before, known := row.entities[of.id]
	if !known {
		row.entities[of.id] = row.made.add(declared{e, row.Number})
		return true
	}
	return row.agree(&before.Entity, &e, before.row)
}

// agree merges the statements of two rows about one entity, or of a row and the mapping.
// An entity has one kind, one name and one description: the order of rows must not choose
// among several.
func (row *rowOf) agree(was, is *document.Entity, first int) bool {
	for _, p := range []struct {
		what    string
		was, is *strict.Word
	}{{"of kind", &was.Kind, &is.Kind}, {"called", &was.Name, &is.Name}, {"described as", &was.Description, &is.Description}} {
		switch {
		case p.is.Text == "" || p.is.Text == p.was.Text:
		case p.was.Text == "":
			*p.was = *p.is
		case first > 0 && p.is != &is.Kind && row.slug(p.is.Text) == row.slug(p.was.Text):
			// Another spelling, in case or in punctuation. Whichever row came first must
			// not matter.
			if p.is.Text < p.was.Text {
				*p.is, *p.was = *p.was, *p.is
			}
			is.Also = append(is.Also, *p.is)
		case first > 0:
			row.r.Addf(is.ID.Pos, "%q is %s %q here, and %q in row %d: if they are two, put a column into the id that tells them apart; if one, give the mapping what they share",
				is.ID.Text, p.what, p.is.Text, p.was.Text, first)
			return false
		case p.is == &is.Kind:
			row.r.Addf(is.ID.Pos, "%q is of kind %q here, and %q in the mapping", is.ID.Text, p.is.Text, p.was.Text)
			return false
		case p.is == &is.Name:
			is.Also = append(is.Also, is.Name)
		}
	}
	was.Also = distinct(append(was.Also, is.Also...), was.Name.Text)
	was.SameAs = distinct(append(was.SameAs, is.SameAs...), "")
	return true
}

// distinct are the words of a list, each once, without one; the list is theirs then.
func distinct(list []strict.Word, but string) []strict.Word {
	kept := list[:0]
	for _, w := range list {
		if w.Text != but && !slices.ContainsFunc(kept, func(k strict.Word) bool { return k.Text == w.Text }) {
			kept = append(kept, w)
		}
	}
	return kept
}

// slug makes an id from a text. Latin letters lose their accents; letters of other
// scripts, which an id cannot have, are represented by a digest.
func (x *tableRun) slug(text string) string {
	if isASCII(text) {
		return fold.Slug(text)
	}
	if s, ok := x.slugs[text]; ok {
		return s
	}
	s := slugOf(text)
	if len(x.slugs) < mostSlugs {
		x.slugs[text] = s
	}
	return s
}

// mostSlugs is how many ids and dates are remembered: most cells that make one repeat.
const mostSlugs = 1 << 16

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}

func slugOf(text string) string {
	if isASCII(text) {
		return fold.Slug(text)
	}
	lost := false
	var b strings.Builder
	for _, c := range norm.NFD.String(text) {
		switch {
		case c < 0x80:
			b.WriteRune(c)
		case 0x300 <= c && c < 0x370: // a mark
		default:
			lost = lost || unicode.In(c, unicode.Letter, unicode.Mark, unicode.Digit)
			b.WriteByte(' ')
		}
	}
	s := fold.Slug(b.String())
	if lost {
		sum := sha256.Sum256([]byte(text))
		s = strings.TrimPrefix(s+"-"+hex.EncodeToString(sum[:4]), "-")
	}
	return s
}
