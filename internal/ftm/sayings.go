package ftm

import (
	"cmp"
	"crypto/sha1" // of which FollowTheMoney makes the ids of statements
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"io"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
	"golang.org/x/text/language"

	"kg/schema"
)

// NewStatementWriter returns a Writer of statements: a table with one row per value and
// claim. The header is always written.
func (m *Model) NewStatementWriter(to io.Writer, base schema.Base, g Graph) *Writer {
	w := m.NewWriter(to, base, g)
	w.table, w.origins = csv.NewWriter(to), map[quad.Value]origin{}
	_ = w.table.Write(columns) // its error is that of Flush
	return w
}

// saying is the statement of a value by a claim, with the properties of that value alone.
type saying struct {
	name, value    string
	claim          quad.Value
	lang, original string
}

// origin is the provenance of a claim.
type origin struct {
	datasets []string
	cells    map[string]string // by column
	lost     []string          // members that have no column
}

// say records which claims state an added value, if statements are written.
func (g *gathered) say(name, value string) {
	s := saying{name, value, g.claim, g.lang, g.original}
	if g.heard == nil || g.heard[s] {
		return
	}
	g.heard[s] = true
	g.said = append(g.said, s)
}

// Flush writes what is buffered, and the header of a table without a row: call it at the
// end.
func (w *Writer) Flush() error {
	if w.table == nil {
		return nil
	}
	w.table.Flush()
	return w.table.Error()
}

// originOf returns the provenance of the claim that a label names.
func (w *Writer) originOf(label quad.Value) (origin, error) {
	if o, known := w.origins[label]; known {
		return o, nil
	}
	o := origin{cells: map[string]string{}}
	var about []quad.Quad
	c, err := w.graph.Claim(label)
	if label != nil && err == nil {
		about, err = w.graph.Quads(quad.Quad{Subject: label})
	}
	if err != nil {
		return o, err
	}
	theirs := false
	for _, q := range about {
		predicate, _ := q.Predicate.(quad.IRI)
		name, ok := strings.CutPrefix(string(predicate), memberTerm)
		if !ok {
			if source, is := q.Object.(quad.IRI); is && predicate == schema.FromSource {
				c.Source = cmp.Or(c.Source, source)
			}
			continue
		}
		theirs = true
		name, _ = unescape(name)
		o.member(name, textOf(q.Object))
	}
	if len(o.datasets) == 0 {
		iri, _ := label.(quad.IRI)
		name := strings.TrimPrefix(string(cmp.Or(c.Source, iri)), string(w.base)+"source/")
		if plain, ok := unescape(name); ok {
			name = plain
		}
		o.datasets = []string{name}
	}
	if !theirs && c.Source != "" && label != c.Source {
		o.cells["origin"] = w.base.ShortTerm(label)
	}
	const most = 4096
	if len(w.origins) >= most {
		clear(w.origins)
	}
	w.origins[label] = o
	return o, nil
}

// member reads a member of FollowTheMoney's provenance, in JSON.
func (o *origin) member(name, text string) {
	var list []string
	var cell string
	switch {
	case name == "datasets" && json.Unmarshal([]byte(text), &list) == nil:
		if o.datasets = append(o.datasets, list...); len(list) > 1 {
			o.lost = append(o.lost, "that an entity is from all its datasets")
		}
	case json.Unmarshal([]byte(text), &cell) != nil && name != "external", !slices.Contains(columns, name) && name != "dataset":
		o.lost = append(o.lost, "the "+strings.ReplaceAll(name, "_", " "))
	case name == "dataset":
		o.datasets = append(o.datasets, cell)
	case name == "external" && (text == "true" || cell == "true" || cell == "True" || cell == "t"):
		o.cells[name] = "t"
	default:
		o.cells[name] = cell
	}
}

// statements writes the statements of an entity.
func (w *Writer) statements(g *gathered) error {
	for name := range g.members {
		w.lose(g.iri, "the "+strings.ReplaceAll(name, "_", " "))
	}
	if len(g.said) == 0 { // the entity itself is all there is
		g.said = []saying{{"id", g.id, g.stated, "", ""}}
	}
	var rows [][]string
	told := map[quad.Value]bool{}
	for _, s := range g.said {
		p := g.schema.props[s.name]
		if p == nil && s.name != "id" {
			w.lose(g.iri, "the property "+s.name+", which FollowTheMoney does not have")
			continue
		}
		o, err := w.originOf(s.claim)
		if err != nil {
			return err
		}
		for _, what := range o.lost {
			if !told[s.claim] {
				w.lose(g.iri, what)
			}
		}
		told[s.claim] = true
		if strings.Contains(s.value, "\r\n") {
			w.lose(g.iri, "a carriage return at the end of a line, which most readers of CSV drop")
		}
		for _, dataset := range o.datasets {
			rows = append(rows, w.row(g, p, s, o, dataset))
		}
	}
	slices.SortFunc(rows, slices.Compare)
	for _, row := range slices.CompactFunc(rows, slices.Equal) {
		if err := w.table.Write(row); err != nil {
			return err
		}
	}
	return nil
}

// row is a statement.
func (w *Writer) row(g *gathered, p *schemaProperty, s saying, o origin, dataset string) []string {
	is := "id"
	if p != nil {
		is = p.Type
	}
	lang, original := cmp.Or(o.cells["lang"], s.lang), cmp.Or(o.cells["original_value"], s.original)
	if lang != "" && slices.Contains(unspoken, is) {
		lang = ""
		w.lose(g.iri, "the language of a value that is no text")
	}
	if original == s.value {
		original = ""
	}
	of := cmp.Or(o.cells["entity_id"], g.id)
	key := dataset + "." + of + "." + s.name + "." + s.value
	if lang != "" {
		key += "@" + lang
	}
	external := cmp.Or(o.cells["external"], "f")
	if external == "t" {
		key += ".ext"
	}
	id := sha1.Sum([]byte(key))
	return []string{
		g.id, of, s.name, is, g.schema.Name, s.value, dataset, o.cells["origin"], lang, original,
		external, o.cells["first_seen"], cmp.Or(o.cells["last_seen"], o.cells["first_seen"]), hex.EncodeToString(id[:]),
	}
}

// unspoken are the types of properties whose values have no language for
// FollowTheMoney.
var unspoken = []string{"id", "entity", "date", "checksum", "email", "phone", "gender", "mimetype", "topic", "url", "country", "language", "ip"}

// spokenIn notes the language of a text, as FollowTheMoney spells it, and reports
// whether it can.
func (g *gathered) spokenIn(tag string) bool {
	base, err := language.ParseBase(strings.SplitN(tag, "-", 2)[0])
	if err == nil {
		g.lang = base.ISO3()
	}
	return err == nil && !strings.Contains(tag, "-")
}
