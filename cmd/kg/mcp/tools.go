package mcp

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/google/jsonschema-go/jsonschema"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

// The arguments of the tools. Their names are those of the verbs' flags.
type (
	findArgs struct {
		Words string `json:"words" jsonschema:"words to search for, in any order"`
		Limit int    `json:"limit,omitempty"`
	}
	showArgs struct {
		Entity string `json:"entity" jsonschema:"an id such as kg:person/kim-jong-il, the @id of a row, or a name"`
		Limit  int    `json:"limit,omitempty"`
	}
	whyArgs struct {
		From       string   `json:"from" jsonschema:"an entity: an id, the @id of a row, or a name"`
		To         string   `json:"to" jsonschema:"the other entity"`
		Paths      int      `json:"paths,omitempty" jsonschema:"the number of paths, longer ones too; 0 gives only the shortest"`
		MaxHops    int      `json:"max_hops,omitempty" jsonschema:"the maximum number of hops of a path"`
		Through    string   `json:"through,omitempty" jsonschema:"a relation that a path must have"`
		NotThrough []string `json:"not_through,omitempty" jsonschema:"entities that a path must avoid"`
		AsOf       string   `json:"as_of,omitempty" jsonschema:"only what was true on this day, as YYYY-MM-DD"`
		InOrder    bool     `json:"in_order,omitempty" jsonschema:"only paths that do not go back in time"`
	}
	gizmoArgs struct {
		Gizmo    string `json:"gizmo" jsonschema:"a query in Gizmo, such as g.V(g.IRI(\"kg:bank/banco-delta-asia\")).in().all()"`
		Evidence bool   `json:"evidence,omitempty" jsonschema:"list the claims behind each row"`
		Limit    int    `json:"limit,omitempty"`
	}
	verifyArgs struct {
		Sources []string `json:"sources,omitempty" jsonschema:"the sources to verify, by id or title; all if empty"`
		Failed  bool     `json:"failed,omitempty" jsonschema:"list only rows that are not match or same"`
		Limit   int      `json:"limit,omitempty"`
	}
	compareArgs struct {
		Of    []string `json:"of,omitempty" jsonschema:"sources, or one entity; all sources if empty"`
		All   bool     `json:"all,omitempty" jsonschema:"also show what only one source says"`
		Limit int      `json:"limit,omitempty"`
	}
	sourcesArgs struct {
		Speaker  string `json:"speaker,omitempty" jsonschema:"only what this entity says"`
		Evidence bool   `json:"evidence,omitempty" jsonschema:"list the claims behind each row; a source with many makes a long answer"`
		Limit    int    `json:"limit,omitempty"`
	}
)

// addTools adds all tools except the one that asks saved questions.
func (c *caller) addTools(s *sdk.Server) {
	add(c, s, "find", "Find entities, claims and sources by words, the best first",
		func(a findArgs) (string, []string) { return "find", with(a.Limit, true, a.Words) })
	add(c, s, "show", "Show an entity and every edge in and out with the claims behind it, or a claim and its edges",
		func(a showArgs) (string, []string) { return "show", with(a.Limit, true, a.Entity) })
	add(c, s, "why", "Show how two entities are connected, hop by hop, with the claims behind each hop, the weakest hop, and how many independent origins there are",
		func(a whyArgs) (string, []string) { return "why", a.flags() })
	add(c, s, "gizmo", "Ask the graph any path question in Gizmo, for what no saved question asks",
		func(a gizmoArgs) (string, []string) {
			return "query", append([]string{"--expression=" + a.Gizmo}, with(a.Limit, a.Evidence)...)
		})
	add(c, s, "verify", "Check the passages of claims against the texts of their sources; needs a server that has the texts",
		func(a verifyArgs) (string, []string) {
			return "verify", append([]string{fmt.Sprintf("--failed=%t", a.Failed)}, with(a.Limit, false, a.Sources...)...)
		})
	add(c, s, "compare", "Compare what sources say of the same things: contradictions, denials, changes, differing precision, agreement",
		func(a compareArgs) (string, []string) {
			return "compare", append([]string{fmt.Sprintf("--all=%t", a.All)}, with(a.Limit, false, a.Of...)...)
		})
	add(c, s, "sources", "List the sources, the speakers in each, via whom they speak, and the number of claims",
		func(a sourcesArgs) (string, []string) {
			words := []string{"sources"}
			if a.Speaker != "" {
				words = append(words, "speaker="+a.Speaker)
			}
			return "query", with(a.Limit, a.Evidence, words...)
		})
}

// flags returns the arguments of kg why.
func (a whyArgs) flags() []string {
	args := []string{"--paths=" + strconv.Itoa(a.Paths), "--max-hops=" + strconv.Itoa(a.MaxHops),
		"--through=" + a.Through, "--as-of=" + a.AsOf, fmt.Sprintf("--in-order=%t", a.InOrder)}
	for _, entity := range a.NotThrough {
		args = append(args, "--not-through="+entity)
	}
	return append(args, "--", a.From, a.To)
}

// with returns the arguments of a verb: after -- no word is read as a flag or a verb.
func with(limit int, evidence bool, words ...string) []string {
	args := []string{"--limit=" + strconv.Itoa(limit)}
	if evidence {
		args = append(args, "--evidence")
	}
	return append(append(args, "--"), words...)
}

// Bounds of arguments, as on pages. A limit of 0 is all, up to the length of an answer.
const (
	rows     = 100
	mostHops = 20
	most     = 100 // paths
)

// inputSchema is the schema of a tool's arguments, with the bounds of numbers.
func inputSchema[In any]() *jsonschema.Schema {
	schema, err := jsonschema.For[In](nil)
	if err != nil {
		panic(err) // only for a type that has none
	}
	number := func(name string, least, most float64, value string) *jsonschema.Schema {
		p := schema.Properties[name]
		if p != nil {
			p.Minimum, p.Default = &least, json.RawMessage(value)
			if most > 0 {
				p.Maximum = &most
			}
		}
		return p
	}
	if p := number("limit", 0, 0, strconv.Itoa(rows)); p != nil {
		p.Description = "the maximum number of rows; 0 is all. The notes say how many there are"
	}
	number("paths", 0, most, "0")
	number("max_hops", 1, mostHops, "8")
	return schema
}

// add adds a tool, which is a verb with arguments.
func add[In any](c *caller, s *sdk.Server, name, says string, verb func(In) (string, []string)) {
	schema := inputSchema[In]()
	if p := schema.Properties["evidence"]; p != nil && name != "sources" {
		p.Default = json.RawMessage("true")
	}
	addWith(c, s, name, says, schema, func(in In) (string, []string, error) {
		verb, args := verb(in)
		return verb, args, nil
	})
}

// addWith is add with a schema of its own.
func addWith[In any](c *caller, s *sdk.Server, name, says string, schema *jsonschema.Schema, verb func(In) (string, []string, error)) {
	no := false
	tool := &sdk.Tool{
		Name: name, Description: says, InputSchema: schema, OutputSchema: resultSchema(),
		Annotations: &sdk.ToolAnnotations{ReadOnlyHint: true, IdempotentHint: true, DestructiveHint: &no, OpenWorldHint: &no},
	}
	sdk.AddTool(s, tool, func(ctx context.Context, _ *sdk.CallToolRequest, in In) (*sdk.CallToolResult, any, error) {
		verb, args, err := verb(in)
		var answer Answer
		if err == nil {
			answer, err = c.call(ctx, verb, args)
		}
		res, err := resultOf(answer, err).content()
		return res, nil, err
	})
}
