package sourcetext

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"kg/internal/extract"
	"kg/internal/strict"
	"kg/internal/table"
	"kg/schema"
)

// Files holds the digests of the files at a path, a file or a folder. A file is read again
// when it is needed: a folder can hold more than memory does.
type Files struct {
	Unread []string // damaged files of a folder, and why they are not read
	File   bool     // the path is a file, which is the text of any source, whatever it holds
	files  []file
}

type file struct {
	name, sha256 string
	extracted    *Text // of a document: extracting it again takes too long
}

// Open lists the files at path, a file or a folder; one that ends in .gz is unpacked, and
// the text of a document is extracted, as by Read. In a folder, a document that has its text
// beside it (report.pdf and report.pdf.txt) is not read.
func Open(path string) (*Files, error) {
	t := &Files{}
	err := EachFile(path, func(name string) error {
		if name != path && hasText(name) {
			return nil
		}
		b, err := ReadBytes(name)
		switch broken := new(damaged); {
		case errors.As(err, &broken) && name == path:
			return strict.Problemf("text", name, "%s", err)
		case errors.As(err, &broken):
			t.Unread = append(t.Unread, fmt.Sprintf("%q is not read: %s", name, err))
			return nil
		case err != nil:
			return err
		}
		f := file{name: name, sha256: Digest(b)}
		if extract.Of(name, b) != nil {
			text, err := Read(name, b)
			switch {
			case err != nil && name == path:
				return strict.Problemf("text", name, "%s", err)
			case err != nil:
				return nil // it has no text
			}
			f.sha256, f.extracted = text.SHA256, text
		}
		t.File = t.File || name == path
		t.files = append(t.files, f)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("looking for the text of a source: %w", err)
	}
	return t, nil
}

// read returns the text of a file, or nil for one that is no text, a picture say.
func (f file) read() (*Text, error) {
	if f.extracted != nil {
		return f.extracted, nil
	}
	b, err := ReadBytes(f.name)
	if err != nil {
		return nil, fmt.Errorf("looking for the text of a source: %w", err)
	}
	text, err := New(b)
	if err != nil {
		return nil, nil
	}
	text.Name = f.name
	return text, nil
}

// Digests lists the SHA-256 of each file's text, in the order of the files.
func (t *Files) Digests() (list []string) {
	for _, f := range t.files {
		list = append(list, f.sha256)
	}
	return list
}

// Of returns the text with that SHA-256, or nil.
func (t *Files) Of(sha256 string) (*Text, error) {
	for _, f := range t.files {
		if f.sha256 == sha256 {
			text, err := f.read()
			if text != nil && text.SHA256 != sha256 {
				text = nil // it was changed meanwhile
			}
			return text, err
		}
	}
	return nil, nil
}

// Found is the text of a source as it was found.
type Found struct {
	*Text
	Same           bool // byte for byte the text that the claims were taken from
	Reextracted    bool // another text of the same document
	Holding, Total int  // locators that hold, and all; set unless Same
}

// Difference says, with its name, what a text is that is not the same. It is empty for one
// that is.
func (f *Found) Difference(name string) string {
	if f.Same {
		return ""
	}
	if f.Reextracted {
		return fmt.Sprintf("the document of %s is the same, and %s takes another text out of it than its claims were taken from: %d of %d passages still hold", name, f.Extractor, f.Holding, f.Total)
	}
	return fmt.Sprintf("%s is not byte for byte the text that its claims were taken from: %d of %d passages still hold", name, f.Holding, f.Total)
}

// Find returns the text of a source, or nil. It is the text with the source's digest; or else
// the file, if the path is one; or else the version of the text in which most locators hold;
// or else the one that has most of the longest passages. A text that others reports to be
// another source's is no version of this one.
func (t *Files) Find(ctx context.Context, l *schema.Locators, others func(sha256 string) (bool, error)) (*Found, error) {
	if text, err := t.Of(l.SHA256); text != nil || err != nil {
		return &Found{Text: text, Same: true}, err
	}
	var holding, having, best *Text
	again := false
	mostHeld, mostHad := 0, 0
	for _, f := range t.files {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if other, err := others(f.sha256); other || err != nil {
			if err != nil {
				return nil, err
			}
			continue
		}
		text, err := f.read()
		if err != nil {
			return nil, err
		}
		if text == nil {
			continue
		}
		same := l.FromFile != "" && text.FromFile == l.FromFile
		if t.File || same {
			best, again = text, same
		}
		if n := text.Holding(l.List); n > mostHeld {
			mostHeld, holding = n, text
		}
		if holding == nil && !t.File {
			if n := text.having(l.List); n > mostHad {
				mostHad, having = n, text
			}
		}
	}
	for _, text := range []*Text{best, holding, having} {
		if text != nil {
			return &Found{Text: text, Reextracted: again && text == best, Holding: text.Holding(l.List), Total: len(l.List)}, nil
		}
	}
	return nil, nil
}

// longest is how many passages of a source having looks for. The longest are the least
// likely to stand in another text, too.
const longest = 8

// having counts those of the longest passages that stand anywhere in the text, as whole
// words.
func (t *Text) having(list []schema.Locator) int {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b schema.Locator) int { return (b.End - b.Start) - (a.End - a.Start) })
	f := NewFinder(t)
	n := 0
	for _, l := range list[:min(longest, len(list))] {
		k := KeyOf(l)
		if !f.hash(0, t.Len(), k.Length, wordWindows, func(_ int, sum [32]byte) bool { return sum != k.sum }) {
			n++
		}
	}
	return n
}

// EachFile calls use with the name of each regular file at path. In a folder it follows
// links to files.
func EachFile(path string, use func(name string) error) error {
	root := path
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return err
	case info.IsDir():
		if root, err = filepath.EvalSymlinks(path); err != nil {
			return err
		}
	case !info.Mode().IsRegular():
		return fmt.Errorf("%q is no file that can be read again: save the text to one", path)
	}
	return filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() {
			return nil // reading a pipe would wait for somebody to write
		}
		return use(name)
	})
}

// damaged is the error of a file that its ending says to be packed, and that cannot be
// unpacked.
type damaged struct{ err error }

func (d *damaged) Error() string {
	return fmt.Sprintf("it cannot be unpacked (%v): it is damaged, or ends too early: copy it again", d.err)
}

// ReadBytes reads a file and unpacks it, by its ending: .gz, or .xlsx, whose text is that of
// a table.
func ReadBytes(name string) ([]byte, error) {
	b, err := os.ReadFile(name)
	if err == nil && strings.HasSuffix(name, ".xlsx") {
		w, err := table.ReadWorkbook(bytes.NewReader(b))
		if err != nil {
			return nil, &damaged{err}
		}
		return w.Text, nil
	}
	if err != nil || !strings.HasSuffix(name, ".gz") {
		return b, err
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, &damaged{err}
	}
	text, err := io.ReadAll(z)
	if err != nil {
		return nil, &damaged{err}
	}
	return text, nil
}

// Read returns the text of the bytes of a file: its own, or what package extract extracts
// if it is a document, such as a PDF or a page of HTML.
func Read(name string, file []byte) (*Text, error) {
	d := extract.Of(name, file)
	if d == nil {
		text, err := New(file)
		if err == nil {
			text.Name = name
		}
		return text, err
	}
	words, err := d.Text(file)
	if err != nil {
		return nil, err
	}
	text, err := New([]byte(words))
	if err == nil {
		text.Name, text.FromFile, text.Extractor = name, Digest(file), d.By()
	}
	return text, err
}

// hasText reports whether a document has its text beside it.
func hasText(name string) bool {
	_, err := os.Stat(name + Ending)
	return err == nil
}

// Ending is the end of the name of a text that was extracted from a document, behind the
// document's name.
const Ending = ".txt"
