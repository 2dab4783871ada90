package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"kg/internal/lookup"
	"kg/internal/strict"
	"kg/internal/suggest"
	"kg/schema"
)

func newKinds(a *app) *cobra.Command {
	_, manual := topic("kinds")
	cmd := &cobra.Command{
		Use:   "kinds [KIND|WORDS]",
		Short: "List kinds and relations, and how claims files use them",
		Long:  manual,
		Example: `  kg kinds
  kg kinds Loan
  kg kinds owns`,
		RunE: func(cmd *cobra.Command, args []string) error {
			o, err := a.ontology()
			if err != nil {
				return err
			}
			words := strings.Join(args, " ")
			switch k := o.Kind(words); {
			case words == "":
				return a.print(cmd, kindTree(o, cmd.Flag("output").Value.String() == "table"))
			case k != nil:
				return a.kind(cmd, o, k)
			}
			return a.terms(cmd, o, words)
		},
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			o, err := a.ontology()
			if err != nil || len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			var names []string
			for _, k := range o.Kinds() {
				names = append(names, k.Name+"\t"+k.Is)
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
	}
	addFormat(cmd)
	return cmd
}

// kindTree lists the kinds, each after its parent.
func kindTree(o *schema.Ontology, indented bool) *listing {
	l := &listing{columns: []string{"kind", "parent", "is", "written"}}
	if indented {
		l.columns = []string{"kind", "is", "written"}
	}
	kinds := o.Kinds()
	slices.SortStableFunc(kinds, func(a, b *schema.Kind) int { // lists of codes last
		return min(len(a.Codes), 1) - min(len(b.Codes), 1)
	})
	var below func(parent *schema.Kind, depth int)
	below = func(parent *schema.Kind, depth int) {
		for _, k := range kinds {
			if k.Parent != parent || k.Name == "Record" {
				continue
			}
			cells := words(strings.Repeat("  ", depth)+k.Name, k.Is, suggest.Line(o, k))
			if !indented {
				above := ""
				if parent != nil {
					above = parent.Name
				}
				cells = words(k.Name, above, k.Is, suggest.Line(o, k))
			}
			l.rows = append(l.rows, listingRow{cells: cells})
			below(k, depth+1)
		}
	}
	below(nil, 0)
	return l
}

// kind prints a kind: its meaning, as a preface of tables only, and its relations.
func (a *app) kind(cmd *cobra.Command, o *schema.Ontology, k *schema.Kind) error {
	if cmd.Flag("output").Value.String() == "table" {
		fmt.Fprint(a.out, kindPreface(o, k))
	}
	if len(k.Codes) > 0 {
		l := &listing{columns: []string{"code", "means"}}
		for _, c := range k.Codes {
			l.rows = append(l.rows, listingRow{cells: words(c.Name, c.Is)})
		}
		return a.print(cmd, l)
	}
	l := &listing{columns: []string{"relation", "needed", "takes", "means", "of", "example"}}
	for _, r := range o.RelationsOf(k) {
		needed := ""
		if r.Required(k) {
			needed = "yes"
		}
		l.rows = append(l.rows, listingRow{cells: words(r.Name, needed, r.Takes(), r.Is, r.Kinds[0].Name, r.Name+": "+suggest.Value(r))})
	}
	return a.print(cmd, l)
}

func kindPreface(o *schema.Ontology, k *schema.Kind) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", k.Name, k.Is)
	var above []string
	for p := k.Parent; p != nil; p = p.Parent {
		above = append(above, p.Name)
	}
	if len(above) > 0 {
		fmt.Fprintf(&b, "A kind of %s.\n", strings.Join(above, ", of "))
	}
	if len(k.Synonyms) > 0 {
		fmt.Fprintf(&b, "Also called: %s.\n", strings.Join(k.Synonyms, ", "))
	}
	for i, s := range k.Shorts {
		if i == 0 {
			b.WriteString("In a claim's edges:\n")
		}
		fmt.Fprintf(&b, "    %s\n", suggest.Sentence(s))
	}
	if example := suggest.Line(o, k); len(k.Shorts) == 0 && example != "" && len(k.Codes) == 0 {
		fmt.Fprintf(&b, "In a claims file:\n    %s\n", example)
	}
	return b.String() + "\n"
}

// terms prints the kinds and relations that words find.
func (a *app) terms(cmd *cobra.Command, o *schema.Ontology, search string) error {
	found := lookup.Search(o, search)
	if len(found) == 0 {
		var known []string
		for _, k := range o.Kinds() {
			known = append(known, k.Name)
		}
		known = slices.Concat(known, o.Verbs())
		return usagef("%s", strict.Sprintf("no kind or relation is found by %q%s: kg kinds lists all", search, strict.DidYouMean(search, known)))
	}
	l := &listing{columns: []string{"kind or relation", "of", "means", "written"}}
	for _, t := range found {
		if r := t.Relation; r != nil {
			l.rows = append(l.rows, listingRow{cells: words(r.Name, kindNames(r.Kinds), r.Is, r.Name+": "+suggest.Value(r))})
			continue
		}
		l.rows = append(l.rows, listingRow{cells: words(t.Kind.Name, "", t.Kind.Is, suggest.Line(o, t.Kind))})
	}
	return a.print(cmd, l)
}

func kindNames(kinds []*schema.Kind) string {
	var names []string
	for _, k := range kinds {
		names = append(names, k.Name)
	}
	return strings.Join(names, ", ")
}
