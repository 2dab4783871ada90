// Package table reads tables row by row: delimited values (CSV, RFC 4180, and its
// variants), JSON lines, and sheets of a workbook.
//
// A table is a text, and a row is a passage of it: from its first code point to its last,
// without the end of the line, with its number, of which the header is 1. So a row has a
// locator and a digest as a sentence of prose has, and verify checks rows as it checks
// passages. The text of a workbook is that of its sheets, one after the other, as CSV;
// all others are their own text.
//
// A malformed table ends the reading, with the row and the column: a quote that is not
// closed, a row with more cells than the header, a text that is not UTF-8. The delimiter
// is guessed from the first line unless it is given; nothing else is guessed.
package table
