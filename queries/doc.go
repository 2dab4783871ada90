// Package queries is the questions that kg can be asked by name.
//
// A saved query is a file of Gizmo with a JSDoc comment at its head: the question,
// its parameters, its columns, and calls with the rows they must give. The manual
// says how one is written (cmd/kg/help/queries.md). Parse reads the head, Bind
// checks the values of a call and makes them variables of the script, Run gives
// the rows, and Test holds them against those of the examples. The expected rows
// of the embedded queries were written from reading the bundled article.
//
// Every row ends in three columns more than the query names: said by, sure and
// denied by. They come from the claims that label the edges the row came through,
// and no others: its minimal witnesses. Rows with the same columns are one row
// with the witnesses of both. Rows are sorted by their columns, those that are read
// alike by their terms, so that an answer does not depend on the store. RunPart finds and counts all rows, reads of most of
// them only what they are sorted by, and explains those that it returns.
package queries
