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
// and no others: its minimal witnesses. Rows whose columns are read alike are one row
// with the witnesses of all (package answers). Rows are sorted by their columns, and then
// by their terms, so that an answer does not depend on the store. RunPage finds and counts
// all rows and explains only those that it returns.
package queries
