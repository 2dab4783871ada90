package claimsfile

import (
	"strings"

	"kg/internal/document"
	"kg/internal/strict"
)

// entityFields are the fields of an entity.
var entityFields = []string{"kind", "name", "also", "description", "same-as"}

// Entity reads an entity: its fields, or a line of its kind, its names and its
// description, such as City Moscow, or Person (A clerk).
func Entity(id strict.Word, n strict.Node) document.Entity {
	if n.Present() && !n.IsMapping() && !n.IsList() {
		return entityLine(id, n)
	}
	f := n.Fields("entity "+strict.Brief(id.Text), entityFields...)
	return document.Entity{
		ID:          id,
		Kind:        f["kind"].Word("kind"),
		Name:        f["name"].Word("name"),
		Also:        f["also"].Words("also"),
		Description: f["description"].Word("description"),
		SameAs:      f["same-as"].Words("same-as"),
	}
}

// entityLine reads KIND [NAME {/ OTHER NAME}] [(DESCRIPTION)]. A name with a slash
// between spaces, or with brackets at its end, takes the fields.
func entityLine(id strict.Word, n strict.Node) document.Entity {
	line := n.Line("entity " + strict.Brief(id.Text))
	at := func(i int) strict.Pos {
		return strict.Pos{Line: line.Pos.Line, Column: line.Pos.Column + len([]rune(line.Text[:i]))}
	}
	text := strings.TrimRight(line.Text, " ")
	kind, _, _ := strings.Cut(text, " ")
	e := document.Entity{ID: id, Kind: strict.Word{Text: kind, Pos: line.Pos}}
	end := len(text)
	if open := strings.Index(text, "("); open >= 0 && strings.HasSuffix(text, ")") {
		e.Description = strict.Word{Text: strings.TrimSpace(text[open+1 : end-1]), Pos: at(open + 1)}
		end = open
	}
	for start := len(kind); start < end; {
		stop := end
		if i := strings.Index(text[start:end], " / "); i >= 0 {
			stop = start + i
		}
		w := strict.Word{Text: strings.TrimSpace(text[start:stop])}
		w.Pos = at(start + strings.Index(text[start:stop], w.Text))
		switch {
		case w.Text == "":
		case e.Name.Text == "":
			e.Name = w
		default:
			e.Also = append(e.Also, w)
		}
		start = stop + len(" / ")
	}
	return e
}
