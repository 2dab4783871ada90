package fold

import (
	"bytes"
	"strings"
)

// Slug joins words into an id of claims files: lower-case ASCII letters and digits, with
// a hyphen between runs. It is empty for words that have none.
func Slug(words ...string) string {
	text := strings.ToLower(strings.Join(words, "-"))
	b := make([]byte, 0, len(text))
	for _, c := range text {
		switch {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			b = append(b, byte(c))
		case len(b) > 0 && b[len(b)-1] != '-':
			b = append(b, '-')
		}
	}
	b = bytes.TrimRight(b, "-")
	if string(b) == text {
		return text
	}
	return string(b)
}
