package web_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"kg/cmd/kg/web"
	"kg/graph"
	"kg/graph/graphtest"
	"kg/schema"
)

// shownGraph is the JSON of the page Explore.
type shownGraph struct {
	Address, Title, At string
	Nodes              []struct {
		Key, Name, Kind, Href string
		Pages, Left           int
		Opens                 bool
	}
	Edges []struct{ Key, From, To, Words, Sure, By, Says string }
	Parts map[string]string
}

func (g *shownGraph) keys() (keys []string) {
	for _, n := range g.Nodes {
		keys = append(keys, n.Key)
	}
	return keys
}

// explored asks for a state's JSON.
func explored(t testing.TB, s *web.Server, state string) *shownGraph {
	t.Helper()
	var g shownGraph
	if err := json.Unmarshal([]byte(get(t, s, "/explore?format=json&"+state, 200)), &g); err != nil {
		t.Fatal(err)
	}
	return &g
}

// foreignServer serves quads of no claim.
func foreignServer(t testing.TB, quads string) *web.Server {
	t.Helper()
	store := graphtest.Pages(t, func(s *graph.Store) error {
		_, err := s.LoadQuads(t.Context(), []graph.QuadsFile{{Name: "a.nq", Open: func() (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader(quads)), nil
		}}}, graph.LoadOptions{Base: schema.DefaultBase})
		return err
	})
	return web.New(options(t, func(bool) *graph.View { return store.WholeView(schema.DefaultBase) }))
}

// hub is a star of so many leaves, a thousandth of them by another relation.
func hub(leaves int) string {
	var b strings.Builder
	for i := range leaves {
		relation := "knows"
		if i%1000 == 999 {
			relation = "owns"
		}
		fmt.Fprintf(&b, "<https://ex.org/n0> <https://ex.org/%s> <https://ex.org/leaf%d> <https://ex.org/g> .\n", relation, i)
	}
	return b.String()
}

// TestExploreIsWhole: what claims and other graphs join to a thing is shown, and
// what only names it, or stands in kg's own records, is not.
func TestExploreIsWhole(t *testing.T) {
	t.Parallel()
	s := exampleServer(t, nil)
	g := explored(t, s, "id=kg:company/blue-line")
	want := []string{"kg:company/blue-line", "kg:city/harbourtown", "kg:source/herald-2020-05-04/sale/firm-sale"}
	for _, key := range want {
		if !slices.Contains(g.keys(), key) {
			t.Errorf("%s is not among %s", key, g.keys())
		}
	}
	for _, e := range g.Edges {
		if e.By != "The Herald" || e.Sure != "plain" || e.Says != "asserts" {
			t.Errorf("an edge is %+v", e)
		}
	}
	// The Herald publishes a source and makes claims: no claim joins it to anything.
	if g := explored(t, s, "id=kg:news-media/herald"); len(g.Edges) != 0 || len(g.Nodes) != 1 {
		t.Errorf("The Herald is joined to %s", g.keys())
	}
	if g := explored(t, s, "id=kg:person/ann-lee"); !slices.ContainsFunc(g.Edges, func(e struct{ Key, From, To, Words, Sure, By, Says string }) bool { return e.Sure == "denied" }) {
		t.Errorf("the denied meeting is not among %+v", g.Edges)
	}
}

// TestExploreChanges: hiding, closing and filtering take away what they name, and
// nothing but that.
func TestExploreChanges(t *testing.T) {
	t.Parallel()
	s := exampleServer(t, nil)
	const sale = "kg:source/herald-2020-05-04/sale/firm-sale"
	state := "id=kg:company/blue-line&open=1~" + sale
	all := explored(t, s, state)
	if len(all.Nodes) < 6 {
		t.Fatalf("only %s", all.keys())
	}
	hidden := explored(t, s, state+"&hide=kg:company/north-shore")
	if slices.Contains(hidden.keys(), "kg:company/north-shore") || len(hidden.Nodes) != len(all.Nodes)-1 {
		t.Errorf("without North Shore: %s", hidden.keys())
	}
	if shown := explored(t, s, state+"&hide=kg:company/north-shore&show=kg:company/north-shore"); !slices.Equal(shown.keys(), all.keys()) {
		t.Errorf("shown again: %s, not %s", shown.keys(), all.keys())
	}
	for filter, passes := range map[string]func(key, by, sure string) bool{
		"relation=kgo:buyer":             func(key, _, _ string) bool { return strings.Contains(key, " kgo:buyer ") },
		"sure=plain":                     func(_, _, sure string) bool { return sure == "plain" },
		"sure=weak":                      func(_, _, sure string) bool { return sure == "weak" },
		"speaker=kg:news-media/herald":   func(_, by, _ string) bool { return by == "The Herald" },
		"source=kg:source/nothing":       func(string, string, string) bool { return false },
		"since=2021":                     func(key, _, _ string) bool { return !strings.Contains(key, "firm-sale") },
		"until=2020-03-31":               func(key, _, _ string) bool { return !strings.Contains(key, "firm-sale") },
		"since=2020-04-30&until=2020-05": func(string, string, string) bool { return true },
	} {
		got := explored(t, s, state+"&"+filter)
		var want, keys []string
		for _, e := range all.Edges {
			if passes(e.Key, e.By, e.Sure) {
				want = append(want, e.Key)
			}
		}
		for _, e := range got.Edges {
			keys = append(keys, e.Key)
		}
		if slices.Sort(want); !slices.Equal(slices.Sorted(slices.Values(keys)), want) {
			t.Errorf("%s: %q, not %q", filter, keys, want)
		}
	}
}

// TestExploreHub: a node with any number of edges shows some, says so, and finds
// those that a filter asks for among all.
func TestExploreHub(t *testing.T) {
	t.Parallel()
	leaves := 200_000
	if testing.Short() {
		leaves = 2000
	}
	s := foreignServer(t, hub(leaves))
	g := explored(t, s, "id=https://ex.org/n0")
	if len(g.Edges) != 25 || g.Nodes[0].Left != leaves-25 {
		t.Errorf("%d edges, %+v", len(g.Edges), g.Nodes[0])
	}
	if g.Edges[0].Sure != "unsaid" || !strings.Contains(g.Parts["shown"], `graph <a href="/entity?id=https://ex.org/g">`) {
		t.Errorf("a foreign edge is %+v", g.Edges[0])
	}
	g = explored(t, s, "id=https://ex.org/n0&open=40~https://ex.org/n0")
	if len(g.Nodes) != 300 || !strings.Contains(g.Parts["shown"], "701 things have no room") {
		t.Errorf("%d nodes", len(g.Nodes))
	}
	g = explored(t, s, "id=https://ex.org/n0&relation=https://ex.org/owns")
	if want := min(leaves/1000, 25); len(g.Edges) != want || g.Edges[0].Words != "owns" {
		t.Errorf("%d edges by the rare relation, not %d", len(g.Edges), want)
	}
}

func TestExploreRefuses(t *testing.T) {
	t.Parallel()
	s := exampleServer(t, nil)
	for state, code := range map[string]int{
		"id=nobody": 404, "query=nothing": 404, "id=kg:company/blue-line&colour=red": 400, "id=kg:company/blue-line&open=x": 400,
		"id=kg:company/blue-line&open=41~kg:company/blue-line": 400, "id=kg:company/blue-line&open=40~kg:city/harbourtown": 400,
		"id=kg:company/blue-line&pin=1~x": 400, "id=kg:company/blue-line&sure=very": 400, "id=kg:company/blue-line&since=May": 400,
		"id=kg:company/blue-line&open=1~%22a+b%22": 400, "query=bribes&p-party=nobody": 404, "id=kg:company/blue-line&format=gexf": 400,
	} {
		get(t, s, "/explore?"+state, code)
	}
	if res := ask(s, "GET", "/explore?id=Blue+Line&relation=", nil); res.StatusCode != 303 || res.Header.Get("Location") != "/explore?id=kg:company/blue-line" {
		t.Errorf("a name is answered %d, %s", res.StatusCode, res.Header.Get("Location"))
	}
}

// TestExploreGraphML: the file has what the picture has, with who says it.
func TestExploreGraphML(t *testing.T) {
	t.Parallel()
	s := exampleServer(t, nil)
	for _, state := range []string{"id=kg:company/blue-line", "query=timeline", "id=kg:source/herald-2020-05-04/claim/buyer"} {
		var f struct {
			Keys []struct {
				ID   string `xml:"id,attr"`
				Name string `xml:"attr.name,attr"`
			} `xml:"key"`
			Nodes []struct{} `xml:"graph>node"`
			Edges []struct {
				Data []struct {
					Key  string `xml:"key,attr"`
					Text string `xml:",chardata"`
				} `xml:"data"`
			} `xml:"graph>edge"`
		}
		body := get(t, s, "/explore?format=graphml&"+state, 200)
		if err := xml.NewDecoder(bytes.NewReader([]byte(body))).Decode(&f); err != nil {
			t.Fatal(err)
		}
		g := explored(t, s, state)
		if len(f.Nodes) != len(g.Nodes) || len(f.Edges) != len(g.Edges) || len(g.Edges) == 0 {
			t.Errorf("%s: %d nodes and %d edges, not %d and %d", state, len(f.Nodes), len(f.Edges), len(g.Nodes), len(g.Edges))
		}
		name := map[string]string{}
		for _, k := range f.Keys {
			name[k.ID] = k.Name
		}
		for i, e := range f.Edges {
			got := map[string]string{}
			for _, d := range e.Data {
				got[name[d.Key]] = d.Text
			}
			if got["said by"] != g.Edges[i].By || got["sure"] != g.Edges[i].Says || got["claims"] == "" || got["sources"] == "" {
				t.Errorf("%s: an edge is %q, not %+v", state, got, g.Edges[i])
			}
		}
	}
}

// TestExploreAnswer: an answer is its own edges, and every page that leads to
// Explore leads to one that is there.
func TestExploreAnswer(t *testing.T) {
	t.Parallel()
	s := exampleServer(t, nil)
	for _, path := range []string{"/entity?id=kg:company/blue-line", "/claim?id=kg:source/herald-2020-05-04/claim/buyer", "/query/companies",
		"/query/companies?" + url.Values{"company": {"Blue Line"}}.Encode(), "/path?from=kg:company/blue-line&to=kg:company/north-shore"} {
		res := ask(s, "GET", path, nil)
		body := text(t, res)
		_, link, found := strings.Cut(body, `<a href="/explore?`)
		if !found {
			if res.StatusCode == 200 {
				t.Errorf("%s does not lead to Explore", path)
			}
			continue
		}
		link, _, _ = strings.Cut(link, `"`)
		if g := explored(t, s, strings.ReplaceAll(link, "&amp;", "&")); len(g.Edges) == 0 {
			t.Errorf("%s leads to nothing: %s", path, link)
		}
	}
}

// TestExploreEscapes: what a source says is no part of the page.
func TestExploreEscapes(t *testing.T) {
	t.Parallel()
	s := foreignServer(t, `<https://ex.org/a> <https://ex.org/knows> <https://ex.org/b> <https://ex.org/g> .
<https://ex.org/b> <http://www.w3.org/2000/01/rdf-schema#label> "<script>alert(1)</script>\"'&" <https://ex.org/g> .
<https://ex.org/a> <https://ex.org/says> "<img src=x onerror=alert(1)>" <https://ex.org/g> .
`)
	g := explored(t, s, "id=https://ex.org/a&at=https://ex.org/b")
	for name, part := range g.Parts {
		if strings.Contains(part, "<script") || strings.Contains(part, "<img") {
			t.Errorf("%s has the tag: %s", name, part)
		}
	}
	if body := get(t, s, g.Address, 200); strings.Contains(body, "<script>") || strings.Contains(body, "<img src=x") {
		t.Error("the page has the tag")
	}
}

// TestCytoscape holds which Cytoscape.js this is: that of npm's cytoscape 3.35.0.
func TestCytoscape(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile("static/cytoscape.min.js")
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprintf("%x", sha256.Sum256(b)); got != "71fa9ebec21a7ca2c40cff6aacc30d1f6464e363662ad4b2c197e1adc770cd94" {
		t.Errorf("cytoscape.min.js has the SHA-256 %s", got)
	}
}
