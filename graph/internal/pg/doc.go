// Package pg keeps a graph on a PostgreSQL server, for graphs and writers that outgrow
// one machine.
//
// # The seam
//
// Nothing above package store knows of it. A Session feeds an embedded store, in
// memory, with the part of the graph that a question reads (store.Feed): it is told
// of each pattern, term and range of keys before they are read. Plans, evidence,
// shortest paths and everything else run on that store as on any other; its terms are
// numbered in the order of their keys as those of a snapshot are, so that even the
// order of rows is the same.
//
// # Rounds
//
// A question is run, what it misses is noted and taken to be empty, and then all of it
// is read together: one statement for all patterns of a kind, with arrays of ids, all
// statements sent at once, in one round trip, each with the terms of its quads. Then the
// question is run again. A run that misses nothing has read nothing but what is true,
// and is the answer. So each round is for a whole frontier of nodes: the statements are
// as many as the steps, never as the nodes. No recursion is done by the server.
//
// # Walks
//
// A plan tells the Session before it runs which steps it will take (plan.Ahead). A chain
// of them is one statement, whatever its length; those of a recursion are done perTrip at
// a time, with no run between them. A step that comes by more than mostInStep quads is
// left to the rounds. A walk only reads ahead: what it has not foreseen is missed, and
// read, as anything else.
//
// Where only the number of rows is wanted, the plan becomes a plan.RowCount, and the server
// counts: one statement, in which each node stands once, with the number of ways to it.
// No quad is read, no term, and no order is needed. Of recursions the nodes alone are.
//
// A Session without Options.Ask reads what is missing when it is missed: it needs no
// runs, and a statement for each step of a walk. What a run reads after it has written
// is read so.
//
// What is cheap goes first: while a term or a hop is missing, what is read of whole
// relations waits, since with the term the question often goes another way. A question
// that reads most of the graph gets all of it by one COPY of each table, and a graph of
// no more than Small quads is read so before the first run.
//
// # Tables
//
// kg_terms has the terms by their keys (package term), the order of which is that of
// values, so that comparisons and prefixes are ranges; kg_by_subject and kg_by_object
// have each quad as four ids, hash-partitioned by the first, with indices that cover
// it. kg_commits and kg_changes are the record of changes: see Copies. kg_counts has the
// numbers of quads, of terms, and of the quads of each predicate, as differences that
// each commit adds: nobody changes a row, so no writer waits for another. A writer that
// finds many rows makes one of all that count the same, after its commit, if nobody else
// is at it. Ids are never used again, and terms stay when their last quad goes.
//
// kg_names has, for each three letters that follow each other in the name or the text of
// a term, the terms that have them: see names.AppendGrams. A writer adds rows for the
// terms that it makes, and nobody changes one. A search reads the lists that are
// shortest, then the terms in all of them, and which nodes these name; the store is fed
// with the quads of the nodes as with any others, and what it has of them is what is
// searched. So a list may lead to what has no such name any more, and never leaves out
// what has. kg_counts has the things of each kind, too: words name kinds.
//
// # Writing
//
// All writing is one transaction of a call. A writer takes an advisory lock for each
// source that it writes to, one of a thousand that all sources share, before it reads what
// it may change: two that load the same source come one after the other, others go on side
// by side. It runs in rounds until
// it misses nothing, and writes then. A load of texts makes an embedded store of them
// first, and sends that by COPY, through tables of its own where the server may have
// some of the quads.
//
// Partitions can be foreign tables, on other servers: see the file spread.go.
//
// What holds across sources, such as that an id has one kind, is judged against what
// was committed before: two sources that are loaded at the same time can disagree, and
// kg check tells.
//
// # Copies
//
// Each commit leaves a row in kg_commits, and in kg_changes which quads it touched: the
// quads of changes, and of loads into labels that are there, in arrays; of other loads
// the labels alone. A copy of the graph knows which commits it has (State). What it
// lacks it learns by asking how the quads that were touched since stand now, in one
// transaction: no order of commits matters, and to read something twice does no harm.
// Ids of commits come from a sequence and may be seen in any order; a copy knows those
// it has not seen. So nothing is needed that PostgreSQL alone has, such as the
// transactions of a snapshot, and no writer waits for another. A State has the sum of
// random numbers of its commits, too: a server that was put back to an earlier state,
// and went on from there, has another.
//
// # What grows
//
// Each commit adds a row to kg_commits and some to kg_changes. They stay until Trim takes
// those of old commits away: kg_trimmed, of one row, has the State of a copy with these
// commits alone, by which it is known whether a copy lacks one of them. Each commit adds a
// row to kg_counts for each predicate and kind that it touches; these are rolled up when
// they are many. The terms that it makes it adds to kg_terms, and a row to kg_names for
// each three letters of theirs. Those stay.
package pg
