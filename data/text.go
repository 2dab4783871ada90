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
	runes  []rune
}

// NewText takes the bytes of a text file, which must be UTF-8 and not empty.
func NewText(b []byte) (*Text, error) {
	if len(b) == 0 {
		return nil, errors.New("the text is empty")
	}
	if !utf8.Valid(b) {
		return nil, errors.New("the text is not valid UTF-8")
	}
	return &Text{digest(b), []rune(string(b))}, nil
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

// FindText looks at path, a file or a folder, for the text with that SHA-256;
// a file that ends in .gz is unpacked. It returns nil when there is none.
func FindText(path, sha256 string) (*Text, error) {
	var found *Text
	err := filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || found != nil {
			return err
		}
		b, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if strings.HasSuffix(name, ".gz") {
			b = unpacked(b)
		}
		if digest(b) == sha256 {
			found, err = NewText(b)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("looking for the text of a source: %w", err)
	}
	return found, nil
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
