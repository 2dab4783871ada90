// Package pg stores a graph on a PostgreSQL server, for graphs and writers that outgrow
// one machine.
//
// # The seam
//
// No package above package store knows of the server. A Session feeds an embedded store,
// in memory, with the part of the graph that a question reads (store.Feed): it is told of
// each pattern, term and range of keys before they are read. Plans, evidence, shortest
// paths and everything else run on that store as on any other; its terms are numbered in
// the order of their keys as those of a snapshot are, so that even the order of rows is
// the same.
//
// # Rounds
//
// A question is run; the patterns it misses are recorded and taken to be empty, and then
// all of them are read together: one statement for all patterns of a kind, with arrays of
// ids, all statements sent at once, in one round trip, each with the terms of its quads.
// Then the question is run again. A run that misses nothing has read only true data, and
// its result is the answer. So each round serves a whole frontier of nodes: the number of
// statements grows with the steps, never with the nodes. The server does no recursion.
//
// # Walks
//
// Before a plan runs, it announces to the Session the steps it will take (plan.Ahead). A
// chain of them is one statement, whatever its length; the steps of a recursion are read
// perTrip at a time, with no run between them. A step that meets more than mostInStep
// quads is left to the rounds. A walk only reads ahead: patterns it did not foresee are
// missed, and read, as usual.
//
// Where only the number of rows is wanted, the plan becomes a plan.RowCount, and the
// server counts: one statement, in which each node stands once, with its multiplicity. No
// quads, no terms and no order are needed. For recursions only the nodes are read.
//
// A Session without Options.Ask reads a missing pattern at once: it needs no repeated
// runs, and one statement for each step of a walk. Reads of a run after its first write
// are done so.
//
// Cheap reads go first: while a term or a hop is missing, reads of whole relations wait,
// since with the term the question often goes another way. A question that reads most of
// the graph gets all of it by one COPY of each table, and a graph of no more than Small
// quads is read so before the first run.
//
// # Tables
//
// kg_terms has the terms by their keys (package term), the order of which is that of
// values, so that comparisons and prefixes are ranges; kg_by_subject and kg_by_object
// have each quad as four ids, hash-partitioned by the first, with covering indices.
// kg_commits and kg_changes are the record of changes: see Copies. kg_counts has the
// numbers of quads, of terms, and of the quads of each predicate, as differences that
// each commit adds: rows are never updated, so no writer waits for another. A writer that
// finds many rows rolls up those of the same count, after its commit, unless another
// writer is doing so. Ids are never reused, and terms stay when their last quad is
// removed.
//
// kg_names has, for each trigram of the name or the text of a term, the terms that have
// it: see names.AppendGrams. A writer adds rows for its new terms; rows are never
// updated. A search reads the shortest lists, then the terms in all of them, and the
// nodes these name; the store is fed with the quads of the nodes as with any others, and
// the search runs on those. So a list may lead to a node that no longer has such a name,
// and never leaves out one that has. kg_counts has the number of entities per kind, too:
// words name kinds.
//
// # Writing
//
// All writing of a call is one transaction. A writer takes an advisory lock for each
// source that it writes to, one of a thousand that all sources share, before it reads the
// data it may change: two loads of one source run one after the other, others
// concurrently. It runs in rounds until it misses nothing, and writes then. A load of
// texts makes an embedded store of them first, and sends that by COPY, through staging
// tables where the server may have some of the quads.
//
// Partitions can be foreign tables, on other servers: see the file spread.go.
//
// Rules across sources, such as that an id has one kind, are checked against the data
// committed before: two sources that are loaded at the same time can disagree, and kg
// check reports it.
//
// # Copies
//
// Each commit leaves a row in kg_commits, and in kg_changes the quads it touched: the
// quads of changes, and of loads into existing labels, in arrays; of other loads the
// labels alone. A copy of the graph knows which commits it has (CopyState). It learns the
// changes it lacks by asking for the current state of the quads touched since, in one
// transaction: the order of commits does not matter, and reading something twice does no
// harm. Ids of commits come from a sequence and may become visible in any order; a copy
// knows those it has not seen. So this needs nothing that PostgreSQL alone has, such as
// the transaction ids of a snapshot, and no writer waits for another. A CopyState has the
// sum of random numbers of its commits, too: a server that was restored to an earlier
// state, and went on from there, has another sum.
//
// # What grows
//
// Each commit adds a row to kg_commits and some to kg_changes. They stay until Trim
// removes those of old commits: kg_trimmed, of one row, has the CopyState of a copy with
// these commits alone, which tells whether a copy lacks one of them. Each commit adds a
// row to kg_counts for each predicate and kind that it touches; these are rolled up when
// they are many. New terms add rows to kg_terms, and a row per trigram to kg_names. Those
// stay.
package pg
