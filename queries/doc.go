// Package queries is the questions that kg can be asked by name.
//
// A saved query is a file of Gizmo. A JSDoc comment at its head says what it is:
//
//	/**
//	 * Whose embassies are where?
//	 *
//	 * @param {Country} [country] - the country that sent the embassy; any if absent
//	 * @columns embassy, of, place
//	 * @example kg query embassies country="North Korea"
//	 * | Embassy of North Korea in Russia | North Korea | Mos Film Street | The Dong-A Ilbo | asserts | |
//	 */
//	var embassies = g.Kind("Embassy").tag("embassy");
//	if (country) embassies = embassies.has("<kgo:represents>", country);
//	embassies.save("<kgo:represents>", "of").saveOpt("<kgo:located-in>", "place").all();
//
// The question is the text before the first tag. A parameter has a type: a
// kind of the ontology, entity for any, text or number. It is a global variable
// of the text, undefined without a value; [entity=kg:country/north-korea] gives
// it a default. Its meaning says in words what the value is to the question, "who
// pays or is paid", and behind a semicolon what is asked without one: forms, help
// and answers without rows have these words. The prefixes kg:, kgo: and those of the vocabularies are known.
//
// The columns are tags of the path. Every row ends in three more: said by, sure
// and denied by. They come from the claims that label the edges the row came
// through, and no others: its minimal witnesses. Rows with the same columns are
// one row with the witnesses of both, so a query tags every node it passes,
// shown or not: a hidden node without a tag would stand for any. Rows are sorted
// by their columns, so that an answer does not depend on the store. A relation
// that the row came through is shown in words and read from left to right: from a
// place to its government "is governed by". JSON has its name beside them.
//
// What a row may lack is optional: saveOpt and saveOptR for one edge, and
// optional(g.M()…) for a walk of several, which may have optional parts of its
// own. What a script counts or collects (count, toArray) is "not traced" from
// then on. @count TAG COLUMN adds a column with the number of different values
// of a tag in the rows that became one. An event that is only denied is answered,
// too, with nobody to assert it; @denied lets a query see all that sources deny.
//
// The lines after an @example are the rows it must give, in order, with all
// columns: Test runs them, and kg query test --update writes what came in their
// place. Within a cell \| \\ \/ and \u{a} stand for |, \, / and the character of
// that number. The expected rows of the embedded queries were written from reading
// the bundled article.
package queries
