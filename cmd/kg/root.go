package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"kg/cmd/kg/web/picture"
	"kg/graph"
	"kg/internal/strict"
	"kg/queries"
	"kg/schema"
)

// app holds the streams, the settings and the open stores of a verb.
type app struct {
	in       io.Reader
	out, err io.Writer
	paged    *pager // writes to out what people read
	settings settings
	bounds   graph.Bounds   // of queries
	opened   []*graph.Store // to be closed at the end
	rounds   *rounds        // nil of a verb that is not carried out in rounds
	ctx      context.Context
	article  *graph.Store           // the bundled article, for the examples of queries
	helpErr  error                  // of help, which cobra lets return none
	drawer   func() *picture.Drawer // of the pages that are served or copied

	// Set for a verb that runs for an assistant: an open store, and the saved questions.
	lent  *graph.Store
	known queries.Set
}

func newApp(in io.Reader, out, errOut io.Writer) *app {
	a := &app{in: in, out: out, err: errOut, drawer: picture.NewDrawer}
	a.paged = &pager{out: out, errOut: errOut, off: &a.settings.noPager}
	return a
}

const longHelp = `kg turns what sources say into a knowledge graph in which every edge can be
traced to the words behind it, and answers path questions over it.

  kg load                 load the bundled article into ./kg.db
  kg query                list the saved questions
  kg query embassies      answer one, with speakers and stance
  kg find korea           search entities and claims by words
  kg show "Kim Jong Il"   show an entity's claims and edges
  kg help start           read the manual from its beginning`

func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:           "kg",
		Short:         "A knowledge graph with the words behind every edge",
		Long:          longHelp,
		SilenceErrors: true,
		SilenceUsage:  true,
		Version:       thisBuild().String(),
		Args:          unknownVerb,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if cmd.Flags().Lookup("csv-safe") != nil { // it prints rows
				if _, _, err := rowFormat(cmd); err != nil {
					return err
				}
			}
			if err := a.settings.complete(cmd); err != nil {
				return err
			}
			a.inRounds(cmd)
			return nil
		},
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		words := strings.Split(err.Error(), " ")
		for i, word := range words {
			words[i] = strict.Brief(word)
		}
		return usagef("%s: %s lists the flags", strings.Join(words, " "), strings.Replace(cmd.CommandPath(), "kg", "kg help", 1))
	})
	a.settings.flags(root)
	root.AddCommand(newNew(a), newDraft(a), newLoad(a), newMatch(a), newMap(a), newQuery(a), newShow(a), newFind(a), newWhy(a), newDiff(a), newCompare(a), newExport(a), newCheck(a), newRecover(a), newStats(a), newLocate(a), newFmt(a), newKinds(a), newSchema(a), newVerify(a), newCoverage(a), newServe(a), newMCP(a), newDraw(a), newVersion(a), newRetract(a), newRestore(a), newRemove(a), newDB(a), newSnapshot(a))
	root.AddCommand(helpTopics()...)
	help := root.HelpFunc()
	root.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		fitHelp(cmd)
		help(cmd, args)
	})
	root.SetUsageTemplate(strings.NewReplacer(
		"{{rpad .CommandPath .CommandPathPadding}} {{.Short}}", `kg help {{rpad .Name 11}} {{.Short}}`,
		".LocalFlags.FlagUsages", "flagUsages .LocalFlags", ".InheritedFlags.FlagUsages", "flagUsages .InheritedFlags").Replace(root.UsageTemplate()))
	a.checkBuiltIn(root)
	return root
}

// checkBuiltIn makes cobra's own verbs report mistakes like the others: without it, kg
// help with an unknown word and a wrong kg completion exit with 0.
func (a *app) checkBuiltIn(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		switch cmd.Name() {
		case "help":
			cmd.Args = a.knownTopic
			a.questionTopics(cmd)
		case "completion":
			cmd.Args = unknownVerb
			cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
			for _, shell := range cmd.Commands() {
				shell.Args = takes(0, 0, "")
			}
		}
	}
}

// knownTopic returns an error if no verb, topic or saved question has the name.
func (a *app) knownTopic(cmd *cobra.Command, args []string) error {
	topic := cmd.Root()
	for n, arg := range args {
		i := slices.IndexFunc(topic.Commands(), func(c *cobra.Command) bool { return c.Name() == arg })
		if i >= 0 {
			topic = topic.Commands()[i]
			continue
		}
		known := verbs(topic)
		if topic.Name() == "query" {
			known = append(known, a.questionNames(cmd)...)
		}
		if slices.Contains(known, arg) && n+1 < len(args) {
			arg, known = args[n+1], nil // a question has no topics of its own
		}
		if !slices.Contains(known, arg) {
			return usagef("unknown help topic %q%s: kg help lists them", arg, strict.DidYouMean(arg, known))
		}
	}
	return nil
}

func verbs(cmd *cobra.Command) []string {
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	return names
}

// takes checks the number of arguments; the error names them by what.
func takes(least, most int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case most == 0 && len(args) > 0:
			return usagef("%s takes no arguments, found %q", cmd.CommandPath(), args[0])
		case len(args) < least || len(args) > most:
			return usagef("%s takes %s, found %s", cmd.CommandPath(), what, plural(len(args), "argument"))
		}
		return nil
	}
}

// unknownVerb returns the error for a verb that kg does not have.
func unknownVerb(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	help := strings.Replace(cmd.CommandPath(), "kg", "kg help", 1)
	return usagef("unknown verb %q%s: %s lists them", args[0], strict.DidYouMean(args[0], verbs(cmd)), help)
}

// view opens the store for reading.
func (a *app) view() (*graph.View, error) {
	store, err := a.store()
	if err != nil {
		return nil, err
	}
	return a.set(store.View(a.settings.base())), nil
}

// store opens the store for reading, or returns the one that was lent.
func (a *app) store() (*graph.Store, error) {
	if a.lent != nil {
		return a.lent, nil
	}
	return a.open()
}

// set applies the settings to a view: bounds of queries, the user's languages, and
// whether retracted claims are included. The view prints which entity it resolves words
// to.
func (a *app) set(v *graph.View) *graph.View {
	if a.settings.retracted {
		v = v.WithRetracted()
	}
	v.Bounds, v.Languages = a.bounds, a.settings.languages
	v.Took = func(word string, taken graph.Found) {
		fmt.Fprintln(a.err, strict.Sprintf("%q is taken for %s, %s: it finds no other entity", word, printable(taken.Name), v.Base.Short(taken.IRI)))
	}
	return v
}

// wholeView opens the store for reading, denied edges included.
func (a *app) wholeView() (*graph.View, error) {
	store, err := a.store()
	if err != nil {
		return nil, err
	}
	return a.set(store.WholeView(a.settings.base())), nil
}

// keep records an open store, to be closed at the end of the verb, and sets the
// relations that give names.
func (a *app) keep(store *graph.Store, err error) (*graph.Store, error) {
	if err == nil {
		store.NameBy(a.settings.naming...)
		a.opened = append(a.opened, store)
	}
	return store, err
}

// warn prints an error that does not end the verb.
func (a *app) warn(err error) { fmt.Fprintln(a.err, "warning:", err) }

// drop closes a store before the end of the verb.
func (a *app) drop(store *graph.Store) error {
	a.opened = slices.DeleteFunc(a.opened, func(s *graph.Store) bool { return s == store })
	return store.Close()
}

func (a *app) close() error {
	var errs []error
	for _, store := range a.opened {
		errs = append(errs, store.Close())
	}
	return errors.Join(errs...)
}

func (a *app) ontology() (*schema.Ontology, error) {
	return schema.ReadOntology(a.settings.folders(a.settings.schema)...)
}

func (a *app) queries() (queries.Set, error) {
	if a.known != nil {
		return a.known, nil
	}
	return queries.Read(a.settings.folders(a.settings.queries)...)
}

func (s *settings) folders(dir string) []fs.FS {
	if dir == "" {
		return nil
	}
	return []fs.FS{strict.Folder{FS: os.DirFS(dir), Name: dir}}
}

// stdin returns standard input, or a usage error if it is a terminal: nobody intends to
// type a whole file.
func (a *app) stdin(cmd *cobra.Command, what string) (io.Reader, error) {
	if f, ok := a.in.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return nil, usagef("%s from standard input: it is a terminal; give a file, or pipe one in: kg help %s", what, cmd.Name())
	}
	return a.in, nil
}
