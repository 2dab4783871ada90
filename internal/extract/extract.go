// Package extract gives the text of documents that are no plain texts: PDF and HTML.
//
// The text is what kg counts places in, so the same document gives the same text,
// byte for byte, as long as the libraries are of one version; By says which. It has
// an empty line between paragraphs, and a form feed between the pages of a PDF, as
// pdftotext has it. Nothing else of the document is looked at: no script is run, and
// nothing is fetched.
package extract

import (
	"bytes"
	"fmt"
	"path/filepath"
	"runtime/debug"
	"strings"
)

// Document is a kind of document.
type Document struct {
	by   string // the module that reads it
	name string
	read func([]byte) (string, error)
}

var (
	pdf  = &Document{"github.com/klippa-app/go-pdfium", "PDF", readPDF}
	page = &Document{"codeberg.org/readeck/go-readability/v2", "HTML", readHTML}
)

// Of is the kind of document that a file is, by its first bytes, or for HTML by its
// name too. It is nil for a plain text, and for what is neither.
func Of(name string, file []byte) *Document {
	begin := bytes.ToLower(bytes.TrimSpace(file[:min(len(file), 512)]))
	ending := strings.ToLower(filepath.Ext(strings.TrimSuffix(name, ".gz")))
	switch {
	case bytes.HasPrefix(begin, []byte("%pdf-")):
		return pdf
	case bytes.HasPrefix(begin, []byte("<!doctype html")), bytes.HasPrefix(begin, []byte("<html")), ending == ".html", ending == ".htm":
		return page
	}
	return nil
}

// Text is the text of a document. A document without any, such as scanned pages, is
// an error.
func (d *Document) Text(file []byte) (string, error) {
	if len(bytes.TrimSpace(file)) == 0 { // of which a library says no more than EOF
		return "", fmt.Errorf("the %s is empty", d.name)
	}
	text, err := d.read(file)
	if err != nil {
		return "", fmt.Errorf("reading the text of a %s: %w", d.name, err)
	}
	if strings.TrimSpace(text) == "" {
		return "", fmt.Errorf("the %s has no text: scanned pages need text recognition first", d.name)
	}
	return text, nil
}

// By is the library that reads the document, and its version.
func (d *Document) By() string {
	name := strings.TrimPrefix(strings.TrimPrefix(d.by, "github.com/klippa-app/"), "codeberg.org/readeck/")
	name = strings.TrimSuffix(name, "/v2")
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == d.by {
				return name + " " + m.Version
			}
		}
	}
	return name + " (unknown version)" // in tests, which have no list of modules
}
