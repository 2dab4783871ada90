package data

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"kg/schema"
)

// respelled returns the words of a passage if what stands in its place differs from
// them only in how marks and spaces are printed: kinds of quotes, dashes and
// spaces, dots for an ellipsis, or composed letters. A guess counts only if it has
// the passage's digest, so it is none. It returns nil otherwise.
func respelled(words string, l schema.Locator) []byte {
	for _, first := range spellings {
		for _, second := range spellings {
			if b := []byte(second(first(words))); digest(b) == l.SHA256 {
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

// original is the text with a digest, if it differs from t only in its line ends,
// its mark of byte order or its last newlines; nil otherwise.
func original(t *Text, sha256 string) *Text {
	s := strings.ReplaceAll(string(t.bytes), "\r\n", "\n")
	s = strings.TrimRight(strings.TrimPrefix(s, "\ufeff"), "\n")
	for _, bom := range []string{"", "\ufeff"} {
		for _, end := range []string{"", "\n", "\n\n"} {
			for _, line := range []string{"\n", "\r\n"} {
				b := []byte(bom + strings.ReplaceAll(s+end, "\n", line))
				if digest(b) == sha256 {
					if text, err := NewText(b); err == nil {
						return text
					}
				}
			}
		}
	}
	return nil
}
