package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/spf13/cobra"

	"kg/cmd/kg/web"
	"kg/data"
	"kg/graph"
	"kg/schema"
)

const coverageHelp = `Coverage lists the sentences of a source's text that have neither a claim nor a
reason to have none (skipped). The source is one of the store, by its id, title or
IRI; or a claims file, whose name ends in .yaml or .yml, with or without .gz, or -
for standard input. A file is checked as kg load does, and its unused entities are
listed too. --text gives the text, or a folder with the texts of many sources, as
for kg verify.

A sentence is covered if a passage contains a letter or digit of it. The characters
in passages are counted as well, of all characters in sentences except spaces. A
passage counts where kg verify finds it in this text by its SHA-256; one that is
altered, missing or ambiguous covers nothing. Titles and headings belong to no
paragraph and are left out.

Sentences end where Unicode says (UAX #29); a line break is a space. No sentence
ends with a title (Mr.), with a short word before its number (No. 5), or with
initials (J., U.S.), unless a word such as The follows; one may begin with a figure.

The reasons to skip sentences are in the claims file only, not in the store. The
sentences are printed from your text, and nothing is stored. The exit code is 1 if a
row is listed.`

func newCoverage(a *app) *cobra.Command {
	limit := 100
	cmd := &cobra.Command{
		Use:     "coverage SOURCE|FILE --text TEXT",
		Short:   "List the sentences of a text that have no claim",
		Long:    coverageHelp,
		Example: "  kg coverage courier.yaml --text courier.txt\n  kg coverage courier-2019-04-08 --text texts -o csv",
		Args:    takes(1, 1, "one SOURCE or claims FILE"),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.coverage(cmd, args[0], limit) },
		ValidArgsFunction: func(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 || a.settings.complete(cmd) != nil {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return a.sources(cmd.Context(), typed, nil), cobra.ShellCompDirectiveDefault
		},
	}
	cmd.Flags().IntVar(&limit, "limit", limit, "show at most so many rows; 0 shows all")
	addFormat(cmd)
	return cmd
}

func (a *app) coverage(cmd *cobra.Command, name string, limit int) error {
	if a.settings.text == "" {
		return usagef("kg coverage needs the source's text: --text FILE, or a folder")
	}
	texts, err := a.openTexts()
	if err != nil {
		return err
	}
	ending := filepath.Ext(strings.TrimSuffix(name, ".gz"))
	of := a.storedSource
	isFile := name == "-" || ending == ".yaml" || ending == ".yml"
	if isFile {
		of = a.claimsFile
	}
	v, unused, err := of(cmd, name, texts)
	if err != nil {
		return err
	}
	if v.Text == nil {
		return fmt.Errorf("looking for the text of %s: %q has no version of it", a.settings.base().Short(v.Source), a.settings.text)
	}
	c := v.Coverage()
	l := &listing{columns: []string{"without a claim", "paragraph", "start", "end", "words"}}
	for _, s := range c.Open {
		shown := graph.Cell{Value: quad.String(s.Words), Text: strings.Join(strings.Fields(s.Words), " ")} // lines may be wrapped
		paragraph := number(s.Paragraph)
		if v.Table != "" {
			paragraph.Text = "row " + paragraph.Text
		} else if s.Page > 0 {
			paragraph.Text = schema.Locator{Page: s.Page, Paragraph: s.Paragraph}.ParagraphText()
		}
		l.rows = append(l.rows, listingRow{cells: []graph.Cell{word("sentence"), paragraph, number(s.Start), number(s.End), shown}})
	}
	for _, id := range unused {
		l.rows = append(l.rows, listingRow{cells: []graph.Cell{word("entity"), {}, {}, {}, word(id)}})
	}
	found := len(l.rows) > 0
	if err := a.limit(l, limit); err != nil {
		return err
	}
	if err := a.print(cmd, l); err != nil {
		return err
	}
	a.sayCoverage(c, v, isFile)
	if found {
		return errFound
	}
	return nil
}

// storedSource verifies a source of the store against its text.
func (a *app) storedSource(cmd *cobra.Command, name string, texts *data.Texts) (*data.Verified, []string, error) {
	v, err := a.wholeView()
	if err != nil {
		return nil, nil, err
	}
	asked, err := sourcesNamed(cmd.Context(), v, []string{name})
	if err != nil {
		return nil, nil, err
	}
	list, err := web.Verify(cmd.Context(), v, texts, asked...)
	if err == nil && len(list) > 0 && list[0].Text != nil {
		err = a.sayAllReadings(cmd.Context(), v, texts, list[0])
	}
	if err == nil && len(list) == 0 {
		err = usagef("%s stands in no text: each of its claims says where it can be looked up", v.Base.Short(asked[0]))
	}
	if err != nil {
		return nil, nil, err
	}
	return list[0], nil, nil
}

// sayAllReadings prints what all readings of a text cover together.
func (a *app) sayAllReadings(ctx context.Context, v *graph.View, texts *data.Texts, one *data.Verified) error {
	readings, err := v.Readings(ctx, one.Source)
	if err != nil || len(readings) == 0 {
		return err
	}
	list, err := web.Verify(ctx, v, texts, readings...)
	if err != nil {
		return err
	}
	together := *one
	together.Results = nil
	for _, other := range list {
		if other.Text != nil && other.Text.SHA256 == one.Text.SHA256 {
			together.Results = append(together.Results, other.Results...)
		}
	}
	c := together.Coverage()
	fmt.Fprintf(a.err, "%s of this text, all together: %s of %s with a claim\n", plural(len(readings), "reading"), thousands(c.Sentences-len(c.Open)), plural(c.Sentences, "sentence"))
	return nil
}

// claimsFile verifies a claims file against its text, and returns its unused entities.
func (a *app) claimsFile(cmd *cobra.Command, name string, texts *data.Texts) (*data.Verified, []string, error) {
	file, err := a.readInput(cmd, "claims", name)
	if err != nil {
		return nil, nil, err
	}
	o, err := a.ontology()
	if err != nil {
		return nil, nil, err
	}
	doc, err := data.Read(name, file, o, a.settings.base())
	if err != nil {
		return nil, nil, err
	}
	one, _, err := a.verifyFile(cmd, name, file, texts)
	return one, doc.Unused(), err
}

// verifyFile verifies a claims file against its text. The view is that of the store,
// for the texts of other sources; it is nil without a store.
func (a *app) verifyFile(cmd *cobra.Command, name string, file []byte, texts *data.Texts) (*data.Verified, *graph.View, error) {
	own, err := data.ReadLocators(name, file, a.settings.base())
	if err != nil {
		return nil, nil, err
	}
	v, err := a.wholeView()
	if errors.Is(err, graph.ErrNoStore) {
		v, err = nil, nil // then no other source is known
	}
	if err != nil {
		return nil, nil, err
	}
	one, err := web.VerifyFile(cmd.Context(), v, texts, own)
	return one, v, err
}

// sayCoverage sums up on standard error.
func (a *app) sayCoverage(c *data.Coverage, v *data.Verified, isFile bool) {
	why := "a claim"
	if isFile {
		why = "a claim or a reason"
	}
	fmt.Fprintf(a.err, "%s of %s with %s%s, %s of %s%s\n",
		thousands(c.Sentences-len(c.Open)), plural(c.Sentences, "sentence"), why, share(c.Sentences-len(c.Open), c.Sentences),
		thousands(c.Covered), plural(c.Characters, "character"), share(c.Covered, c.Characters))
	if c.Lost > 0 {
		fmt.Fprintf(a.err, "%s without exactly one position in this text: kg verify says what became of them\n", plural(c.Lost, "passage"))
	}
	if said := v.Text.Difference(v.Text.Name); said != "" {
		fmt.Fprintf(a.err, "%s: %s\n", a.settings.base().Short(v.Source), said)
	}
	if !isFile && len(c.Open) > 0 {
		fmt.Fprintln(a.err, "the reasons to skip sentences are in the claims file only: give it instead of the source")
	}
}

// share returns a percentage, rounded down, so that 100% means all.
func share(part, whole int) string {
	if whole == 0 {
		return ""
	}
	return fmt.Sprintf(" (%d%%)", 100*part/whole)
}
