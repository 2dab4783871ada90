package web

import (
	"bytes"
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"kg/internal/xml"
	"kg/queries"
)

// exploreFormats are the formats of Explore's state. The page's script draws the JSON,
// and makes pictures as arranged in the browser.
var exploreFormats = []format{
	{Name: "json", Says: "JSON", Type: "application/json"},
	{Name: "graphml", Says: "GraphML", Type: "application/graphml+xml"},
}

// explorePage is the data of the page Explore.
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

// kept is a parameter that a form keeps, or a key with the name of its node.
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

// answerExplore shows a state. A form sends the state and a change: the answer redirects
// to the address of the new state.
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
		if err := xml.WriteGraphML(&b, x.graphML()); err != nil {
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
		return sendExplored(w, r, p, x)
	}
	return s.render(w, r, "explore", "Explore: "+x.title, p)
}

// fillExplore fills in the parts of the page beside the picture.
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

// Next returns the value of the parameter open that shows one more page.
func (n *exploredNode) Next() string { return strconv.Itoa(n.Pages+1) + "~" + n.Key }
