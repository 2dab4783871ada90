package mcp

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"kg/graph"
)

// Answer is the answer of a verb: its rows as -o json prints them, and its lines on
// standard error, such as "showing 100 of 3,412 rows".
type Answer struct {
	Rows  []json.RawMessage
	Notes []string
}

// result is the structured content of a tool's answer.
type result struct {
	Rows       []json.RawMessage `json:"rows"`
	Notes      []string          `json:"notes"`
	Error      string            `json:"error,omitempty"`
	Candidates []candidate       `json:"candidates,omitempty"`
}

// candidate is an entity that an unknown or ambiguous name may mean.
type candidate struct {
	ID   string `json:"@id"`
	Name string `json:"name"`
	Kind string `json:"kind"`
}

// resultSchema is the schema of every result. The members of a row depend on the tool
// and, for questions, on the question.
func resultSchema() *jsonschema.Schema {
	text := func() *jsonschema.Schema { return &jsonschema.Schema{Type: "string"} }
	return &jsonschema.Schema{
		Type: "object", Required: []string{"rows", "notes"},
		Properties: map[string]*jsonschema.Schema{
			"rows":  {Type: "array", Items: &jsonschema.Schema{Type: "object"}, Description: "the answer; each row with the claims behind it"},
			"notes": {Type: "array", Items: text(), Description: "notes on the answer: the number of rows left out, the entity that a name was resolved to, or why there are no rows"},
			"error": {Type: "string", Description: "why there is no answer"},
			"candidates": {Type: "array", Description: "candidates for a name that is unknown or ambiguous",
				Items: &jsonschema.Schema{Type: "object", Properties: map[string]*jsonschema.Schema{"@id": text(), "name": text(), "kind": text()}}},
		},
	}
}

// resultOf returns a verb's answer, or its error, as a result. The error of an unknown or
// ambiguous name has candidates.
func resultOf(a Answer, err error) result {
	r := result{Rows: a.Rows, Notes: a.Notes}
	if r.Rows == nil {
		r.Rows = []json.RawMessage{}
	}
	if r.Notes == nil {
		r.Notes = []string{}
	}
	if err == nil {
		return r
	}
	r.Error = err.Error()
	if unknown := new(graph.UnknownError); errors.As(err, &unknown) {
		for _, f := range unknown.Near {
			r.Candidates = append(r.Candidates, candidate{string(f.IRI), f.Name, f.Kind})
		}
	}
	return r
}

// text returns the result in JSON, without escaping >.
func (r result) text() (string, error) {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(r)
	return strings.TrimSuffix(b.String(), "\n"), err
}

// content returns the result of a tool: structured, and as text for clients that read
// only text. It is encoded here since the SDK would decode it for checking, and numbers
// would lose digits.
func (r result) content() (*sdk.CallToolResult, error) {
	text, err := r.text()
	if err != nil {
		return nil, err
	}
	return &sdk.CallToolResult{
		IsError: r.Error != "", StructuredContent: json.RawMessage(text),
		Content: []sdk.Content{&sdk.TextContent{Text: text}},
	}, nil
}
