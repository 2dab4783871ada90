package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/cmd/kg/web/picture"
	"kg/graph"
	"kg/schema"
)

// explored is the part of the graph that a state shows.
type explored struct {
	*exploring
	a      *asked
	title  string
	focus  map[string]bool // keys of the starts, or of an answer's cells
	all    []*exploredEdge // before the filters
	edges  []*exploredEdge // shown
	nodes  []*exploredNode // shown
	byKey  map[string]*exploredNode
	byEdge map[string]*exploredEdge
	more   map[string]bool // of opened nodes: there is another page
	about  map[string]int  // of opened nodes: how many edges they have, about
	left   int             // nodes for which there was no room
}

// exploredNode is a node of the picture.
type exploredNode struct {
	Key   string
	Term  term
	Class picture.Class
	Focus bool
	Pages int  // of its neighbours that are shown
	More  bool // and there are more
	All   int  // about how many edges it has, if it is open
	IsIRI bool // it can have neighbours
	pin   *pin
	Edges int // shown
}

// exploredEdge is an edge of the picture, with all its labels.
type exploredEdge struct {
	Key      string
	From, To string
	Relation term // read from From to To
	said
	quad     quad.Quad
	evidence *graph.Evidence
	graphs   []string // the labels of other graphs that have it
}

// sureness returns the class by which edges are filtered: see sureSays.
func (e *exploredEdge) sureness() string {
	switch {
	case e.Denied || e.DeniedBy != "":
		return "denied"
	case len(e.evidence.Claims) == 0:
		return "unsaid"
	case e.Plain:
		return "plain"
	}
	return "weak"
}

// explore collects what a state shows: the edges it starts with and those of opened
// nodes, without hidden and filtered ones, up to mostExplored nodes.
func (s *Server) explore(a *asked, e *exploring) (*explored, error) {
	x := &explored{exploring: e, a: a, focus: map[string]bool{}, byKey: map[string]*exploredNode{}, byEdge: map[string]*exploredEdge{}, more: map[string]bool{}, about: map[string]int{}}
	starts, err := x.begin(s)
	if err != nil {
		return nil, err
	}
	for _, o := range e.open {
		edges, err := x.opened(o)
		if err != nil {
			return nil, err
		}
		starts = append(starts, edges...)
	}
	for _, q := range starts {
		if err := x.add(q); err != nil {
			return nil, err
		}
	}
	for key, n := range x.byKey {
		n.More, n.All = x.more[key], x.about[key]
	}
	return x, x.choose()
}

// begin returns the edges that the state starts with: those of an answer or a claim, or
// the neighbours of entities.
func (x *explored) begin(s *Server) ([]quad.Quad, error) {
	if x.query != "" {
		return x.answer(s)
	}
	var quads []quad.Quad
	for i, key := range x.starts {
		iri, _, err := x.a.find(key)
		if err != nil {
			return nil, err
		}
		if now := x.a.Base.Short(iri); now != key { // a name: the address has the id
			x.starts[i] = now
			for j := range x.open {
				if x.open[j].key == key {
					x.open[j].key = now
				}
			}
		}
		c, err := x.a.Claim(x.a.ctx, iri)
		if err != nil {
			return nil, err
		}
		if c == nil {
			if err := x.start(iri); err != nil {
				return nil, err
			}
			continue
		}
		edges, err := x.a.Asserted(x.a.ctx, c)
		if err != nil {
			return nil, err
		}
		quads = append(quads, edges...)
		x.title = "What a claim asserts"
	}
	return quads, nil
}

// start adds a node that is shown without an edge, too.
func (x *explored) start(iri quad.IRI) error {
	n, err := x.node(iri, nil)
	if err != nil {
		return err
	}
	n.Focus, x.focus[n.Key] = true, true
	if x.title == "" {
		x.title = n.Term.Text
	}
	return nil
}

// answer returns the evidence of the answer of a saved question.
func (x *explored) answer(s *Server) ([]quad.Quad, error) {
	q, err := s.Queries.Find(x.query)
	if err != nil {
		return nil, refuse(http.StatusNotFound, "there is no saved question %q", x.query)
	}
	params := map[string][]string{}
	for name, list := range x.args {
		params[strings.TrimPrefix(name, "p-")] = list
	}
	_, res, err := s.run(x.a, q, given(q, params), 0, 0)
	if err != nil {
		return nil, err
	}
	x.title = q.Question
	var quads []quad.Quad
	for _, row := range res.Rows {
		for _, cell := range row.Cells {
			x.focus[x.a.Base.ShortTerm(cell.Value)] = true
		}
		for _, w := range row.Evidence.Witnesses {
			quads = append(quads, w.Quads...)
		}
		if len(quads) > mostOpened*pageExplored {
			break
		}
	}
	return quads, nil
}

// node returns the node of a value, and creates it at the first call.
func (x *explored) node(value, of quad.Value) (*exploredNode, error) {
	value, err := x.a.Canonical(x.a.ctx, value)
	if err != nil {
		return nil, err
	}
	key := x.a.keyOf(value, of)
	if n := x.byKey[key]; n != nil {
		return n, nil
	}
	t, err := x.a.allNames(value)
	if err != nil {
		return nil, err
	}
	n := &exploredNode{Key: key, Term: t, Class: picture.Figure, Pages: x.pages(key)}
	if iri, ok := value.(quad.IRI); ok {
		n.IsIRI = t.Href != "" // a figure is what it is
		if n.Class, err = picture.ClassOf(x.a.ctx, x.a.View, iri); err != nil {
			return nil, err
		}
	}
	n.Focus = x.focus[key]
	for i := range x.pins {
		if x.pins[i].key == key {
			n.pin = &x.pins[i]
		}
	}
	x.byKey[key] = n
	return n, nil
}

// add adds an edge with its evidence; equal edges with different labels are one.
func (x *explored) add(q quad.Quad) error {
	if says(iriOf(q.Predicate)) || (graph.Edge{Quad: q}).IsCode() || schema.IRI(iriOf(q.Subject)).Under(iriOf(q.Label)) {
		return nil
	}
	from, err := x.node(q.Subject, q.Subject)
	if err != nil {
		return err
	}
	to, err := x.node(q.Object, q.Subject)
	if err != nil {
		return err
	}
	relation := iriOf(q.Predicate)
	key := fmt.Sprintf("%s %s %s", from.Key, x.a.Base.Short(relation), to.Key)
	e := x.byEdge[key]
	if e == nil {
		e = &exploredEdge{Key: key, From: from.Key, To: to.Key, quad: q}
		if e.evidence, err = x.a.EdgeEvidence(x.a.ctx, q); err != nil {
			return err
		}
		e.said = x.a.saidOf(e.evidence)
		if e.Relation, err = x.a.reading(relation, true); err != nil {
			return err
		}
		x.byEdge[key] = e
		x.all = append(x.all, e)
	}
	if len(e.evidence.Claims) == 0 {
		e.graphs = appendNew(e.graphs, x.a.Base.ShortTerm(q.Label))
	}
	return nil
}

// choose removes hidden and filtered edges, and nodes beyond the limit.
func (x *explored) choose() error {
	shown := map[string]bool{}
	left := map[string]bool{}
	show := func(keys ...string) bool {
		need := 0
		for _, key := range keys {
			if slices.Contains(x.hide, key) {
				return false
			}
			if !shown[key] {
				need++
			}
		}
		if len(shown)+need > mostExplored {
			for _, key := range keys {
				left[key] = !shown[key]
			}
			return false
		}
		for _, key := range keys {
			if !shown[key] {
				shown[key] = true
				x.nodes = append(x.nodes, x.byKey[key])
			}
		}
		return true
	}
	for _, key := range x.starts {
		if x.byKey[key] != nil {
			show(key)
		}
	}
	for _, e := range x.all {
		ok, err := x.passes(e)
		if err != nil {
			return err
		}
		if ok && show(e.From, e.To) {
			x.edges = append(x.edges, e)
			x.byKey[e.From].Edges++
			x.byKey[e.To].Edges++
		}
	}
	for key := range left {
		if left[key] && !shown[key] {
			x.left++
		}
	}
	return nil
}

// passes reports whether an edge matches the filters.
func (x *explored) passes(e *exploredEdge) (bool, error) {
	switch {
	case x.relation != "" && x.relation != x.a.Base.Short(iriOf(e.quad.Predicate)),
		x.speaker != "" && !slices.Contains(x.speakersOf(e), x.speaker),
		x.source != "" && !slices.Contains(x.sourcesOf(e), x.source),
		x.sure != "" && x.sure != e.sureness():
		return false, nil
	}
	for _, end := range []quad.Value{e.quad.Subject, e.quad.Object} {
		iri, ok := end.(quad.IRI)
		if !ok {
			continue
		}
		if within, err := x.a.Within(x.a.ctx, iri, x.since, x.until); !within || err != nil {
			return false, err
		}
	}
	return true, nil
}

func (x *explored) speakersOf(e *exploredEdge) (keys []string) {
	for _, s := range e.evidence.Speakers {
		keys = append(keys, x.a.Base.Short(s.IRI))
	}
	return keys
}

// sourcesOf returns the sources of an edge, or the labels of the graphs that have it.
func (x *explored) sourcesOf(e *exploredEdge) (keys []string) {
	for _, s := range e.evidence.Sources() {
		keys = append(keys, x.a.Base.Short(s))
	}
	return append(keys, e.graphs...)
}
