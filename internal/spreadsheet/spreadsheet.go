// Package spreadsheet makes lines of text safe to open in spreadsheets. It knows no graph.
package spreadsheet

import (
	"regexp"
	"strings"
)

// BOM begins a file that spreadsheets are to read as UTF-8.
const BOM = "\uFEFF"

// figures matches texts that a spreadsheet takes for a number, which is no formula.
var figures = regexp.MustCompile(`^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$`)

// neutral is a cell that no spreadsheet takes for a formula: one that begins as a
// formula does gets an apostrophe before it. A number is left as it is. Excel
// and LibreOffice take =, +, - and @ for the beginning, also after a tab or a
// carriage return, and Excel their wide forms.
func neutral(cell string) string {
	if cell == "" || figures.MatchString(cell) || !strings.ContainsAny(cell[:1], "=+-@\t\r") && !wide(cell) {
		return cell
	}
	return "'" + cell
}

func wide(cell string) bool {
	for _, c := range []string{"＝", "＋", "－", "＠"} {
		if strings.HasPrefix(cell, c) {
			return true
		}
	}
	return false
}

// Neutral makes each cell of a line neutral.
func Neutral(line []string) []string {
	for i, cell := range line {
		line[i] = neutral(cell)
	}
	return line
}
