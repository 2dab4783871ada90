package web

import (
	"cmp"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/schema"
)

// exploredAt has the details of the chosen node or edge, beside the picture.
type exploredAt struct {
	Node   *exploredNode
	About  string // a description
	Pinned bool
	Edge   *exploredEdgeLine
	Claims []exploredClaim
}

// exploredClaim is a claim behind the chosen edge, with its passage if the text is given.
type exploredClaim struct {
	claimLine
	Denies   bool
	Source   term
	Issued   string
	InSource string
	Passage  passage
}

// at returns the details of the chosen node or edge, if it is shown.
func (s *Server) at(x *explored) (*exploredAt, error) {
	if i := slices.IndexFunc(x.nodes, func(n *exploredNode) bool { return n.Key == x.exploring.at }); i >= 0 {
		n := x.nodes[i]
		about := &exploredAt{Node: n, Pinned: n.pin != nil}
		if iri := iriOf(n.Term.value); iri != "" {
			for q, err := range x.a.Each(x.a.ctx, quad.Quad{Subject: iri, Predicate: schema.Description}) {
				if err != nil {
					return nil, err
				}
				about.About = graph.Text(q.Object)
			}
		}
		return about, nil
	}
	i := slices.IndexFunc(x.edges, func(e *exploredEdge) bool { return e.Key == x.exploring.at })
	if i < 0 {
		return nil, nil
	}
	edge, err := x.line(x.edges[i])
	if err != nil {
		return nil, err
	}
	about := &exploredAt{Edge: edge}
	denials := x.edges[i].evidence.Denials
	for _, c := range slices.Concat(x.edges[i].evidence.Claims, denials) {
		line, err := s.exploredClaim(x.a, c)
		if err != nil {
			return nil, err
		}
		line.Denies = slices.Contains(denials, c)
		about.Claims = append(about.Claims, line)
	}
	return about, nil
}

func (s *Server) exploredClaim(a *asked, c *graph.Claim) (line exploredClaim, err error) {
	if line.claimLine, err = a.line(c); err != nil {
		return line, err
	}
	if line.Source, err = a.term(c.Source); err != nil {
		return line, err
	}
	issued, err := a.Issued(a.ctx, c.Source)
	if err != nil {
		return line, err
	}
	line.Issued = issued.Text
	line.InSource = line.Source.Href + "#" + line.ID
	line.Passage, err = s.passage(a, c)
	return line, err
}

// exploreFilters are the fields that filter edges.
type exploreFilters struct {
	Choices      []exploreChoice
	Since, Until string
	Set          bool
}

// exploreChoice is a pick-list of the values that occur, with counts.
type exploreChoice struct {
	Name, Says string
	Options    []exploreOption
}

type exploreOption struct {
	Value, Text string
	Edges       int
	Chosen      bool
}

// sureSays are the classes of sureness in words.
var sureSays = map[string]string{"plain": "plainly asserted", "weak": "hedged, planned or derived", "denied": "denied", "unsaid": "no claim, another graph"}

// filters returns the filters that apply to the unfiltered edges.
func (x *explored) filters() exploreFilters {
	f := exploreFilters{Since: x.since, Until: x.until}
	for _, choice := range []struct {
		name, says, chosen string
		of                 func(*exploredEdge) []string
		text               func(string) string
	}{
		{"relation", "Relation", x.relation, func(e *exploredEdge) []string { return []string{x.a.Base.Short(iriOf(e.quad.Predicate))} }, x.relationText},
		{"speaker", "Speaker", x.speaker, x.speakersOf, x.termText},
		{"source", "Source", x.source, x.sourcesOf, x.termText},
		{"sure", "How sure", x.sure, func(e *exploredEdge) []string { return []string{e.sureness()} }, func(key string) string { return sureSays[key] }},
	} {
		c := exploreChoice{Name: choice.name, Says: choice.says}
		count := map[string]int{}
		if choice.chosen != "" {
			count[choice.chosen] = 0
		}
		for _, e := range x.all {
			for _, key := range slices.Compact(slices.Sorted(slices.Values(choice.of(e)))) {
				count[key]++
			}
		}
		for key, n := range count {
			c.Options = append(c.Options, exploreOption{key, choice.text(key), n, key == choice.chosen})
		}
		slices.SortFunc(c.Options, func(a, b exploreOption) int {
			return cmp.Or(strings.Compare(a.Text, b.Text), strings.Compare(a.Value, b.Value))
		})
		f.Choices = append(f.Choices, c)
		f.Set = f.Set || choice.chosen != ""
	}
	f.Set = f.Set || x.since != "" || x.until != ""
	return f
}

// relationText returns the reading of a relation.
func (x *explored) relationText(key string) string {
	for _, e := range x.all {
		if x.a.Base.Short(iriOf(e.quad.Predicate)) == key {
			return e.Relation.Text
		}
	}
	return key
}

// termText returns the name of a speaker or a source.
func (x *explored) termText(key string) string {
	iri, err := x.a.Base.Expand(key)
	if err != nil {
		return key
	}
	t, err := x.a.term(iri)
	if err != nil {
		return key
	}
	return t.Text
}
