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

const exportHelp = `Export writes the whole graph as canonical N-Quads: one quad per line, sorted by
code point, without duplicates. Equal graphs give equal files, whatever the order in
which their sources were loaded. --hash prints the SHA-256 of the N-Quads instead.
Retracted quads are included, and so are the decisions that retract them;
--without-decisions leaves the decisions out. A FILE that ends in .gz is compressed;
- or no FILE is standard output.

The ending of FILE, or --to, chooses the format:

    nq          N-Quads: the whole graph
    trig        TriG: the whole graph, each label a named graph
    jsonld      JSON-LD 1.1: the whole graph, each label a named graph
    ttl         Turtle, without labels; with --reifiers RDF 1.2, in which a
                claim is the reifier of the triples that it states, and kg
                load reads it as a claim
    graphml     a network for Gephi, networkx, igraph and others
    gexf        a network for Gephi and graphology
    csv         a network as two tables, FILE.nodes.csv and FILE.edges.csv,
                with the headers that Neo4j's importer reads
    ftm         entities of FollowTheMoney, one per line; also for files that
                end in .ftm.json
    statements  FollowTheMoney's statements, one row per value of a claim, with
                its provenance; also for files that end in .statements.csv
    site        a folder with the pages of kg serve, to be opened without a
                server; --out is the folder

In a network the entities are nodes, and a quad between two entities is an edge with
its claim, speaker, stance, who denies it, its source and locator. Denied and
retracted edges are left out, since a line between two nodes reads like a fact.
Losses of a format are counted on standard error; --losses FILE lists them, entity by
entity.

--sources A,B writes only what these sources say, with the background they need.
--without-notes leaves out annotators' notes. --redact PERSON removes a name from the
whole output, and refuses if a part of the name would stay: kg help share.`

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
	cmd.Flags().StringVar(&f.losses, "losses", "", "the CSV `file` that lists what the format loses of each entity")
	cmd.Flags().BoolVar(&f.opt.Reified, "reifiers", false, "write RDF 1.2 Turtle, with claims as reifiers")
	cmd.Flags().BoolVar(&f.opt.WithoutDecisions, "without-decisions", false, "leave out the decisions of kg retract and kg restore")
	f.part.add(cmd)
	cmd.Flags().BoolVar(&f.hash, "hash", false, "print the SHA-256 of the N-Quads instead")
	return cmd
}

// format returns the format of --to or of the file's ending.
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
		return "", usagef("--reifiers is for Turtle, not for %s", format)
	case format == siteFormat:
		return format, f.checkSite()
	case format == graph.CSV && (f.file == "" || f.file == "-"):
		return "", usagef("csv is two files: --out NAME.csv writes NAME.nodes.csv and NAME.edges.csv")
	}
	return format, nil
}

// export writes the graph, and returns what the format lost.
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

// writeFile writes a file, compressed if its name ends in .gz.
func (a *app) writeFile(name string, write func(io.Writer) error) error {
	if strings.HasSuffix(name, ".gz") {
		write = packed(write)
	}
	if err := a.replaceFile(name, write); err != nil {
		return fmt.Errorf("writing %q: %w", name, err)
	}
	return nil
}

// packed compresses the output of write.
func packed(write func(io.Writer) error) func(io.Writer) error {
	return func(w io.Writer) error {
		z := gzip.NewWriter(w)
		if err := write(z); err != nil {
			return err
		}
		return z.Close()
	}
}
