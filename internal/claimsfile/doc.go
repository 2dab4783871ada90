// Package claimsfile is the form of the files that people write: claims files and, of
// what somebody decided, decisions files. It reads them as YAML into documents of
// package document, which checks them; gives each its one layout (Format); changes them
// claim by claim with all other bytes kept (Edited, for the desk); and describes them to
// editors (JSONSchema). It knows no text of a source and no graph.
package claimsfile
