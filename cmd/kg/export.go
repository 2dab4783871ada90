package main

import (
	"compress/gzip"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"kg/graph"
)

const exportHelp = `Export writes the whole graph as canonical N-Quads: one quad a line, sorted by
code point, none twice. Equal graphs are equal files, in whatever order their
sources were loaded. A FILE that ends in .gz is packed; - or no FILE is standard
output. --hash prints the SHA-256 of the N-Quads instead.`

func newExport(a *app) *cobra.Command {
	var file string
	var hash bool
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write the graph as canonical N-Quads",
		Long:  exportHelp,
		Args:  takes(0, 0, ""),
		RunE: func(*cobra.Command, []string) error {
			store, err := graph.Open(a.settings.db)
			if err != nil {
				return err
			}
			switch {
			case hash && file != "":
				return usagef("give --hash or -o, not both")
			case hash:
				sum, err := store.Hash()
				if err == nil {
					_, err = fmt.Fprintln(a.out, sum)
				}
				return err
			case file == "" || file == "-":
				return store.Export(a.out)
			}
			if err := graph.ReplaceFile(file, exporter(store, file)); err != nil {
				return fmt.Errorf("writing %q: %w", file, err)
			}
			return nil
		},
	}
	cmd.Flags().StringVarP(&file, "output", "o", "", "the `file` to write")
	cmd.Flags().BoolVar(&hash, "hash", false, "print the SHA-256 of the N-Quads instead")
	return cmd
}

func exporter(store *graph.Store, file string) func(io.Writer) error {
	if !strings.HasSuffix(file, ".gz") {
		return store.Export
	}
	return func(w io.Writer) error {
		z := gzip.NewWriter(w)
		if err := store.Export(z); err != nil {
			return err
		}
		return z.Close()
	}
}
