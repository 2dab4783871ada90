// Package table reads tables row by row: cells with something between them (CSV,
// RFC 4180, and its kin), lines of JSON, and sheets of a workbook.
//
// A table is a text, and a row is a passage of it: from its first code point to its
// last, without the end of the line, with its number, of which the header is 1. So a
// row has a place and a digest as a sentence of prose has, and what holds passages
// against texts holds rows too. The text of a workbook is that of its sheets, one
// after the other, as CSV; all others are their own text.
//
// What is no table stops the reading, with the row and the column: a quote that is
// not closed, a row with more cells than the header, a text that is not UTF-8.
// Nothing is guessed but what stands between the cells, by the first line, and that
// only if nobody says it.
package table
