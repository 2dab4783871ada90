package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/schema"
)

// asked is one request's view of the graph with what a page needs besides. It
// remembers what it has described and is for that request alone.
type asked struct {
	*graph.View
	ctx   context.Context
	terms map[termKey]term
	taken []string // what words were taken for things that are not called so
}

// termKey is a value, and the source in whose words it is shown.
type termKey struct {
	value  quad.Value
	source quad.IRI
}

// asked is the graph for a request, in the languages of its reader; with denied
// the edges that sources deny too: pages show them, marked.
func (s *Server) asked(r *http.Request, denied bool) (*asked, error) {
	a, err := s.look(r.Context(), denied)
	if err != nil {
		return nil, err
	}
	if reads := strings.Join(r.Header.Values("Accept-Language"), ","); reads != "" {
		// Who sends what is no list of languages gets what the others get.
		if languages, err := ParseLanguages(reads); err == nil {
			a.Languages = languages
		}
	}
	return a, nil
}

// look is the graph for all requests alike.
func (s *Server) look(ctx context.Context, denied bool) (*asked, error) {
	a := &asked{View: s.View(denied), ctx: ctx, terms: map[termKey]term{}}
	a.Took = func(word string, taken graph.Found) {
		says := fmt.Sprintf("“%s” is taken for %s: it finds no other entity.", word, taken.Name)
		if !slices.Contains(a.taken, says) {
			a.taken = append(a.taken, says)
		}
	}
	// The names are read once for all requests, so a request's end does not end it.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer cancel()
	return a, a.ReadNames(ctx)
}

// term is a value as a page shows it.
type term struct {
	Text  string
	Href  string // of its page; empty for a literal
	Title string // its short form, or a figure's parts
	Kind  string
	Num   bool // a number, to be set flush right
	value quad.Value
}

// term describes a value once.
func (a *asked) term(value quad.Value) (term, error) { return a.termIn(value, "") }

// termIn describes a value once as a source calls it.
func (a *asked) termIn(value quad.Value, source quad.IRI) (term, error) {
	key := termKey{value, source}
	if t, ok := a.terms[key]; ok || value == nil {
		return t, nil
	}
	cell, err := a.DescribeFor(a.ctx, value, []quad.IRI{source})
	if err != nil {
		return term{}, err
	}
	t, err := a.cell(cell)
	if err == nil {
		a.terms[key] = t
	}
	return t, err
}

// reading is a relation in words, as an edge is read: forward from its subject.
func (a *asked) reading(relation quad.IRI, forward bool) (term, error) {
	t, err := a.term(relation)
	if err != nil {
		return t, err
	}
	cell, err := a.Reading(a.ctx, relation, forward)
	t.Text = cell.Text
	return t, err
}

// allNames is the term of a thing under all its names.
func (a *asked) allNames(value quad.Value) (term, error) {
	cell, err := a.DescribeAll(a.ctx, value, nil)
	if err != nil {
		return term{}, err
	}
	return a.cell(cell)
}

// cell is the term of a cell that is described already.
func (a *asked) cell(cell graph.Cell) (term, error) {
	t := term{Text: cell.Words(), value: cell.Value}
	switch value := cell.Value.(type) {
	case quad.IRI:
		t.Title = a.Base.Short(value)
		if cell.Parts == nil {
			t.Href = a.href(value)
		}
		kind, err := a.Kind(a.ctx, value)
		if err != nil {
			return t, err
		}
		if kind != "" {
			if t.Kind, err = a.KindName(a.ctx, kind); err != nil {
				return t, err
			}
		}
		if t.Kind == schema.IRI(schema.ClaimClass).LastPart() {
			t.Text = schema.IRI(value).LastPart()
		}
	case quad.Int, quad.Float:
		t.Num = true
	}
	return t, nil
}

// href is the page of an IRI: that of a claim, a source, or else an entity.
func (a *asked) href(iri quad.IRI) string {
	page := "entity"
	if under, ok := strings.CutPrefix(string(iri), string(a.Base)+"source/"); ok {
		rest := strings.Split(under, "/")
		switch {
		case len(rest) == 1:
			page = "source"
		case len(rest) == 3 && rest[1] == "claim":
			page = "claim"
		}
	}
	return pageOf(page, a.Base.Short(iri))
}

// pageOf is the address of a page about id.
func pageOf(page, id string) string {
	return "/" + page + "?id=" + legible.Replace(url.QueryEscape(id))
}

// legible undoes the escapes that an address can do without.
var legible = strings.NewReplacer("%3A", ":", "%2F", "/")

// link is what pictures put behind nodes and edges.
func (a *asked) link(value quad.Value) string {
	iri, ok := value.(quad.IRI)
	if !ok {
		return ""
	}
	t, err := a.term(iri)
	if err != nil {
		return ""
	}
	return t.Href
}

// find resolves what an address or a form names. The canonical address is that
// of the short form; elsewhere is true when the request had another one.
func (a *asked) find(id string) (iri quad.IRI, elsewhere bool, err error) {
	if strings.TrimSpace(id) == "" {
		return "", false, refuse(400, "the address lacks an id, such as ?id=kg:country/russia")
	}
	iri, err = a.Find(a.ctx, id)
	if err != nil {
		return "", false, err
	}
	return iri, a.Base.Short(iri) != id, nil
}

// because is why a source or a claim is retracted, empty if it is not.
func (a *asked) because(iri quad.IRI) string {
	if d := a.Retraction(iri); d != nil {
		return d.Because()
	}
	return ""
}

// said is what a page says of who stands behind something.
type said struct {
	By       string
	Sure     string
	Plain    bool // asserts, and nothing weakens it
	Denied   bool
	DeniedBy string // those who deny what others assert
	Who      []who  // those of By, with their pages
	Deniers  []term // those of DeniedBy
	// Retracted reports that it rests on what is retracted; Sure says why.
	Retracted bool
}

// who is a speaker, the way of their words, and those a conclusion follows from.
type who struct {
	term
	Via  []term
	From []who
	// Joins reports that it is an annotator who says that two things are the same.
	Joins bool
}

func (a *asked) whoIs(s graph.Speaker) who {
	w := who{term: a.named(s), Joins: s.Joins}
	if _, decided := schema.IRI(s.IRI).DecisionLabel(); decided { // it has no page of its own
		w.Href = ""
	}
	for _, via := range s.Via {
		w.Via = append(w.Via, a.named(via))
	}
	for _, from := range s.From {
		w.From = append(w.From, a.whoIs(from))
	}
	return w
}

func (a *asked) named(n graph.Speaker) term {
	if n.IRI == "" {
		return term{Text: n.Name}
	}
	return term{Text: n.Name, Href: a.href(n.IRI), Title: a.Base.Short(n.IRI)}
}

func (a *asked) saidOf(e *graph.Evidence) said {
	sure := e.Sure()
	s := said{By: e.SaidBy(), Sure: sure, Plain: sure == string(schema.Asserts) && len(e.Deniers) == 0, Denied: e.Unasserted, DeniedBy: e.DeniedBy()}
	if !e.Untraced && !e.Unasserted {
		for _, speaker := range e.Speakers {
			s.Who = append(s.Who, a.whoIs(speaker))
		}
	}
	for _, d := range e.Deniers {
		s.Deniers = append(s.Deniers, a.named(d))
	}
	for _, c := range e.Claims {
		s.Denied = s.Denied || c.Stance == schema.Denies
		s.Retracted = s.Retracted || c.Retracted != nil
	}
	return s
}
