package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"kg/internal/document"
	"kg/internal/mapping"
	"kg/schema"
)

// tables returns a reader of tables by the mapping of the flags.
func (a *app) tables(f quadsFlags) claimsReader {
	return func(cmd *cobra.Command, files []string, o *schema.Ontology, base schema.Base) ([]*document.Checked, error) {
		if f.mapping == "-" {
			return nil, usagef("--map takes a file, not standard input")
		}
		text, err := a.readInput(cmd, "mapping", f.mapping)
		if err != nil {
			return nil, err
		}
		m, err := mapping.Read(f.mapping, text, o)
		if err != nil {
			return nil, err
		}
		if len(files) > 1 && !m.OfFile() {
			return nil, usagef("%d tables, and the mapping names one source: put {file} into its id and its title, so that each table is a source", len(files))
		}
		var docs []*document.Checked
		var errs []error
		for _, name := range files {
			mapped, err := a.readTable(cmd, m, name, f.formatOf(name), o, base)
			if errs = append(errs, err); err == nil {
				a.sayLeft(name, mapped)
				docs = append(docs, mapped.Checked)
			}
		}
		return docs, errors.Join(errs...)
	}
}

func (a *app) readTable(cmd *cobra.Command, m *mapping.Mapping, name, format string, o *schema.Ontology, base schema.Base) (*mapping.Mapped, error) {
	in, err := a.openTable(cmd, name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return await(cmd.Context(), func() (*mapping.Mapped, error) {
		return m.Read(mapping.SourceTable{Name: name, Format: format, In: in}, o, base)
	})
}

// openTable opens a table, unpacked, or standard input.
func (a *app) openTable(cmd *cobra.Command, name string) (io.ReadCloser, error) {
	if name != "-" {
		return openInput("table", name, nil)
	}
	in, err := a.stdin(cmd, "table")
	if err != nil {
		return nil, err
	}
	return io.NopCloser(in), nil
}

// sayLeft prints the cells and rows of a table that no claim uses.
func (a *app) sayLeft(name string, m *mapping.Mapped) {
	var left, ignored []string
	for _, l := range m.Left {
		s := fmt.Sprintf("%s (%s)", l.Column, thousands(l.Cells))
		if l.Ignored {
			ignored = append(ignored, s)
		} else {
			left = append(left, s)
		}
	}
	file := filepath.Base(name)
	fmt.Fprintf(a.err, "%s: %s, %s\n", file, plural(m.Rows, "row"), plural(m.Cells, "cell"))
	for _, p := range []struct {
		list []string
		says string
	}{{left, "cells that the mapping makes nothing of"}, {ignored, "cells left out, as the mapping says (ignore)"}} {
		if len(p.list) > 0 {
			fmt.Fprintf(a.err, "%s: %s: %s\n", file, p.says, strings.Join(p.list, ", "))
		}
	}
	for _, p := range []struct {
		n    int
		says string
	}{
		{m.Silent, "of which the mapping makes no claim"}, {m.Again, "that an earlier row says word for word"},
	} {
		if p.n > 0 {
			fmt.Fprintf(a.err, "%s: %s %s\n", file, plural(p.n, "row"), p.says)
		}
	}
	if m.Noted > 0 {
		fmt.Fprintf(a.err, "%s: %s could not be read, and stands in the note of its claim (else: note)\n", file, plural(m.Noted, "cell"))
	}
}
