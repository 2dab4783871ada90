// Package queries is the questions that kg can be asked by name.
//
// A saved query is a file of Gizmo that runs as it stands in Cayley's own
// session and web UI. A JSDoc comment at its head says what it is:
//
//	/**
//	 * Whose embassies are where?
//	 *
//	 * @param {Country} [of] - the country that sent it; any if absent
//	 * @columns embassy, of, place
//	 * @example kg query embassies of="North Korea"
//	 * | Embassy of North Korea in Russia | North Korea | Mos Film Street | The Dong-A Ilbo | asserts |
//	 */
//
// The question is the text before the first tag. A parameter has a type: a
// kind of the ontology, entity for any, text or number. It is a global with a
// default in the text,
//
//	var of = typeof of === "undefined" ? null : of;
//
// and kg puts a var line for each given value before the text (Bind), as for a
// default that the header gives: [entity=kg:country/north-korea]. The columns
// are tags of the path: a query tags every node it passes, for from the values
// of a row Run finds the quads that join them, and from their labels the
// claims. So every row ends in two more columns, said by and sure.
//
// Rows with the same columns are one row with the evidence of both, and rows
// are sorted by their columns, so that an answer does not depend on the store.
// @count TAG COLUMN adds a column with the number of different values of a tag
// in the rows that became one. @denied lets the query see what sources deny.
//
// Three habits keep a query from losing rows without a word: optional tags
// (saveOpt) come last in a path, since in Cayley's Gizmo a hop behind one that
// has two values loses the second; except comes before the tag that back
// returns to; and where some of an event's objects lack a further hop, their
// path begins at these objects and walks back, for the event may have others.
//
// The lines after an @example are the rows it must give, in order, with all
// columns: Test runs them. The expected rows of the embedded queries were
// written from reading the bundled article.
package queries
