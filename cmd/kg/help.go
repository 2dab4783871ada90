package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"kg/data"
	"kg/graph"
	"kg/queries"
	"kg/schema"
)

// helpTopics are what kg help knows beside the verbs.
func helpTopics() []*cobra.Command {
	topic := func(name, short, long string) *cobra.Command {
		return &cobra.Command{Use: name, Short: short, Long: long}
	}
	// What takes work to write is written when it is asked for: every verb
	// starts with this list.
	long := func(name, short string, text func() string) *cobra.Command {
		cmd := topic(name, short, "")
		cmd.SetHelpFunc(func(cmd *cobra.Command, _ []string) { fmt.Fprintln(cmd.OutOrStdout(), text()) })
		return cmd
	}
	return []*cobra.Command{
		topic("exit-codes", "What kg's exit codes mean", exitCodesTopic),
		topic("settings", "Flags, environment and kg.yaml", settingsTopic),
		topic("hand-over", "How to hand a graph over", handOverTopic),
		topic("formats", "How answers are printed", formatsTopic),
		long("gizmo", "What a query can call", graph.GizmoHelp),
		long("claims", "How a claims file is written", func() string {
			return comment(data.Doc) + "\n\nThe example:\n\n" + strings.TrimSpace(data.Example)
		}),
		long("queries", "How a saved query is written", func() string { return comment(queries.Doc) }),
		long("kinds", "How a kind is written", func() string { return comment(schema.Doc) }),
	}
}

// comment is the text of a Go file that holds a comment and no more: those who
// have kg alone cannot ask go doc.
func comment(file string) string {
	var b strings.Builder
	for line := range strings.Lines(file) {
		if text, ok := strings.CutPrefix(line, "//"); ok {
			b.WriteString(strings.TrimPrefix(text, " "))
		}
	}
	return strings.ReplaceAll(strings.TrimSpace(b.String()), "\t", "    ")
}

const exitCodesTopic = `kg exits with

  0    done
  1    a check found something (kg check, kg query test)
  2    the command line is wrong: an unknown flag, query, parameter or entity
  3    the input is wrong: a claims file, a kind, a query's text, a conflict
       with what is in the store
  4    the store or a file could not be read or written
  130  interrupted`

const settingsTopic = `A setting comes from its flag, or else from the environment, or else from
kg.yaml in the working directory:

  flag       variable    kg.yaml  is
  --db       KG_DB       db       the store's file (kg.db)
  --base     KG_BASE     base     the IRI under which entities, claims and sources live
  --schema   KG_SCHEMA   schema   a folder with kinds of your own
  --queries  KG_QUERIES  queries  a folder with saved queries of your own;
                                  without it, queries beside kg.yaml
  --text     KG_TEXT     text     the file or folder with the texts of sources
  --lang     KG_LANG     lang     the languages to show names in, BCP 47 tags such
                                  as de or de-AT,fr; without it, the language of
                                  the locale: LC_ALL, LC_MESSAGES or LANG

Of names in several languages the first of these is shown: one in a language of
yours, in the order you give; one without a language; one tagged mul; an English
one; any other, in the order of the tags. A name in de serves for de-AT, one in
zh-Hans not for zh-Hant. und is no language of yours at all. On the pages of kg
serve the browser's Accept-Language goes before these settings. Names from claims
files have no language: a row shows the one that its own earliest source gives.

kg load has one more, --background, KG_BACKGROUND or background: with off it
leaves out what every reader knows, such as in what country a city lies.

NO_COLOR turns colours off.`

const handOverTopic = `A graph is one file: kg.db, or what --db names. When a verb has ended, copy that
file, send it, keep it: kg --db FILE asks it anywhere. The file kg.db.lock beside
it stays where it is.

A store of more than 8 MB keeps what was loaded last in a second file,
kg.db.journal, and so does any store while kg serve --writable runs, or after a
kg was killed. Then copy both, while no kg writes. kg.db without its journal is
an error that names it, never an older graph. A hard link is no copy: it is the
same file, and changes with it. To put another store into the place of one that
is in use, copy it beside that one and rename it with mv: cp FILE kg.db cuts the
store under those who read it, and what they ask ends in an error.

kg export -o graph.nq.gz writes the graph as N-Quads, for other programs or
another version of kg; kg load graph.nq.gz puts it into a store. kg export --hash
prints a line that is the same wherever the graph is.

The words of the sources are in none of these: a text is handed over by itself.`

const formatsTopic = `-o chooses how rows are printed on standard output:

  table  columns for people; on a terminal long cells are wrapped, elsewhere they
         stand out of their column
  csv    comma-separated values with a header, as people read the cells (RFC 4180)
  tsv    the same with tabs
  json   an array of objects, one a row
  jsonl  one object a line

A spreadsheet runs a cell that begins with = + - or @ as a formula, and what a
source says may begin so. --csv-safe is for csv and tsv that a spreadsheet will
open: such a cell, and one that begins with a tab or a carriage return, gets an
apostrophe before it, a number is left as it is, and the file begins with a byte
order mark, by which Excel reads it as UTF-8. The pages of kg serve have it as
"CSV for spreadsheets", format=csv-safe in the address.

In JSON an IRI is {"@id": …, "name": …}, a text is a string, a number a
number, and any other literal {"@value": …, "@type": …} or {"@value": …,
"@language": …}. So is an integer beyond 2^53 - 1, in either direction, which
JavaScript would round. A quantity or date carries its figures: minValue,
maxValue, unitText, earliest, latest. A relation has beside its name its reading,
the words that the other formats have for it: "is governed by" where what it leads
to stands first. A cell without a value is null.

Where two values of a column differ by their language alone, people are shown the
language: colour @en, colour @fr.

With --evidence a row is followed by its claims: a block of lines in a table, a
line a claim in csv and tsv, the member evidence in json and jsonl.

Progress, counts and warnings go to standard error.`
