package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/spf13/cobra"

	"kg/graph"
	"kg/internal/document"
	"kg/internal/fold"
	"kg/internal/propose"
	"kg/internal/sourcetext"
	"kg/schema/edtf"
)

// newFlags are those of kg new.
type newFlags struct{ out, date, of string }

func newNew(a *app) *cobra.Command {
	_, manual := topic("new")
	var f newFlags
	cmd := &cobra.Command{
		Use:     "new --text TEXT",
		Short:   "Propose a claims file for a text, by rules",
		Long:    manual,
		Example: "  kg new --text courier.txt\n  kg new --text courier.txt --date 2019-04-08 --out courier.yaml",
		Args:    takes(0, 0, ""),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.newFile(cmd, f) },
	}
	cmd.Flags().StringVar(&f.out, "out", "", "write to `FILE`, which must not exist")
	cmd.Flags().StringVar(&f.date, "date", "", "the `day` of publication, if the text does not say")
	cmd.Flags().StringVar(&f.of, "of", "", "propose another reading of the text of a `SOURCE`, such as kg:source/courier-2019")
	a.settings.addAuthor(cmd)
	return cmd
}

func (a *app) newFile(cmd *cobra.Command, f newFlags) error {
	switch day, err := edtf.Parse(f.date); {
	case a.settings.text == "":
		return usagef("kg new needs a text: --text FILE")
	case f.date != "" && (err != nil || day.Precision() != "day"):
		return usagef("--date takes the day of publication, such as 2019-04-08, not %q", f.date)
	}
	var reading quad.IRI
	if f.of != "" {
		var err error
		if reading, err = a.settings.base().ParseSource(f.of); err != nil {
			return usageError{fmt.Errorf("--of: %w", err)}
		}
	}
	if f.out != "" {
		if err := notThere(f.out); err != nil {
			return err
		}
	}
	p, err := a.propose(cmd, f.date)
	if err != nil {
		return err
	}
	if reading != "" {
		p.Of = a.settings.base().Short(reading)
		if a.settings.base().Source(p.ID) == reading {
			p.ID = readingID(p.ID, a.settings.author)
		}
	}
	file, err := p.File(a.settings.author, f.out == "" && terminalOf(a.out) != nil)
	if err != nil {
		return err
	}
	if f.out == "" {
		_, err = io.WriteString(a.out, printableLines(string(file)))
		return err
	}
	return a.writeProposal(p, f.out, file)
}

// readingID returns the id of another reading of a source, from its annotator; without
// one it is blank, since a source cannot be a reading of itself.
func readingID(id, author string) string {
	if fold.Slug(author) == "" {
		return ""
	}
	return fold.Slug(id, author)
}

// writeProposal writes a new claims file, and the text beside it if kg extracted the
// text from a document.
func (a *app) writeProposal(p *propose.Proposal, out string, file []byte) error {
	if err := a.settled(); err != nil {
		return err
	}
	if err := a.writeText(p.Text()); err != nil {
		return err
	}
	if err := writeNew(out, file); err != nil {
		return err
	}
	fmt.Fprintf(a.err, "%s: %s, %s, %s, %s\nnow fill in what is blank (%s), and try it: kg load --dry-run %s\n", out,
		plural(len(p.Names), "name"), plural(len(p.Dates), "date"), plural(len(p.Amounts), "amount"), plural(len(p.Speeches), "statement"), document.Blank, out)
	return nil
}

// propose makes a proposal for the text.
func (a *app) propose(cmd *cobra.Command, date string) (*propose.Proposal, error) {
	text, hints, err := a.textAndHints(cmd, date)
	if err != nil {
		return nil, err
	}
	o, err := a.ontology()
	if err != nil {
		return nil, err
	}
	return propose.Text(text, o, hints)
}

// textAndHints reads the text, and looks its names up in the store, if there is one.
func (a *app) textAndHints(cmd *cobra.Command, date string) (*sourcetext.Text, propose.Hints, error) {
	none := propose.Hints{}
	b, err := a.readInput(cmd, "the text", a.settings.text)
	if err != nil {
		return nil, none, err
	}
	text, err := sourcetext.Read(a.settings.text, b)
	if err != nil {
		return nil, none, inputError{fmt.Errorf("reading the text %q: %w", a.settings.text, err)}
	}
	v, err := a.wholeView()
	if errors.Is(err, graph.ErrNoStore) {
		v, err = nil, nil // then no name is known
	}
	if err != nil {
		return nil, none, err
	}
	id := strings.TrimSuffix(filepath.Base(a.settings.text), ".gz")
	if a.settings.text == "-" {
		id = ""
	}
	return text, propose.Hints{ID: strings.TrimSuffix(id, filepath.Ext(id)), Date: date, Known: func(name string) (*propose.Known, error) {
		return knownName(cmd.Context(), v, name)
	}}, nil
}

// knownName returns the only entity of the store with a name, in any language, other
// names included, or nil.
func knownName(ctx context.Context, v *graph.View, name string) (*propose.Known, error) {
	if v == nil {
		return nil, nil
	}
	found, _, err := v.FindAll(ctx, name, graph.FindOptions{Limit: 20})
	if err != nil {
		return nil, err
	}
	var known *propose.Known
	for _, f := range found {
		id, is := v.Base.NamedID(f.IRI)
		if !is || f.ByKind || fold.Name(f.Matched) != fold.Name(name) {
			continue
		}
		if known != nil {
			return nil, nil // two go by it
		}
		known = &propose.Known{ID: id, Kind: f.Kind, Name: f.Name}
	}
	return known, nil
}

// writeText writes the text of a document beside the document, for checking the claims.
func (a *app) writeText(text *sourcetext.Text) error {
	name, words, err := a.textBeside(text)
	if name == "" || err != nil {
		return err
	}
	if err := writeNew(name, []byte(words)); err != nil {
		return err
	}
	fmt.Fprintf(a.err, "%s: the text of %s, extracted by %s\n", name, a.settings.text, text.Extractor)
	return nil
}

// textBeside returns the file to write the text of a document to; none if the document
// is a text, or the file has the text already. Another text there is an error.
func (a *app) textBeside(text *sourcetext.Text) (name, words string, err error) {
	if text.FromFile == "" || a.settings.text == "-" {
		return "", "", nil
	}
	name = a.settings.text + sourcetext.Ending
	words, _ = text.Passage(0, text.Len(), "")
	if there, err := os.ReadFile(name); err == nil {
		if string(there) == words {
			return "", "", nil
		}
		return "", "", inputError{fmt.Errorf("%q is not the text that %s extracts from %q: rename or remove it", name, text.Extractor, a.settings.text)}
	}
	return name, words, nil
}

// notThere returns an error if a file exists, for verbs that never replace one.
func notThere(name string) error {
	if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
		if err == nil {
			err = usagef("%q exists already: name a file that does not", name)
		}
		return err
	}
	return nil
}

// writeNew creates a file, which must not exist.
func writeNew(name string, b []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return fmt.Errorf("writing a new file: %w", err)
	}
	if _, err := f.Write(b); err != nil {
		return errors.Join(fmt.Errorf("writing %q: %w", name, err), f.Close(), os.Remove(name))
	}
	return f.Close()
}

// printableLines is printable line by line.
func printableLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = printable(line)
	}
	return strings.Join(lines, "\n")
}
