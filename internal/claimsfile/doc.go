// Package claimsfile implements the formats of the files that people write: claims files
// and decisions files. It reads their YAML into documents (package document checks them),
// formats each in its one layout (Format), edits them claim by claim with all other bytes
// unchanged (Edited, for the desk), and describes them to editors (JSONSchema). It has
// neither the text of a source nor a graph.
package claimsfile
