package main

import (
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"kg/graph"
	"kg/queries"
	"kg/schema"
	"kg/schema/strict"
)

// app is what every verb needs: the streams and the settings.
type app struct {
	in       io.Reader
	out, err io.Writer
	settings settings
}

const longHelp = `kg turns what sources say into a knowledge graph in which every edge can be
traced to the words behind it, and answers path questions over it.

  kg load                 the bundled article into ./kg.db
  kg query                what can be asked
  kg query embassies      an answer, with who said it and how sure it is
  kg show "Kim Jong Il"   everything joined to an entity, claim by claim`

func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:           "kg",
		Short:         "A knowledge graph with the words behind every edge",
		Long:          longHelp,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          unknownVerb,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			return a.settings.complete(cmd)
		},
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usagef("%w: kg help %s lists the flags", err, strings.TrimPrefix(cmd.CommandPath(), "kg "))
	})
	a.settings.flags(root)
	root.AddCommand(newLoad(a), newQuery(a), newShow(a), newExport(a), newCheck(a), newStats(a), newLocate(a))
	root.AddCommand(helpTopics()...)
	return root
}

// takes checks the number of arguments; what names them in the error.
func takes(least, most int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case most == 0 && len(args) > 0:
			return usagef("%s takes no arguments, found %q", cmd.CommandPath(), args[0])
		case len(args) < least || len(args) > most:
			return usagef("%s takes %s, found %d arguments", cmd.CommandPath(), what, len(args))
		}
		return nil
	}
}

// unknownVerb answers a verb that kg does not have.
func unknownVerb(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var verbs []string
	for _, c := range cmd.Commands() {
		verbs = append(verbs, c.Name())
	}
	return usagef("unknown verb %q%s: kg help lists them", args[0], strict.DidYouMean(args[0], verbs))
}

// view opens the store for asking.
func (a *app) view() (*graph.View, error) {
	store, err := graph.Open(a.settings.db)
	if err != nil {
		return nil, err
	}
	return graph.NewView(store.Handle(), a.settings.base()), nil
}

// wholeView opens the store for looking at everything, denied edges too.
func (a *app) wholeView() (*graph.View, error) {
	store, err := graph.Open(a.settings.db)
	if err != nil {
		return nil, err
	}
	return graph.NewView(store.HandleWithDenied(), a.settings.base()), nil
}

func (a *app) ontology() (*schema.Ontology, error) {
	return schema.ReadOntology(a.settings.folders(a.settings.schema)...)
}

func (a *app) queries() (queries.Set, error) {
	return queries.Read(a.settings.folders(a.settings.queries)...)
}

func (s *settings) folders(dir string) []fs.FS {
	if dir == "" {
		return nil
	}
	return []fs.FS{os.DirFS(dir)}
}

// stdin returns standard input, or a usage error when it is a terminal: nobody
// means to type a whole file there.
func (a *app) stdin(cmd *cobra.Command, what string) (io.Reader, error) {
	if f, ok := a.in.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return nil, usagef("%s from standard input: it is a terminal; give a file, or pipe one in: kg help %s", what, cmd.Name())
	}
	return a.in, nil
}
