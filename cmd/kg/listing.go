package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"kg/graph"
	"kg/internal/languages"
	"kg/internal/strict"
)

// listing is rows for a renderer: columns and the cells beside them. A row may
// have details, such as the claims behind it, with columns of their own.
type listing struct {
	columns []string
	details []string // columns of the details; none without details
	nested  string   // what JSON calls the details
	rows    []listingRow
	neutral bool // csv and tsv have no cell that a spreadsheet takes for a formula
}

type listingRow struct {
	cells   []graph.Cell
	details [][]graph.Cell
}

// word is a cell of plain text.
func word(s string) graph.Cell { return graph.Cell{Value: quad.String(s), Text: s} }

// words are cells of plain text; the empty ones have no value.
func words(list ...string) []graph.Cell {
	var cells []graph.Cell
	for _, s := range list {
		if s == "" {
			cells = append(cells, graph.Cell{})
		} else {
			cells = append(cells, word(s))
		}
	}
	return cells
}

func number(n int) graph.Cell {
	return graph.Cell{Value: quad.Int(n), Text: graph.Text(quad.Int(n))}
}

// renderers by the name that -o takes.
var renderers = map[string]func(io.Writer, *listing) error{
	"table": renderTable, "record": renderRecords,
	"csv":   func(w io.Writer, l *listing) error { return renderSeparated(w, ',', l) },
	"tsv":   func(w io.Writer, l *listing) error { return renderSeparated(w, '\t', l) },
	"json":  renderJSON,
	"jsonl": renderJSONLines,
}

var formats = []string{"table", "record", "csv", "tsv", "json", "jsonl"}

// completeFlag completes a flag's value with one of those it takes.
func completeFlag(cmd *cobra.Command, flag string, values []string) {
	if err := cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err) // only for a flag that is not there
	}
}

// addFormat gives a verb the flags -o and --csv-safe.
func addFormat(cmd *cobra.Command) {
	cmd.Flags().StringP("output", "o", "table", "the `format` of rows: "+strings.Join(formats, ", "))
	cmd.Flags().Bool("csv-safe", false, "in csv and tsv, keep a spreadsheet from running cells as formulas")
	completeFlag(cmd, "output", formats)
}

// rowFormat returns the format that -o chose, and whether --csv-safe is set. It is
// called before the verb begins, so that a mistake leaves nothing half done.
func rowFormat(cmd *cobra.Command) (format string, neutral bool, err error) {
	if format, err = cmd.Flags().GetString("output"); err != nil {
		return "", false, err
	}
	if neutral, err = cmd.Flags().GetBool("csv-safe"); err != nil {
		return "", false, err
	}
	if neutral && format != "csv" && format != "tsv" {
		return "", false, usagef("--csv-safe is for -o csv and -o tsv, not for %s", format)
	}
	return format, neutral, checkFormat(format)
}

func checkFormat(format string) error {
	if renderers[format] == nil {
		return usagef("unknown format %q%s: one of %s", format, strict.DidYouMean(format, formats), strings.Join(formats, ", "))
	}
	return nil
}

// print renders l in the format that -o chose.
func (a *app) print(cmd *cobra.Command, l *listing) error { return a.printTo(cmd, a.paged, l) }

// printTo is print to another writer.
func (a *app) printTo(cmd *cobra.Command, out io.Writer, l *listing) error {
	format, neutral, err := rowFormat(cmd)
	if err != nil {
		return err
	}
	l.neutral = neutral
	render := renderers[format]
	l.tellApart()
	if forPeople(cmd) {
		if empty := l.leaveOutEmpty(); len(empty) > 0 {
			fmt.Fprintf(a.err, "left out, as empty in every row: %s\n", printable(strings.Join(empty, ", ")))
		}
	}
	return render(out, l)
}

// leaveOutEmpty removes the columns that are empty in every row, and returns their
// names.
func (l *listing) leaveOutEmpty() (empty []string) {
	if len(l.rows) == 0 {
		return nil
	}
	var kept []int
	for i, column := range l.columns {
		if slices.ContainsFunc(l.rows, func(r listingRow) bool { return r.cells[i].Text != "" }) {
			kept = append(kept, i)
		} else {
			empty = append(empty, column)
		}
	}
	if len(kept) == 0 { // rows of nothing are still so many
		return nil
	}
	l.columns = pick(l.columns, kept)
	for i := range l.rows {
		l.rows[i].cells = pick(l.rows[i].cells, kept)
	}
	return empty
}

func pick[T any](list []T, at []int) []T {
	picked := make([]T, len(at))
	for i, n := range at {
		picked[i] = list[n]
	}
	return picked
}

// tellApart adds the language to cells of a column that differ only in it.
func (l *listing) tellApart() {
	for i := range l.columns {
		var values []quad.Value
		var texts []*string
		for _, row := range l.rows {
			values, texts = append(values, row.cells[i].Value), append(texts, &row.cells[i].Text)
		}
		languages.TellApart(values, texts)
	}
}

// forPeople reports whether the format that -o chose is for people to read.
func forPeople(cmd *cobra.Command) bool {
	format := cmd.Flag("output").Value.String()
	return format == "table" || format == "record"
}

// limit cuts l to n rows, if n is not 0, and says so.
func (a *app) limit(l *listing, n int) error {
	if err := checkLimit(n); err != nil {
		return err
	}
	a.cut(l, n, len(l.rows))
	return nil
}

// cut is limit for rows that may have been cut already; all is their total number.
func (a *app) cut(l *listing, n, all int) {
	if n > 0 && all > n {
		a.showing(n, all)
		l.rows = l.rows[:n]
	}
}

func checkLimit(n int) error {
	if n < 0 {
		return usagef("--limit takes a number of rows, or 0 for all, not %d", n)
	}
	return nil
}

// showing says how many of all rows are shown.
func (a *app) showing(n, all int) {
	fmt.Fprintf(a.err, "showing %s of %s rows: --limit 0 shows all\n", thousands(n), thousands(all))
}

// thousands prints 3412 as 3,412.
func thousands(n int) string { return humanize.Comma(int64(n)) }

// flat repeats a row for each of its details, for formats that have one level.
func (l *listing) flat() [][]string {
	var lines [][]string
	for _, row := range l.rows {
		own := texts(row.cells)
		for _, detail := range row.details {
			lines = append(lines, slices.Concat(own, texts(detail)))
		}
		if len(row.details) == 0 {
			lines = append(lines, slices.Concat(own, make([]string, len(l.details))))
		}
	}
	return lines
}

func texts(cells []graph.Cell) []string {
	var list []string
	for _, c := range cells {
		list = append(list, c.Text)
	}
	return list
}

func (l *listing) heading() []string { return slices.Concat(l.columns, l.details) }
