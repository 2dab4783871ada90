package document

import (
	"strings"
	"unicode"

	"kg/internal/strict"
)

func wordAt(text string, pos strict.Pos) strict.Word { return strict.Word{Text: text, Pos: pos} }

// sentenceToken is a word of a sentence, a text in double quotes, or printed words in
// brackets.
type sentenceToken struct {
	strict.Word
	quoted  bool // "…"
	printed bool // (…)
}

// tokens takes a line apart. Words end at spaces; a comma behind one is left out.
func tokens(w strict.Word, r *strict.Report) (list []sentenceToken, ok bool) {
	runes := []rune(w.Text)
	at := func(i int) strict.Pos { return strict.Pos{Line: w.Pos.Line, Column: w.Pos.Column + i} }
	for i := 0; i < len(runes); {
		switch c := runes[i]; {
		case unicode.IsSpace(c):
			i++
		case c == '"' || c == '(':
			closes := map[rune]rune{'"': '"', '(': ')'}[c]
			end := i + 1
			for end < len(runes) && runes[end] != closes {
				end++
			}
			text := strings.TrimSpace(string(runes[i+1 : min(end, len(runes))]))
			if end == len(runes) || text == "" {
				r.Addf(at(i), "%s is opened here and not closed, or has nothing in it", string(c))
				return nil, false
			}
			list = append(list, sentenceToken{wordAt(text, at(i)), c == '"', c == '('})
			i = end + 1
			if i < len(runes) && runes[i] == ',' {
				i++
			}
		default:
			end := i
			for end < len(runes) && !unicode.IsSpace(runes[end]) {
				end++
			}
			if text := strings.TrimSuffix(string(runes[i:end]), ","); text != "" {
				list = append(list, sentenceToken{Word: wordAt(text, at(i))})
			}
			i = end
		}
	}
	return list, true
}
