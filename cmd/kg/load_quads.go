package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"kg/graph"
	"kg/internal/ftm"
	"kg/schema"
)

// quadsFlags are the flags of kg load for quads or tables.
type quadsFlags struct {
	from      string // what standard input holds, or files of another name
	label     string
	baseIRI   string
	keepGoing bool
	mapping   string // of tables
}

// ofQuads reports whether a flag is given that is not for claims files.
func (f quadsFlags) ofQuads() bool { return f.label != "" || f.baseIRI != "" || f.keepGoing }

// formatOf returns the format of a file: by --from, its name, or its beginning.
func (f quadsFlags) formatOf(name string) string {
	if f.from != "" {
		return f.from
	}
	ending := strings.ToLower(strings.TrimPrefix(filepath.Ext(strings.TrimSuffix(name, ".gz")), "."))
	text := head(name)
	if f.mapping == "" && ftm.Are(text) { // statements are a table too
		return ftmFormat
	}
	if holdsOf(ending) != "" {
		return ending
	}
	if format := byContent[seems(name, text)]; format != "" && ending != "yml" {
		return format
	}
	return "yaml"
}

// byContent maps the detected content of a text to a format of quads. TriG is a superset
// of Turtle, so the beginning of a text need not distinguish them.
var byContent = map[string]string{"N-Quads or N-Triples": "nq", "Turtle": "trig", "TriG": "trig", "JSON-LD": "jsonld"}

// head returns the beginning of a regular file, unpacked. It is empty if the file cannot
// be read, which reading it will report.
func head(name string) []byte {
	if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() {
		return nil
	}
	in, err := openInput("quads", name, nil)
	if err != nil {
		return nil
	}
	defer in.Close()
	text, _ := io.ReadAll(io.LimitReader(in, 4096))
	return text
}

// helps adds to an error in a file the flag that would avoid it.
func (f quadsFlags) helps(err error) error {
	syntax := new(graph.SyntaxError)
	switch {
	case !errors.As(err, &syntax):
	case f.label == "" && strings.Contains(syntax.Msg, "which every quad here needs"):
		return fmt.Errorf("%w; --label IRI gives one to triples", err)
	case f.baseIRI == "" && strings.Contains(syntax.Msg, "an absolute IRI (one with a scheme)"):
		return fmt.Errorf("%w; --base-iri IRI resolves relative ones", err)
	}
	return err
}

// options returns the flags as options of Store.LoadQuads.
func (f quadsFlags) options(base schema.Base) (opt graph.LoadOptions, err error) {
	opt.Base, opt.BaseIRI = base, f.baseIRI
	if f.label != "" {
		if opt.Label, err = base.Expand(f.label); err != nil {
			return opt, usagef("--label: %w", err)
		}
	}
	if opt.BaseIRI != "" {
		if err := schema.CheckIRI(opt.BaseIRI); err != nil {
			return opt, usagef("--base-iri: %w", err)
		}
	}
	return opt, nil
}

func (a *app) loadQuads(cmd *cobra.Command, names []string, f quadsFlags, load graph.LoadOptions) error {
	defer collectOften()()
	opt, err := f.options(a.settings.base())
	if err != nil {
		return err
	}
	opt.DryRun, opt.Replace = load.DryRun, load.Replace
	rejects := &rejects{}
	defer rejects.close()
	if f.keepGoing {
		opt.Rejects = rejects
	}
	in := &quadInputs{}
	defer in.close()
	if in.entities, err = a.entitiesOf(names, f, opt); err != nil {
		return err
	}
	for _, name := range names {
		if err := in.add(a, cmd, name, f.formatOf(name)); err != nil {
			return err
		}
	}
	store, err := a.toLoad(opt.DryRun)
	if err != nil {
		return err
	}
	report, end := a.progress()
	opt.Report = in.ofFiles(report)
	result, err := store.LoadQuads(cmd.Context(), in.files, opt)
	end()
	if mistake := new(ftm.Error); errors.As(err, &mistake) {
		return inputError{mistake}
	}
	if err != nil {
		return otherQuads(in, f.helps(err))
	}
	in.entities.tell(a.err)
	rejected, err := rejects.keep(names[0])
	if err != nil {
		return fmt.Errorf("the other lines are loaded; keeping those that were rejected: %w", err)
	}
	if err := a.print(cmd, loadedQuads(result, opt.Replace)); err != nil {
		return err
	}
	if result.Blank > 0 {
		fmt.Fprintf(a.err, "blank nodes named by what is said of them: %s\n", thousands(result.Blank))
	}
	if !opt.DryRun {
		if err := a.upToDate(cmd.Context(), store); err != nil {
			return err
		}
	}
	return rejectedLines(result.Rejected, rejected, opt.DryRun)
}

// rejectedLines returns the error of a load that skipped lines and wrote them to a file.
func rejectedLines(n int, file string, dryRun bool) error {
	if n == 0 {
		return nil
	}
	has := "has"
	if dryRun {
		has = "would have"
	}
	return inputError{fmt.Errorf("%s rejected: %s %s them, each with the reason", plural(n, "line"), file, has)}
}

// loadedQuads lists the result of a load of quads.
func loadedQuads(result graph.Loaded, replaced bool) *listing {
	l := &listing{columns: []string{"quads read", "quads added", "lines rejected"}}
	cells := []graph.Cell{number(result.Read), number(result.Added), number(result.Rejected)}
	if replaced {
		l.columns, cells = append(l.columns, "quads removed"), append(cells, number(result.Removed))
	}
	l.rows = append(l.rows, listingRow{cells: cells})
	return l
}
