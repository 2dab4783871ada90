// Package extract extracts the text of documents that are not plain text: PDF and HTML.
//
// Locators count positions in the extracted text, so one version of the libraries (By)
// extracts the same text from the same document, byte for byte. The text has an empty line
// between paragraphs, and a form feed between the pages of a PDF, as pdftotext writes it.
// Nothing else of the document is used: no script is run, and nothing is fetched.
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
	by   string // path of the module that reads it
	name string
	read func([]byte) (string, error)
}

var (
	pdf  = &Document{"github.com/klippa-app/go-pdfium", "PDF", readPDF}
	page = &Document{"codeberg.org/readeck/go-readability/v2", "HTML", readHTML}
)

// Of returns the kind of document of a file, by its first bytes, or for HTML by its name
// too. It returns nil for any other file, plain text included.
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

// Text returns the text of a document. A document without text, such as scanned pages, is
// an error.
func (d *Document) Text(file []byte) (string, error) {
	if len(bytes.TrimSpace(file)) == 0 { // for which the libraries return only EOF
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

// By returns the library that reads the document, with its version.
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
