package mcp

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"kg/queries"
)

// askArgs is a saved question with values of its parameters.
type askArgs struct {
	Question   string         `json:"question"`
	Parameters map[string]any `json:"parameters,omitempty"`
	Evidence   bool           `json:"evidence,omitempty" jsonschema:"list the claims behind each row"`
	Limit      int            `json:"limit,omitempty"`
}

// addQuestions adds the tool that asks saved questions, and each question as a prompt.
func (c *caller) addQuestions(s *sdk.Server) {
	if len(c.Queries) == 0 {
		return
	}
	addWith(c, s, "ask", "Ask a saved question:\n"+c.listed(), c.askSchema(), func(a askArgs) (string, []string, error) {
		args, err := given(a.Parameters)
		return "query", with(a.Limit, a.Evidence, append([]string{a.Question}, args...)...), err
	})
	for _, name := range c.Queries.Names() {
		s.AddPrompt(promptOf(c.Queries[name]), func(_ context.Context, req *sdk.GetPromptRequest) (*sdk.GetPromptResult, error) {
			return asked(c.Queries[name], req.Params.Arguments)
		})
	}
}

// listed returns the questions with their parameters, for the tool's description.
func (c *caller) listed() string {
	var b strings.Builder
	for _, name := range c.Queries.Names() {
		q := c.Queries[name]
		fmt.Fprintf(&b, "\n%s: %s", name, q.Question)
		if takes := q.Signature(); takes != "" {
			fmt.Fprintf(&b, " (%s)", takes)
		}
	}
	return b.String()
}

// askSchema returns a schema with the parameters of all questions, each with the types
// that questions give it. Bind checks which question has which parameter.
func (c *caller) askSchema() *jsonschema.Schema {
	schema := inputSchema[askArgs]()
	var names []any
	params := map[string]*jsonschema.Schema{}
	for _, name := range c.Queries.Names() {
		names = append(names, name)
		for _, p := range c.Queries[name].Params {
			one := params[p.Name]
			if one == nil {
				one = &jsonschema.Schema{}
				params[p.Name] = one
			}
			kind := "string"
			if p.Type == "number" {
				kind = "number"
			}
			if !slices.Contains(one.Types, kind) {
				one.Types = append(one.Types, kind)
			}
			one.Description = strings.TrimPrefix(one.Description+fmt.Sprintf("; of %s: %s, %s", name, p.Role(), p.Takes()), "; ")
		}
	}
	schema.Properties["question"].Enum = names
	schema.Properties["evidence"].Default = json.RawMessage("true")
	schema.Properties["parameters"] = &jsonschema.Schema{
		Type: "object", Properties: params, AdditionalProperties: &jsonschema.Schema{Not: &jsonschema.Schema{}},
		Description: "values for the question's parameters; each may be left out",
	}
	return schema
}

// given returns the values of parameters as arguments of a command line.
func given(values map[string]any) (args []string, err error) {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		switch value := values[name].(type) {
		case string:
			args = append(args, name+"="+value)
		case float64:
			args = append(args, name+"="+strconv.FormatFloat(value, 'f', -1, 64))
		default:
			return nil, fmt.Errorf("reading parameter %q: expected a text or a number, not %T", name, value)
		}
	}
	return args, nil
}

func promptOf(q *queries.Query) *sdk.Prompt {
	p := &sdk.Prompt{Name: q.Name, Description: q.Question}
	for _, param := range q.Params {
		p.Arguments = append(p.Arguments, &sdk.PromptArgument{Name: param.Name, Description: param.Role() + "; " + param.Takes() + "; " + param.Absent()})
	}
	return p
}

// asked returns the message of a prompt: the question, and the call that answers it.
func asked(q *queries.Query, values map[string]string) (*sdk.GetPromptResult, error) {
	parameters := map[string]any{}
	for name, value := range values {
		i := slices.IndexFunc(q.Params, func(p queries.Param) bool { return p.Name == name })
		switch {
		case i < 0:
			return nil, &jsonrpc.Error{Code: jsonrpc.CodeInvalidParams, Message: fmt.Sprintf("question %s has no parameter %q: it takes %s", q.Name, name, q.Signature())}
		case value == "":
			continue
		}
		parameters[name] = value
		if n, err := strconv.ParseFloat(value, 64); err == nil && q.Params[i].Type == "number" {
			parameters[name] = n
		}
	}
	call, err := json.Marshal(map[string]any{"question": q.Name, "parameters": parameters})
	if err != nil {
		return nil, err
	}
	text := fmt.Sprintf("%s\n\nAnswer from the graph: call the tool ask with %s. Cite the claim ids behind each statement, "+
		"and say who says it, how sure they are, and who denies it.", q.Question, call)
	return &sdk.GetPromptResult{Description: q.Question,
		Messages: []*sdk.PromptMessage{{Role: "user", Content: &sdk.TextContent{Text: text}}}}, nil
}
