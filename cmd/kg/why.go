package main

import (
	"context"
	"errors"
	"time"

	"github.com/cayleygraph/quad"
	"github.com/spf13/cobra"

	"kg/graph"
	"kg/graph/why"
	"kg/schema"
)

const whyHelp = `Why shows how two entities are connected: the shortest paths between them, hop by
hop, each with the claims behind it. Edges are followed in both directions and read
in the direction followed. For each path it shows

  weakest   the least certain hop; empty if all hops are equally certain
  origins   the number of independent origins of the hop with the fewest. The origin
            of a claim is its speaker, or else the last document it came via, or the
            publisher: ten papers that carry one report are one origin. Speakers
            without a name in different sources may be the same, so the number can
            be a range, such as "1 to 2".
  without   each source that the path needs, and the first hop that is lost without
  joined    what joins two ids on the path into one entity, and who says so

Two entities that only share a hub (a country, region, city or occupation) are
hardly connected: such paths come last and say so. In a graph without kg's kinds,
hubs are the thousandth of the nodes with the most edges, if they have more than a
hundred.

--as-of leaves out events that began later, and those that had ended; a date known
only to the year excludes none of its days. --in-order leaves out paths that lead
from an event to one that was certainly earlier.`

// whyFlags are the flags of the verb.
type whyFlags struct {
	graph.PathOptions
	through    string
	notThrough []string
}

func newWhy(a *app) *cobra.Command {
	var f whyFlags
	cmd := &cobra.Command{
		Use:     "why ENTITY ENTITY",
		Short:   "Show how two entities are connected, and what is behind each hop",
		Long:    whyHelp,
		Example: "  kg why \"Kim Jong Il\" \"Banco Delta Asia\"\n  kg why \"Kim Jong Il\" Nakhodka -k 5 --not-through \"North Korea\"",
		Args:    takes(2, 2, "two ENTITIES; quote a name with spaces"),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.why(cmd, args, f) },
		ValidArgsFunction: func(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 1 || a.settings.complete(cmd) != nil {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return a.entities(cmd.Context(), typed, "entity"), cobra.ShellCompDirectiveNoFileComp
		},
	}
	flags := cmd.Flags()
	flags.IntVar(&f.MaxHops, "max-hops", 8, "find paths of at most so many hops")
	flags.IntVarP(&f.Paths, "paths", "k", 0, "show at most so many paths, longer ones too; 0 shows only the shortest")
	flags.StringVar(&f.through, "through", "", "only paths with this RELATION")
	flags.StringArrayVar(&f.notThrough, "not-through", nil, "only paths that avoid this ENTITY; may be repeated")
	flags.StringVar(&f.AsOf, "as-of", "", "only what was true on this DAY, as YYYY-MM-DD")
	flags.BoolVar(&f.InOrder, "in-order", false, "only paths that do not go back in time")
	addFormat(cmd)
	return cmd
}

func (a *app) why(cmd *cobra.Command, ends []string, f whyFlags) error {
	v, err := a.view()
	if err != nil {
		return err
	}
	if err := f.check(cmd.Context(), a, v); err != nil {
		return err
	}
	var found [2]quad.IRI
	for i, end := range ends {
		if found[i], err = v.Find(cmd.Context(), end); err != nil {
			return err
		}
	}
	w, err := why.Find(cmd.Context(), v, found[0], found[1], f.PathOptions)
	if err != nil {
		return err
	}
	if w.OnlyDenied {
		if v, err = a.wholeView(); err != nil {
			return err
		}
	}
	if w.OnlyRetracted {
		v = v.WithRetracted()
	}
	p := whyPrinter{app: a, ctx: cmd.Context(), v: v, passages: a.passages(v), inWords: forPeople(cmd)}
	if err := p.sayWhat(w); err != nil {
		return err
	}
	l, err := p.listing(w)
	if err != nil {
		return err
	}
	return a.print(cmd, l)
}

// check validates the flags, and resolves the names in them.
func (f *whyFlags) check(ctx context.Context, a *app, v *graph.View) (err error) {
	if f.MaxHops < 1 || f.Paths < 0 {
		return usagef("--max-hops takes a number from 1, and --paths one from 0")
	}
	if f.AsOf != "" {
		if _, err := time.Parse(time.DateOnly, f.AsOf); err != nil {
			return usagef("--as-of takes a day as YYYY-MM-DD, not %q", f.AsOf)
		}
	}
	if f.through != "" {
		if f.Through, err = a.relation(ctx, v, f.through); err != nil {
			return err
		}
	}
	for _, word := range f.notThrough {
		entity, err := v.Find(ctx, word)
		if err != nil {
			return err
		}
		f.NotThrough = append(f.NotThrough, entity)
	}
	return nil
}

// relation resolves a relation: its name in kg kinds, an IRI or a short form.
func (a *app) relation(ctx context.Context, v *graph.View, name string) (quad.IRI, error) {
	o, err := a.ontology()
	if err != nil {
		return "", err
	}
	if r := o.Relation(name); r != nil {
		return r.IRI, nil
	}
	found, err := v.Find(ctx, name)
	if unknown := new(graph.UnknownError); errors.As(err, &unknown) {
		return "", usagef("--through takes a relation, which kg kinds looks for, such as owner: %v", unknown)
	}
	if err != nil {
		return "", err
	}
	for _, err := range v.Each(ctx, quad.Quad{Predicate: found}) {
		return found, err
	}
	if kind, err := v.Kind(ctx, found); err != nil || kind == schema.Property {
		return found, err
	}
	return "", usagef("--through takes a relation, and %q is not one: kg kinds WORDS searches relations", name)
}
