package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/spf13/cobra"

	"kg/graph"
)

const exportHelp = `Export writes the whole graph as canonical N-Quads: one quad a line, sorted by
code point, none twice. Equal graphs are equal files, in whatever order their
sources were loaded. A FILE that ends in .gz is packed; - or no FILE is standard
output. --hash prints the SHA-256 of the N-Quads instead. What is retracted is in
it, and so are the decisions to retract it; --without-decisions leaves these out.`

func newExport(a *app) *cobra.Command {
	var file string
	var hash bool
	var opt graph.ExportOptions
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write the graph as canonical N-Quads",
		Long:  exportHelp,
		Args:  takes(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if hash && file != "" {
				return usagef("give --hash or --out, not both")
			}
			if err := checkExport(file); err != nil {
				return err
			}
			store, err := a.keep(graph.Open(a.settings.db))
			if err != nil {
				return err
			}
			var end func()
			opt.Report, end = a.progress()
			defer end()
			if hash {
				sum, err := store.Hash(cmd.Context(), opt)
				if err == nil {
					_, err = fmt.Fprintln(a.out, sum)
				}
				return err
			}
			write := func(w io.Writer) error { return store.Export(cmd.Context(), w, opt) }
			if file == "" || file == "-" {
				return write(a.out)
			}
			if strings.HasSuffix(file, ".gz") {
				write = packed(write)
			}
			if err := graph.ReplaceFile(file, write); err != nil {
				return fmt.Errorf("writing %q: %w", file, err)
			}
			return nil
		},
	}
	cmd.Flags().StringVarP(&file, "out", "o", "", "the `file` to write: .nq or .nq.gz")
	cmd.Flags().BoolVar(&opt.WithoutDecisions, "without-decisions", false, "leave out what kg retract and kg restore decided")
	cmd.Flags().BoolVar(&hash, "hash", false, "print the SHA-256 of the N-Quads instead")
	return cmd
}

// checkExport refuses a file whose ending says that it is something else.
func checkExport(file string) error {
	ending := strings.ToLower(strings.TrimPrefix(filepath.Ext(strings.TrimSuffix(file, ".gz")), "."))
	if is := byEnding[ending]; is != "" {
		return usagef("exporting to %q: the ending is that of %s, and kg export writes N-Quads: name the file .nq or .nq.gz", file, is)
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
