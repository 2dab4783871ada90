package web

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"kg/graph"
	"kg/queries"
)

// exploreFormats are those of what Explore shows. Its JSON is what the page's own
// script draws; a picture as it was arranged is made by that script.
var exploreFormats = []format{
	{Name: "json", Says: "JSON", Type: "application/json"},
	{Name: "graphml", Says: "GraphML", Type: "application/graphml+xml"},
}

// explorePage is what the page Explore shows.
type explorePage struct {
	Title   string
	Begun   bool
	Queries []*queries.Query // to start from
	Keep    []kept           // the state, for the form
	Filters exploreFilters
	Nodes   []*exploredNode
	Edges   []*exploredEdgeLine
	Hidden  []kept
	Left    int
	Most    int
	All     int // edges before the filters
	At      *exploredAt
	Failed  string
}

// kept is a parameter that a form keeps, or a key and the name of what it stands for.
type kept struct{ Name, Value string }

// exploredEdgeLine is an edge with its ends.
type exploredEdgeLine struct {
	*exploredEdge
	Ends   [2]*exploredNode
	Graphs []term // other graphs that have it
}

func (s *Server) explorePage(w http.ResponseWriter, r *http.Request) error {
	e, err := parseExploring(r.URL.Query())
	if err != nil {
		return err
	}
	kind, err := wanted(r, formatParam, exploreFormats)
	if err != nil {
		return err
	}
	a, err := s.asked(r, true)
	if err != nil {
		return err
	}
	if e.query == "" && len(e.starts) == 0 {
		p := &explorePage{Title: "Explore"}
		for _, name := range s.Queries.Names() {
			p.Queries = append(p.Queries, s.Queries[name])
		}
		return s.render(w, r, "explore", p.Title, p)
	}
	made := &unsent{ResponseWriter: w, code: http.StatusOK}
	err = a.Bounds.In(a.ctx, func(ctx context.Context) error {
		a.ctx = ctx
		return s.answerExplore(made, r.WithContext(ctx), a, e, kind)
	})
	if err != nil {
		return err
	}
	return made.send()
}

// answerExplore shows a state. A form sends what is to change beside the state: the
// answer to that is the address of the new state.
func (s *Server) answerExplore(w http.ResponseWriter, r *http.Request, a *asked, e *exploring, kind string) error {
	x, err := s.explore(a, e)
	if err != nil {
		return err
	}
	if kind == "html" {
		if to := e.address(); to != explorePath+"?"+address(r.URL.Query()) {
			w.Header().Set("Vary", vary)
			http.Redirect(w, r, to, http.StatusSeeOther)
			return nil
		}
	}
	if kind == "graphml" {
		var b bytes.Buffer
		if err := graph.WriteGraphML(&b, x.graphML()); err != nil {
			return err
		}
		w.Header().Set("Content-Type", exploreFormats[1].Type)
		w.Header().Set("Content-Disposition", `attachment; filename="explore.graphml"`)
		_, err = w.Write(b.Bytes())
		return ignore(err)
	}
	p := &explorePage{Title: x.title, Begun: true, Nodes: x.nodes, Left: x.left, Most: mostExplored, All: len(x.all)}
	if err := s.fillExplore(p, x); err != nil {
		return err
	}
	if kind == "json" {
		return sendExplored(w, p, x)
	}
	return s.render(w, r, "explore", "Explore: "+x.title, p)
}

// fillExplore fills in what is beside the picture.
func (s *Server) fillExplore(p *explorePage, x *explored) error {
	values := x.values()
	for name, list := range values {
		if slices.Contains([]string{"relation", "speaker", "source", "sure", "since", "until"}, name) {
			continue // which have fields of their own
		}
		for _, value := range list {
			p.Keep = append(p.Keep, kept{name, value})
		}
	}
	slices.SortStableFunc(p.Keep, func(a, b kept) int { return strings.Compare(a.Name, b.Name) })
	for _, e := range x.edges {
		line, err := x.line(e)
		if err != nil {
			return err
		}
		p.Edges = append(p.Edges, line)
	}
	for _, key := range x.hide {
		name := key
		if n := x.byKey[key]; n != nil {
			name = n.Term.Text
		}
		p.Hidden = append(p.Hidden, kept{name, key})
	}
	p.Filters = x.filters()
	var err error
	p.At, err = s.at(x)
	return err
}

func (x *explored) line(e *exploredEdge) (*exploredEdgeLine, error) {
	line := &exploredEdgeLine{exploredEdge: e, Ends: [2]*exploredNode{x.byKey[e.From], x.byKey[e.To]}}
	for _, key := range e.graphs {
		label, err := x.a.Base.Expand(key)
		if err != nil {
			continue // the default graph has no name
		}
		t, err := x.a.term(label)
		if err != nil {
			return nil, err
		}
		line.Graphs = append(line.Graphs, t)
	}
	return line, nil
}

// shownNode and shownEdge are what the script draws.
type shownNode struct {
	Key   string `json:"key"`
	Name  string `json:"name"`
	Kind  string `json:"kind,omitempty"`
	Class string `json:"class"`
	Href  string `json:"href,omitempty"` // of its page
	Focus bool   `json:"focus,omitempty"`
	Pages int    `json:"pages,omitempty"`
	More  bool   `json:"more,omitempty"`
	Opens bool   `json:"opens,omitempty"` // it can have neighbours
	Pin   []int  `json:"pin,omitempty"`
}

type shownEdge struct {
	Key    string `json:"key"`
	From   string `json:"from"`
	To     string `json:"to"`
	Words  string `json:"words"`
	Sure   string `json:"sure"` // plain, weak, denied or unsaid
	By     string `json:"by,omitempty"`
	Href   string `json:"href,omitempty"` // of its first claim
	Stance string `json:"says,omitempty"` // how sure, in words
}

// sendExplored answers the script: the picture, and the parts of the page beside it.
func sendExplored(w http.ResponseWriter, p *explorePage, x *explored) error {
	parts := map[string]string{}
	for _, name := range []string{"state", "filters", "at", "shown"} {
		var b bytes.Buffer
		if err := templates()["explore"].ExecuteTemplate(&b, "explore-"+name, p); err != nil {
			return err
		}
		parts[name] = b.String()
	}
	nodes, edges := []shownNode{}, []shownEdge{}
	for _, n := range x.nodes {
		shown := shownNode{Key: n.Key, Name: n.Term.Text, Kind: kindWords(n.Term.Kind), Class: string(n.Class), Href: n.Term.Href,
			Focus: n.Focus, Pages: n.Pages, More: n.More, Opens: n.IsIRI}
		if n.pin != nil {
			shown.Pin = []int{n.pin.x, n.pin.y}
		}
		nodes = append(nodes, shown)
	}
	for _, e := range x.edges {
		shown := shownEdge{Key: e.Key, From: e.From, To: e.To, Words: e.Relation.Text, Sure: e.sureness(), By: e.By, Stance: e.Sure}
		if len(e.evidence.Claims) > 0 {
			shown.Href = x.a.href(e.evidence.Claims[0].IRI)
		}
		edges = append(edges, shown)
	}
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Cache-Control", "no-cache")
	h.Set("Vary", vary)
	return json.NewEncoder(w).Encode(map[string]any{"address": x.address(), "title": p.Title, "at": x.at, "nodes": nodes, "edges": edges, "parts": parts})
}

// graphML is what is shown, each edge with who says it and where.
func (x *explored) graphML() graph.GraphML {
	g := graph.GraphML{
		NodeFields: []string{"label", "kind", "iri"},
		EdgeFields: []string{"relation", "label", "said by", "sure", "denied by", "claims", "sources", "places", "graphs"},
	}
	for _, n := range x.nodes {
		iri := ""
		if n.IsIRI {
			iri = string(iriOf(n.Term.value))
		}
		g.Nodes = append(g.Nodes, graph.GraphMLNode{ID: n.Key, Values: []string{n.Term.Text, n.Term.Kind, iri}})
	}
	for _, e := range x.edges {
		var claims, places []string
		for _, c := range e.evidence.Claims {
			claims = append(claims, string(c.IRI))
			if c.Paragraph > 0 {
				places = append(places, c.Place())
			}
		}
		g.Edges = append(g.Edges, graph.GraphMLEdge{From: e.From, To: e.To, Values: []string{
			string(iriOf(e.quad.Predicate)), e.Relation.Text, e.By, e.Sure, e.DeniedBy,
			strings.Join(claims, " "), strings.Join(x.sourcesOf(e), " "), strings.Join(places, "; "), strings.Join(e.graphs, " "),
		}})
	}
	return g
}

// Next is the value of the parameter open that shows one page more.
func (n *exploredNode) Next() string { return strconv.Itoa(n.Pages+1) + "~" + n.Key }
