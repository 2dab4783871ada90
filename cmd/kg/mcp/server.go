package mcp

import (
	"context"
	_ "embed"
	"io"
	"net/http"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"kg/graph"
	"kg/queries"
)

// Options configure a server.
type Options struct {
	Version string
	Queries queries.Set // the saved questions, all without mistakes
	// Call runs a verb that reads, within bounds. It is called concurrently. Its Answer
	// may have notes even with an error.
	Call func(ctx context.Context, verb string, args []string) (Answer, error)
	// View calls do with the graph within the same bounds, for completion and for
	// distinguishing claims from entities.
	View func(ctx context.Context, do func(context.Context, *graph.View) error) error
}

// instructions tell a model how to use the tools, and what to cite.
//
//go:embed instructions.md
var instructions string

// server makes the server of one connection, or of one HTTP request. Its calls end with
// outer, too.
func (o *Options) server(outer context.Context) *sdk.Server {
	s := sdk.NewServer(&sdk.Implementation{Name: "kg", Title: "kg: a knowledge graph with the words behind every edge", Version: o.Version},
		&sdk.ServerOptions{Instructions: instructions, Capabilities: &sdk.ServerCapabilities{}, CompletionHandler: o.complete})
	c := &caller{Options: o, outer: outer}
	c.addTools(s)
	c.addQuestions(s)
	c.addResources(s)
	return s
}

// caller calls verbs for a server.
type caller struct {
	*Options
	outer context.Context
}

// call runs a verb until its request or the connection ends.
func (c *caller) call(ctx context.Context, verb string, args []string) (Answer, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	defer context.AfterFunc(c.outer, func() { cancel(context.Cause(c.outer)) })()
	return c.Call(ctx, verb, args)
}

// Run serves one assistant over in and out until in or ctx ends.
func Run(ctx context.Context, o Options, in io.Reader, out io.Writer) error {
	lines := &sdk.IOTransport{Reader: io.NopCloser(in), Writer: unclosed{out}, MaxLineLength: mostRequest}
	session, err := o.server(ctx).Connect(ctx, lines, nil)
	if err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- session.Wait() }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done(): // a read of standard input may never end, and is not waited for
		return ctx.Err()
	}
}

// mostRequest is the maximum length of a request in bytes.
const mostRequest = 1 << 20

// unclosed is a writer without Close, which others call.
type unclosed struct{ io.Writer }

func (unclosed) Close() error { return nil }

// Handler serves assistants over HTTP (MCP's streamable transport), statelessly. The gate
// before it checks the origin of requests: the SDK's own check would refuse the names of
// a server behind a proxy.
func Handler(o Options) http.Handler {
	return sdk.NewStreamableHTTPHandler(func(r *http.Request) *sdk.Server { return o.server(r.Context()) }, &sdk.StreamableHTTPOptions{
		Stateless: true, JSONResponse: true, DisableLocalhostProtection: true,
		MaxRequestBodyBytes: mostRequest, PropagateRequestCancellation: true,
	})
}
