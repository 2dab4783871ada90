// Package propose drafts claims files from texts: by rules for kg new, and from the
// answers of a language model for kg draft. A person is to check its drafts.
//
// # By rules
//
// Text finds the material of claims in a text: its title and day, names and their kinds,
// dates, amounts, and who says what. The rules are those of English, need no model and no
// network, and find the same in the same text. Proposal.File writes a claims file with
// ??? for what the rules cannot decide; Proposal.Begin begins one in the desk, claim by
// claim.
//
// # By a language model
//
// NewDrafting splits a text into questions of some paragraphs; kg draft asks them;
// Drafting.Answer reads the replies, and File writes the accepted claims. A claim is
// accepted only if its quote stands in the text verbatim, and if the claims file with it
// passes the check of package document. Rejected claims are in Dropped, with the reason.
// Each accepted claim has drafted-by, and has no effect until a person removes that.
//
// The words of a source are in no file: only names, hedges and single words are stored,
// and a quote becomes its locator.
package propose
