package ftm

import (
	"encoding/csv"
	"io"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// Graph is what a Writer reads of a graph in addition to the quads of a subject.
type Graph struct {
	// Quads returns the quads that match the pattern, where nil is any term.
	Quads func(pattern quad.Quad) ([]quad.Quad, error)
	// Claim returns the claim that labels a quad.
	Claim func(label quad.Value) (ClaimInfo, error)
}

// ClaimInfo is what a Writer needs of a claim.
type ClaimInfo struct {
	Denied, Retracted bool
	Source            quad.IRI // empty for a label that is no claim
	See               quad.IRI
}

// Lost counts the parts of an entity that FollowTheMoney cannot represent.
type Lost struct {
	Entity quad.Value
	What   string
}

// Writer writes the entities of a graph as FollowTheMoney entities, one per line, or as
// statements.
type Writer struct {
	Losses  map[Lost]int
	table   *csv.Writer // of statements; nil for entities
	origins map[quad.Value]origin
	m       *Model
	base    schema.Base
	graph   Graph
	to      io.Writer
	out     []byte
}

// NewWriter writes to a writer.
func (m *Model) NewWriter(to io.Writer, base schema.Base, g Graph) *Writer {
	return &Writer{Losses: map[Lost]int{}, m: m, base: base, graph: g, to: to}
}

// gathered is an entity to be written, as far as its values are gathered.
type gathered struct {
	iri     quad.IRI
	id      string
	schema  *class
	props   map[string][]string     // a value may come twice
	members map[string]string       // in JSON
	ours    bool                    // it did not come from FollowTheMoney
	unreal  bool                    // it is planned, promised or attempted, and the schema cannot say so
	sources map[quad.IRI]quad.Value // with the first claim of each
	links   []quad.Quad
	// which claim states which value, for statements
	said           []saying
	heard          map[saying]bool // those; nil if entities are written
	stated, claim  quad.Value      // the label of the entity, and of the values being added
	lang, original string          // of the value that is added
}

func (g *gathered) add(name, value string) {
	g.say(name, value)
	g.props[name] = append(g.props[name], value)
}

// gathering is an entity of which nothing is gathered yet.
func (w *Writer) gathering(iri quad.IRI, s *class, stated quad.Value) *gathered {
	g := &gathered{iri: iri, id: idOf(w.base, iri), schema: s, props: map[string][]string{}, members: map[string]string{}, sources: map[quad.IRI]quad.Value{}, stated: stated}
	if w.table != nil {
		g.heard = map[saying]bool{}
	}
	return g
}

func (w *Writer) lose(entity quad.Value, what string) { w.Losses[Lost{entity, what}]++ }

// Subject writes the entity that has these quads: all of one subject. It writes nothing
// for a subject that is no entity.
func (w *Writer) Subject(quads []quad.Quad) error {
	all := quads
	quads, err := w.standing(all)
	if err != nil || len(quads) == 0 {
		return err
	}
	g, err := w.begin(quads)
	if g == nil || err != nil {
		return err
	}
	if n := len(all) - len(quads); n > 0 {
		w.Losses[Lost{g.iri, retracted}] += n
	}
	if err := w.takeAll(g, quads); err != nil {
		return err
	}
	if err := w.events(g); err != nil {
		return err
	}
	if g.ours {
		if !w.whole(g) {
			return nil
		}
		for source, claim := range g.sources {
			if g.claim = claim; g.schema.props["proof"] != nil {
				g.add("proof", idOf(w.base, source))
			}
		}
	} else if err := w.provenance(g, quads); err != nil {
		return err
	}
	if err := w.write(g); err != nil {
		return err
	}
	return w.links(g)
}

// begin determines the entity that the quads are about: nil for none.
func (w *Writer) begin(quads []quad.Quad) (*gathered, error) {
	iri, ok := quads[0].Subject.(quad.IRI)
	if !ok {
		return nil, nil
	}
	g := w.gathering(iri, nil, quads[0].Label)
	var kinds []quad.IRI
	unlike := "" // a kind that the schema is not for
	datasets := true
	for _, q := range quads {
		switch q.Predicate {
		case schemaTerm:
			if s := w.m.schemata[textOf(q.Object)]; s != nil && (g.schema == nil || s.is(g.schema)) {
				g.schema = s
			}
		case schema.Type:
			kind, _ := q.Object.(quad.IRI)
			kinds = append(kinds, kind)
		}
	}
	if g.schema != nil {
		return g, nil
	}
	g.ours = true
	for _, kind := range kinds {
		if kind == schema.SourceClass {
			return nil, w.source(iri, quads)
		}
		if w.folded(kind) {
			return nil, nil // a date, written with its event's participant
		}
		if s := w.m.schemaOf(kind); s != nil && g.schema == nil {
			if g.schema = s; s.kind.IRI != kind {
				unlike = "the kind " + w.m.kinds[kind].Name + ", which is written as " + s.Name
			}
		}
	}
	if g.schema == nil {
		known := slices.ContainsFunc(kinds, func(kind quad.IRI) bool { return w.m.kinds[kind] != nil || kind == datasetKind })
		if !known && quads[0].Label != schema.OntologyIRI {
			w.lose(iri, "what is of no kind that kg knows")
		}
		return nil, nil
	}
	for _, q := range quads {
		of, err := w.ofDataset(q.Label)
		if err != nil {
			return nil, err
		}
		datasets = datasets && of
	}
	if datasets {
		return nil, nil // a country of which only a code was said
	}
	if unlike != "" {
		w.lose(iri, unlike)
	}
	return g, nil
}

// ofDataset reports whether a label is that of a claim of a dataset.
func (w *Writer) ofDataset(label quad.Value) (bool, error) {
	from, err := w.graph.Quads(quad.Quad{Subject: label, Predicate: schema.FromSource})
	for _, q := range from {
		of, err := w.graph.Quads(quad.Quad{Subject: q.Object, Predicate: schema.Type, Object: datasetKind})
		if len(of) > 0 || err != nil {
			return err == nil, err
		}
	}
	return false, err
}

// folded reports whether events of a kind are written as a date of their participant.
func (w *Writer) folded(kind quad.IRI) bool {
	for _, s := range []string{"Person", "Organization"} {
		for _, p := range w.m.schemata[s].props {
			if p.how == event && p.event.IRI == kind {
				return true
			}
		}
	}
	return false
}

// take adds the value of a quad.
func (w *Writer) take(g *gathered, q quad.Quad) error {
	predicate, _ := q.Predicate.(quad.IRI)
	object, isIRI := q.Object.(quad.IRI)
	if name, ok := strings.CutPrefix(string(predicate), ftmTerm); ok {
		if name, ok = unescape(name); ok && isIRI {
			g.add(name, idOf(w.base, object))
		} else if ok {
			g.add(name, textOf(q.Object))
		}
		return nil
	}
	if name, ok := strings.CutPrefix(string(predicate), memberTerm); ok {
		if name, ok = unescape(name); ok && predicate != schemaTerm {
			g.members[name] = textOf(q.Object)
		}
		return nil
	}
	p := g.schema.byTerm[predicate]
	switch {
	case predicate == schema.Type:
		return nil
	case predicate == schema.When:
		return w.when(g, q.Object)
	case predicate == schema.Status && g.ours:
		if code := textOf(q.Object); g.schema.props["status"] != nil {
			g.add("status", code[strings.LastIndexAny(code, "#/")+1:])
		} else if !happens(object) {
			g.unreal = true
		} else {
			w.lose(g.iri, "the status of an event")
		}
		return nil
	case p == nil:
		return w.other(g, q, predicate, object)
	}
	return w.mapped(g, q, p, object, isIRI)
}

// mapped adds a value whose relation a property has.
func (w *Writer) mapped(g *gathered, q quad.Quad, p *schemaProperty, object quad.IRI, isIRI bool) error {
	switch p.how {
	case reference:
		if !isIRI {
			w.lose(g.iri, "a text where "+p.Name+" leads to an entity")
			return nil
		}
		if g.ours {
			s, err := w.schemaAt(object)
			if err != nil {
				return err
			}
			if s == nil || !s.is(w.m.schemata[p.ranges]) {
				g.links = append(g.links, q)
				return nil
			}
		}
		g.add(p.Name, idOf(w.base, object))
	case country:
		if code := countryCode(w.base, object); code != "" {
			g.add(p.Name, code)
		} else {
			g.links = append(g.links, q)
		}
	case date:
		return w.date(g, p.Name, object)
	case code:
		name := string(object)
		g.add(p.Name, name[strings.LastIndexByte(name, '#')+1:])
	case percent:
		return w.quantity(g, p.Name, "", object)
	default:
		if isIRI {
			g.links = append(g.links, q)
			return nil
		}
		said, tagged := q.Object.(quad.LangString)
		carried := tagged && w.table != nil && g.spokenIn(said.Lang)
		if _, plain := q.Object.(quad.String); !plain && !carried {
			w.lose(g.iri, "the language or datatype of a text")
		}
		g.add(p.Name, textOf(q.Object))
		g.lang = ""
	}
	return nil
}

// other takes a relation that no property has by itself: a sum, or a link.
func (w *Writer) other(g *gathered, q quad.Quad, predicate, object quad.IRI) error {
	sum, unit := "", ""
	for _, p := range g.schema.props {
		if p.how == amount && p.term == predicate {
			sum = p.Name
		} else if p.how == currency && p.term == predicate {
			unit = p.Name
		}
	}
	switch {
	case sum != "":
		return w.quantity(g, sum, unit, object)
	case object != "":
		g.links = append(g.links, q)
	default:
		w.lose(g.iri, w.relation(predicate))
	}
	return nil
}

// relation is a relation in words.
func (w *Writer) relation(iri quad.IRI) string {
	if name := w.m.names[iri]; name != "" {
		return "the relation " + name
	}
	return "the relation " + w.base.Short(iri)
}
