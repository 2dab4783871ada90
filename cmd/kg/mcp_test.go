package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/jsonschema-go/jsonschema"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"kg/cmd/kg/mcp"
	"kg/graph"
	"kg/schema"
)

// told is the structured content of a tool's answer.
type told struct {
	Rows       []map[string]any
	Notes      []string
	Error      string
	Candidates []map[string]string
}

// assistant connects the SDK's client to a server of this process, which reads the
// store at db.
func assistant(t *testing.T, db string, bounds graph.Bounds) *sdk.ClientSession {
	t.Helper()
	return assistantOf(t, reading(t, settings{db: db}, bounds))
}

// reading is what carries out verbs on a store, two at once.
func reading(t *testing.T, s settings, bounds graph.Bounds) *assistantVerbs {
	t.Helper()
	a := &app{err: t.Output(), settings: s}
	a.settings.parsedBase = schema.DefaultBase
	set, err := a.queries()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.close(); err != nil {
			t.Error(err)
		}
	})
	return &assistantVerbs{app: a, bounds: bounds, known: sound(set), slots: make(chan struct{}, 2)}
}

func assistantOf(t *testing.T, r *assistantVerbs) *sdk.ClientSession {
	t.Helper()
	fromClient, toServer := io.Pipe()
	fromServer, toClient := io.Pipe()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- mcp.Run(ctx, r.options(), fromClient, toClient) }()
	c := connect(t, &sdk.IOTransport{Reader: fromServer, Writer: toServer})
	t.Cleanup(func() { stop(); <-ended })
	return c
}

func connect(t *testing.T, transport sdk.Transport) *sdk.ClientSession {
	t.Helper()
	c, err := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), transport, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// articleStore is a store with the bundled article.
func articleStore(t *testing.T) string {
	t.Helper()
	db := filepath.Join(t.TempDir(), "kg.db")
	putArticle(t, db)
	return db
}

// tool calls a tool; its answer must have the form that the tool promises.
func tool(t *testing.T, c *sdk.ClientSession, name string, args map[string]any) told {
	t.Helper()
	res, err := c.CallTool(t.Context(), &sdk.CallToolParams{Name: name, Arguments: args})
	if err != nil {
		t.Fatalf("%s %v: %v", name, args, err)
	}
	text := res.Content[0].(*sdk.TextContent).Text
	var out told
	if res.StructuredContent == nil {
		return told{Error: text}
	}
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		t.Fatal(err)
	}
	if res.IsError != (out.Error != "") {
		t.Errorf("%s %v: isError is %t: %s", name, args, res.IsError, text)
	}
	promised(t, c, name, res.StructuredContent)
	return out
}

func promised(t *testing.T, c *sdk.ClientSession, name string, content any) {
	t.Helper()
	list, err := c.ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(list.Tools, func(tool *sdk.Tool) bool { return tool.Name == name })
	form, err := json.Marshal(list.Tools[i].OutputSchema)
	if err != nil {
		t.Fatal(err)
	}
	schema := &jsonschema.Schema{}
	if err := json.Unmarshal(form, schema); err != nil {
		t.Fatal(err)
	}
	resolved, err := schema.Resolve(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := resolved.Validate(content); err != nil {
		t.Errorf("%s answers what it does not promise: %v", name, err)
	}
}

var patient = graph.Bounds{Timeout: time.Minute, Memory: 1 << 30}

// TestAssistantEqualsVerbs: a tool answers with the rows that the verb prints, so that
// there is one rendering.
func TestAssistantEqualsVerbs(t *testing.T) {
	t.Parallel()
	db := articleStore(t)
	c := assistant(t, db, patient)
	gizmo := `g.V(g.IRI("kg:bank/banco-delta-asia")).in().all()`
	for _, test := range []struct {
		tool string
		args map[string]any
		verb []string
	}{
		{"find", map[string]any{"words": "kickback"}, []string{"find", "kickback", "--evidence"}},
		{"show", map[string]any{"entity": "Kim Jong Il", "limit": 3}, []string{"show", "Kim Jong Il", "--limit", "3", "--evidence"}},
		{"show", map[string]any{"entity": "kg:source/donga-2008-04-04/claim/kim-leads"}, []string{"show", "kg:source/donga-2008-04-04/claim/kim-leads", "--evidence"}},
		{"why", map[string]any{"from": "Kim Jong Il", "to": "Banco Delta Asia", "paths": 3, "not_through": []string{"Macau"}},
			[]string{"why", "Kim Jong Il", "Banco Delta Asia", "-k", "3", "--not-through", "Macau"}},
		{"ask", map[string]any{"question": "bribes"}, []string{"query", "bribes", "--evidence"}},
		{"ask", map[string]any{"question": "sources", "parameters": map[string]any{"speaker": "defector-39"}, "evidence": false}, []string{"query", "sources", "speaker=defector-39"}},
		{"gizmo", map[string]any{"gizmo": gizmo}, []string{"query", "-e", gizmo, "--evidence"}},
		{"compare", map[string]any{"all": true, "limit": 5}, []string{"compare", "--all", "--limit", "5"}},
		{"sources", map[string]any{"limit": 2}, []string{"query", "sources", "--limit", "2"}},
	} {
		got := tool(t, c, test.tool, test.args)
		var out, said bytes.Buffer
		if code := run(append(test.verb, "--db", db, "--text", "", "-o", "json"), strings.NewReader(""), &out, &said); code != exitDone {
			t.Fatal(test.verb, said.String())
		}
		var want []map[string]any
		if err := json.Unmarshal(out.Bytes(), &want); err != nil {
			t.Fatal(err)
		}
		a, _ := json.Marshal(got.Rows)
		b, _ := json.Marshal(want)
		if got.Error != "" || len(want) == 0 || !bytes.Equal(a, b) {
			t.Errorf("%s %v: %s\ngot  %s\nwant %s", test.tool, test.args, got.Error, a, b)
		}
		if !slices.Equal(got.Notes, notes(said.String())) {
			t.Errorf("%s %v: got notes %q, want %q", test.tool, test.args, got.Notes, said.String())
		}
	}
}

// TestAssistantMistakes: what cannot be answered is an error that says what to do, with
// candidates where a name is unknown, and no argument is taken for a flag or a verb.
func TestAssistantMistakes(t *testing.T) {
	t.Parallel()
	c := assistant(t, articleStore(t), graph.Bounds{Timeout: 10 * time.Second, Memory: 1 << 30})
	for _, test := range []struct {
		tool       string
		args       map[string]any
		says       string
		candidates bool
	}{
		{"show", map[string]any{"entity": "Kim"}, `unknown entity "Kim", which finds`, true},
		{"find", map[string]any{"words": "embasy of nowhere"}, "nothing is found by", true},
		{"ask", map[string]any{"question": "bribes", "parameters": map[string]any{"party": "Kim"}}, "unknown entity", true},
		{"ask", map[string]any{"question": "bribes", "parameters": map[string]any{"speaker": "Nobody"}}, `unknown parameter "speaker": it takes party`, false},
		{"ask", map[string]any{"question": "bribes", "parameters": map[string]any{"nothing": "x"}}, "nothing", false},
		{"ask", map[string]any{"question": "bribes", "parameters": map[string]any{"party": 7}}, "type", false},
		{"ask", map[string]any{"question": "bribs"}, "bribes", false},
		{"ask", map[string]any{"question": "show"}, "enum", false},
		{"show", map[string]any{"entity": "--help"}, `unknown entity "--help"`, false},
		{"show", map[string]any{"entity": "--db=/etc/passwd"}, "unknown entity", false},
		{"show", map[string]any{}, "entity", false},
		{"show", map[string]any{"entity": "Kim Jong Il", "limit": -1}, "minimum", false},
		{"show", map[string]any{"entity": "Kim Jong Il", "fix": "x"}, "fix", false},
		{"why", map[string]any{"from": "Kim Jong Il", "to": "Macau", "paths": 101}, "maximum", false},
		{"why", map[string]any{"from": "Kim Jong Il", "to": "Macau", "as_of": "yesterday"}, "YYYY-MM-DD", false},
		{"gizmo", map[string]any{"gizmo": "g.V("}, "line 1, column 5", false},
		{"verify", map[string]any{}, "--text", false},
	} {
		got := tool(t, c, test.tool, test.args)
		if !strings.Contains(got.Error, test.says) || (len(got.Candidates) > 0) != test.candidates {
			t.Errorf("%s %v: got %q, candidates %v", test.tool, test.args, got.Error, got.Candidates)
		}
	}
	if _, err := c.CallTool(t.Context(), &sdk.CallToolParams{Name: "load"}); err == nil {
		t.Error("there is a tool that loads")
	}
}

// TestAssistantBounds: an answer ends at its bounds, one that its client gives up ends
// too, and neither keeps the next from being made. Four at once are answered.
func TestAssistantBounds(t *testing.T) { // alone, for memory is that of the process
	if testing.Short() {
		t.Skip("waits for bounds")
	}
	db := articleStore(t)
	c := assistant(t, db, graph.Bounds{Timeout: time.Second, Memory: 1 << 30})
	endless := map[string]any{"gizmo": "for (;;);"}
	if got := tool(t, c, "gizmo", endless); !strings.Contains(got.Error, "longer than its timeout") {
		t.Errorf("got %q", got.Error)
	}
	c = assistant(t, db, graph.Bounds{Timeout: time.Minute, Memory: 1 << 30})
	long := map[string]any{"gizmo": `for (var i = 0; i < 20000; i++) g.emit({n: "` + strings.Repeat("x", 100) + `" + i});`, "limit": 0}
	if got := tool(t, c, "gizmo", long); !strings.Contains(got.Error, "longer than 1,048,576 bytes") {
		t.Errorf("got %q", got.Error)
	}
	c = assistant(t, db, graph.Bounds{Timeout: time.Minute, Memory: 32 << 20})
	greedy := map[string]any{"gizmo": `var list = []; for (;;) list.push("x" + list.length);`}
	if got := tool(t, c, "gizmo", greedy); !strings.Contains(got.Error, "more memory") {
		t.Errorf("got %q", got.Error)
	}
	c = assistant(t, db, graph.Bounds{Timeout: time.Hour, Memory: 1 << 30})
	for range 2 { // as many as there are places
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(200*time.Millisecond, cancel)
		if _, err := c.CallTool(ctx, &sdk.CallToolParams{Name: "gizmo", Arguments: endless}); err == nil {
			t.Error("a call that was given up is answered")
		}
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if got := tool(t, c, "ask", map[string]any{"question": "embassies"}); len(got.Rows) == 0 {
				t.Errorf("got %q", got.Error)
			}
		})
	}
	all.Wait()
}

// TestAssistantOffers: the saved questions are prompts, entities and claims resources,
// and names are completed.
func TestAssistantOffers(t *testing.T) {
	t.Parallel()
	c := assistant(t, articleStore(t), patient)
	if says := c.InitializeResult().Instructions; !strings.Contains(says, "Cite the claim ids") {
		t.Errorf("got instructions %q", says)
	}
	list, err := c.ListTools(t.Context(), nil)
	if err != nil || len(list.Tools) != 8 {
		t.Fatal(list, err)
	}
	for _, tool := range list.Tools {
		if !tool.Annotations.ReadOnlyHint || tool.Description == "" {
			t.Errorf("%s does not say that it only reads, or what it does", tool.Name)
		}
	}
	prompt, err := c.GetPrompt(t.Context(), &sdk.GetPromptParams{Name: "bribes", Arguments: map[string]string{"party": "X"}})
	if err != nil || !strings.Contains(prompt.Messages[0].Content.(*sdk.TextContent).Text, `{"parameters":{"party":"X"},"question":"bribes"}`) {
		t.Error(prompt, err)
	}
	if _, err = c.GetPrompt(t.Context(), &sdk.GetPromptParams{Name: "bribes", Arguments: map[string]string{"who": "X"}}); err == nil || !strings.Contains(err.Error(), "it takes party") {
		t.Error(err)
	}
	for address, says := range map[string]string{
		"kg://entity/kg:person/kim-jong-il":                            "kim-leads",
		"kg://entity/Kim%20Jong%20Il":                                  "kim-leads",
		"kg://entity/https://kg.example/person/kim-jong-il":            "kim-leads",
		"kg://claim/kg:source/donga-2008-04-04/claim/kim-leads":        "Sergei Darkin",
		"kg://claim/kg:person/kim-jong-il":                             "it is not a claim: kg://entity/kg:person/kim-jong-il reads it",
		"kg://entity/kg:source/donga-2008-04-04/claim/kim-leads":       "it is a claim: kg://claim/",
		"kg://entity/nobody":                                           `unknown entity "nobody"`,
		"kg://entity/https://kg.example/source/donga-2008-04-04/claim": "unknown entity",
	} {
		res, err := c.ReadResource(t.Context(), &sdk.ReadResourceParams{URI: address})
		got := ""
		if err != nil {
			got = err.Error()
		} else {
			got = res.Contents[0].Text
		}
		if !strings.Contains(got, says) {
			t.Errorf("%s: got %s", address, got)
		}
	}
	done, err := c.Complete(t.Context(), &sdk.CompleteParams{Ref: &sdk.CompleteReference{Type: "ref/prompt", Name: "bribes"}, Argument: sdk.CompleteParamsArgument{Name: "party", Value: "Kim J"}})
	if err != nil || len(done.Completion.Values) == 0 {
		t.Error(done, err)
	}
}
