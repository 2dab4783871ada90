package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/cayleygraph/quad"
	"github.com/spf13/cobra"

	"kg/graph"
	"kg/graph/why"
	"kg/schema"
)

const whyHelp = `Why shows how two entities are connected: the shortest paths between them, hop by
hop, each with the claims behind it. Edges are walked in either direction and read
in the one they are walked. For each path it tells

  weakest   the hop that is least sure; none where all hops are alike
  origins   how many independent origins the hop with the fewest has: who its claims
            come from in the end, the speaker, or else the last it came via, or the
            publisher. Ten papers that carry one report are one origin. Speakers
            without a name in different sources may be the same, so that the number
            can be a range, as "1 to 2".
  without   each source that the path needs, and the first hop that falls with it
  joined    what makes things of two ids on the way one, and who says so

What only shares a hub, a country, region, city or occupation, is no story: such
paths come last and say so. In a graph without kg's kinds a hub is one of the thousandth
of the nodes with the most edges, if it has more than a hundred.

--as-of leaves out events that began later, and those that had ended; a date that is
known to the year excludes none of its days. --in-order leaves out paths that come
from an event to one that was certainly before it.`

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
	flags.IntVar(&f.MaxHops, "max-hops", 8, "look for paths of at most so many hops")
	flags.IntVarP(&f.Paths, "paths", "k", 0, "show so many paths, longer ones too; 0 shows the shortest alone")
	flags.StringVar(&f.through, "through", "", "only paths that take this RELATION")
	flags.StringArrayVar(&f.notThrough, "not-through", nil, "only paths that do not come through this ENTITY; may be repeated")
	flags.StringVar(&f.AsOf, "as-of", "", "only what was so on this DAY, as YYYY-MM-DD")
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

// check resolves what the flags name.
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

// relation is the relation of a name, as kg kinds lists it, or of an IRI or short form.
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
	return "", usagef("--through takes a relation, and %q is none: kg kinds looks for one, such as owner", name)
}

// whyPrinter makes rows of stories.
type whyPrinter struct {
	app      *app
	ctx      context.Context
	v        *graph.View
	passages *passages
	inWords  bool // a hop is one sentence
}

// sayWhat says on standard error what the stories are, or why there is none.
func (p whyPrinter) sayWhat(w *why.Connection) error {
	var names [2]string
	for i, end := range []quad.IRI{w.From, w.To} {
		cell, err := p.v.DescribeAll(p.ctx, end, nil)
		if err != nil {
			return err
		}
		names[i] = cell.Text
	}
	say := func(format string, args ...any) {
		fmt.Fprintf(p.app.err, "%s and %s %s\n", names[0], names[1], fmt.Sprintf(format, args...))
	}
	switch {
	case w.From == w.To:
		say("are the same thing")
	case len(w.Stories) == 0 && w.Cut:
		say("were not found to be connected among the first %s entities that were looked at", thousands(w.Nodes))
	case len(w.Stories) == 0:
		say("are not connected within these bounds: no path that anybody asserts or denies")
	case w.OnlyDenied:
		say("are connected only through what sources deny")
	case w.OnlyRetracted:
		say("are connected only through what is retracted")
	case len(w.Stories[0].Hubs) > 0:
		text, err := p.hubs(w.Stories[0].Hubs)
		if err != nil {
			return err
		}
		say("are joined only through what many share: %s", text)
	}
	if w.More {
		fmt.Fprintf(p.app.err, "showing %d paths, and there are more: -k shows as many as asked for\n", len(w.Stories))
	}
	return nil
}

// hubs names hubs with their kinds.
func (p whyPrinter) hubs(hubs []quad.IRI) (string, error) {
	var list []string
	for _, hub := range hubs {
		cell, err := p.v.DescribeAll(p.ctx, hub, nil)
		if err != nil {
			return "", err
		}
		kind, err := p.v.Kind(p.ctx, hub)
		if err != nil {
			return "", err
		}
		if kind != "" {
			cell.Text += " (" + strings.ToLower(schema.IRI(kind).LastPart()) + ")"
		}
		list = append(list, cell.Text)
	}
	return strings.Join(list, ", "), nil
}

func (p whyPrinter) listing(w *why.Connection) (*listing, error) {
	l := &listing{columns: []string{"path", "length", "weakest", "origins", "shared", "without", "joined"}, nested: "hops"}
	l.details = []string{"hop", "from", "direction", "relation", "to", "said by", "sure", "denied by", "origins", "claims", "says", "source", "paragraph", "passage"}
	if p.inWords {
		l.details = []string{"hop", "", "said by", "sure", "denied by", "origins", "says", "stands in", "passage"}
	}
	for i, s := range w.Stories {
		row := listed{}
		weakest := ""
		if s.Weakest >= 0 {
			weakest = fmt.Sprintf("hop %d", s.Weakest+1)
			if sure := s.Hops[s.Weakest].Evidence.Sure(); sure != "" {
				weakest += ": " + sure
			}
			if by := s.Hops[s.Weakest].Evidence.DeniedBy(); by != "" {
				weakest += "; denied by " + by
			}
		}
		shared, err := p.hubs(s.Hubs)
		if err != nil {
			return nil, err
		}
		without, err := p.without(s)
		if err != nil {
			return nil, err
		}
		joined, err := p.joined(s)
		if err != nil {
			return nil, err
		}
		row.cells = append([]graph.Cell{number(i + 1), number(len(s.Hops))}, words(weakest, s.Origins.String(), shared, without, joined)...)
		for n, hop := range s.Hops {
			cells, err := p.hop(n, hop)
			if err != nil {
				return nil, err
			}
			row.details = append(row.details, cells)
		}
		l.rows = append(l.rows, row)
	}
	return l, nil
}

// joined tells what makes the things on the way one, and who says so.
func (p whyPrinter) joined(s why.Story) (string, error) {
	var list []string
	for _, j := range s.Joined {
		one, err1 := p.v.Describe(p.ctx, j.From)
		other, err2 := p.v.Describe(p.ctx, j.Node)
		by, err3 := joinText(p.ctx, p.v, j)
		if err := errors.Join(err1, err2, err3); err != nil {
			return "", err
		}
		list = append(list, one.Text+" = "+other.Text+", "+by)
	}
	return strings.Join(list, "; "), nil
}

// without tells what is left of a story when a source falls.
func (p whyPrinter) without(s why.Story) (string, error) {
	var list []string
	for _, f := range s.Falls {
		source, err := p.v.Describe(p.ctx, f.Source)
		if err != nil {
			return "", err
		}
		text := "it stands"
		switch {
		case f.Hop >= 0:
			text = fmt.Sprintf("hop %d falls", f.Hop+1)
		case f.Joins:
			text = "what it joins as the same falls apart"
		}
		list = append(list, source.Text+": "+text)
	}
	return strings.Join(list, "; "), nil
}

func (p whyPrinter) hop(n int, h why.Hop) ([]graph.Cell, error) {
	from, err := p.v.DescribeAll(p.ctx, h.From, h.Evidence.Sources())
	if err != nil {
		return nil, err
	}
	to, err := p.v.DescribeAll(p.ctx, h.To, h.Evidence.Sources())
	if err != nil {
		return nil, err
	}
	relation, err := p.v.Reading(p.ctx, h.Relation(), h.Out)
	if err != nil {
		return nil, err
	}
	var ids, says, passages []string
	for _, c := range h.Claims {
		passage, err := p.passages.of(p.ctx, c)
		if err != nil {
			return nil, err
		}
		if passage != "" {
			passages = append(passages, passage)
		}
		ids, says = append(ids, p.v.Base.Short(c.IRI)), append(says, c.Says)
	}
	e := h.Evidence
	origins := ""
	if len(h.Claims) > 0 {
		origins = h.Origins.String()
	}
	if p.inWords {
		return append([]graph.Cell{number(n + 1)}, words(from.Words()+" — "+relation.Text+" → "+to.Words(), e.SaidBy(), e.Sure(), e.DeniedBy(),
			origins, strings.Join(says, " / "), p.stands(h), strings.Join(passages, " / "))...), nil
	}
	if relation, err = p.v.Describe(p.ctx, h.Relation()); err != nil {
		return nil, err
	}
	source, err := p.v.Describe(p.ctx, h.Source())
	if err != nil {
		return nil, err
	}
	direction := "<-"
	if h.Out {
		direction = "->"
	}
	paragraph := graph.Cell{}
	if len(h.Claims) > 0 && h.Claims[0].Paragraph > 0 {
		if paragraph = number(h.Claims[0].Paragraph); len(h.Claims[0].Columns) > 0 || h.Claims[0].Page > 0 {
			paragraph = word(h.Claims[0].Spot())
		}
	}
	cells := append([]graph.Cell{number(n + 1), from, word(direction), relation, to}, words(e.SaidBy(), e.Sure(), e.DeniedBy(), origins,
		strings.Join(ids, " "), strings.Join(says, " / "))...)
	return append(append(cells, source, paragraph), words(strings.Join(passages, " / "))...), nil
}

// stands tells where the claims of a hop stand, or whose label its edge has.
func (p whyPrinter) stands(h why.Hop) string {
	var list []string
	for _, c := range h.Claims {
		text := p.v.Base.Short(c.IRI)
		if c.Paragraph > 0 {
			text += ", " + c.Spot()
		}
		list = append(list, text)
	}
	return cmp.Or(strings.Join(list, "; "), "graph "+p.v.Base.ShortTerm(h.Quad.Label))
}
