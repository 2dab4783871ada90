package data

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

	"kg/data/internal/extract"
	"kg/internal/strict"
	"kg/internal/table"
	"kg/schema"
)

// Texts are the files at a path, a file or a folder, and their digests. They are
// read again when they are needed: a folder can hold more than memory does.
type Texts struct {
	Unread []string // files of a folder that are damaged, and why they are not read
	file   bool     // the path is a file
	files  []textFile
	was    *formerly
}

type textFile struct {
	name, sha256 string
	taken        *Text // out of a document: that takes too long to do again
}

// OpenTexts lists the files at path, a file or a folder; one that ends in .gz is
// unpacked, and of a document the text is taken, as ReadText does. In a folder, a
// document that has its text beside it (report.pdf and report.pdf.txt) is not read.
func OpenTexts(path string) (*Texts, error) {
	t := &Texts{}
	err := eachFile(path, func(name string) error {
		if name != path && hasText(name) {
			return nil
		}
		b, err := readText(name)
		switch broken := new(damaged); {
		case errors.As(err, &broken) && name == path:
			return strict.Problemf("text", name, "%s", err)
		case errors.As(err, &broken):
			t.Unread = append(t.Unread, fmt.Sprintf("%q is not read: %s", name, err))
			return nil
		case err != nil:
			return err
		}
		f := textFile{name: name, sha256: digest(b)}
		if extract.Of(name, b) != nil {
			text, err := ReadText(name, b)
			switch {
			case err != nil && name == path:
				return strict.Problemf("text", name, "%s", err)
			case err != nil:
				return nil // it has no text
			}
			f.sha256, f.taken = text.SHA256, text
		}
		t.file = t.file || name == path
		t.files = append(t.files, f)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("looking for the text of a source: %w", err)
	}
	return t, nil
}

// read returns the text of a file, or nil for one that is no text, a picture say.
func (f textFile) read() (*Text, error) {
	if f.taken != nil {
		return f.taken, nil
	}
	b, err := readText(f.name)
	if err != nil {
		return nil, fmt.Errorf("looking for the text of a source: %w", err)
	}
	text, err := NewText(b)
	if err != nil {
		return nil, nil
	}
	text.Name = f.name
	return text, nil
}

// Of returns the text with that SHA-256, or nil.
func (t *Texts) Of(sha256 string) (*Text, error) {
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
	Reextracted     bool // it is not the same, and was taken out of the same document
	Same            bool // byte for byte the one that the claims were taken from
	Holding, Places int  // passages that stand where they stood, and all, if it is not the same
}

// Difference says of a text that is not the same what it is, with its name; it
// is empty of one that is.
func (f *Found) Difference(name string) string {
	if f.Same {
		return ""
	}
	if f.Reextracted {
		return fmt.Sprintf("the document of %s is the same, and %s takes another text out of it than its claims were taken from: %d of %d passages still hold", name, f.Extractor, f.Holding, f.Places)
	}
	return fmt.Sprintf("%s is not byte for byte the text that its claims were taken from: %d of %d passages still hold", name, f.Holding, f.Places)
}

// Find returns the text of a source: the one with its digest, or else the version
// of it in which most of its passages stand where they stood, or else the one
// that has most of its longest passages at all; a file, rather than a folder, is
// meant, whatever it holds. A text that others says to be another source's is no
// version of this one. Find returns nil if there is none.
func (t *Texts) Find(ctx context.Context, l *schema.Locators, others func(sha256 string) (bool, error)) (*Found, error) {
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
		if t.file || same {
			best, again = text, same
		}
		if n := text.Holding(l.List); n > mostHeld {
			mostHeld, holding = n, text
		}
		if holding == nil && !t.file {
			if n := text.having(l.List); n > mostHad {
				mostHad, having = n, text
			}
		}
	}
	for _, text := range []*Text{best, holding, having} {
		if text != nil {
			return &Found{Text: text, Reextracted: again && text == best, Holding: text.Holding(l.List), Places: len(l.List)}, nil
		}
	}
	return nil, nil
}

// longest is how many passages of a source are looked for in a folder, to tell
// whether a text is a version of it. The longest are the least likely to stand in
// another text too.
const longest = 8

// having counts the longest passages that stand somewhere in a text, from the
// beginning of a word to the end of one.
func (t *Text) having(list []schema.Locator) int {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b schema.Locator) int { return (b.End - b.Start) - (a.End - a.Start) })
	f := newFinder(t)
	n := 0
	for _, l := range list[:min(longest, len(list))] {
		w := newWanted(l)
		f.windows(w.length, words, func(start int, sum [32]byte) bool {
			if sum == w.sum {
				n++
			}
			return sum != w.sum
		})
	}
	return n
}

// eachFile calls use with the name of each regular file at path. Links in a folder
// are followed to files.
func eachFile(path string, use func(name string) error) error {
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

// damaged is a file that its ending says to be packed, and that cannot be unpacked.
type damaged struct{ err error }

func (d *damaged) Error() string {
	return fmt.Sprintf("it cannot be unpacked (%v): it is damaged, or ends too early: copy it again", d.err)
}

// readText reads a file, unpacked.
func readText(name string) ([]byte, error) {
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

// ReadText makes the text of the bytes of a file: its own, or what package extract
// takes out of it if it is a document, such as a PDF or a page of HTML.
func ReadText(name string, file []byte) (*Text, error) {
	d := extract.Of(name, file)
	if d == nil {
		text, err := NewText(file)
		if err == nil {
			text.Name = name
		}
		return text, err
	}
	words, err := d.Text(file)
	if err != nil {
		return nil, err
	}
	text, err := NewText([]byte(words))
	if err == nil {
		text.Name, text.FromFile, text.Extractor = name, digest(file), d.By()
	}
	return text, err
}

// hasText reports whether the text of a document stands beside it.
func hasText(name string) bool {
	_, err := os.Stat(name + TextEnding)
	return err == nil
}

// TextEnding is what the name of a document's text has behind that of the document.
const TextEnding = ".txt"
