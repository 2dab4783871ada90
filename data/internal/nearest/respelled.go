package nearest

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"kg/internal/sourcetext"
)

// Respelled returns the words of a passage with a digest, if other words differ from them
// only in how marks and spaces are printed: kinds of quotes, dashes and spaces, dots for an
// ellipsis, or composed letters. It returns nil otherwise. The digest proves the words.
func Respelled(words, sha256 string) []byte {
	for _, first := range spellings {
		for _, second := range spellings {
			if b := []byte(second(first(words))); sourcetext.Digest(b) == sha256 {
				return b
			}
		}
	}
	return nil
}

// spellings are ways in which editors and programs print a text anew.
var spellings = []func(string) string{
	func(s string) string { return s },
	strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "‘", "'", "’", "'").Replace,
	curled,
	strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2009", " ", "\t", " ").Replace,
	func(s string) string { return strings.Join(strings.Fields(s), " ") },
	strings.NewReplacer(". ", ".  ").Replace,
	strings.NewReplacer("\r\n", "\n").Replace,
	strings.NewReplacer("\n", "\r\n").Replace,
	strings.NewReplacer("–", "-", "—", "-", "‑", "-", "−", "-").Replace,
	strings.NewReplacer("-", "–").Replace,
	strings.NewReplacer("-", "—").Replace,
	strings.NewReplacer("—", "–").Replace,
	strings.NewReplacer("–", "—").Replace,
	strings.NewReplacer("...", "…").Replace,
	strings.NewReplacer("…", "...").Replace,
	norm.NFC.String,
	norm.NFD.String,
}

// curled opens a quote at the beginning and behind a space or bracket, and closes
// any other.
func curled(s string) string {
	var b strings.Builder
	before := ' '
	for _, c := range s {
		opens := unicode.IsSpace(before) || unicode.In(before, unicode.Ps, unicode.Pi, unicode.Pd)
		switch before = c; {
		case c == '"' && opens:
			c = '“'
		case c == '"':
			c = '”'
		case c == '\'' && opens:
			c = '‘'
		case c == '\'':
			c = '’'
		}
		b.WriteRune(c)
	}
	return b.String()
}
