package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"kg/data"
	"kg/internal/files"
	"kg/internal/sourcetext"
)

const locateHelp = `Locate completes the draft of a claims file. It replaces quoted words

    at: "The ferry firm … last month."

by their locator in the text that --text gives: paragraph, start, end and SHA-256.
It also fills in the SHA-256 and length of the text itself. Locators that the file
has already are checked: if one does not match the text, that is an error, and
nothing is filled in. For words that are in no paragraph the error names the nearest
passage and the first character that differs; a similar passage is never accepted.
Locate prints the file, or with --write replaces it. The words of a source are never
stored.`

func newLocate(a *app) *cobra.Command {
	var write bool
	cmd := &cobra.Command{
		Use:   "locate FILE --text TEXT",
		Short: "Replace the quoted words of a draft by their locators in the text",
		Long:  locateHelp,
		Args:  takes(1, 1, "one FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if a.settings.text == "" {
				return usagef("kg locate needs the source's text: --text FILE")
			}
			if write && (args[0] == "-" || strings.HasSuffix(args[0], ".gz")) {
				return usagef("--write needs a FILE that is not packed, not %q", args[0])
			}
			draft, err := a.readInput(cmd, "draft", args[0])
			if err != nil {
				return err
			}
			b, err := a.readInput(cmd, "the text", a.settings.text)
			if err != nil {
				return err
			}
			text, err := sourcetext.Read(a.settings.text, b)
			if err != nil {
				return inputError{fmt.Errorf("reading the text %q: %w", a.settings.text, err)}
			}
			located, err := data.Locate(text, args[0], draft)
			file := located
			if err != nil {
				file = draft
			}
			left, failed := a.leftOf(args[0], file, text, err)
			if err := cmp.Or(failed, err); err != nil {
				return err
			}
			if len(left) > 0 {
				fmt.Fprintln(a.err, "the passages are located; kg load will refuse these mistakes:\n"+strings.Join(left, "\n"))
			}
			put := func(w io.Writer) error { _, err := w.Write(located); return err }
			if write {
				return files.Replace(args[0], put)
			}
			return put(a.out)
		},
	}
	cmd.Flags().BoolVarP(&write, "write", "w", false, "replace FILE by the result")
	return cmd
}

// leftOf returns the mistakes that a load would find beside the passages, so that one run
// reports all. If locating failed, err has the mistakes of both. Blanks are left out: they
// are still to be filled in.
func (a *app) leftOf(name string, file []byte, text *sourcetext.Text, locating error) (left []string, err error) {
	o, err := a.ontology()
	if err != nil {
		return nil, err
	}
	_, failed := data.ReadDraft(name, file, o, a.settings.base(), func(string) (*sourcetext.Text, error) { return text, nil })
	if failed == nil {
		return nil, nil
	}
	known := ""
	if locating != nil {
		known = strings.ReplaceAll(locating.Error(), "reading draft ", "reading claims ")
	}
	for line := range strings.SplitSeq(failed.Error(), "\n") {
		if !strings.Contains(known, line) && !strings.Contains(line, "still blank") {
			left = append(left, line)
		}
	}
	if locating == nil || len(left) == 0 {
		return left, nil
	}
	return nil, inputError{errors.New(locating.Error() + "\n" + strings.Join(left, "\n"))}
}
