package web

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/cmd/kg/web/picture"
	"kg/graph"
	"kg/schema"
)

// entityPage is the data of the page of an entity.
type entityPage struct {
	term
	ID, IRI   string
	KindHref  string
	Also      []string
	About     []string   // descriptions; of a kind or relation, what it is
	Figures   []property // of a figure, and of the ontology's terms
	Mentioned []term     // the sources that name it
	Joined    []joinLine
	edgeList
	OfKind    []term // of a kind: the entities of it, and of those below it
	KindPager pager
	Picture   drawing
	Crowded   bool // it has too many edges for a picture
	Formats   []format
	Timeline  string // the address of its timeline
	Match     string // the address of its possible duplicates
}

// joinLine is another node of the same entity.
type joinLine struct {
	Node, Through term // Through is empty for what is joined to the entity itself
	By, Source    term
}

// property is a property of an entity that no claim states.
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
	if done, err := s.graphFormats(w, r, a, iri, afterParam, relationParam, pageParam); done || err != nil {
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
	if err := a.itself(p, iri); err != nil {
		return err
	}
	if err := a.instances(r, p, iri, limit); err != nil {
		return err
	}
	if err := a.joined(p, iri); err != nil {
		return err
	}
	if err := a.fillEdges(r, &p.edgeList, iri, p.Kind == kindOfKinds, limit); err != nil {
		return err
	}
	if p.Crowded = p.Whole > mostAround; !p.Crowded {
		pic, err := picture.Around(a.ctx, a.View, iri, a.link)
		if err != nil {
			return err
		}
		if p.Picture, err = s.drawn(r, formatParam, pic); err != nil {
			return err
		}
	}
	if q := s.Queries["timeline"]; q != nil && slices.Contains(paramNames(q), "involving") && len(p.Claims) > 0 {
		p.Timeline = "/query/timeline?" + address(url.Values{"involving": {p.ID}})
	}
	if p.Kind != kindOfKinds && p.Kind != "" && len(p.OfKind) == 0 {
		p.Match = matchPath + "?" + address(url.Values{oneThing: {p.ID}})
	}
	p.Formats = p.Picture.formats(p.Formats)
	return s.render(w, r, "entity", p.Text, p)
}

// mostAround is the maximum number of edges of a node with a picture: all are read for
// it.
const mostAround = 5000

// kindOfKinds is shown above the name on the page of a kind.
const kindOfKinds = "Kind"

// instances lists the entities of a kind, page by page, if the page is that of a kind.
func (a *asked) instances(r *http.Request, p *entityPage, kind quad.IRI, limit int) error {
	if p.Kind != schema.IRI(schema.Class).LastPart() {
		return nil
	}
	p.Kind, p.KindHref = kindOfKinds, "/browse"
	name, err := a.KindName(a.ctx, kind)
	if err != nil {
		return err
	}
	p.KindPager, p.OfKind, err = a.pageOfKind(r, name, limit)
	return err
}

// pageOfKind returns a page of the entities of a kind, which is empty for all entities.
func (a *asked) pageOfKind(r *http.Request, kind string, limit int) (p pager, terms []term, err error) {
	_, all, err := a.OfKind(a.ctx, kind, 0, 0)
	if err != nil {
		return p, nil, err
	}
	if p, err = partOf(r, all, limit); err != nil {
		return p, nil, err
	}
	list, _, err := a.OfKind(a.ctx, kind, p.From-1, p.To)
	if err != nil {
		return p, nil, err
	}
	for _, iri := range list {
		t, err := a.term(iri)
		if err != nil {
			return p, nil, err
		}
		terms = append(terms, t)
	}
	return p, terms, nil
}

// ofHead are the relations that the head of a page shows.
var ofHead = []quad.IRI{schema.Label, schema.AltLabel, schema.Description, schema.Comment, schema.Type}

// mostItself is the maximum number of edges read for the head of a page.
const mostItself = 1000

// itself reads the properties of the entity for the head of its page.
func (a *asked) itself(p *entityPage, iri quad.IRI) error {
	f := graph.EdgeFilter{At: quad.Subject, Relations: slices.Clone(ofHead)}
	for r := range ofTerms {
		f.Relations = append(f.Relations, r)
	}
	page, err := a.Neighbours(a.ctx, iri, f, "", mostItself)
	if err != nil {
		return err
	}
	sources := map[quad.Value]bool{}
	for _, e := range page.Edges {
		if e.Claim == nil {
			if err := a.own(p, e, sources); err != nil {
				return err
			}
		}
	}
	kind, err := a.View.Kind(a.ctx, iri)
	if err == nil && kind != "" {
		p.KindHref = a.href(kind)
	}
	return err
}

// joined lists the nodes joined to the entity, with the authors of the joins.
func (a *asked) joined(p *entityPage, iri quad.IRI) error {
	joins, err := a.SameAs(a.ctx, iri)
	for _, j := range joins {
		var l joinLine
		var errs [4]error
		l.Node, errs[0] = a.term(j.Node)
		l.By, errs[1] = a.termIn(j.Annotator, j.Source)
		l.Source, errs[2] = a.term(j.Source)
		if j.Decided() { // it has no page of its own
			l.By.Href = ""
		}
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

// ofTerms are the names of properties on the pages of kinds and relations.
var ofTerms = map[quad.IRI]string{schema.SubClassOf: "is a kind of", schema.Domain: "leads from", schema.Range: "leads to",
	schema.InverseLabel: "is read backwards as"}

// own reads a property that the source's file or the ontology states of the entity.
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
	case schema.Type: // which is shown by itself
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

// describe returns the description of the entity for link previews.
func (p *entityPage) describe() string {
	words := kindWords(p.Kind)
	if len(p.About) > 0 {
		words += ": " + p.About[0]
	}
	return words + ". " + thousands(p.Whole) + " edges, " + thousands(len(p.Claims)) + " claims on this page, each with its speaker and place."
}
