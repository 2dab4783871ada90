package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/spf13/cobra"

	"kg/graph"
)

const exportHelp = `Export writes the whole graph as canonical N-Quads: one quad a line, sorted by
code point, none twice. Equal graphs are equal files, in whatever order their
sources were loaded. --hash prints the SHA-256 of the N-Quads instead. What is
retracted is in it, and so are the decisions to retract it; --without-decisions
leaves these out. A FILE that ends in .gz is packed; - or no FILE is standard output.

The ending of FILE, or --to, says in what format it is written:

    nq          N-Quads: all of the graph
    trig        TriG: all of it, each label a named graph
    jsonld      JSON-LD 1.1: all of it, likewise
    ttl         Turtle, without labels; with --reifiers RDF 1.2, in which a
                claim is the reifier of the triples that it states, and kg
                load reads it as one
    graphml     a network for Gephi, networkx, igraph and others
    gexf        the same for Gephi and graphology
    csv         the same as two tables, FILE.nodes.csv and FILE.edges.csv,
                with the headers that Neo4j's importer reads
    ftm         entities of FollowTheMoney, one in a line; .ftm.json is an
                ending of it too
    statements  the same as statements, a row for each value of each claim,
                with where it comes from; .statements.csv is an ending of it
                too
    site        a folder of the pages of kg serve, which opens from a disk:
                --out is the folder

In a network the things are nodes, and a quad between two of them is an edge with its
claim, who says it, how sure, who denies it, its source and place. What is denied or
retracted is left out, since a line between two dots reads like a fact. What a
format loses is counted on standard error; --losses FILE lists it, entity by entity.

--sources A,B writes what these sources say alone, with the background that they need.
--without-notes leaves out annotators' notes. --redact PERSON takes a name out of all
that is written, and refuses where a part of it would stay: kg help share.`

// exportFormats are the formats of an export, by the ending of a file.
var exportFormats = []string{graph.NQuads, graph.TriG, graph.JSONLD, graph.Turtle, graph.GraphMLFormat, graph.GEXF, graph.CSV, ftmFormat, statementsFormat, siteFormat}

// exportFlags are the flags of kg export.
type exportFlags struct {
	file, to, losses string
	hash             bool
	opt              graph.ExportOptions
	part             partFlags
}

func newExport(a *app) *cobra.Command {
	f := exportFlags{}
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write the graph as canonical N-Quads, or in another format",
		Long:  exportHelp,
		Args:  takes(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			format, err := f.format()
			if err != nil {
				return err
			}
			store, err := a.open()
			if err != nil {
				return err
			}
			all := store
			if store, err = a.partOf(cmd, store, f.part); err != nil {
				return err
			}
			if format == siteFormat {
				return a.exportSite(cmd, all, store, f)
			}
			var end func()
			f.opt.Report, end = a.progress()
			defer end()
			if f.hash {
				sum, err := store.Hash(cmd.Context(), f.opt)
				if err == nil {
					_, err = fmt.Fprintln(a.out, sum)
				}
				return err
			}
			lost, err := a.export(cmd, store, format, f)
			if err != nil {
				return err
			}
			end()
			return a.tellLosses(lost, f)
		},
	}
	cmd.Flags().StringVarP(&f.file, "out", "o", "", "the `file` to write, or the folder of a site")
	cmd.Flags().StringVar(&f.to, "to", "", "the `format`: nq, trig, jsonld, ttl (or turtle), graphml, gexf, csv, ftm, statements or site (default: by the file's ending, or nq)")
	completeFlag(cmd, "to", exportFormats)
	cmd.Flags().StringVar(&f.losses, "losses", "", "the `file` to list in, as CSV, what the format loses of each entity")
	cmd.Flags().BoolVar(&f.opt.Reified, "reifiers", false, "write RDF 1.2 Turtle, with claims as reifiers")
	cmd.Flags().BoolVar(&f.opt.WithoutDecisions, "without-decisions", false, "leave out what kg retract and kg restore decided")
	f.part.add(cmd)
	cmd.Flags().BoolVar(&f.hash, "hash", false, "print the SHA-256 of the N-Quads instead")
	return cmd
}

// format is the format that --to or the file's ending says.
func (f *exportFlags) format() (string, error) {
	ending := strings.ToLower(strings.TrimPrefix(filepath.Ext(strings.TrimSuffix(f.file, ".gz")), "."))
	format := f.to
	switch {
	case f.hash && (f.file != "" || f.to != ""):
		return "", usagef("give --hash or --out and --to, not both")
	case format == "turtle":
		format = graph.Turtle
	case format == "" && (f.file == "" || f.file == "-" || ending == "" && strings.HasPrefix(f.file, "/dev/")):
		format = graph.NQuads
	case format == "":
		name := strings.TrimSuffix(strings.ToLower(f.file), ".gz")
		if format = ending; strings.HasSuffix(name, ".ftm.json") {
			format = ftmFormat
		} else if strings.HasSuffix(name, ".statements.csv") {
			format = statementsFormat
		} else if ending == "nt" {
			return "", usagef("%q: N-Triples have no labels; kg export writes .nq, or .ttl with what it loses", f.file)
		}
	}
	if !slices.Contains(exportFormats, format) {
		if f.to == "" {
			return "", usagef("%q: the ending tells no format: %s, or --to says it", f.file, "."+strings.Join(exportFormats, ", ."))
		}
		return "", usagef("unknown format %q: --to takes %s", f.to, strings.Join(exportFormats, ", "))
	}
	switch {
	case f.opt.Reified && format != graph.Turtle:
		return "", usagef("--reifiers is for Turtle: %s has other means", format)
	case format == siteFormat:
		return format, f.checkSite()
	case format == graph.CSV && (f.file == "" || f.file == "-"):
		return "", usagef("csv is two files: --out NAME.csv writes NAME.nodes.csv and NAME.edges.csv")
	}
	return format, nil
}

// export writes the graph, and gives what was lost.
func (a *app) export(cmd *cobra.Command, store *graph.Store, format string, f exportFlags) (lost []graph.Count, err error) {
	base := a.settings.base()
	if format == graph.CSV {
		name, packs := strings.CutSuffix(f.file, ".gz")
		name = strings.TrimSuffix(name, ".csv")
		ending := ".csv"
		if packs {
			ending += ".gz"
		}
		err = a.writeFile(name+".nodes"+ending, func(nodes io.Writer) error {
			return a.writeFile(name+".edges"+ending, func(edges io.Writer) error {
				lost, err = store.ExportCSV(cmd.Context(), nodes, edges, base, f.opt)
				return err
			})
		})
		return lost, err
	}
	write := func(w io.Writer) error {
		if format == ftmFormat || format == statementsFormat {
			lost, err = a.exportEntities(cmd, store, w, format, f.opt)
			return err
		}
		lost, err = store.ExportAs(cmd.Context(), w, format, base, f.opt)
		return err
	}
	if f.file == "" || f.file == "-" {
		err = write(a.out)
		return lost, err
	}
	err = a.writeFile(f.file, write)
	return lost, err
}

// writeFile writes a file, packed if its name ends in .gz.
func (a *app) writeFile(name string, write func(io.Writer) error) error {
	if strings.HasSuffix(name, ".gz") {
		write = packed(write)
	}
	if err := a.replaceFile(name, write); err != nil {
		return fmt.Errorf("writing %q: %w", name, err)
	}
	return nil
}

// packed packs what write writes.
func packed(write func(io.Writer) error) func(io.Writer) error {
	return func(w io.Writer) error {
		z := gzip.NewWriter(w)
		if err := write(z); err != nil {
			return err
		}
		return z.Close()
	}
}
