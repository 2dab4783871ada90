package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kg/cmd/kg/model"
	"kg/internal/propose"
	"kg/internal/sourcetext"
	"kg/schema/edtf"
)

// keyVariable is the environment variable with the key of a model's server. The key is
// neither a flag nor a setting in kg.yaml, which others can read.
const keyVariable = "KG_MODEL_KEY"

// draftRun runs kg draft: its flags and its counts.
type draftRun struct {
	*app
	hints              propose.Hints
	address, name, out string
	allowHTTP          bool
	timeout            time.Duration
	client             *model.Client
	unreadable         int   // answers
	ended              error // after some answers
}

func newDraft(a *app) *cobra.Command {
	_, manual := topic("draft")
	d := &draftRun{app: a}
	cmd := &cobra.Command{
		Use:   "draft --text TEXT --model URL --model-name NAME",
		Short: "Draft the claims of a text with your language model",
		Long:  manual,
		Example: `  kg draft --text courier.txt --model http://127.0.0.1:11434 \
      --model-name llama3.1 --publisher "NewsMedia The Courier"`,
		Args: takes(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error { return d.run(cmd) },
	}
	f := cmd.Flags()
	f.StringVar(&d.address, "model", "", "the `URL` of an OpenAI-compatible server; nothing is sent anywhere else")
	f.StringVar(&d.name, "model-name", "", "the `name` of the model, as the server knows it")
	f.BoolVar(&d.allowHTTP, "allow-http", false, "send text and key to another machine over http, unencrypted")
	f.DurationVar(&d.timeout, "timeout", 5*time.Minute, "the `time` limit for an answer")
	f.StringVar(&d.hints.Publisher, "publisher", "", "the publisher of the text: its `kind and name`, or a name that the store has")
	f.StringVar(&d.hints.Title, "title", "", "the `title` of the source, if the text has none")
	f.StringVar(&d.hints.Date, "date", "", "the `day` of publication, if the text does not say")
	f.StringVar(&d.hints.Language, "language", "", "the `language` of the text, such as en, if kg does not detect it")
	f.StringVar(&d.out, "out", "", "write to `FILE`, which must not exist")
	a.settings.addAuthor(cmd)
	return cmd
}

// run checks everything that can be checked before anything is sent.
func (d *draftRun) run(cmd *cobra.Command) error {
	day, err := edtf.Parse(d.hints.Date)
	switch {
	case d.settings.text == "":
		return usagef("kg draft needs a text: --text FILE")
	case d.hints.Date != "" && (err != nil || day.Precision() != "day"):
		return usagef("--date takes the day of publication, such as 2019-04-08, not %q", d.hints.Date)
	}
	if err := d.server(); err != nil {
		return err
	}
	if d.out != "" {
		if err := notThere(d.out); err != nil {
			return err
		}
		if info, err := os.Stat(filepath.Dir(d.out)); err != nil || !info.IsDir() {
			return usagef("--out %q: there is no folder %q", d.out, filepath.Dir(d.out))
		}
	}
	drafting, text, err := d.read(cmd)
	if err != nil {
		return err
	}
	if d.out != "" {
		if _, _, err := d.textBeside(text); err != nil {
			return err
		}
	}
	if err := d.ask(cmd, drafting); err != nil {
		return err
	}
	return d.write(cmd, drafting, text)
}

// server reads the address and the name of the model. Neither has a default, so that
// nothing is sent by mistake.
func (d *draftRun) server() error {
	switch {
	case d.address == "":
		return usagef("kg draft needs a server: --model URL, such as http://127.0.0.1:11434; without a model, kg new proposes by rules")
	case strings.TrimSpace(d.name) == "" || len(d.name) > 100 || printable(d.name) != d.name || strings.ContainsAny(d.name, "\n\t"):
		return usagef("kg draft needs the name of the model, in a line of 100 characters at most: --model-name NAME, such as llama3.1")
	case d.timeout <= 0:
		return usagef("--timeout takes a time such as 5m, not %s", d.timeout)
	}
	address, err := model.ParseAddress(d.address)
	if err != nil {
		return usageError{fmt.Errorf("--model: %w", err)}
	}
	if address.Plain() {
		if !d.allowHTTP {
			return usagef("--model %q is http, unencrypted, and anyone on the way to %s can read the text: use https, or give --allow-http", d.address, address.Host())
		}
		what := "the text goes"
		if os.Getenv(keyVariable) != "" {
			what = "the text and the key go"
		}
		d.warn(fmt.Errorf("%s to %s over http, unencrypted: anyone on the way can read", what, address.Host()))
	}
	d.client = &model.Client{
		Address: address, Model: d.name, Key: os.Getenv(keyVariable), Agent: "kg/" + thisBuild().version, Timeout: d.timeout,
		Note: func(what string) { fmt.Fprintln(d.err, printable(what)) },
	}
	if strings.TrimSpace(d.client.Key) != d.client.Key || printable(d.client.Key) != d.client.Key {
		return usagef("%s has spaces at its ends, or characters that a key cannot have", keyVariable)
	}
	return nil
}

// read reads the text, and completes the source from flags and store.
func (d *draftRun) read(cmd *cobra.Command) (*propose.Drafting, *sourcetext.Text, error) {
	text, hints, err := d.textAndHints(cmd, d.hints.Date)
	if err != nil {
		return nil, nil, err
	}
	o, err := d.ontology()
	if err != nil {
		return nil, nil, err
	}
	d.hints.ID, d.hints.Date, d.hints.Known, d.hints.Annotator = hints.ID, hints.Date, hints.Known, d.settings.author
	drafting, err := propose.NewDrafting(text, o, d.hints)
	if err != nil {
		return nil, nil, usageError{fmt.Errorf("drafting the claims of %q: %w", d.settings.text, err)}
	}
	return drafting, text, nil
}

// ask sends one request per part of the text. An answer that cannot be read loses only
// its part. A server that fails ends the run; earlier answers are kept.
func (d *draftRun) ask(cmd *cobra.Command, drafting *propose.Drafting) error {
	_, last := drafting.Paragraphs(drafting.Parts() - 1)
	fmt.Fprintf(d.err, "asking %s at %s about %s in %s\n", d.name, d.client.Address.Host(), plural(last, "paragraph"), plural(drafting.Parts(), "question"))
	for part := range drafting.Parts() {
		instructions, text := drafting.Question(part)
		answer, err := d.client.Ask(cmd.Context(), model.Question{Instructions: instructions, Text: text, Schema: propose.AnswerSchema()})
		if err != nil && part > 0 && cmd.Context().Err() == nil {
			_, last := drafting.Paragraphs(part - 1)
			fmt.Fprintf(d.err, "there is no answer for the text after paragraph %d; the answers before it are kept\n", last)
			d.ended = err
			return nil
		}
		if err != nil {
			return err
		}
		err = drafting.Answer(part, []byte(answer.Content), d.by(answer))
		if err == nil {
			if answer.Cut {
				fmt.Fprintf(d.err, "answer %d was cut off at a limit of the model or the server: claims may be missing\n", part+1)
			}
			continue
		}
		d.unreadable++
		first, last := drafting.Paragraphs(part)
		why := err.Error()
		if answer.Cut {
			why = "it was cut off at a limit of the model or the server: " + why
		}
		fmt.Fprintln(d.err, printable(fmt.Sprintf("answer %d, paragraphs %d to %d, cannot be read: %s", part+1, first, last, why)))
	}
	return nil
}

// by returns the value of drafted-by: kg and its version, the model, the server's name
// for it if that differs, and the day of the answer if the server gives it. All of it is
// from the flags or the answer, so that the same answer makes the same file.
func (d *draftRun) by(answer *model.Answer) string {
	by := "kg " + thisBuild().version + ", " + d.name
	if other := answer.Model; other != "" && other != d.name && len(other) <= 100 && printable(other) == other && !strings.ContainsAny(other, "\n\t") {
		by += " (" + other + ")"
	}
	if made := answer.Made; made.Year() >= 2020 && made.Year() < 2100 {
		by += ", " + made.Format(time.DateOnly)
	}
	return by
}

// write lists the dropped claims, and writes the others.
func (d *draftRun) write(cmd *cobra.Command, drafting *propose.Drafting, text *sourcetext.Text) error {
	file, err := drafting.File(cmd.Context())
	for _, dropped := range drafting.Dropped {
		fmt.Fprintln(d.err, "dropped:", printable(dropped.String()))
	}
	fmt.Fprintf(d.err, "%s proposed, %d kept, %d dropped; of entities %d proposed, %d kept\n",
		plural(drafting.Proposed, "claim"), drafting.Kept(), len(drafting.Dropped), drafting.Entities, drafting.Described)
	switch {
	case errors.Is(err, propose.ErrNothingKept):
		fmt.Fprintln(d.err, err)
		return cmp.Or(d.ended, errFound)
	case err != nil:
		return err
	}
	if key := d.client.Key; key != "" && strings.Contains(string(file), key) {
		return errors.New("the answer repeats the key: nothing is written")
	}
	if err := d.save(file, text); err != nil {
		return err
	}
	if d.unreadable > 0 {
		fmt.Fprintf(d.err, "of %s, %d could not be read\n", plural(drafting.Parts(), "answer"), d.unreadable)
		return cmp.Or(d.ended, errFound)
	}
	return d.ended
}

func (d *draftRun) save(file []byte, text *sourcetext.Text) error {
	if d.out == "" {
		_, err := io.WriteString(d.app.out, printableLines(string(file)))
		return err
	}
	if err := d.writeText(text); err != nil {
		return err
	}
	if err := writeNew(d.out, file); err != nil {
		return err
	}
	fmt.Fprintf(d.err, "%s: all claims are drafts, and none counts until a person removes drafted-by: kg help draft\n", d.out)
	return nil
}
