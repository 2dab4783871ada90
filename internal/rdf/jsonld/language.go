package jsonld

import (
	"strings"

	"kg/internal/rdf/lex"
)

// spellings are the texts of a document that can be language tags, by their lower case:
// json-gold gives tags in that, which JSON-LD allows and other formats do not. A tag gets
// its spelling back, unless the document has it in lower case too.
type spellings map[string]string

func (s spellings) gather(value any) {
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			s.gather(item)
		}
	case map[string]any:
		for key, item := range v { // those of a language map are tags
			s.add(key)
			s.gather(item)
		}
	case string:
		s.add(v)
	}
}

func (s spellings) add(text string) {
	const longest = 40
	if len(text) > longest || lex.LangLen([]byte(text)) != len(text) || !lex.WellFormed([]byte(text)) {
		return
	}
	lower := strings.ToLower(text)
	if other, ok := s[lower]; ok && other != text {
		text = lower // two spellings of one tag: which is meant is unknown
	}
	s[lower] = text
}

// of is a tag as the document spells it.
func (s spellings) of(tag string) string {
	if text, ok := s[tag]; ok {
		return text
	}
	return tag
}
