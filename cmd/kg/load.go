package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"github.com/cayleygraph/quad"
	"github.com/spf13/cobra"

	"kg/data"
	"kg/graph"
	"kg/internal/document"
	"kg/internal/sourcetext"
	"kg/schema"
)

const loadHelp = `Load puts claims files into the store: all of them, or nothing. Without
arguments it loads the article that comes with kg. - is standard input, and a
file that ends in .gz is unpacked. kg help claims says how a claims file is
written. The store is created if there is no file; a file that is not a store is
refused and left unchanged.

A draft, which quotes passages instead of giving their locators, loads with --text:
kg finds the locators as kg locate does, and lists all mistakes at once. The file
itself is not changed.

Loading a file again changes nothing. A source that the store has with different
content is refused, and the error names the claims that differ; --replace loads the
new content. An id for which two sources give different names or kinds is refused
too; kg help claims says what sources share. A source that supersedes an older one
has an id of its own: --supersedes OLD retracts the older one, as kg retract does,
and needs --author. A decisions file is loaded by itself: kg help match.

kg adds common knowledge that no source states, such as the country a city lies in:
kg:source/background has a claim for each such fact about the entities of the store,
with a reference where it can be looked up, and an answer that needs such a claim
says "background". --background off removes these claims and loads none.

With --map MAPPING, files that end in .csv, .tsv, .xlsx or .jsonl are tables, and
the mapping says what their rows state: kg help tables. Cells that no claim uses are
counted by column. kg map FILE drafts a mapping.

Files that end in .nq, .nt, .ttl, .trig or .jsonld, or --from FORMAT, hold quads:
N-Quads, N-Triples, Turtle, TriG or JSON-LD. The format of a file with another
ending is detected from its beginning, where possible. Every quad needs a label,
which --label gives to quads without one, and absolute IRIs: relative IRIs are
resolved against --base-iri. A line that is not a quad, or a statement that is not
Turtle or TriG, stops the load, and nothing is loaded. With --keep-going it is
written to FILE.rejects with its reason (or to FILE.rejects.2 and so on, if that
exists), the others are loaded, and the exit code is 3 all the same. --replace with
--label replaces, in one step, all that the store has under that label; kg remove
deletes it. A JSON-LD document is read whole, with its own contexts only, and what
has no meaning as RDF is refused.

Entities of FollowTheMoney, as JSON lines or statements, are detected from the
beginning of the file, or named by --from ftm: kg help ftm.

In RDF 1.2 a reifier is a claim: the triple that it reifies is an edge that the
claim states. Properties of the reifier give the speaker, the source and the stance;
kg help share lists them. Everything else that RDF 1.1 does not have, such as a
triple term elsewhere or a literal with a base direction, is refused.

Blank nodes become IRIs that depend on their quads: the quads that blank nodes
connect are put into canonical form (W3C, RDFC-1.0), and its SHA-256 is in the IRI.
The order of lines, the labels of blank nodes, comments and other quads do not
change the IRI. Two blank nodes with equal quads in one file stay two; those of two
files become one. Nodes too similar to be told apart stop the load.`

func newLoad(a *app) *cobra.Command {
	var opt graph.LoadOptions
	var quads quadsFlags
	var supersedes string
	cmd := &cobra.Command{
		Use:   "load [FILE…|-]",
		Short: "Put claims files, quads or tables into the store",
		Long:  loadHelp,
		RunE: func(cmd *cobra.Command, files []string) error {
			hold, err := quads.hold(files)
			switch {
			case err != nil:
				return err
			case (hold == quadsFiles || hold == decisionsFiles) && supersedes != "":
				return usagef("--supersedes is for claims files: kg retract LABEL leaves another graph out")
			case hold == quadsFiles && opt.Replace && quads.label == "":
				return usagef("--replace of quads needs --label: what is under it is replaced")
			case hold == quadsFiles:
				return a.loadQuads(cmd, files, quads, opt)
			case hold == decisionsFiles:
				return a.loadDecisions(cmd, files, opt)
			}
			opt.Base = a.settings.base()
			if opt.NoBackground, err = a.settings.noBackground(); err != nil {
				return err
			}
			if supersedes != "" {
				if opt.By, err = a.settings.decider(); err != nil {
					return err
				}
				if opt.Supersedes, err = a.sourceOf(cmd, supersedes); err != nil {
					return err
				}
			}
			read := claimsReader(a.readClaims)
			if hold == tableFiles {
				read = a.tables(quads)
			}
			return a.load(cmd, files, opt, read)
		},
	}
	cmd.Flags().BoolVar(&opt.DryRun, "dry-run", false, "check, and list what would change, as kg diff does")
	cmd.Flags().BoolVar(&opt.Replace, "replace", false, "replace the content of a source that the store has, or all under --label")
	cmd.Flags().StringVar(&supersedes, "supersedes", "", "retract the older `SOURCE`, which the new one supersedes")
	a.settings.addAuthor(cmd)
	cmd.Flags().StringVar(&quads.from, "from", "", "the `format` of the files: yaml (claims), nq, nt, ttl, trig, jsonld, ftm, csv, tsv, xlsx or jsonl (default: by their names; of standard input yaml)")
	completeFlag(cmd, "from", formatNames(claimsFiles, quadsFiles, tableFiles))
	cmd.Flags().StringVar(&quads.mapping, "map", "", "a `mapping` that says what the rows of tables say: kg help tables")
	cmd.Flags().StringVar(&quads.label, "label", "", "the `IRI` that labels quads without a label, such as those of N-Triples")
	cmd.Flags().StringVar(&quads.baseIRI, "base-iri", "", "an absolute `IRI` to resolve relative IRIs of quads against")
	cmd.Flags().StringVar(&a.settings.background, "background", "on", "claims of common knowledge, `on` or off")
	cmd.Flags().BoolVar(&quads.keepGoing, "keep-going", false, "write lines or statements that are not quads to FILE.rejects, and load the others")
	addFormat(cmd)
	return cmd
}

// claimsReader reads and checks files, and returns all mistakes at once.
type claimsReader func(cmd *cobra.Command, files []string, o *schema.Ontology, base schema.Base) ([]*document.Checked, error)

func (a *app) load(cmd *cobra.Command, files []string, opt graph.LoadOptions, read claimsReader) error {
	defer collectOften()()
	o, err := a.ontology()
	if err != nil {
		return err
	}
	var docs []*document.Checked
	if len(files) == 0 {
		docs, err = bundled(o, opt.Base)
	} else {
		docs, err = read(cmd, files, o, opt.Base)
	}
	if err != nil {
		return err
	}
	if opt.Background, err = background(o, docs); err != nil {
		return err
	}
	store, err := a.toLoad(opt.DryRun)
	if err != nil {
		return err
	}
	report, err := store.Load(cmd.Context(), o, docs, opt)
	if err != nil {
		return err
	}
	for _, l := range report {
		for _, shared := range l.Shared {
			fmt.Fprintf(a.err, "%s is spoken of by other sources too: it is one entity\n", opt.Base.Short(shared))
		}
		if l.ReadingOf != "" {
			fmt.Fprintf(a.err, "%s is another reading of %s, which the store does not have: they are one origin once that is loaded, in whatever order\n", opt.Base.Short(l.Source), opt.Base.Short(l.ReadingOf))
		}
		a.sayOwn(l, docs, opt.Base)
		for _, join := range l.Missing {
			fmt.Fprintf(a.err, "warning: %s is the same as %s, which the store does not have: load its source, or correct same-as\n",
				opt.Base.ShortTerm(join.Subject), opt.Base.ShortTerm(join.Object))
		}
	}
	a.sayDecisions(report, opt)
	if opt.DryRun {
		changes, err := a.wouldChange(cmd, store, o, docs, report, opt)
		if err != nil {
			return err
		}
		if len(changes.rows) == 0 {
			fmt.Fprintln(a.err, "nothing would change")
		}
		return a.print(cmd, changes)
	}
	if err := a.print(cmd, loadedSources(report, opt.Base)); err != nil {
		return err
	}
	return a.upToDate(cmd.Context(), store)
}

// toLoad opens the store to load into. For a dry run it opens it for reading, or
// returns an empty store if there is none.
func (a *app) toLoad(dryRun bool) (*graph.Store, error) {
	if !dryRun {
		return a.create()
	}
	store, err := a.open()
	if errors.Is(err, graph.ErrNoStore) || errors.As(err, new(*graph.Stray)) {
		return a.keep(graph.Scratch(), nil)
	}
	return store, err
}

// toChange opens an existing store for writing or, for a dry run, for reading.
func (a *app) toChange(dryRun bool) (*graph.Store, error) {
	if dryRun {
		return a.open()
	}
	return a.openToWrite()
}

// sayOwn says how many entities of a source belong to it alone, if it shares others.
func (a *app) sayOwn(l graph.Loaded, docs []*document.Checked, base schema.Base) {
	i := slices.IndexFunc(docs, func(d *document.Checked) bool { return d.SourceIRI() == l.Source })
	if len(l.Shared) == 0 || i < 0 || docs[i].Own() == 0 {
		return
	}
	fmt.Fprintf(a.err, "entities of %s without a name, which no other source shares: %s; same-as joins them: kg help claims\n", base.Short(l.Source), thousands(docs[i].Own()))
}

// sayDecisions prints the sources that a load retracts, and warns of loaded sources that
// are retracted.
func (a *app) sayDecisions(report []graph.Loaded, opt graph.LoadOptions) {
	for _, l := range report {
		if d := l.Retracted; d != nil {
			fmt.Fprintf(a.err, "warning: %s is retracted and stays so: %s; kg restore undoes it\n", opt.Base.Short(l.Source), d.Because())
		}
		if d := l.Superseded; d != nil {
			is := "is"
			if opt.DryRun {
				is = "would be"
			}
			fmt.Fprintf(a.err, "%s %s retracted: %s\n", opt.Base.Short(d.On), is, d.Because())
		}
	}
}

// sourceOf resolves the name of a source of the store.
func (a *app) sourceOf(cmd *cobra.Command, name string) (quad.IRI, error) {
	store, err := a.open()
	if err != nil {
		return "", err
	}
	iri, err := store.WholeView(a.settings.base()).FindRetractable(cmd.Context(), name)
	return iri, errors.Join(err, a.drop(store))
}

// bundled returns the claims files that come with kg.
func bundled(o *schema.Ontology, base schema.Base) ([]*document.Checked, error) {
	names, err := fs.Glob(data.Bundled, "*.yaml")
	if err != nil {
		return nil, err
	}
	var docs []*document.Checked
	for _, name := range names {
		file, err := data.Bundled.ReadFile(name)
		if err != nil {
			return nil, err
		}
		doc, err := data.Read(name, file, o, base)
		if err != nil {
			return nil, err
		}
		docs = append(docs, doc)
	}
	return docs, nil
}

// background returns kg's background claims, once per base of the sources.
func background(o *schema.Ontology, docs []*document.Checked) (known []*document.Checked, err error) {
	for _, doc := range docs {
		if slices.ContainsFunc(known, func(b *document.Checked) bool { return b.Base() == doc.Base() }) {
			continue
		}
		b, err := data.Background(o, doc.Base())
		if err != nil {
			return nil, err
		}
		known = append(known, b)
	}
	return known, nil
}

// textOf returns the text that --text gives for a draft, or nil without --text. In a
// folder it is the text with the digest in the draft's source.
func (a *app) textOf(cmd *cobra.Command, sha256 string) (*sourcetext.Text, error) {
	if a.settings.text == "" {
		return nil, nil
	}
	if info, err := os.Stat(a.settings.text); err != nil || !info.IsDir() {
		b, err := a.readInput(cmd, "the text", a.settings.text)
		if err != nil {
			return nil, err
		}
		text, err := sourcetext.Read(a.settings.text, b)
		if err != nil {
			err = inputError{fmt.Errorf("reading the text %q: %w", a.settings.text, err)}
		}
		return text, err
	}
	if sha256 == "" {
		return nil, usagef("--text %q is a folder, and the source of the draft has no sha256 to find its text by: name the file of the text, and load one draft with it", a.settings.text)
	}
	texts, err := data.OpenTexts(a.settings.text)
	if err != nil {
		return nil, err
	}
	return texts.Of(sha256)
}

// readClaims reads all files before it fails, so that it returns all mistakes at once.
func (a *app) readClaims(cmd *cobra.Command, files []string, o *schema.Ontology, base schema.Base) ([]*document.Checked, error) {
	var docs []*document.Checked
	var errs []error
	for _, name := range files {
		file, err := a.readInput(cmd, "claims", name)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		doc, err := data.ReadDraft(name, file, o, base, func(sha256 string) (*sourcetext.Text, error) { return a.textOf(cmd, sha256) })
		docs, errs = append(docs, doc), append(errs, otherClaims(name, file, err))
		if err == nil && doc.Drafts() > 0 {
			fmt.Fprintf(a.err, "%s of %s left out, with the entities that only they use: to confirm a draft, remove its drafted-by\n", plural(doc.Drafts(), "draft"), name)
		}
	}
	return docs, errors.Join(errs...)
}

func loadedSources(report []graph.Loaded, base schema.Base) *listing {
	l := &listing{columns: []string{"source", "state", "entities", "claims", "quads added", "quads removed"}}
	for _, r := range report {
		state := "loaded"
		switch {
		case r.Added+r.Removed == 0:
			state = "unchanged"
		case r.Claims == 0 && r.Added == 0:
			state = "removed"
		case r.Removed > 0:
			state = "replaced"
		}
		source := graph.Cell{Value: r.Source, Text: base.Short(r.Source)}
		l.rows = append(l.rows, listingRow{cells: []graph.Cell{source, word(state), number(r.Entities), number(r.Claims), number(r.Added), number(r.Removed)}})
	}
	return l
}
