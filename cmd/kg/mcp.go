package main

import (
	"net/http"
	"os"
	"runtime"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"kg/cmd/kg/mcp"
	"kg/cmd/kg/web"
	"kg/graph"
	"kg/queries"
)

func newMCP(a *app) *cobra.Command {
	_, manual := topic("mcp")
	bounds := graph.Bounds{Timeout: web.DefaultLimits().Time, Memory: 256 << 20}
	cmd := &cobra.Command{
		Use:   "mcp",
		Short: "Serve an assistant on standard input (Model Context Protocol)",
		Long:  manual,
		Args:  takes(0, 0, ""),
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.assist(cmd, bounds) },
	}
	cmd.Flags().DurationVar(&bounds.Timeout, "timeout", bounds.Timeout, "the `time` limit for an answer")
	cmd.Flags().Var((*byteSize)(&bounds.Memory), "max-memory", "the `memory` limit of all answers together, such as 512MB or 2GB")
	return cmd
}

// assist serves one assistant on standard input and output.
func (a *app) assist(cmd *cobra.Command, bounds graph.Bounds) error {
	if err := checkBounds(bounds); err != nil {
		return err
	}
	if f, ok := a.in.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return usagef("kg mcp is started by an assistant's program, and standard input is a terminal: kg help mcp says how to register it")
	}
	set, err := a.queries()
	if err != nil {
		return err
	}
	a.warnOf(set.Mistakes())
	r := &assistantVerbs{app: a, bounds: bounds, known: sound(set), slots: make(chan struct{}, 2*runtime.GOMAXPROCS(0))}
	return mcp.Run(cmd.Context(), r.options(), a.in, a.out)
}

// assistants serves assistants over HTTP, behind the gate of the pages, in the class of
// the API: the client chooses the length of a request.
func (s *served) assistants(o web.Options) web.Mount {
	bounds := s.app.bounds
	bounds.Yields = true
	r := &assistantVerbs{app: s.app, live: s, bounds: bounds, known: sound(o.Queries), log: o.Log}
	return web.Mount{Path: "/mcp", Handler: mcp.Handler(r.options()), Class: func(r *http.Request) web.Class {
		if r.Method == http.MethodPost {
			return web.Long
		}
		return web.Look // there is nothing to see
	}}
}

// options returns the options of both.
func (r *assistantVerbs) options() mcp.Options {
	return mcp.Options{Version: thisBuild().String(), Queries: r.known, Call: r.call, View: r.view}
}

// sound leaves out files that are not queries.
func sound(set queries.Set) queries.Set {
	kept := queries.Set{}
	for _, name := range set.Names() {
		if set[name].Mistakes == nil {
			kept[name] = set[name]
		}
	}
	return kept
}
