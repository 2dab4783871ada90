// Package propose makes first claims files of texts: by rules for kg new, and of the
// answers of a language model for kg draft. What it makes is for a person to check.
//
// # By rules
//
// Text finds what a text has that claims are made of: its title and day, names and
// their kinds, dates, amounts, and who says what. The rules are those of English, need
// no model and no network, and find the same in the same text. Proposal.File writes a
// claims file with ??? for what the rules cannot tell; Proposal.Begin begins one in the
// desk, claim by claim.
//
// # By a language model
//
// NewDrafting cuts a text into questions of some paragraphs; kg draft asks
// them; Drafting.Answer reads what comes back, and File writes what holds. A claim is
// kept only if its quote stands in the text as it is, and if the claims file with it
// passes the check of package document. What is not kept is in Dropped, with the reason.
// Each kept claim has drafted-by, and counts for nothing until a person takes it out.
//
// The words of a source are in no file: names, hedges and single words are kept, a
// quote becomes its place.
package propose
