package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/spf13/cobra"

	"kg/cmd/kg/web"
	"kg/cmd/kg/web/picture"
	"kg/graph"
	"kg/schema"
)

const drawHelp = `Draw makes a picture of an entity and its neighbours, or of the evidence of an
answer of a saved question; --all-edges draws all edges of the claims behind it.
The shape of a node shows its kind. An edge is labelled with its relation; it is
dashed if it is hedged, planned or derived, and dotted if it is denied. A picture
has at most 60 edges, the surest; it says which they are, from which sources, and
gives their SHA-256. Neighbours with equal edges are drawn as one node.

The ending of FILE chooses the format: svg, png, or dot, the language of Graphviz;
- is standard output, in the format of --format.`

func newDraw(a *app) *cobra.Command {
	var file, form string
	var all bool
	cmd := &cobra.Command{
		Use:   "draw ENTITY|QUERY [param=value…] -o FILE",
		Short: "Draw an entity's neighbourhood, or a query's answer",
		Long:  drawHelp,
		Example: `  kg draw "Banco Delta Asia" -o bank.svg
  kg draw bribes -o bribes.png
  kg draw companies country=Russia -o - --format dot`,
		Args: takes(1, math.MaxInt, "an ENTITY or a QUERY; quote a name with spaces"),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case file == "":
				return usagef("kg draw needs a file to write: -o FILE.svg, FILE.png or FILE.dot")
			case file != "-":
				if cmd.Flags().Changed("format") {
					return usagef("--format is for standard output: the ending of %q chooses the format", file)
				}
				form = ending(file)
			}
			return a.draw(cmd, args, file, form, all)
		},
		ValidArgsFunction: a.completeDraw,
	}
	cmd.Flags().StringVarP(&file, "out", "o", "", "the `file` to write: .svg, .png or .dot")
	cmd.Flags().BoolVar(&all, "all-edges", false, "draw all edges of the claims behind an answer, not only its evidence")
	cmd.Flags().StringVar(&form, "format", "svg", "the format for standard output: svg, png or dot")
	return cmd
}

func (a *app) draw(cmd *cobra.Command, args []string, file, form string, all bool) error {
	switch form {
	case "svg", "png", "dot":
	default:
		if file == "-" {
			return usagef("unknown format %q: --format takes svg, png or dot", form)
		}
		return usagef("drawing %q: expected a file that ends in .svg, .png or .dot", file)
	}
	p, err := a.picture(cmd.Context(), args, all)
	if err != nil {
		return err
	}
	if len(p.Edges) == 0 {
		return inputError{errors.New("there is nothing to draw: no edge leads to or from it")}
	}
	b, err := a.painted(cmd.Context(), p, form)
	if err != nil {
		return err
	}
	if p.Drawn() < p.All {
		fmt.Fprintln(a.err, p.Rule)
	}
	if file == "-" {
		_, err := a.out.Write(b)
		return err
	}
	put := func(w io.Writer) error { _, err := w.Write(b); return err }
	if err := a.replaceFile(file, put); err != nil {
		return fmt.Errorf("writing %q: %w", file, err)
	}
	return nil
}

// picture returns the picture of a saved question's answer, or else of an entity.
func (a *app) picture(ctx context.Context, args []string, all bool) (*picture.Picture, error) {
	set, err := a.queries()
	if err != nil {
		return nil, err
	}
	q := set[args[0]]
	if q == nil {
		if len(args) > 1 {
			return nil, usagef("unexpected %q: parameters are for saved questions, and %q is not one%s", args[1], args[0], a.questions())
		}
		v, err := a.wholeView()
		if err != nil {
			return nil, err
		}
		entity, err := v.Find(ctx, args[0])
		if err != nil {
			return nil, err
		}
		return picture.Around(ctx, v, entity, link(v))
	}
	v, err := a.queryView(q)
	if err != nil {
		return nil, err
	}
	text, err := q.Bind(ctx, v, args[1:])
	if err != nil {
		return nil, err
	}
	res, err := q.Run(ctx, v, text)
	if err != nil {
		return nil, err
	}
	return web.AnswerPicture(ctx, v, q.Question, res, all, link(v))
}

// link links a node to its web address, and an edge to that of its claim's source. IRIs
// under kg's own base are not addresses of pages.
func link(v *graph.View) picture.Linker {
	return func(value quad.Value) string {
		iri, ok := value.(quad.IRI)
		if source, _, _, claim := schema.IRI(iri).SplitClaim(); claim {
			for q, err := range v.Each(context.Background(), quad.Quad{Subject: source, Predicate: schema.Address}) {
				if err == nil {
					return graph.Text(q.Object)
				}
			}
			return ""
		}
		address := string(iri)
		if !ok || strings.HasPrefix(address, string(schema.DefaultBase)) || !strings.HasPrefix(address, "https://") && !strings.HasPrefix(address, "http://") {
			return ""
		}
		return address
	}
}

func (a *app) painted(ctx context.Context, p *picture.Picture, form string) ([]byte, error) {
	d := picture.NewSingleDrawer()
	switch form {
	case "dot":
		return []byte(p.DOT(true)), nil
	case "svg":
		return d.SVG(ctx, p, true)
	}
	b, missing, err := d.PNG(ctx, p)
	if missing != "" {
		fmt.Fprintf(a.err, "the font for PNG lacks %s: an SVG shows them\n", missing)
	}
	return b, err
}

// completeDraw completes questions and entities, then a question's parameters.
func (a *app) completeDraw(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	list, directive := a.completeQuery(cmd, args, typed)
	if len(args) == 0 {
		list = append(list, a.entities(cmd.Context(), typed, "entity")...)
	}
	return list, directive
}
