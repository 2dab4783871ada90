package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"kg/data"
)

// fix checks a claims file against the text, and rewrites its locators.
func (a *app) fix(cmd *cobra.Command, f verifyFlags, texts *data.Texts) error {
	file, err := a.readInput(cmd, "claims", f.fix)
	if err != nil {
		return err
	}
	one, v, err := a.verifyFile(cmd, f.fix, file, texts)
	if err != nil {
		return err
	}
	if err := a.printVerdicts(cmd, v, []*data.Verified{one}, f); err != nil {
		return err
	}
	fixed, n, err := one.Fix(f.fix, file)
	if err != nil {
		return err
	}
	if string(fixed) != string(file) {
		put := func(w io.Writer) error { _, err := w.Write(fixed); return err }
		if err := a.replaceFile(f.fix, put); err != nil {
			return fmt.Errorf("writing %q: %w", f.fix, err)
		}
	}
	left := one.Left()
	fmt.Fprintf(a.err, "%s: %s corrected, %d left\n", f.fix, plural(n, "locator"), left)
	if left > 0 || one.State == data.NoText {
		return errFound
	}
	return nil
}
