package web

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/internal/xml"
	"kg/schema"
)

// shownNode and shownEdge are the JSON that the script draws.
type shownNode struct {
	Key   string `json:"key"`
	Name  string `json:"name"`
	Kind  string `json:"kind,omitempty"`
	Class string `json:"class"`
	Href  string `json:"href,omitempty"` // of its page
	Focus bool   `json:"focus,omitempty"`
	Pages int    `json:"pages,omitempty"`
	Left  int    `json:"left,omitempty"`  // about how many more neighbours it has
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

// sendExplored sends the script the picture and the parts of the page beside it.
func sendExplored(w http.ResponseWriter, r *http.Request, p *explorePage, x *explored) error {
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
		shown := shownNode{Key: n.Key, Name: n.Term.brief(), Kind: kindWords(n.Term.Kind), Class: string(n.Class), Href: n.Term.Href,
			Focus: n.Focus, Pages: n.Pages, Opens: n.IsIRI}
		if n.More {
			shown.Left = max(n.All-n.Edges, 1)
		}
		if n.pin != nil {
			shown.Pin = []int{n.pin.x, n.pin.y}
		}
		nodes = append(nodes, shown)
	}
	for _, e := range x.edges {
		shown := shownEdge{Key: e.Key, From: e.From, To: e.To, Words: e.Relation.brief(), Sure: e.sureness(), By: e.By, Stance: e.Sure}
		if len(e.evidence.Claims) > 0 {
			shown.Href = x.a.href(e.evidence.Claims[0].IRI)
		}
		edges = append(edges, shown)
	}
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Cache-Control", "no-cache")
	h.Set("Vary", vary)
	body, err := json.Marshal(map[string]any{"address": x.address(), "title": p.Title, "at": x.at, "nodes": nodes, "edges": edges, "parts": parts})
	if err != nil {
		return err
	}
	return Send(w, r, http.StatusOK, append(body, '\n'))
}

// brief returns a term for a picture, which has no room for an IRI.
func (t term) brief() string {
	if iri, ok := t.value.(quad.IRI); ok && t.Text == string(iri) {
		return schema.IRI(iri).LastPart()
	}
	return t.Text
}

// graphML returns the shown graph, each edge with its speakers and locators.
func (x *explored) graphML() xml.Graph {
	g := xml.Graph{
		NodeFields: []string{"label", "kind", "iri"},
		EdgeFields: []string{"relation", "label", "said by", "sure", "denied by", "claims", "sources", "locators", "graphs"},
	}
	for _, n := range x.nodes {
		iri := ""
		if n.IsIRI {
			iri = string(iriOf(n.Term.value))
		}
		g.Nodes = append(g.Nodes, xml.Node{ID: n.Key, Values: []string{n.Term.Text, n.Term.Kind, iri}})
	}
	for _, e := range x.edges {
		var claims, locators []string
		for _, c := range e.evidence.Claims {
			claims = append(claims, string(c.IRI))
			if c.Paragraph > 0 {
				locators = append(locators, c.LocatorText())
			}
		}
		g.Edges = append(g.Edges, xml.Edge{From: e.From, To: e.To, Values: []string{
			string(iriOf(e.quad.Predicate)), e.Relation.Text, e.By, e.Sure, e.DeniedBy,
			strings.Join(claims, " "), strings.Join(x.sourcesOf(e), " "), strings.Join(locators, "; "), strings.Join(e.graphs, " "),
		}})
	}
	return g
}
