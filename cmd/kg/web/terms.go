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

// asked is the view of the graph for one request. It caches the terms it has described.
type asked struct {
	*graph.View
	ctx   context.Context
	terms map[termKey]term
	taken []string // notes on words that were resolved to entities with other names
}

// termKey is a value, and the source whose name for it is shown.
type termKey struct {
	value  quad.Value
	source quad.IRI
}

// asked returns the graph for a request, in the languages of its client; with denied it
// includes denied edges, which pages mark.
func (s *Server) asked(r *http.Request, denied bool) (*asked, error) {
	a, err := s.look(r.Context(), denied)
	if err != nil {
		return nil, err
	}
	if reads := strings.Join(r.Header.Values("Accept-Language"), ","); reads != "" {
		// An invalid list of languages is ignored.
		if languages, err := ParseLanguages(reads); err == nil {
			a.Languages = languages
		}
	}
	return a, nil
}

// look returns the graph as for all requests, without a client's languages.
func (s *Server) look(ctx context.Context, denied bool) (*asked, error) {
	a := &asked{View: s.View(denied), ctx: ctx, terms: map[termKey]term{}}
	a.Took = func(word string, taken graph.Found) {
		says := fmt.Sprintf("“%s” is taken for %s: it finds no other entity.", word, taken.Name)
		if !slices.Contains(a.taken, says) {
			a.taken = append(a.taken, says)
		}
	}
	// The names are read once for all requests, so the end of one does not stop it.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer cancel()
	return a, a.ReadNames(ctx)
}

// term is a value for display on a page.
type term struct {
	Text  string
	Href  string // of its page; empty for a literal
	Title string // its short form, or a figure's parts
	Kind  string
	Num   bool // a number, to be set flush right
	value quad.Value
}

// term describes a value.
func (a *asked) term(value quad.Value) (term, error) { return a.termIn(value, "") }

// termIn describes a value, with the name that a source gives it.
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

// reading returns the reading of a relation: forward from its subject.
func (a *asked) reading(relation quad.IRI, forward bool) (term, error) {
	t, err := a.term(relation)
	if err != nil {
		return t, err
	}
	cell, err := a.Reading(a.ctx, relation, forward)
	t.Text = cell.Text
	return t, err
}

// allNames returns the term of an entity with all its names.
func (a *asked) allNames(value quad.Value) (term, error) {
	cell, err := a.DescribeAll(a.ctx, value, nil)
	if err != nil {
		return term{}, err
	}
	return a.cell(cell)
}

// cell returns the term of a cell that is described already.
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

// href returns the address of the page of an IRI: of a claim, a source, or else an entity.
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

// pageOf returns the address of a page about id.
func pageOf(page, id string) string {
	return "/" + page + "?id=" + legible.Replace(url.QueryEscape(id))
}

// legible undoes the escapes that an address can do without.
var legible = strings.NewReplacer("%3A", ":", "%2F", "/")

// link returns the link of a node or an edge in a picture.
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

// find resolves a name in an address or a form. The canonical address has the short form;
// elsewhere is true if the request had another one.
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

// because returns why a source or a claim is retracted; empty if it is not.
func (a *asked) because(iri quad.IRI) string {
	if d := a.Retraction(iri); d != nil {
		return d.Because()
	}
	return ""
}

// said is the evidence of something in words: speakers, sureness, denials.
type said struct {
	By       string
	Sure     string
	Plain    bool // asserts, and nothing weakens it
	Denied   bool
	DeniedBy string // those who deny what others assert
	Who      []who  // those of By, with their pages
	Deniers  []term // those of DeniedBy
	// Retracted reports that its evidence is retracted; Sure has the reason.
	Retracted bool
}

// who is a speaker, via whom they speak, and the speakers that a conclusion is from.
type who struct {
	term
	Via  []term
	From []who
	// Joins reports that it is an annotator who joins two entities.
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
