package mcp

import (
	"context"
	"net/url"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"kg/graph"
	"kg/internal/strict"
)

// The addresses of resources; what follows is an id such as kg:person/kim-jong-il, or
// an IRI.
const entityAddress, claimAddress = "kg://entity/", "kg://claim/"

// addResources adds the entities and the claims as resource templates: a graph has too
// many to list.
func (c *caller) addResources(s *sdk.Server) {
	const json = "application/json"
	s.AddResourceTemplate(&sdk.ResourceTemplate{Name: "entity", URITemplate: entityAddress + "{+id}", MIMEType: json,
		Description: "An entity and its edges with the claims behind them, by its id or the @id of a row"}, c.read(entityAddress))
	s.AddResourceTemplate(&sdk.ResourceTemplate{Name: "claim", URITemplate: claimAddress + "{+id}", MIMEType: json,
		Description: "A claim: its speaker, stance, locator and edges, and the claims that deny them"}, c.read(claimAddress))
}

// read answers a resource as the tool show does.
func (c *caller) read(prefix string) sdk.ResourceHandler {
	return func(ctx context.Context, req *sdk.ReadResourceRequest) (*sdk.ReadResourceResult, error) {
		address := req.Params.URI
		id, err := url.PathUnescape(strings.TrimPrefix(address, prefix))
		if err == nil {
			err = c.check(ctx, id, prefix == claimAddress)
		}
		var answer Answer
		if err == nil {
			answer, err = c.call(ctx, "show", with(rows, true, id))
		}
		if err != nil {
			return nil, &jsonrpc.Error{Code: jsonrpc.CodeInvalidParams, Message: strict.Sprintf("reading %q: ", address) + err.Error()}
		}
		text, err := resultOf(answer, nil).text()
		if err != nil {
			return nil, err
		}
		return &sdk.ReadResourceResult{Contents: []*sdk.ResourceContents{{URI: address, MIMEType: "application/json", Text: text}}}, nil
	}
}

// check resolves an id, and returns an error unless it is a claim (must) or not one.
func (c *caller) check(ctx context.Context, id string, must bool) error {
	return c.View(ctx, func(ctx context.Context, v *graph.View) error {
		iri, err := v.Find(ctx, id)
		if err != nil {
			return err
		}
		claim, err := v.Claim(ctx, iri)
		switch {
		case err != nil:
			return err
		case must && claim == nil:
			return strict.Errorf("it is not a claim: %s reads it", entityAddress+v.Base.Short(iri))
		case !must && claim != nil:
			return strict.Errorf("it is a claim: %s reads it", claimAddress+v.Base.Short(iri))
		}
		return nil
	})
}

// mostCompleted is the protocol's limit on the values of a completion.
const mostCompleted = 100

// complete completes the values of prompts and the ids of resources.
func (o *Options) complete(ctx context.Context, req *sdk.CompleteRequest) (*sdk.CompleteResult, error) {
	kind := "entity"
	if ref := req.Params.Ref; ref.Type == "ref/prompt" {
		q := o.Queries[ref.Name]
		if q == nil {
			return nil, &jsonrpc.Error{Code: jsonrpc.CodeInvalidParams, Message: strict.Sprintf("there is no prompt %q", ref.Name)}
		}
		kind = ""
		for _, p := range q.Params {
			if p.Name == req.Params.Argument.Name && p.Type != "text" && p.Type != "number" {
				kind = p.Type
			}
		}
	}
	values := []string{}
	if kind != "" {
		err := o.View(ctx, func(ctx context.Context, v *graph.View) error {
			list, err := v.Complete(ctx, req.Params.Argument.Value, kind)
			for _, one := range list {
				values = append(values, one.Matched)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	all := len(values)
	values = values[:min(all, mostCompleted)]
	return &sdk.CompleteResult{Completion: sdk.CompletionResultDetails{Values: values, Total: all, HasMore: len(values) < all}}, nil
}
