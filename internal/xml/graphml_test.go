package xml

import (
	"bytes"
	"encoding/xml"
	"errors"
	"reflect"
	"strings"
	"testing"
)

// file is GraphML as another reader of it has it.
type file struct {
	Keys []struct {
		ID   string `xml:"id,attr"`
		For  string `xml:"for,attr"`
		Name string `xml:"attr.name,attr"`
	} `xml:"key"`
	Graph struct {
		Default string `xml:"edgedefault,attr"`
		Nodes   []struct {
			ID   string `xml:"id,attr"`
			Data []data `xml:"data"`
		} `xml:"node"`
		Edges []struct {
			Source string `xml:"source,attr"`
			Target string `xml:"target,attr"`
			Data   []data `xml:"data"`
		} `xml:"edge"`
	} `xml:"graph"`
}

type data struct {
	Key  string `xml:"key,attr"`
	Text string `xml:",chardata"`
}

// read turns a file back into a graph.
func read(t *testing.T, b []byte) Graph {
	t.Helper()
	var f file
	if err := xml.Unmarshal(b, &f); err != nil {
		t.Fatalf("%v\n%s", err, b)
	}
	if f.Graph.Default != "directed" {
		t.Errorf("edges are %q", f.Graph.Default)
	}
	var g Graph
	at := map[string]int{}
	for _, k := range f.Keys {
		fields := &g.NodeFields
		if k.For == "edge" {
			fields = &g.EdgeFields
		}
		at[k.ID] = len(*fields)
		*fields = append(*fields, k.Name)
	}
	values := func(list []data, fields []string) []string {
		out := make([]string, len(fields))
		for _, d := range list {
			out[at[d.Key]] = d.Text
		}
		return out
	}
	ids := map[string]string{}
	for _, n := range f.Graph.Nodes {
		v := values(n.Data, g.NodeFields)
		ids[n.ID] = v[0]
		g.Nodes = append(g.Nodes, Node{v[0], v[1:]})
	}
	for _, e := range f.Graph.Edges {
		g.Edges = append(g.Edges, Edge{ids[e.Source], ids[e.Target], values(e.Data, g.EdgeFields)})
	}
	g.NodeFields = g.NodeFields[1:]
	return g
}

// TestGraphMLKeepsAll: what is written is read as it was.
func TestGraphMLKeepsAll(t *testing.T) {
	nasty := `a "quoted" <b>&amp; ]]> ` + "\ttab\nline 동아 \U0001F600"
	want := Graph{
		NodeFields: []string{"name", nasty}, EdgeFields: []string{"relation", "said by"},
		Nodes: []Node{{"https://x.example/a?b=c&d", []string{"Ann", ""}}, {nasty, []string{nasty, nasty}}},
		Edges: []Edge{{nasty, "https://x.example/a?b=c&d", []string{"knows", nasty}}, {nasty, nasty, []string{"", ""}},
			{nasty, nasty, []string{"again", ""}}},
	}
	var b bytes.Buffer
	if err := WriteGraphML(&b, want); err != nil {
		t.Fatal(err)
	}
	if got := read(t, b.Bytes()); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v comes back as\n%+v\n%s", want, got, b.String())
	}
}

func TestGraphMLRefuses(t *testing.T) {
	for _, test := range []struct {
		says string
		g    Graph
	}{
		{"no node", Graph{Nodes: []Node{{ID: "a"}}, Edges: []Edge{{From: "a", To: "b"}}}},
		{"two nodes", Graph{Nodes: []Node{{ID: "a"}, {ID: "a"}}}},
	} {
		if err := WriteGraphML(&bytes.Buffer{}, test.g); err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%+v: %v, not %q", test.g, err, test.says)
		}
	}
	if err := WriteGraphML(full{}, Graph{Nodes: []Node{{ID: strings.Repeat("a", 1<<16)}}}); !errors.Is(err, errFull) {
		t.Errorf("a full disk: %v", err)
	}
}

var errFull = errors.New("full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

func FuzzGraphML(f *testing.F) {
	f.Add("\x00\x1b\ufffe\xff", "<![CDATA[")
	f.Fuzz(func(t *testing.T, id, value string) {
		var b bytes.Buffer
		if err := WriteGraphML(&b, Graph{NodeFields: []string{"x"}, Nodes: []Node{{id, []string{value}}}}); err != nil {
			t.Fatal(err)
		}
		if g := read(t, b.Bytes()); len(g.Nodes) != 1 || len(g.NodeFields) != 1 {
			t.Errorf("%q, %q: %+v", id, value, g)
		}
	})
}
