package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"kg/internal/claimsfile"
	"kg/internal/files"
)

const fmtHelp = `Fmt formats claims files in one layout: sections and fields in a fixed order, one
line per entity, one per locator, and one for the edges of a subject if they fit. It
does not change the content, and keeps comments: a comment within lines that become
one is moved above that line. Fmt prints the file, or with --write replaces it.
--check lists the files that are formatted differently; the exit code is then 1.`

func newFmt(a *app) *cobra.Command {
	var write, check bool
	cmd := &cobra.Command{
		Use:   "fmt FILE…|-",
		Short: "Format claims files",
		Long:  fmtHelp,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("kg fmt takes claims files, or - for standard input")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if write && check {
				return usagef("--write changes files and --check does not: give one of them")
			}
			found := false
			var errs []error
			for _, name := range args {
				if write && (name == "-" || strings.HasSuffix(name, ".gz")) {
					return usagef("--write needs files that are not packed, not %q", name)
				}
				other, err := a.format(cmd, name, write, check)
				found, errs = found || other, append(errs, err)
			}
			if err := errors.Join(errs...); err != nil || !found {
				return err
			}
			return errFound
		},
	}
	cmd.Flags().BoolVarP(&write, "write", "w", false, "replace each FILE by the result")
	cmd.Flags().BoolVar(&check, "check", false, "list the files that would change")
	return cmd
}

// format formats a file, and reports whether --check found it formatted differently.
func (a *app) format(cmd *cobra.Command, name string, write, check bool) (found bool, err error) {
	was, err := a.readInput(cmd, "claims", name)
	if err != nil {
		return false, err
	}
	is, err := claimsfile.Format(name, was)
	same := bytes.Equal(was, is)
	switch {
	case err != nil || write && same:
		return false, err
	case write:
		return false, files.Replace(name, func(w io.Writer) error { _, err := w.Write(is); return err })
	case check && !same:
		_, err = fmt.Fprintln(a.out, name)
		return true, err
	case check:
		return false, nil
	}
	_, err = a.out.Write(is)
	return false, err
}
