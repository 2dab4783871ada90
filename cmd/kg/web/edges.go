package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/schema"
)

// Parameters of the page of an entity: the relation to show, and the cursor of a page of
// edges.
const relationParam, afterParam = "relation", "after"

// edgeList is a page of the edges of an entity.
type edgeList struct {
	Claims    []aboutLine    // what claims state, in the order of their texts
	Makes     []claimLine    // the claims that it makes
	Unclaimed []unclaimed    // what is stated without a claim
	Relations []relationLine // to choose by
	Chosen    string         // the relation that is chosen, in words
	Shown     int
	All       int // edges of the relation that is chosen
	Whole     int // edges of all relations
	Next      string
	First     string // the address of the first part, on the others
	Rest      string // the address of all of them
}

// aboutLine is a claim with its edges of an entity.
type aboutLine struct {
	claimLine
	Roles []roleLine
}

// roleLine is an edge, read from the entity. If the other end is an event, More has the
// event's other edges of the same claim.
type roleLine struct {
	Relation, Other term
	said
	Forward bool // it leads from the entity
	Apart   bool // its sureness differs from that of its claim
	More    []moreLine
}

// moreLine is another edge of an event.
type moreLine struct{ Relation, Value term }

// unclaimed is an edge that no claim states.
type unclaimed struct {
	Relation, Other, In term // In is the file or graph that states it
}

// relationLine is a link that shows one relation of an entity.
type relationLine struct {
	term
	N      int
	Chosen bool
}

// fillEdges fills in a page of the edges of an entity. The page of a kind lists its
// entities separately.
func (a *asked) fillEdges(r *http.Request, l *edgeList, iri quad.IRI, kind bool, limit int) error {
	all, err := a.Neighbours(a.ctx, iri, graph.EdgeFilter{}, "", 1)
	if err != nil {
		return err
	}
	f, err := a.filterEdges(r, l, all.Relations, kind)
	if err != nil || len(f.Relations) == 0 {
		return err
	}
	page, err := a.Neighbours(a.ctx, iri, f, r.FormValue(afterParam), limit)
	if err != nil {
		return refuseCursor(err)
	}
	l.Shown, l.All = len(page.Edges), page.All
	if page.Next != "" {
		l.Next, l.Rest = with(r, afterParam, page.Next), without(r, afterParam, limitParam)+"&"+limitParam+"=0"
	}
	if r.FormValue(afterParam) != "" {
		l.First = without(r, afterParam)
	}
	return a.sortEdges(l, iri, page.Edges)
}

// refuseCursor turns the error of an invalid cursor into a bad request.
func refuseCursor(err error) error {
	if strings.HasPrefix(err.Error(), "reading cursor") {
		return refuse(http.StatusBadRequest, "%v", err)
	}
	return err
}

// filterEdges returns the filter for the page's edges: the chosen relation in one
// direction, or all relations except those of the head.
func (a *asked) filterEdges(r *http.Request, l *edgeList, relations []graph.Relation, kind bool) (f graph.EdgeFilter, err error) {
	chosen := r.FormValue(relationParam)
	for _, one := range relations {
		if kind && one.IRI == schema.Type || one.Out && one.IRI == schema.Type && one.N == 1 {
			continue
		}
		l.Whole += one.N
		name := a.Base.Short(one.IRI)
		if !one.Out {
			name = "-" + name
		}
		line := relationLine{N: one.N, Chosen: name == chosen}
		if line.term, err = a.readingOf(one.IRI, one.Out); err != nil {
			return f, err
		}
		line.Href = without(r, relationParam, afterParam) + "&" + url.Values{relationParam: {name}}.Encode()
		if line.Chosen {
			line.Href, l.Chosen = without(r, relationParam, afterParam), line.Text
			f.Relations = []quad.IRI{one.IRI}
			f.At = map[bool]quad.Direction{true: quad.Subject, false: quad.Object}[one.Out]
		}
		if chosen == "" && !slices.Contains(f.Relations, one.IRI) {
			f.Relations = append(f.Relations, one.IRI)
		}
		l.Relations = append(l.Relations, line)
	}
	if chosen != "" && l.Chosen == "" {
		return f, refuse(http.StatusBadRequest, "it has no edge of the relation %q", chosen)
	}
	return f, nil
}

// sortEdges distributes edges to the lists of the page.
func (a *asked) sortEdges(l *edgeList, iri quad.IRI, edges []graph.Edge) error {
	about := map[quad.IRI]*aboutLine{}
	var claims, made []*graph.Claim
	for _, e := range edges {
		if e.Claim == nil {
			claim, err := a.madeBy(e)
			if err != nil {
				return err
			}
			if claim != nil {
				made = append(made, claim)
			} else if err := a.addUnclaimed(l, e); err != nil {
				return err
			}
			continue
		}
		line := about[e.Claim.IRI]
		if line == nil {
			line = &aboutLine{}
			about[e.Claim.IRI] = line
			claims = append(claims, e.Claim)
		}
		role, err := a.role(e)
		if err != nil {
			return err
		}
		evidence, err := a.EdgeEvidence(a.ctx, e.Quad)
		if err != nil {
			return err
		}
		role.said = a.saidOf(evidence)
		line.Roles = append(line.Roles, role)
	}
	for _, c := range inTexts(claims) {
		line, err := a.line(c)
		if err != nil {
			return err
		}
		all := about[c.IRI]
		all.claimLine = line
		for i, role := range all.Roles {
			all.Roles[i].Apart = !line.Denied && (role.Sure != line.Sure || role.DeniedBy != line.DeniedBy)
		}
		l.Claims = append(l.Claims, *all)
	}
	for _, c := range inTexts(made) {
		line, err := a.line(c)
		if err != nil {
			return err
		}
		l.Makes = append(l.Makes, line)
	}
	return nil
}

// inTexts returns claims by source, in the order of the texts.
func inTexts(claims []*graph.Claim) []*graph.Claim {
	slices.SortFunc(claims, func(x, y *graph.Claim) int { return cmp.Or(cmp.Compare(x.Source, y.Source), x.Compare(y)) })
	return claims
}

// madeBy returns the claim whose speaker is the entity by this edge; nil for other edges.
func (a *asked) madeBy(e graph.Edge) (*graph.Claim, error) {
	if e.Out || e.Relation() != schema.Speaker {
		return nil, nil
	}
	return a.Claim(a.ctx, iriOf(e.Other()))
}

// inWords are the readings, forward and backward, of relations of other vocabularies.
var inWords = map[quad.IRI][2]string{schema.Label: {"name", "is the name of"}, schema.AltLabel: {"other name", "is another name of"},
	schema.Type: {"kind", "is the kind of"}, schema.Description: {"description", "describes"}, schema.Comment: {"what it is", "says what it is of"}}

// readingOf returns the reading of a relation, inWords included.
func (a *asked) readingOf(relation quad.IRI, out bool) (term, error) {
	t, err := a.reading(relation, out)
	if words, ok := inWords[relation]; ok {
		t.Text = words[0]
		if !out {
			t.Text = words[1]
		}
	}
	return t, err
}

// role describes an edge that a claim states.
func (a *asked) role(e graph.Edge) (line roleLine, err error) {
	line.Forward = e.Out
	if line.Relation, err = a.reading(e.Relation(), e.Out); err != nil {
		return line, err
	}
	if line.Other, err = a.termIn(e.Other(), e.Claim.Source); err != nil || e.Out {
		return line, err
	}
	event := iriOf(e.Other())
	if is, err := a.IsA(a.ctx, event, schema.IRI(schema.EventKind).LastPart()); err != nil || !is {
		return line, err
	}
	quads, err := a.Asserted(a.ctx, e.Claim)
	if err != nil {
		return line, err
	}
	for _, q := range quads {
		if q.Subject != event || q.Predicate == e.Quad.Predicate && q.Object == e.Quad.Object || iriOf(q.Predicate) == schema.Status {
			continue
		}
		more := moreLine{}
		if more.Relation, err = a.reading(iriOf(q.Predicate), true); err != nil {
			return line, err
		}
		if more.Value, err = a.termIn(q.Object, e.Claim.Source); err != nil {
			return line, err
		}
		line.More = append(line.More, more)
	}
	return line, nil
}

// addUnclaimed adds an edge that no claim states, unless the head of the page has it.
func (a *asked) addUnclaimed(l *edgeList, e graph.Edge) (err error) {
	line := unclaimed{}
	if line.Relation, err = a.readingOf(e.Relation(), e.Out); err != nil {
		return err
	}
	if line.Other, err = a.term(e.Other()); err != nil {
		return err
	}
	if iri := iriOf(e.Quad.Label); iri != "" {
		if line.In, err = a.term(iri); err != nil {
			return err
		}
	}
	l.Unclaimed = append(l.Unclaimed, line)
	return nil
}
