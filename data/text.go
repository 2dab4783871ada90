package data

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// Text is the text of a source, addressed by code points. It stays with the
// user: kg keeps places and digests, never words.
type Text struct {
	SHA256 string
	Name   string // of its file, if it was found
	runes  []rune
}

// Place is where a passage stands in a text: from its first code point to the
// one after its last, and the SHA-256 of what stands there.
type Place struct {
	Start, End int
	SHA256     string
}

// NewText takes the bytes of a text file, which must be UTF-8 and not empty.
func NewText(b []byte) (*Text, error) {
	if len(b) == 0 {
		return nil, errors.New("the text is empty")
	}
	if !utf8.Valid(b) {
		return nil, errors.New("the text is not valid UTF-8")
	}
	return &Text{SHA256: digest(b), runes: []rune(string(b))}, nil
}

// Len is the number of code points.
func (t *Text) Len() int { return len(t.runes) }

// Passage returns the words from start to end, and whether they still have
// the digest. Outside the text it returns false.
func (t *Text) Passage(start, end int, sha256 string) (string, bool) {
	if start < 0 || start > end || end > len(t.runes) {
		return "", false
	}
	words := string(t.runes[start:end])
	return words, digest([]byte(words)) == sha256
}

// Holding counts the places at which the text has what they were taken from.
func (t *Text) Holding(places []Place) (n int) {
	for _, p := range places {
		if _, same := t.Passage(p.Start, p.End, p.SHA256); same {
			n++
		}
	}
	return n
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// span is a half-open range of code points.
type span struct{ start, end int }

// paragraphs lists the paragraphs of the text from body on: runs of lines
// with an empty line between them, headings left out.
func (t *Text) paragraphs(body int, heading string) []span {
	var list []span
	open := false
	for at := body; at < len(t.runes); {
		end := at
		for end < len(t.runes) && t.runes[end] != '\n' {
			end++
		}
		line := strings.TrimSpace(string(t.runes[at:end]))
		switch {
		case line == "" || heading != "" && strings.HasPrefix(line, heading):
			open = false
		case open:
			list[len(list)-1].end = end
		default:
			list = append(list, span{at, end})
			open = true
		}
		at = end + 1
	}
	return list
}

// FindText looks at path, a file or a folder, for the text with that SHA-256; a
// file that ends in .gz is unpacked. It returns nil when there is none.
func FindText(path, sha256 string) (found *Text, err error) {
	err = eachText(path, func(b []byte, name string) (err error) {
		if digest(b) != sha256 {
			return nil
		}
		if found, err = NewText(b); err != nil {
			return err
		}
		found.Name = name
		return fs.SkipAll
	})
	return found, err
}

// ClosestText looks at path for the text in which most of the places hold, for a
// source whose own text is not there. It returns nil when none holds; but if
// path is a file, that one.
func ClosestText(path string, places []Place) (found *Text, err error) {
	most := 0
	return found, eachText(path, func(b []byte, name string) error {
		text, err := NewText(b)
		if err != nil {
			return nil // a picture, say
		}
		if n := text.Holding(places); n > most || name == path {
			text.Name = name
			found, most = text, n
		}
		return nil
	})
}

// eachText calls use with each regular file at path, unpacked, and its name.
// Links in a folder are followed to files.
func eachText(path string, use func(b []byte, name string) error) error {
	root := path
	info, err := os.Stat(path)
	switch {
	case err != nil:
	case info.IsDir():
		root, err = filepath.EvalSymlinks(path)
	case !info.Mode().IsRegular():
		err = fmt.Errorf("%q is no file that can be read again: save the text to one", path)
	}
	if err == nil {
		err = filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() {
				return nil // reading a pipe would wait for somebody to write
			}
			b, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			if strings.HasSuffix(name, ".gz") {
				b = unpacked(b)
			}
			return use(b, name)
		})
	}
	if err != nil {
		return fmt.Errorf("looking for the text of a source: %w", err)
	}
	return nil
}

// unpacked is what a packed file holds. One that is not packed, or damaged, is
// not the text that is looked for.
func unpacked(b []byte) []byte {
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil
	}
	text, err := io.ReadAll(z)
	if err != nil {
		return nil
	}
	return text
}
