package web

import (
	"cmp"
	"errors"
	"net/http"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/cmd/kg/web/picture"
	"kg/graph"
	"kg/schema"
)

// entityPage is what the page of an entity shows.
type entityPage struct {
	term
	ID, IRI    string
	Also       []string
	About      []string // descriptions; of a kind or relation, what it is
	Out, In    []edgeGroup
	Makes      []claimLine // the claims it makes
	AllMade    int
	Figures    []property // of a figure, and of the ontology's terms
	OfKind     []term     // of a kind: the entities of it, and of those below it
	OfKinds    int
	Mentioned  []term // the sources that name it
	Joined     []joinLine
	Shown, All int
	Everything string // the address that shows all; empty when all is shown
	Picture    drawing
	Formats    []format
}

// edgeGroup is the edges of one relation.
type edgeGroup struct {
	Relation term
	Is       string // what the relation means
	Edges    []edgeLine
}

// edgeLine is one edge seen from the entity, with what stands behind it.
type edgeLine struct {
	Other term
	said
	Claim     term
	Says      string
	Paragraph int
	See       string
}

// joinLine is another node that is the same thing.
type joinLine struct {
	Node, Through term // Through is empty for what is joined to the entity itself
	By, Source    term
}

// property is something that a file says of an entity itself.
type property struct{ Name, Value term }

func (s *Server) entity(w http.ResponseWriter, r *http.Request) error {
	a, err := s.asked(r, true)
	if err != nil {
		return err
	}
	iri, elsewhere, err := a.find(r.FormValue("id"))
	if err != nil {
		return err
	}
	if page := a.href(iri); elsewhere || page != pageOf("entity", a.Base.Short(iri)) {
		return redirect(w, r, page)
	}
	if done, err := s.graphFormats(w, r, a, iri); done || err != nil {
		return err
	}
	limit, err := s.limit(r, limitParam)
	if err != nil {
		return err
	}
	p := &entityPage{ID: a.Base.Short(iri), IRI: string(iri), Formats: formatsOf(r, formatParam, graphFormats)}
	if p.term, err = a.term(iri); err != nil {
		return err
	}
	if err := a.fill(p, iri, limit); err != nil {
		return err
	}
	if err := a.instances(p, iri, limit); err != nil {
		return err
	}
	if err := a.joined(p, iri); err != nil {
		return err
	}
	if p.Shown < p.All || len(p.OfKind) < p.OfKinds || len(p.Makes) < p.AllMade {
		p.Everything = with(r, limitParam, "0")
	}
	pic, err := picture.Around(a.ctx, a.View, iri, a.link)
	if err != nil {
		return err
	}
	if p.Picture, err = s.drawn(r, formatParam, pic); err != nil {
		return err
	}
	p.Formats = p.Picture.formats(p.Formats)
	return s.render(w, r, "entity", p.Text, p)
}

// instances lists the entities of a kind, if the page is of one.
func (a *asked) instances(p *entityPage, kind quad.IRI, limit int) error {
	if p.Kind != graph.LastPart(schema.Class) {
		return nil
	}
	p.Kind = "Kind"
	name, err := a.KindName(a.ctx, kind)
	if err != nil {
		return err
	}
	entities, err := a.OfKind(a.ctx, name)
	if err != nil {
		return err
	}
	p.OfKinds = len(entities)
	if limit > 0 && limit < len(entities) {
		entities = entities[:limit]
	}
	for _, entity := range entities {
		t, err := a.term(entity)
		if err != nil {
			return err
		}
		p.OfKind = append(p.OfKind, t)
	}
	return nil
}

// fill sorts the edges of an entity into what the page shows.
func (a *asked) fill(p *entityPage, iri quad.IRI, limit int) error {
	edges, err := a.Edges(a.ctx, iri)
	if err != nil {
		return err
	}
	sources := map[quad.Value]bool{}
	var made []*graph.Claim
	groups := map[bool]map[quad.IRI]*edgeGroup{true: {}, false: {}}
	for _, e := range edges {
		switch {
		case e.Claim != nil:
			p.All++
			if limit > 0 && p.Shown >= limit {
				continue
			}
			p.Shown++
			if err := a.addEdge(groups[e.Out], iri, e); err != nil {
				return err
			}
		case e.Out:
			if err := a.own(p, e, sources); err != nil {
				return err
			}
		case e.Relation() == schema.Speaker:
			if claim, err := a.Claim(a.ctx, iriOf(e.Other())); err != nil {
				return err
			} else if claim != nil {
				made = append(made, claim)
			}
		}
	}
	p.Out, p.In = inOrder(groups[true]), inOrder(groups[false])
	return a.fillMade(p, made, limit)
}

// fillMade lists the claims that the entity makes, in the order of their texts.
func (a *asked) fillMade(p *entityPage, made []*graph.Claim, limit int) error {
	slices.SortFunc(made, func(x, y *graph.Claim) int { return cmp.Or(cmp.Compare(x.Source, y.Source), compareClaims(x, y)) })
	p.AllMade = len(made)
	if limit > 0 && limit < len(made) {
		made = made[:limit]
	}
	for _, c := range made {
		line, err := a.line(c)
		if err != nil {
			return err
		}
		p.Makes = append(p.Makes, line)
	}
	return nil
}

// joined lists what sources say is the same thing, and who says so.
func (a *asked) joined(p *entityPage, iri quad.IRI) error {
	joins, err := a.SameAs(a.ctx, iri)
	for _, j := range joins {
		var l joinLine
		var errs [4]error
		l.Node, errs[0] = a.term(j.Node)
		l.By, errs[1] = a.termIn(j.Annotator, j.Source)
		l.Source, errs[2] = a.term(j.Source)
		if j.From != iri {
			l.Through, errs[3] = a.term(j.From)
		}
		p.Joined = append(p.Joined, l)
		err = errors.Join(err, errors.Join(errs[:]...))
	}
	return err
}

func iriOf(value quad.Value) quad.IRI {
	iri, _ := value.(quad.IRI)
	return iri
}

// ofTerms are what the pages of kinds and relations call their properties.
var ofTerms = map[quad.IRI]string{schema.SubClassOf: "is a kind of", schema.Domain: "leads from", schema.Range: "leads to",
	schema.InverseLabel: "is read backwards as"}

// own reads what the source's file, or the ontology, says of the entity itself.
func (a *asked) own(p *entityPage, e graph.Edge, sources map[quad.Value]bool) error {
	switch e.Relation() {
	case schema.Label, schema.AltLabel:
		if name := graph.Text(e.Other()); name != p.Text && !slices.Contains(p.Also, name) {
			p.Also = append(p.Also, name)
		}
	case schema.Description, schema.Comment:
		if text := graph.Text(e.Other()); text != p.Text && !slices.Contains(p.About, text) {
			p.About = append(p.About, text)
		}
	case schema.Type, schema.SameAs: // which are shown by themselves
	default:
		name, err := a.term(e.Relation())
		if err != nil {
			return err
		}
		name.Text = cmp.Or(ofTerms[e.Relation()], name.Text)
		value, err := a.term(e.Other())
		if err != nil {
			return err
		}
		p.Figures = append(p.Figures, property{name, value})
	}
	if e.Relation() == schema.Type && !sources[e.Quad.Label] {
		sources[e.Quad.Label] = true
		source, err := a.term(e.Quad.Label)
		if err != nil {
			return err
		}
		p.Mentioned = append(p.Mentioned, source)
	}
	return nil
}

func (a *asked) addEdge(groups map[quad.IRI]*edgeGroup, entity quad.IRI, e graph.Edge) error {
	g := groups[e.Relation()]
	if g == nil {
		var err error
		if g, err = a.newGroup(e); err != nil {
			return err
		}
		groups[e.Relation()] = g
	}
	other, err := a.termIn(e.Other(), e.Claim.Source)
	if err != nil {
		return err
	}
	line := edgeLine{Other: other, Says: e.Claim.Says, Paragraph: e.Claim.Paragraph, See: string(e.Claim.See)}
	evidence, err := a.EdgeEvidence(a.ctx, e.Quad)
	if err != nil {
		return err
	}
	line.said = saidOf(evidence)
	line.Denied = e.Claim.Stance == schema.Denies
	if line.Claim, err = a.term(e.Claim.IRI); err != nil {
		return err
	}
	g.Edges = append(g.Edges, line)
	return nil
}

// newGroup is the group of the edges that are read as e is. What the relation
// means is told of its object: a group that is read backwards names it first.
func (a *asked) newGroup(e graph.Edge) (*edgeGroup, error) {
	relation, err := a.reading(e.Relation(), e.Out)
	if err != nil {
		return nil, err
	}
	forward, err := a.reading(e.Relation(), true)
	if err != nil {
		return nil, err
	}
	g := &edgeGroup{Relation: relation}
	for q, err := range a.Each(a.ctx, quad.Quad{Subject: e.Relation(), Predicate: schema.Comment}) {
		if err != nil {
			return nil, err
		}
		if g.Is = graph.Text(q.Object); !e.Out {
			g.Is = forward.Text + ": " + g.Is
		}
	}
	return g, nil
}

// tellApart shows the languages of what a relation leads to and differs by them
// alone.
func (g *edgeGroup) tellApart() {
	var values []quad.Value
	var texts []*string
	for i := range g.Edges {
		values, texts = append(values, g.Edges[i].Other.value), append(texts, &g.Edges[i].Other.Text)
	}
	graph.TellApart(values, texts)
}

func inOrder(groups map[quad.IRI]*edgeGroup) []edgeGroup {
	var list []edgeGroup
	for _, g := range groups {
		g.tellApart()
		list = append(list, *g)
	}
	slices.SortFunc(list, func(a, b edgeGroup) int { return compareTerms(a.Relation, b.Relation) })
	return list
}
