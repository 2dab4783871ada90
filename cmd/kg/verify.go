package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/spf13/cobra"

	"kg/cmd/kg/web"
	"kg/data"
	"kg/graph"
	"kg/internal/fold"
	"kg/schema"
)

const verifyHelp = `Verify checks the locator of every claim against the text of its source: the passage
there must have the SHA-256 that the claim gives. Without SOURCE it checks all
sources; a SOURCE is an id, a title or an IRI. --text gives the text, or a folder
with the texts of many sources, which are recognised by their SHA-256.

A source has a row of its own, without a claim:

  same             the text is the one that the claims were taken from
  extracted anew   a different text, extracted from the same PDF or HTML page: by a
                   later version of the extractor, for example
  changed          another version of the text: of the texts that belong to no other
                   source, the one that contains most of the passages
  no text          no such text is given

A claim has the first verdict that applies:

  match            the passage is at the position that the claim gives
  wrong paragraph  it is, but the paragraph has another number
  wrong page       it is, but the page has another number
  moved            the passage is at one other position of the text
  ambiguous        it is at several other positions
  misattributed    it is in the given text of another source
  altered          it is in no text; nearest shows what became of it
  missing          it is in no text, and nothing shows what became of it
  no text          the text of its source is not given

A passage is recognised by its SHA-256 only; a similar passage never counts. The
store does not have the words, so for an altered passage verify shows the text that
is now between its neighbours. With --was it has the words, and shows the nearest
passage and what differs: a figure, a quote mark, a space. --was takes an earlier
version of the text, a draft from before kg locate, or a folder of these.

--fix FILE checks a claims file instead of the store's claims, and rewrites in it the
locators of passages that moved, paragraph numbers, and the text's own SHA-256,
length and body. Nothing else of the file changes. For the passages that are left,
replace the locator by the words, in quotes, and run kg locate.

The exit code is 1 if a row is not match or same; with --fix, if one is left.`

type verifyFlags struct {
	was    []string
	fix    string
	failed bool
	limit  int
}

func newVerify(a *app) *cobra.Command {
	var f verifyFlags
	cmd := &cobra.Command{
		Use:   "verify [SOURCE…] --text FILE|FOLDER",
		Short: "Check the passages of claims against the texts",
		Long:  verifyHelp,
		Example: `  kg verify --text texts
  kg verify courier-2019-04-08 --text new.txt --was old.txt --failed
  kg verify --fix courier.yaml --text new.txt`,
		RunE: func(cmd *cobra.Command, args []string) error { return a.verify(cmd, args, f) },
		ValidArgsFunction: func(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
			if a.settings.complete(cmd) != nil {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return a.sources(cmd.Context(), typed, args), cobra.ShellCompDirectiveNoFileComp
		},
	}
	cmd.Flags().StringArrayVar(&f.was, "was", nil, "an earlier `text`, a draft, or a folder of these, for the words of altered passages")
	cmd.Flags().StringVar(&f.fix, "fix", "", "rewrite moved locators in this claims `file`")
	cmd.Flags().BoolVar(&f.failed, "failed", false, "list only rows that are not match or same")
	cmd.Flags().IntVar(&f.limit, "limit", 0, "show at most so many rows; 0 shows all")
	addFormat(cmd)
	return cmd
}

func (a *app) verify(cmd *cobra.Command, args []string, f verifyFlags) error {
	switch {
	case a.settings.text == "":
		return usagef("kg verify needs the texts of the sources: --text FILE, or a folder")
	case f.fix != "" && len(args) > 0:
		return usagef("--fix takes the claims file of one source: leave %q out", args[0])
	case f.fix != "" && f.limit > 0:
		return usagef("--limit is for rows, and --fix rewrites a file: leave one out")
	case f.fix == "-" || strings.HasSuffix(f.fix, ".gz"):
		return usagef("--fix needs a FILE that is not packed, not %q", f.fix)
	}
	texts, err := a.openTexts()
	if err != nil {
		return err
	}
	if err := texts.Formerly(f.was); err != nil {
		return err
	}
	if f.fix != "" {
		return a.fix(cmd, f, texts)
	}
	v, err := a.wholeView()
	if err != nil {
		return err
	}
	asked, err := sourcesNamed(cmd.Context(), v, args)
	if err != nil {
		return err
	}
	list, err := web.Verify(cmd.Context(), v, texts, asked...)
	if err != nil {
		return err
	}
	for _, source := range asked {
		if !slices.ContainsFunc(list, func(one *data.Verified) bool { return one.Source == source }) {
			fmt.Fprintf(a.err, "%s stands in no text: each of its claims says where it can be looked up\n", v.Base.Short(source))
		}
	}
	if err := a.printVerdicts(cmd, v, list, f); err != nil {
		return err
	}
	if slices.ContainsFunc(list, func(v *data.Verified) bool { return !v.Good() }) {
		return errFound
	}
	return nil
}

// sourcesNamed finds the sources that a command line names. If a word is both an id of a
// source and the name of an entity, the source is meant.
func sourcesNamed(ctx context.Context, v *graph.View, args []string) (list []quad.IRI, err error) {
	for _, arg := range args {
		iri := v.Base.Source(arg)
		kind, err := v.Kind(ctx, iri)
		if err == nil && kind != schema.SourceClass {
			if iri, err = v.Find(ctx, arg); err == nil {
				kind, err = v.Kind(ctx, iri)
			}
		}
		if err != nil {
			return nil, err
		}
		if kind != schema.SourceClass {
			return nil, usagef("%q is %s, which is not a source: kg query sources lists the sources", arg, v.Base.Short(iri))
		}
		list = append(list, iri)
	}
	return list, nil
}

// sources returns, for shell completion, the ids and titles of sources that begin as
// typed, without those given already.
func (a *app) sources(ctx context.Context, typed string, given []string) []string {
	v, err := a.view()
	if err != nil {
		return nil
	}
	list, err := v.Locators(ctx, func(quad.IRI) bool { return false })
	if err != nil {
		return nil
	}
	var names []string
	for _, l := range list {
		title, err := v.Describe(ctx, l.Source)
		if err != nil {
			return nil
		}
		for _, name := range []string{schema.IRI(l.Source).LastPart(), v.Base.Short(l.Source), title.Text} {
			folded := fold.Name(name)
			if !strings.HasPrefix(folded, fold.Name(typed)) || slices.Contains(given, name) {
				continue
			}
			if strings.HasPrefix(folded, typed) && !strings.HasPrefix(name, typed) { // shells drop what does not begin as typed
				name = folded
			}
			names = append(names, name)
		}
	}
	return names
}

// openTexts opens the texts at --text, and names the files of a folder that are not read.
func (a *app) openTexts() (*data.Texts, error) {
	texts, err := data.OpenTexts(a.settings.text)
	if err != nil {
		return nil, err
	}
	for _, unread := range texts.Unread {
		fmt.Fprintln(a.err, "warning:", unread)
	}
	return texts, nil
}
